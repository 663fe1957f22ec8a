"""Semantic versions, their order, and the requirements that packs put to one another."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

VERSION: Final = re.compile(
    r"(?P<numbers>(?:0|[1-9][0-9]{0,8})(?:\.(?:0|[1-9][0-9]{0,8})){2})"
    r"(?:-(?P<before>[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]+)?"
)
"""A version as semver.org has it: three numbers, then perhaps what it comes before, then perhaps build words."""

_BOUND: Final = re.compile(r"(>=|<=|==|>|<)\s*([0-9]{1,9}(?:\.[0-9]{1,9}){0,2})")
_REQUIREMENT: Final = re.compile(r"(?P<pack>[a-z0-9][a-z0-9._-]*)\s*(?P<versions>.*)", re.DOTALL)

Order: TypeAlias = tuple[tuple[int, ...], int, tuple[tuple[int, int, str], ...]]


def order_of(version: str) -> Order:
    """A key by which versions sort as semver.org says. Raises ValueError for text that is no version."""
    found = VERSION.fullmatch(version)
    if found is None:
        raise ValueError(f"not a version: {version!r}")
    numbers = tuple(int(number) for number in found["numbers"].split("."))
    if found["before"] is None:
        return (numbers, 1, ())
    words = found["before"].split(".")
    return (numbers, 0, tuple((0, int(word), "") if word.isdecimal() else (1, 0, word) for word in words))


def parse_requirement(text: str) -> tuple[str, str] | None:
    """The pack and the versions that "acme.storage >=1.0, <2" asks for, "" for any; None if it is not so made."""
    found = _REQUIREMENT.fullmatch(text.strip())
    if found is None or bounds_of(found["versions"]) is None:
        return None
    return found["pack"], found["versions"].strip()


def bounds_of(versions: str) -> list[tuple[str, tuple[int, ...]]] | None:
    """The bounds in ">=1.0, <2" as (operator, three numbers); none for ""; None if it is not so made."""
    if not versions.strip():
        return []
    bounds = []
    for part in versions.split(","):
        found = _BOUND.fullmatch(part.strip())
        if found is None:
            return None
        numbers = [int(number) for number in found[2].split(".")]
        bounds.append((found[1], tuple(numbers + [0] * (3 - len(numbers)))))
    return bounds


def meets(version: str, versions: str) -> bool:
    """Whether a version is among those asked for. What comes before 1.0.0 is less than 1.0.0.

    Raises ValueError if either is not so made.
    """
    bounds = bounds_of(versions)
    if bounds is None:
        raise ValueError(f"not a requirement: {versions!r}")
    own = order_of(version)
    return all(_holds(own, operator, (numbers, 1, ())) for operator, numbers in bounds)


def _holds(own: Order, operator: str, bound: Order) -> bool:
    if operator == ">=":
        return own >= bound
    if operator == "<=":
        return own <= bound
    if operator == ">":
        return own > bound
    if operator == "<":
        return own < bound
    return own == bound
