"""The operations of language.md §4 on single values: small, total, and the same for every reading."""

from __future__ import annotations

from typing import Any

from supportable.facts import Members, Row
from supportable.readings.findings import FALSE, OPEN, TRUE
from supportable.vocabulary.products import (
    NONE_PRODUCT,
    UNKNOWN_PRODUCT,
    Product,
    less,
    less_or_equal,
    same_place,
)
from supportable.vocabulary.types import NEVER
from supportable.vocabulary.unknown import NONE, UNKNOWN

SMALLEST, LARGEST = -(2**63), 2**63 - 1
FIRST_DAY, LAST_DAY = 1, NEVER - 1

_TRUTH_OF = {True: TRUE, False: FALSE}


def truth_of(value: Any) -> int:
    """A bool value where a truth is needed: none turns false."""
    if value is UNKNOWN:
        return OPEN
    return TRUE if value is True else FALSE


def value_of(truth: int) -> Any:
    """A truth as a bool value."""
    return UNKNOWN if truth == OPEN else truth == TRUE


def is_none(value: Any) -> bool:
    """Whether the value is `none`: of a scalar, a product, or a reference."""
    return value is NONE or value is NONE_PRODUCT or (isinstance(value, Row) and value.i == 1)


def is_unknown(value: Any) -> bool:
    """Whether nothing is known of the value. A product of a known name is not unknown."""
    return value is UNKNOWN or value is UNKNOWN_PRODUCT or (isinstance(value, Row) and value.i == 0)


def compare(op: str, kind: str, left: Any, right: Any, scale: tuple[str, ...] = ()) -> int:
    """The truth of one comparison between two values."""
    if kind == "product":
        if op == "eq":
            return same_place(left, right)
        return less(left, right) if op == "lt" else less_or_equal(left, right)
    if is_none(left) or is_none(right):
        return FALSE
    if is_unknown(left) or is_unknown(right):
        return OPEN
    if kind == "row":
        return TRUE if left is right else FALSE
    if kind == "scale":
        left, right = scale.index(left), scale.index(right)
    if op == "eq":
        return _TRUTH_OF[left == right]
    return _TRUTH_OF[left < right] if op == "lt" else _TRUTH_OF[left <= right]


def compare_intervals(op: str, left: tuple[int, int | None], right: tuple[int, int | None]) -> int:
    """The truth of a comparison between two whole numbers of which only the bounds are known; None is unbounded."""
    (left_low, left_high), (right_low, right_high) = left, right
    if op == "eq":
        if left_low == left_high == right_low == right_high:
            return TRUE
        apart = (left_high is not None and left_high < right_low) or (right_high is not None and right_high < left_low)
        return FALSE if apart else OPEN
    if op == "lt":
        if left_high is not None and left_high < right_low:
            return TRUE
        return FALSE if right_high is not None and left_low >= right_high else OPEN
    if left_high is not None and left_high <= right_low:
        return TRUE
    return FALSE if right_high is not None and left_low > right_high else OPEN


def agree(truths: set[int]) -> int:
    """The one truth of several, else unknown."""
    return truths.pop() if len(truths) == 1 else OPEN


def calculate(op: str, left: Any, right: Any, *, dates: bool = False, gives_date: bool = False) -> Any:
    """`add sub mul div` of whole numbers; with `dates` at least one operand is a date, and `never` is no day to count
    from; with `gives_date` the result must be a day of the calendar."""
    if left is NONE or right is NONE:
        return NONE
    if left is UNKNOWN or right is UNKNOWN:
        return UNKNOWN
    if (op == "div" and right == 0) or (dates and NEVER in (left, right)):
        return UNKNOWN
    if op == "add":
        result = left + right
    elif op == "sub":
        result = left - right
    elif op == "mul":
        result = left * right
    else:
        result = left // right
    if gives_date:
        return result if FIRST_DAY <= result <= LAST_DAY else UNKNOWN
    return _within(result)


def test_text(op: str, left: Any, right: Any) -> int:
    """The truth of a text function."""
    if left is NONE or right is NONE:
        return FALSE
    if left is UNKNOWN or right is UNKNOWN:
        return OPEN
    if op == "contains":
        return _TRUTH_OF[right in left]
    if op == "startsWith":
        return _TRUTH_OF[left.startswith(right)]
    if op == "endsWith":
        return _TRUTH_OF[left.endswith(right)]
    return _TRUTH_OF[any(character in left for character in right)]


def aggregate(op: str, weighted: list[tuple[Any, int]], k: Any) -> Any:
    """`sum min max smallest largest` of values with weights; every member and the end of the list are certain."""
    if k is UNKNOWN or any(value is UNKNOWN for value, _ in weighted):
        return UNKNOWN
    left = [(value, weight) for value, weight in weighted if value is not NONE]
    if op == "sum":
        return _within(sum(value * weight for value, weight in left))
    if not left or k is NONE:
        return NONE
    if op == "min":
        return min(value for value, _ in left)
    if op == "max":
        return max(value for value, _ in left)
    total = 0
    for value, weight in sorted(left, reverse=op == "largest"):
        taken = max(0, min(weight, k))
        total += value * taken
        k -= taken
    return _within(total)


def all_same(values: list[Any], kind: str) -> int:
    """The truth of `same`: members that are none are left out, one unknown value makes it unknown."""
    if kind == "product":
        known = [value for value in values if value is not NONE_PRODUCT]
        if any(value.code < 0 for value in known):
            return OPEN
        return _TRUTH_OF[len({value.code for value in known}) <= 1]
    known = [value for value in values if not is_none(value)]
    if any(is_unknown(value) for value in known):
        return OPEN
    return _TRUTH_OF[all(value == known[0] for value in known)] if known else TRUE


def common(values: list[Any]) -> Any:
    """The value that all of several agree on, or None where they do not. `values` is not empty."""
    first = values[0]
    for other in values[1:]:
        if isinstance(first, Members):
            if other is not first:
                return None
        elif first is not other and (first != other or isinstance(first, bool) != isinstance(other, bool)):
            return None
    return first


def unknown_like(value: Any) -> Any:
    """The unknown product for a product, UNKNOWN for any other scalar."""
    return UNKNOWN_PRODUCT if isinstance(value, Product) else UNKNOWN


def _within(number: int) -> Any:
    return number if SMALLEST <= number <= LARGEST else UNKNOWN
