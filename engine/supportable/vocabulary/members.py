"""The members of a list as they are known: for certain, possibly, and whether there may be more."""

from __future__ import annotations

from typing import Any


class Members:
    """A list's members: those that certainly belong, those that possibly do, and whether there may be more.

    An unknown list is open and has no members. Order carries no meaning.
    """

    __slots__ = ("maybe", "open", "sure")

    def __init__(self, sure: tuple[Any, ...] = (), maybe: tuple[Any, ...] = (), *, open: bool = False) -> None:
        self.sure = sure
        self.maybe = maybe
        self.open = open

    def __repr__(self) -> str:
        tail = ", ..." if self.open else ""
        return f"Members({list(self.sure)!r}, maybe {list(self.maybe)!r}{tail})"


EMPTY = Members()
OPEN = Members(open=True)
