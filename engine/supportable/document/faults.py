"""The problems of one document while it is being read: collected, and raised all at once at the end."""

from __future__ import annotations

from typing import NoReturn

from supportable.document import codes
from supportable.document.values import UNMARKED, Mark
from supportable.errors import DocumentError, Move, Problem
from supportable.origin import Origin


class Faults:
    """What was found wrong in `file` so far; at most `most` problems, then reading stops."""

    __slots__ = ("_file", "_most", "_move", "_problems")

    def __init__(self, file: str, *, move: Move, most: int) -> None:
        self._file = file
        self._move: Move = move
        self._most = most
        self._problems: list[Problem] = []

    def add(self, code: str, message: str, mark: Mark = UNMARKED, hint: str = "") -> None:
        """Note a problem and read on. Raises DocumentError when that makes too many."""
        self._note(code, message, mark, hint)
        if len(self._problems) >= self._most:
            more = f"reading stopped after {self._most} problems"
            self._note(codes.TOO_MANY_PROBLEMS, more, mark, "mend these, then read the file again to see the rest")
            self.close()

    def stop(self, code: str, message: str, mark: Mark = UNMARKED, hint: str = "") -> NoReturn:
        """Note a problem after which nothing more can be read. Raises DocumentError with all that was found."""
        self._note(code, message, mark, hint)
        raise self._error()

    def close(self) -> None:
        """Raise DocumentError if anything was found."""
        if self._problems:
            raise self._error()

    def _note(self, code: str, message: str, mark: Mark, hint: str) -> None:
        self._problems.append(Problem(code, message, Origin(self._file, *mark), hint, self._move))

    def _error(self) -> DocumentError:
        return DocumentError(sorted(self._problems, key=lambda problem: (problem.origin.line, problem.origin.column)))


def shown(text: str, most: int = 60) -> str:
    """Text from a file as it stands in a message: in quotation marks, cut short, control characters spelled out."""
    cut = text if len(text) <= most else text[: most - 1] + "…"
    return "“" + "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in cut) + "”"
