"""Many whole numbers as few pairs: [[1, 4], [6, 6]] for 1, 2, 3, 4 and 6."""

from __future__ import annotations

from collections.abc import Iterable


def extend(ranges: list[list[int]], number: int) -> None:
    """Add a number that is greater than all in the ranges."""
    if ranges and ranges[-1][1] == number - 1:
        ranges[-1][1] = number
    else:
        ranges.append([number, number])


def ranges_of(numbers: Iterable[int]) -> list[list[int]]:
    """The pairs, both ends inclusive, of numbers that rise."""
    ranges: list[list[int]] = []
    for number in numbers:
        extend(ranges, number)
    return ranges
