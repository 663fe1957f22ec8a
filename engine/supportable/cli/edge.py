"""The edge of the process: arguments in, exit code out, and no traceback for what a user did."""

from __future__ import annotations

import os
import platform
import sys
import traceback
from collections.abc import Sequence
from typing import Any, Final

import typer

from supportable.cli import codes
from supportable.cli.app import app
from supportable.cli.exits import DEFECT, INTERRUPTED, REFUSED, UNREAD
from supportable.cli.problems import OutputClosed, is_ours, say, write_problems
from supportable.errors import Problem, SupportableError
from supportable.origin import Origin
from supportable.version import __version__

_ClickException: Final[Any] = typer.BadParameter.__mro__[2]
"""The root of what the parser complains with: whichever copy of click this typer carries."""


def run(arguments: Sequence[str]) -> int:
    """The exit code of `supportable` with these arguments."""
    for stream in (sys.stdout, sys.stderr):
        # A file name need not be text; to show it must not end the run.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = app(list(arguments), prog_name="supportable", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except SupportableError as error:
        if is_ours(error):
            return _defect()
        write_problems(error.problems, "text")
        return REFUSED
    except (OutputClosed, BrokenPipeError):
        # What is still buffered has no reader; without this the interpreter would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNREAD
    except (KeyboardInterrupt, typer.Abort):
        say("interrupted")
        return INTERRUPTED
    except _ClickException as error:
        write_problems([_as_problem(error)], "text")
        return REFUSED
    except RecursionError:
        return _defect()
    except Exception:  # noqa: BLE001  the one place where a defect of ours becomes an exit code
        return _defect()


def _as_problem(error: Any) -> Problem:
    context = getattr(error, "ctx", None)
    hint = f"see {context.command_path} --help" if context is not None else "see supportable --help"
    return Problem(codes.COMMAND_LINE, error.format_message().rstrip("."), Origin("<command line>"), hint)


def _defect() -> int:
    last = traceback.extract_tb(sys.exc_info()[2])[-1]
    kind, value = sys.exc_info()[:2]
    say(
        f"SUP999 this is a defect of supportable, not of your input: {kind.__name__ if kind else ''}: {value}\n"
        f"    at {last.name}, line {last.lineno} of {os.path.basename(last.filename)}; "  # noqa: PTH119  a name to show
        f"supportable {__version__}, Python {platform.python_version()}\n"
        "    Please report it with the command and, if you can, the design.\n"
        "    Run again with SUPPORTABLE_TRACEBACK=1 to see the whole traceback."
    )
    if os.environ.get("SUPPORTABLE_TRACEBACK"):
        traceback.print_exc()
    return DEFECT
