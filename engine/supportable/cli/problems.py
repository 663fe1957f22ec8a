"""Problems on their way to the user: text for people on stderr, and JSON for programs on stdout."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, ParamSpec

import typer

from supportable.cli.exits import REFUSED
from supportable.errors import Problem, SupportableError

P = ParamSpec("P")


class OutputClosed(Exception):
    """Nobody reads the output any more. The parser would take a BrokenPipeError for its own business."""


def command(function: Callable[P, None]) -> Callable[P, None]:
    """The function as a command: a reader who went away is told from a failure."""

    @functools.wraps(function)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            function(*args, **kwargs)
            sys.stdout.flush()
        except BrokenPipeError:
            raise OutputClosed from None

    return guarded


def say(words: str) -> None:
    """Write a line to stderr, whatever it can carry."""
    encoding = sys.stderr.encoding or "ascii"
    sys.stderr.write(words.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def write_problems(problems: Iterable[Problem], form: str, *, design: str = "") -> None:
    """Each problem as `file:line:column: CODE message` and its hint on stderr; with `form` "json" also, as one line, on
    stdout. `design` names the file that could not be judged, "" where it is about all of them."""
    found = list(problems)
    for problem in found:
        say("\n".join(_printable(line) for line in str(problem).split("\n")))
    if form == "json":
        write_json({"design": design or None, "problems": [as_json(problem) for problem in found]})


def as_json(problem: Problem) -> dict[str, Any]:
    """The problem as plain values."""
    origin = problem.origin
    return {
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
        "move": problem.move,
        "file": origin.file,
        "line": origin.line,
        "column": origin.column,
    }


def write_json(value: object) -> None:
    """The value as one line of JSON on stdout, in UTF-8 whatever the locale."""
    write_bytes(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(errors="replace"))


def write_bytes(line: bytes) -> None:
    """One line of bytes on stdout."""
    sys.stdout.flush()
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


@contextmanager
def refusing(form: str) -> Iterator[None]:
    """Inside, what a user or an author did wrong is written as `form` asks, and ends the command."""
    try:
        yield
    except SupportableError as error:
        if is_ours(error):
            raise
        write_problems(error.problems, form)
        raise typer.Exit(REFUSED) from None


def is_ours(error: SupportableError) -> bool:
    """Whether the error is a defect of this software: it says so, or says nothing that anybody could mend."""
    return not error.problems or any(problem.move == "us" for problem in error.problems)


def _printable(line: str) -> str:
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in line)
