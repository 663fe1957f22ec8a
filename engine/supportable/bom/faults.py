"""How a bill of materials is refused, and how a warning about one is worded."""

from __future__ import annotations

from typing import NoReturn

from supportable.errors import DocumentError, Problem
from supportable.origin import Origin


def refuse(code: str, message: str, file: str, hint: str = "", *, line: int = 0) -> NoReturn:
    """Raise DocumentError for the file."""
    raise DocumentError([Problem(code, message, Origin(file, line, 1 if line else 0), hint)])


def warning(code: str, message: str, file: str, hint: str = "", *, line: int = 0) -> Problem:
    """A problem to be shown beside the answer."""
    return Problem(code, message, Origin(file, line, 1 if line else 0), hint)
