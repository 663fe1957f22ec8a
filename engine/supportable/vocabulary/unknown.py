"""The two ways of not having a value: `UNKNOWN`, we do not know it, and `NONE`, there is none."""

from __future__ import annotations

from typing import NoReturn, Self, final


@final
class Absence:
    """One of exactly two objects, told apart by `is`. Copying and unpickling give the same object back.

    It has no truth: `if value:` on it raises TypeError, because neither answer would be right.
    """

    __slots__ = ("_word",)
    _word: str

    def __new__(cls) -> Self:
        """Refused: the two there are, are made below."""
        raise TypeError("there are only UNKNOWN and NONE")

    def __repr__(self) -> str:
        return self._word

    def __bool__(self) -> NoReturn:
        raise TypeError(f"`{self._word}` is neither true nor false: ask `is UNKNOWN` or `is NONE`")

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"`{self._word}` cannot be changed")

    def __reduce__(self) -> str:
        # A string names a global of this module: pickle and copy look it up instead of building another object.
        return self._word.upper()


def _make(word: str) -> Absence:
    absence: Absence = object.__new__(Absence)
    object.__setattr__(absence, "_word", word)
    return absence


UNKNOWN = _make("unknown")
"""We do not know the value."""

NONE = _make("none")
"""There is no value."""
