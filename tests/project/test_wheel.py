"""What a user gets: the wheel, built from the source distribution as an index would have it."""

from __future__ import annotations

import configparser
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from supportable.version import __version__

ROOT = Path(__file__).parents[2]
PACKAGES = {"supportable": "engine", "supportable_api": "api", "supportable_policies": "policies"}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """The built wheel. Without isolation the pinned hatchling builds it, and no index is asked."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert built.returncode == 0, built.stdout + built.stderr
    (path,) = out.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        yield archive


def test_the_wheel_installs_exactly_three_top_level_names(wheel: zipfile.ZipFile) -> None:
    top_level = {name.split("/", 1)[0] for name in wheel.namelist()}
    assert top_level == {*PACKAGES, f"supportable-{__version__}.dist-info"}


def test_the_wheel_holds_every_source_and_data_file(wheel: zipfile.ZipFile) -> None:
    expected = {
        path.relative_to(ROOT / shelf).as_posix()
        for package, shelf in PACKAGES.items()
        for path in (ROOT / shelf / package).rglob("*")
        if path.is_file() and path.suffix in {".py", ".typed", ".lark", ".yaml", ".yml", ".json", ".csv", ".html"}
    }
    inside = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert expected - inside == set()


def test_no_compiled_or_cached_file_is_in_the_wheel(wheel: zipfile.ZipFile) -> None:
    assert [name for name in wheel.namelist() if name.endswith((".pyc", ".so", ".pyd")) or "__pycache__" in name] == []


@pytest.mark.parametrize("marker", ["supportable/py.typed", "supportable_api/py.typed"])
def test_the_wheel_says_that_it_is_typed(wheel: zipfile.ZipFile, marker: str) -> None:
    assert wheel.namelist().count(marker) == 1


def test_the_command_and_our_packs_are_registered(wheel: zipfile.ZipFile) -> None:
    registered = wheel.read(f"supportable-{__version__}.dist-info/entry_points.txt").decode()
    parsed = configparser.ConfigParser()
    parsed.read_string(registered)
    assert {section: dict(parsed[section]) for section in parsed.sections()} == {
        "console_scripts": {"supportable": "supportable.cli:main"},
        "supportable.commands": {
            "keys": "supportable_api.auth.command:keys_app [api]",
            "serve": "supportable_api.serve:serve [api]",
        },
        "supportable.packs": {"microsoft": "supportable_policies"},
        "pytest11": {"supportable": "supportable.pytest"},
    }


def test_the_examples_are_inside_and_the_demo_finds_them(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    """Unpacked before everything else on the path, the wheel is what an install would be."""
    wheel.extractall(tmp_path)
    run = subprocess.run(
        [sys.executable, "-c", "from supportable.cli import main; main()", "demo"],
        capture_output=True,
        check=False,
        timeout=60,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONUTF8": "1", "COLUMNS": "500"},
    )
    told = run.stdout.decode()
    assert run.returncode == 0, run.stderr.decode()
    assert f"in {tmp_path / 'supportable_policies' / 'examples'}" in told
    assert [path.name for path in (ROOT / "examples").glob("*.yaml") if path.name not in told] == []
