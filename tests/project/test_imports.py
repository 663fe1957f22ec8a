"""Who imports whom: the one-way flow, and what a plain `import supportable` may cost."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
ENGINE = ROOT / "engine" / "supportable"

EXTRAS_ONLY = {"durable", "fastapi", "numpy", "orjson", "pyarrow", "sqlalchemy", "starlette", "uvicorn"}
"""Packages that come with an extra, if at all."""


def test_importing_the_library_imports_nothing_of_the_extras() -> None:
    program = "import sys, supportable; print(*{name.partition('.')[0] for name in sys.modules})"
    run = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True, timeout=60)
    loaded = set(run.stdout.split())
    assert "supportable" in loaded
    assert loaded & (EXTRAS_ONLY | {"supportable_api"}) == set()


def test_the_import_contracts_hold() -> None:
    lint_imports = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run(
        [str(lint_imports), "--no-cache"], capture_output=True, text=True, check=False, timeout=120, cwd=ROOT
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_part_of_the_engine_has_its_place_in_the_pipeline() -> None:
    """A new package that no layer names would be free to import anything."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    (pipeline,) = [contract for contract in contracts if "supportable.errors" in " ".join(contract.get("layers", []))]
    placed = {
        name.strip("() ").removeprefix("supportable.")
        for layer in pipeline["layers"]
        for name in layer.replace("|", ":").split(":")
    }
    modules = {path.stem for path in ENGINE.glob("*.py")} - {"__init__", "__main__"}
    packages = {path.parent.name for path in ENGINE.glob("*/*.py")}
    assert modules | packages <= placed


def test_every_folder_of_modules_is_a_package() -> None:
    """Without an `__init__.py` a folder can be imported all the same, but the import contracts do not see it."""
    folders = {path.parent for path in ENGINE.rglob("*.py")}
    assert sorted(str(folder.relative_to(ENGINE)) for folder in folders if not (folder / "__init__.py").exists()) == []
