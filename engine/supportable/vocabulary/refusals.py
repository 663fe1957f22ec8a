"""The light exception by which a converter refuses a value; whoever calls it knows the place and makes it a Problem."""

from __future__ import annotations


class ConversionError(ValueError):
    """Why a written value is no value of its type (`message`), and what to write instead (`hint`, may be empty)."""

    __slots__ = ("hint", "message")

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message
