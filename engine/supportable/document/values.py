"""What a document holds: plain dicts, lists and strings that remember where they were written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from supportable.origin import Origin

Mark: TypeAlias = tuple[int, int]
"""A line and a column, both counted from 1; (0, 0) where a value was built in memory."""

UNMARKED: Mark = (0, 0)


class ForeignMark(tuple[int, int]):
    """A mark in another file than the document's own, `file`: a document may be put together from several."""

    file: str

    def __new__(cls, line: int, column: int, file: str) -> ForeignMark:
        """The mark at `line` and `column` of `file`."""
        made = super().__new__(cls, (line, column))
        made.file = file
        return made

    def __getnewargs__(self) -> tuple[int, int, str]:
        return (*self, self.file)


Value: TypeAlias = "Map | Seq | str | None"
"""Anything a document can hold. A `str` that is not `Plain` was quoted, `None` is null."""


class Plain(str):
    """A scalar written without quotes, such as `2008`, `no` or `2009-05-26`: text whose type is still to be settled.

    JSON numbers and `true`/`false` are Plain as well, spelled as in the file.
    """

    __slots__ = ()


class Map(dict[str, "Value"]):
    """A mapping in document order, with the place of every key and value.

    `mark` is where the mapping begins; `key_marks` and `value_marks` have one entry per key read from a file.
    """

    __slots__ = ("key_marks", "mark", "value_marks")

    def __init__(self, content: Mapping[str, Value] | Iterable[tuple[str, Value]] = (), *, mark: Mark = UNMARKED):
        super().__init__(content)
        self.mark = mark
        self.key_marks: dict[str, Mark] = {}
        self.value_marks: dict[str, Mark] = {}


class Seq(list["Value"]):
    """A list, with the place of every item. `item_marks` runs parallel to the items read from a file."""

    __slots__ = ("item_marks", "mark")

    def __init__(self, content: Iterable[Value] = (), *, mark: Mark = UNMARKED):
        super().__init__(content)
        self.mark = mark
        self.item_marks: list[Mark] = []


@dataclass(frozen=True, slots=True)
class Document:
    """One document that was read.

    `file` is the name it was read under, `digest` the SHA-256 of its bytes in hex, with lines ending in LF, and `mark`
    the place of `root`. What was put in from another file has a `ForeignMark`.
    Places inside it are asked for by JSON Pointer (RFC 6901): `""` is the root, `/machines/0/os` a value in it.
    """

    file: str
    root: Value = field(repr=False)
    digest: str
    mark: Mark = UNMARKED

    def origin_of(self, pointer: str) -> Origin:
        """Where the value at `pointer` stands, or its nearest ancestor that exists.

        Raises ValueError for text that is no JSON Pointer.
        """
        return self._origin(pointer, of_key=False)

    def origin_of_key(self, pointer: str) -> Origin:
        """Where the key that leads to the value at `pointer` stands.

        In a list that is the item itself; where the pointer leads nowhere, the nearest ancestor that exists.
        Raises ValueError for text that is no JSON Pointer.
        """
        return self._origin(pointer, of_key=True)

    def _origin(self, pointer: str, *, of_key: bool) -> Origin:
        value, mark = self.root, self.mark
        steps = pointer_steps(pointer)
        for place, step in enumerate(steps, start=1):
            if isinstance(value, Map) and step in value:
                wants_key = of_key and place == len(steps)
                mark = (value.key_marks if wants_key else value.value_marks).get(step, mark)
                value = value[step]
            elif isinstance(value, Seq) and (index := _item_index(step, len(value))) is not None:
                mark = value.item_marks[index] if index < len(value.item_marks) else mark
                value = value[index]
            else:
                break
        return Origin(mark.file if isinstance(mark, ForeignMark) else self.file, *mark)


def pointer_steps(pointer: str) -> list[str]:
    """The unescaped reference tokens of a JSON Pointer, none for `""`. Raises ValueError for text that is none."""
    if pointer and not pointer.startswith("/"):
        raise ValueError(f"not a JSON Pointer, which is empty or begins with “/”: {pointer!r}")
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def _item_index(step: str, length: int) -> int | None:
    """The position that a reference token names in a list of `length` items; None when it names none."""
    if not (step.isascii() and step.isdigit()) or (len(step) > 1 and step[0] == "0") or len(step) > 18:
        return None
    index = int(step)
    return index if index < length else None
