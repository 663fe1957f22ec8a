"""The changelog keeps up with the version."""

from __future__ import annotations

import re
from pathlib import Path

from supportable.version import __version__

ROOT = Path(__file__).parents[2]


def test_the_newest_entry_is_for_this_version() -> None:
    versions = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert versions[0] == __version__
