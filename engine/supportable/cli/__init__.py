"""The command `supportable`: one file a command.

Each command imports what it needs when it runs, so that `supportable --help` answers at once.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and end the process with its exit code (see `cli.exits`)."""
    from supportable.cli.edge import run

    sys.exit(run(sys.argv[1:]))
