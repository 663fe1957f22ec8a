"""The command as a shell runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"


class Run(NamedTuple):
    """What came of one run."""

    code: int
    out: str
    err: str


def supportable(
    *arguments: str | Path, stdin: str | bytes = b"", cwd: Path = ROOT, timeout: float = 60, **environment: str
) -> Run:
    """A run of the command in a process of its own, in UTF-8 and without colours unless `environment` says so."""
    command = [sys.executable, "-c", "from supportable.cli import main; main()", *map(str, arguments)]
    given = stdin.encode() if isinstance(stdin, str) else stdin
    inherited = {
        name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR", "FORCE_COLOR")
    }
    run = subprocess.run(
        command,
        input=given,
        capture_output=True,
        check=False,
        timeout=timeout,
        cwd=cwd,
        env={**inherited, "PYTHONUTF8": "1", **environment},
    )
    return Run(run.returncode, run.stdout.decode(errors="replace"), run.stderr.decode(errors="replace"))
