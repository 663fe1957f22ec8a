"""A child's peak is its own, however large the process that starts it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CHILD = "from tests.peak import peak_kilobytes; held = b'x' * int(__import__('sys').argv[1]); print(peak_kilobytes())"


def peak_of_a_child(holding: int) -> int:
    told = subprocess.run(
        [sys.executable, "-c", CHILD, str(holding)], capture_output=True, check=True, text=True, cwd=ROOT
    )
    return int(told.stdout)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="this system tells no peak of a process alone")
def test_what_the_parent_holds_is_not_the_child_s() -> None:
    megabyte = 1 << 20
    ballast = bytearray(b"x") * (300 * megabyte)
    small, large = peak_of_a_child(0), peak_of_a_child(200 * megabyte)
    assert len(ballast) == 300 * megabyte
    assert small < 100 * 1024
    assert 200 * 1024 <= large < 300 * 1024
