"""Operations on single values, as language.md §4 says them; the other readings have theirs.

Values are held as in `supportable.facts`. Truths are 0 false, 1 unknown, 2 true.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple

from supportable.facts import Members, Row
from supportable.vocabulary import products
from supportable.vocabulary.products import NONE_PRODUCT, UNKNOWN_PRODUCT
from supportable.vocabulary.types import NEVER
from supportable.vocabulary.unknown import NONE, UNKNOWN

INFINITE: Final = float("inf")


class Range(NamedTuple):
    """A whole number between two bounds, both inclusive; `high` may be INFINITE."""

    low: int
    high: int | float


def truth(value: Any) -> int:
    """A bool where a truth is needed."""
    return 1 if value is UNKNOWN else 2 if value is True else 0


def as_value(found: int) -> Any:
    """A truth where a bool is needed."""
    return (False, UNKNOWN, True)[found]


def absent(value: Any) -> bool:
    """Whether it is `none`."""
    return value is NONE or value is NONE_PRODUCT or (isinstance(value, Row) and value.i == 1)


def unknown(value: Any) -> bool:
    """Whether nothing is known of it."""
    return value is UNKNOWN or value is UNKNOWN_PRODUCT or (isinstance(value, Row) and value.i == 0)


def unanimous(truths: Iterable[int]) -> int:
    """What all say, else unknown."""
    said = set(truths)
    return said.pop() if len(said) == 1 else 1


_ORDER: Final[dict[str, Callable[[Any, Any], bool]]] = {"eq": operator.eq, "lt": operator.lt, "le": operator.le}
_PLACE: Final[dict[str, Callable[[Any, Any], int]]] = {
    "eq": products.same_place,
    "lt": products.less,
    "le": products.less_or_equal,
}


def compared(op: str, kind: str, left: Any, right: Any, scale: tuple[str, ...]) -> int:
    """The truth of a comparison. Either side may be a Range."""
    if kind == "product":
        return _PLACE[op](left, right)
    if absent(left) or absent(right):
        return 0
    if unknown(left) or unknown(right):
        return 1
    if isinstance(left, Range) or isinstance(right, Range):
        return _ranges(op, _range(left), _range(right))
    if kind == "row":
        return 2 * (left is right)
    if kind == "scale":
        left, right = scale.index(left), scale.index(right)
    return 2 * _ORDER[op](left, right)


def _range(value: Any) -> Range:
    return value if isinstance(value, Range) else Range(value, value)


def _ranges(op: str, left: Range, right: Range) -> int:
    """What holds of every number in one range and every number in the other."""
    if op == "eq":
        if left.high < right.low or right.high < left.low:
            return 0
        return 2 if left.low == left.high == right.low == right.high else 1
    test = _ORDER[op]
    # The pair least likely to be in order, and the pair most likely to be.
    if test(left.high, right.low):
        return 2
    return 1 if test(left.low, right.high) else 0


def fits(number: int) -> Any:
    """The number, or unknown where it leaves 64 bits."""
    return number if -(1 << 63) <= number < 1 << 63 else UNKNOWN


_COUNTING: Final[dict[str, Callable[[int, int], int]]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.floordiv,
}


def calculated(op: str, left: Any, right: Any, *, days: bool, gives_day: bool) -> Any:
    """Arithmetic on whole numbers. `days`: an operand is a date; `gives_day`: so is the result."""
    if left is NONE or right is NONE:
        return NONE
    if left is UNKNOWN or right is UNKNOWN or (op == "div" and right == 0):
        return UNKNOWN
    if days and NEVER in {left, right}:
        return UNKNOWN
    number = _COUNTING[op](left, right)
    if gives_day:
        return number if 0 < number < NEVER else UNKNOWN
    return fits(number)


def text_tested(op: str, left: Any, right: Any) -> int:
    """The truth of a text function."""
    if left is NONE or right is NONE:
        return 0
    if left is UNKNOWN or right is UNKNOWN:
        return 1
    match op:
        case "contains":
            holds = right in left
        case "startsWith":
            holds = left.startswith(right)
        case "endsWith":
            holds = left.endswith(right)
        case _:
            holds = not set(left).isdisjoint(right)
    return 2 if holds else 0


def agreed(left: Any, right: Any, otherwise: Any) -> Any:
    """The value that both are, else `otherwise`."""
    if left is right:
        return left
    if isinstance(left, Members | Row) or type(left) is not type(right):
        return otherwise
    return left if left == right else otherwise


def total(op: str, found: list[tuple[Any, int]], k: Any) -> Any:
    """`sum min max smallest largest` of values, each with how often it counts. All members are certain."""
    if k is UNKNOWN or any(value is UNKNOWN for value, _ in found):
        return UNKNOWN
    found = sorted((value, times) for value, times in found if value is not NONE)
    if op == "sum":
        return fits(sum(value * times for value, times in found))
    if not found or k is NONE:
        return NONE
    if op in ("min", "max"):
        return found[0 if op == "min" else -1][0]
    added = 0
    for value, times in found if op == "smallest" else reversed(found):
        if k <= 0:
            break
        added += value * min(times, k)
        k -= times
    return fits(added)


def alike(found: list[Any], *, products: bool) -> int:
    """The truth of `same` over members that are all certain."""
    there = [value for value in found if not absent(value)]
    if any(value.code < 0 if products else unknown(value) for value in there):
        return 1
    keys = {value.code if products else (id(value) if isinstance(value, Row) else value) for value in there}
    return 2 if len(keys) <= 1 else 0
