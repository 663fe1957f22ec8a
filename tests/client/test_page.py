"""The page about the client, run: what it shows is what comes out."""

from __future__ import annotations

import contextlib
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from supportable_api import Settings, create_app
from tests.api.running import running

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "client.md"
BLOCK = re.compile(r"^```python\n(.*?)^```\n(?:```text\n(.*?)^```\n)?", re.MULTILINE | re.DOTALL)


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A service in which nothing was judged yet: what it lists is what the page put there."""
    with running(create_app(Settings(database=f"sqlite:///{tmp_path / 'ledger.db'}", deadline=120.0))) as found:
        yield found


def test_every_block_comes_out_as_the_page_says(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(ROOT / "examples" / "sql-guest-cluster.yaml", tmp_path / "design.yaml")
    monkeypatch.chdir(tmp_path)
    blocks = BLOCK.findall(PAGE.read_text("utf-8"))
    assert len(blocks) >= 8
    names: dict[str, Any] = {}
    for code, expected in blocks:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(code.replace("http://127.0.0.1:8000", address), PAGE.name, "exec"), names)
        assert out.getvalue() == expected, code
