"""The pre-commit hook, run by pre-commit in a repository of its own, with the program of this environment."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, timeout=60)


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    """Exit code and output of the hook on all files of the repository."""
    (hook,) = HOOKS
    # Everything as declared, but for the environment that pre-commit would build from the registry.
    local = {**hook, "language": "system", "args": list(arguments)}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [{"repo": "local", "hooks": [local]}]}))
    git(folder, "add", "-A")
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", "--all-files", "--color", "never"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "PRE_COMMIT_HOME": str(folder.parent / "pre-commit"),
            "XDG_CACHE_HOME": str(folder.parent / "cache"),
        },
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    (folder / "designs").mkdir(parents=True)
    git(folder, "init", "-q")
    shutil.copy(ROOT / "examples" / "sql-guest-cluster.yaml", folder / "designs" / "sql.yaml")
    (folder / "values.yaml").write_text("replicas: 3\n")
    return folder


def test_a_supported_design_passes_and_its_coverage_is_shown(repository: Path) -> None:
    code, output = run(repository, "--as-of=2009-07-01")
    assert code == 0, output
    assert "2 of 6 judged subjects covered" in output


def test_an_unsupported_design_stops_the_commit_and_says_why(repository: Path) -> None:
    shutil.copy(ROOT / "examples" / "file-cluster-failed-arbitration.yaml", repository / "files.design.yaml")
    code, output = run(repository, "--as-of=2009-07-01")
    assert code != 0
    assert "The test “Validate Disk Arbitration” failed on fileclu" in output


def test_only_designs_are_judged(repository: Path) -> None:
    (repository / "designs" / "sql.yaml").unlink()
    code, output = run(repository)
    assert code == 0, output
    assert "no files to check" in output
