"""What is worked out of a value and kept with it, but not sent along with it."""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """Something in the memo of a plan or of a set of packs that is left behind where that is copied to another process:
    functions cannot be sent, and identities do not outlast it. `value` is then None."""

    __slots__ = ("value",)

    def __init__(self, value: T | None = None) -> None:
        self.value = value

    def __reduce__(self) -> tuple[type[Kept[T]], tuple[()]]:
        return type(self), ()
