"""The one source of randomness of all generators: a hypothesis test that shrinks, or a seed where speed matters."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


class Choices(Protocol):
    """Makes choices. The first option and the lowest number are the simplest, and what a failing test shrinks to."""

    def number(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both inclusive."""

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""

    def chance(self, percent: int) -> bool:
        """True in about so many of a hundred cases."""


class Drawn:
    """Choices that hypothesis draws, records and shrinks."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self._draw = draw

    def number(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both inclusive."""
        if low == high:
            return low
        found: int = self._draw(st.integers(low, high))
        return found

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.number(0, len(options) - 1)]

    def chance(self, percent: int) -> bool:
        """True in about so many of a hundred cases."""
        return self.number(0, 99) >= 100 - percent


class Rolled:
    """Choices that follow from a seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def number(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both inclusive."""
        return self._random.randint(low, high)

    def pick(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self._random.randrange(len(options))]

    def chance(self, percent: int) -> bool:
        """True in about so many of a hundred cases."""
        return self._random.randrange(100) >= 100 - percent


def some(choices: Choices, options: Sequence[T], most: int) -> list[T]:
    """Up to `most` different options, in any order."""
    left = list(options)
    found: list[T] = []
    for _ in range(min(most, len(left), choices.number(0, most))):
        found.append(left.pop(choices.number(0, len(left) - 1)))
    return found


def shuffled(choices: Choices, options: Sequence[T]) -> list[T]:
    """All options in some order."""
    left = list(options)
    return [left.pop(choices.number(0, len(left) - 1)) for _ in range(len(left))]
