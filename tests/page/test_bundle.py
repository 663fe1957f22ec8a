"""The page that the package holds is what its sources give."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WEB = ROOT / "web"
HELD = ROOT / "api/supportable_api/web"


def without(reason: str) -> None:
    if os.environ.get("SUPPORTABLE_REQUIRE_CHROMIUM"):
        pytest.fail(f"the page must be built in this run: {reason}")
    pytest.skip(f"the page is not built anew: {reason}")


def run(*command: str) -> None:
    ended = subprocess.run(command, cwd=WEB, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_sources_put_nothing_of_a_design_into_markup() -> None:
    doors = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|dangerouslySet|\beval\(")
    for source in sorted((WEB / "src").rglob("*.ts*")):
        assert doors.findall(source.read_text("utf-8")) == [], source


def test_the_held_page_is_what_the_sources_give(tmp_path: Path) -> None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        without("Node.js is not here")
    assert node is not None
    assert npm is not None
    if not (WEB / "node_modules/.stamp").exists():
        fetched = subprocess.run(
            [npm, "ci", "--silent", "--no-audit", "--no-fund"], cwd=WEB, capture_output=True, text=True, check=False
        )
        if fetched.returncode != 0:
            without(f"what it is built from cannot be fetched: {fetched.stderr[-300:]}")
    run(npm, "run", "--silent", "types")
    run(node, "build.mjs", "--into", str(tmp_path / "web"))
    built, held = files(tmp_path / "web"), files(HELD)
    assert sorted(built) == sorted(held), "make page, and commit what it writes"
    assert [name for name in built if built[name] != held[name]] == []
