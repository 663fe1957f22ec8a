"""A place in a document that can be walked into: what ties a shaped value back to its line and column."""

from __future__ import annotations

from dataclasses import dataclass

from supportable.document import Document
from supportable.errors import Problem
from supportable.origin import Origin


@dataclass(frozen=True, slots=True)
class Place:
    """The value at a JSON Pointer of a document; `place / "rules" / 0` is the place of what is in it."""

    document: Document
    pointer: str = ""

    def __truediv__(self, step: str | int) -> Place:
        escaped = step.replace("~", "~0").replace("/", "~1") if isinstance(step, str) else str(step)
        return Place(self.document, f"{self.pointer}/{escaped}")

    @property
    def origin(self) -> Origin:
        """Where the value stands, or the nearest thing around it that exists."""
        return self.document.origin_of(self.pointer)

    @property
    def key_origin(self) -> Origin:
        """Where the key of the value stands."""
        return self.document.origin_of_key(self.pointer)


def problem(code: str, message: str, place: Place, hint: str = "", *, at_key: bool = False) -> Problem:
    """A problem that the pack's author has to mend, at the value or, with `at_key`, at its key."""
    return Problem(code, message, place.key_origin if at_key else place.origin, hint, "author")


def in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Problems by file, line and column, each once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda found: (found.origin, found.code, found.message)))
