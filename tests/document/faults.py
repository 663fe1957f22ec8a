"""Reading that is meant to fail, in a form that whole-value comparisons can use."""

from __future__ import annotations

from supportable.document import STANDARD_LIMITS, Limits, read_text
from supportable.errors import DocumentError, Problem


def problems_of(text: bytes | str, file: str = "it.yaml", *, limits: Limits = STANDARD_LIMITS) -> tuple[Problem, ...]:
    try:
        document = read_text(text, file, limits=limits)
    except DocumentError as error:
        return error.problems
    raise AssertionError(f"read without complaint: {str(document.root)[:200]}")


def found(text: bytes | str, file: str = "it.yaml", *, limits: Limits = STANDARD_LIMITS) -> list[tuple[str, int, int]]:
    """Code, line and column of everything that is wrong with `text`."""
    return [(each.code, each.origin.line, each.origin.column) for each in problems_of(text, file, limits=limits)]
