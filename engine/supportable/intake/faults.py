"""The problems of one design while it is being read: collected with their places, raised all at once at the end."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from supportable.document import Document
from supportable.errors import DesignError, Problem, did_you_mean
from supportable.origin import NOWHERE, Origin

# Near matches are a courtesy: looking for them must not cost more than reading the design.
_MOST_CANDIDATES = 5_000
_MOST_SEARCHES = 50


def below(pointer: str, step: str) -> str:
    """The JSON Pointer to the member `step` of what `pointer` leads to."""
    return f"{pointer}/{step.replace('~', '~0').replace('/', '~1')}"


def shown(value: object) -> str:
    """A value in a few printable words for a message."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a map"
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, (float, int)):
        # A whole number of thousands of digits cannot be written out, and nobody would read it.
        return "a number of many digits" if isinstance(value, int) and value.bit_length() > 256 else f"{value}"
    if not isinstance(value, str):
        return f"a Python {type(value).__name__}"
    text = str(value)
    text = text if len(text) <= 60 else text[:59] + "…"
    return "“" + "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in text) + "”"


def _printable(message: str) -> str:
    # Python strings may hold half a surrogate pair, on which every attempt to print the message would fail.
    return message if message.isascii() else message.encode("utf-8", "backslashreplace").decode()


class Faults:
    """What was found wrong so far with the design in `document`, or in memory."""

    __slots__ = ("_document", "_searches", "problems", "warnings")

    def __init__(self, document: Document | None) -> None:
        self._document = document
        self._searches = 0
        self.problems: list[Problem] = []
        self.warnings: list[str] = []

    def origin(self, pointer: str) -> Origin:
        """Where the value at `pointer` stands."""
        return NOWHERE if self._document is None else self._document.origin_of(pointer)

    def key_origin(self, pointer: str) -> Origin:
        """Where the key of the value at `pointer` stands."""
        return NOWHERE if self._document is None else self._document.origin_of_key(pointer)

    def note(self, code: str, message: str, pointer: str, hint: str = "") -> None:
        """Note a problem with the value at `pointer`."""
        at = self.origin(pointer)
        self.problems.append(Problem(code, _printable(message), at, _printable(hint), pointer=_printable(pointer)))

    def note_key(self, code: str, message: str, pointer: str, hint: str = "") -> None:
        """Note a problem with the key of the value at `pointer`."""
        at = self.key_origin(pointer)
        self.problems.append(Problem(code, _printable(message), at, _printable(hint), pointer=_printable(pointer)))

    def warn_key(self, code: str, message: str, pointer: str, hint: str = "") -> None:
        """Note as a warning what would otherwise be a problem with the key of the value at `pointer`."""
        self.warnings.append(str(Problem(code, _printable(message), self.key_origin(pointer), _printable(hint))))

    def near(self, name: str, known: Iterable[str]) -> str:
        """A hint with the names most like `name`; empty once too many were asked for."""
        self._searches += 1
        if self._searches > _MOST_SEARCHES:
            return ""
        return did_you_mean(name, islice(known, _MOST_CANDIDATES))

    def close(self) -> None:
        """Raise DesignError if anything was found, in the order of the document."""
        if self.problems:
            raise DesignError(sorted(self.problems, key=lambda each: each.origin))
