"""A few seconds of each fuzzer, in a process with little memory: `make fuzz` goes on for minutes, from other seeds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.targets import TARGETS

ROOT = Path(__file__).parents[2]
ATTEMPTS = {"document": 4000, "expression": 2000, "design": 150, "packs": 12}
MEGABYTES = {"document": 100, "expression": 150, "design": 300, "packs": 300}
"""The most that a process may have held at once: all of Python and the packs included."""


@pytest.mark.skipif(sys.platform == "win32", reason="memory is bounded and measured by the resource module")
@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("seed", [1, pytest.param(5_000_000, marks=pytest.mark.slow)])
def test_every_attempt_ends_well_or_with_coded_problems(target: str, seed: int) -> None:
    command = [sys.executable, "-m", "tests.hostile.targets", target, f"--attempts={ATTEMPTS[target]}"]
    run = subprocess.run(
        [*command, "--seconds=300", f"--seed={seed}"],
        capture_output=True, text=True, check=False, timeout=400, cwd=ROOT,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    told = json.loads(run.stdout)
    assert told["attempts"] == ATTEMPTS[target]
    assert told["codes"] > 5
    assert told["megabytes"] < MEGABYTES[target]
