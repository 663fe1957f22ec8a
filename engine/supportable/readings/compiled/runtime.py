"""What generated code calls for the rare and the complicated. It shares no code with the reference's evaluator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from math import comb
from typing import Any

from supportable.facts import Members
from supportable.language.ir import MOST_CHOICES
from supportable.vocabulary.products import NONE_PRODUCT, UNKNOWN_PRODUCT
from supportable.vocabulary.types import NEVER
from supportable.vocabulary.unknown import NONE, UNKNOWN

LOWEST, HIGHEST = -(1 << 63), (1 << 63) - 1
BOOL_OF_TRUTH = (False, UNKNOWN, True)

Binary = Callable[[Any, Any], Any]


def common(first: Any, second: Any, unknown: Any) -> Any:
    """The value of a choice whose condition is unknown: that of both sides where they agree, else `unknown`."""
    if first is second:
        return first
    if isinstance(first, Members) or first != second:
        return unknown
    return first


def common_of(found: tuple[Any, ...], unknown: Any) -> Any:
    """The value that all candidates of a lookup share, else `unknown`."""
    result = found[0]
    for other in found[1:]:
        if common(result, other, None) is None:
            return unknown
    return result


def arithmetic(op: str, *, dates: bool, gives_date: bool) -> Binary:
    """The function for `add sub mul div`. With `dates` an operand is a date; with `gives_date` so is the result."""

    def calculate(left: Any, right: Any) -> Any:
        if left is NONE or right is NONE:
            return NONE
        if left is UNKNOWN or right is UNKNOWN:
            return UNKNOWN
        if dates and NEVER in (left, right):
            return UNKNOWN
        match op:
            case "add":
                result = left + right
            case "sub":
                result = left - right
            case "mul":
                result = left * right
            case _:
                if not right:
                    return UNKNOWN
                result = left // right
        if gives_date:
            return result if 0 < result < NEVER else UNKNOWN
        return result if LOWEST <= result <= HIGHEST else UNKNOWN

    return calculate


def text_test(op: str) -> Binary:
    """The function for `contains containsAny startsWith endsWith`, which gives a truth."""
    decide: Callable[[str, str], bool]
    match op:
        case "contains":
            decide = str.__contains__
        case "startsWith":
            decide = str.startswith
        case "endsWith":
            decide = str.endswith
        case _:

            def decide(text: str, among: str) -> bool:
                return not set(text).isdisjoint(among)

    def test(left: Any, right: Any) -> int:
        if left is NONE or right is NONE:
            return 0
        if left is UNKNOWN or right is UNKNOWN:
            return 1
        return 2 if decide(left, right) else 0

    return test


def aggregation(op: str) -> Callable[[list[tuple[Any, int]], Any], Any]:
    """The function for `sum min max smallest largest` of pairs of value and weight, and of `k`."""

    def total(found: list[tuple[Any, int]], _k: Any) -> Any:
        result = sum(value * weight for value, weight in found)
        return result if LOWEST <= result <= HIGHEST else UNKNOWN

    def extreme(found: list[tuple[Any, int]], _k: Any) -> Any:
        values = [value for value, _ in found]
        return NONE if not values else min(values) if op == "min" else max(values)

    def ranked(found: list[tuple[Any, int]], k: Any) -> Any:
        if not found or k is NONE:
            return NONE
        found.sort(key=lambda pair: pair[0], reverse=op == "largest")
        result = 0
        for value, weight in found:
            if k <= 0:
                break
            result += value * min(weight, k)
            k -= weight
        return result if LOWEST <= result <= HIGHEST else UNKNOWN

    of_known = total if op == "sum" else extreme if op in ("min", "max") else ranked

    def aggregate(found: list[tuple[Any, int]], k: Any) -> Any:
        if k is UNKNOWN:
            return UNKNOWN
        for value, _ in found:
            if value is UNKNOWN:
                return UNKNOWN
        return of_known([pair for pair in found if pair[0] is not NONE], k)

    return aggregate


def same_scalars(found: list[tuple[Any, int]], _k: Any) -> int:
    """The truth of `same` of plain values."""
    values = [value for value, _ in found if value is not NONE]
    if any(value is UNKNOWN for value in values):
        return 1
    return 2 if len(set(values)) <= 1 else 0


def same_rows(found: list[tuple[Any, int]], _k: Any) -> int:
    """The truth of `same` of references."""
    rows = {value for value, _ in found if value.i != 1}
    if any(row.i == 0 for row in rows):
        return 1
    return 2 if len(rows) <= 1 else 0


def same_products(found: list[tuple[Any, int]], _k: Any) -> int:
    """The truth of `same` of products: one place on one ladder."""
    codes = {value.code for value, _ in found if value is not NONE_PRODUCT}
    if codes and min(codes) < 0:
        return 1
    return 2 if len(codes) <= 1 else 0


def unordered(left: Any, right: Any) -> int | None:
    """The truth of any comparison of plain values one of which is absent, or None."""
    if left is NONE or right is NONE:
        return 0
    return 1 if left is UNKNOWN or right is UNKNOWN else None


def comparison(op: str, places: dict[str, int] | None) -> Callable[[Any, Any], int]:
    """The function for a comparison of plain values, or of places on a scale."""

    def compare(left: Any, right: Any) -> int:
        if left is NONE or right is NONE:
            return 0
        if left is UNKNOWN or right is UNKNOWN:
            return 1
        if places is not None:
            left, right = places[left], places[right]
        holds = left == right if op == "eq" else left < right if op == "lt" else left <= right
        return 2 if holds else 0

    return compare


def same_row(left: Any, right: Any) -> int:
    """The truth of `==` between entities or records."""
    if left.i == 1 or right.i == 1:
        return 0
    if left.i == 0 or right.i == 0:
        return 1
    return 2 if left is right else 0


def compare_each(compare: Callable[[Any, Any], int], lefts: tuple[Any, ...], rights: tuple[Any, ...]) -> int:
    """The truth of a comparison between candidates: the one that all pairs have, else unknown."""
    if len(lefts) == 1 and len(rights) == 1:
        return compare(lefts[0], rights[0])
    common = compare(lefts[0], rights[0])
    for left in lefts:
        for right in rights:
            if common == 1 or compare(left, right) != common:
                return 1
    return common


def interval_comparison(op: str) -> Callable[[Any, Any, Any, Any], int]:
    """The function for a comparison between two intervals: bounds of the left one, then of the right one."""

    def compare(low: Any, high: Any, other_low: Any, other_high: Any) -> int:
        if op == "eq":
            if low == high == other_low == other_high:
                return 2
            return 0 if high < other_low or other_high < low else 1
        if op == "lt":
            return 2 if high < other_low else 0 if low >= other_high else 1
        return 2 if high <= other_low else 0 if low > other_high else 1

    return compare


def compare_intervals_each(
    compare: Callable[[Any, Any, Any, Any], int], lefts: tuple[Any, ...], rights: tuple[Any, ...]
) -> int:
    """A comparison between intervals (low, high) and plain values, any of which may be absent."""

    def one(left: Any, right: Any) -> int:
        absent = unordered(left, right)
        if absent is not None:
            return absent
        low, high = left if isinstance(left, tuple) else (left, left)
        other_low, other_high = right if isinstance(right, tuple) else (right, right)
        return compare(low, high, other_low, other_high)

    return compare_each(one, lefts, rights)


def is_none(value: Any) -> int:
    """The truth of `== none` of a candidate of a lookup."""
    if value is NONE or value is NONE_PRODUCT:
        return 2
    return 1 if value is UNKNOWN or value is UNKNOWN_PRODUCT else 0


def is_none_each(found: tuple[Any, ...]) -> int:
    """The truth of `== none` of a lookup: the one that all candidates have, else unknown."""
    if len(found) == 1:
        return is_none(found[0])
    truths = {is_none(value) for value in found}
    return truths.pop() if len(truths) == 1 else 1


def choose(members: tuple[Any, ...], k: int) -> Iterator[tuple[Members, Members]]:
    """Every way of taking `k` members away: those taken, and those left."""
    places = range(len(members))
    for taken in combinations(places, k):
        gone = set(taken)
        yield (
            Members(tuple(members[place] for place in taken)),
            Members(tuple(members[place] for place in places if place not in gone)),
        )


def ways(members: list[Any], k: Any, *, uncertain: bool) -> int:
    """The truth of an `allChoices` before its body is asked; true where the body decides."""
    if k is NONE or (k is not UNKNOWN and (k < 0 or (k > len(members) and not uncertain))):
        return 0
    if uncertain or k is UNKNOWN or comb(len(members), k) > MOST_CHOICES:
        return 1
    return 2


NOTHING = (0, 0, 0, False, False, False)
"""What a text says that does not apply."""

_OPEN = 4


def merge(first: tuple[Any, ...], second: tuple[Any, ...]) -> tuple[Any, ...]:
    """What is certain where one of two texts is in force: kind, worst, best, covered, hopeful, disputed."""
    if first == second:
        return first
    kind, worst, best, covered, hopeful, disputed = first
    other, its_worst, its_best, its_covered, its_hopeful, its_disputed = second
    return (
        kind if kind == other else _OPEN,
        max(worst, its_worst),
        min(best, its_best),
        covered and its_covered,
        hopeful or its_hopeful,
        disputed or its_disputed,
    )
