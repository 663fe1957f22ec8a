"""What the language's operations make of single values: written for the checker, from `docs/language.md`."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, Final

from supportable.facts import Row
from supportable.language import ir
from supportable.vocabulary.products import NONE_PRODUCT, UNKNOWN_PRODUCT, less, less_or_equal, same_place
from supportable.vocabulary.types import NEVER, DateType
from supportable.vocabulary.unknown import NONE, UNKNOWN

SIGNS: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "eq": operator.eq, "lt": operator.lt, "le": operator.le,
    "add": operator.add, "sub": operator.sub, "mul": operator.mul, "div": operator.floordiv,
    "contains": operator.contains, "startsWith": str.startswith, "endsWith": str.endswith,
    "containsAny": lambda text, characters: any(one in text for one in characters),
}  # fmt: skip
_PRODUCTS: Final = {"eq": same_place, "lt": less, "le": less_or_equal}


def is_none(value: Any) -> bool:
    """Whether there certainly is none."""
    return value is NONE or value is NONE_PRODUCT or (isinstance(value, Row) and value.i == 1)


def is_unknown(value: Any) -> bool:
    """Whether nothing at all is known."""
    return value is UNKNOWN or value is UNKNOWN_PRODUCT or (isinstance(value, Row) and value.i == 0)


def compared(node: ir.Cmp, left: Any, right: Any) -> int:
    """The truth of a comparison; a pair of numbers stands for anything between them."""
    if node.kind == "product":
        return _PRODUCTS[node.op](left, right)
    if is_none(left) or is_none(right):
        return 0
    if is_unknown(left) or is_unknown(right):
        return 1
    if isinstance(left, tuple) or isinstance(right, tuple):
        (low, high), (least, most) = (one if isinstance(one, tuple) else (one, one) for one in (left, right))
        if node.op == "eq":
            return 0 if high < least or most < low else 2 if low == high == least == most else 1
        compare = SIGNS[node.op]
        return 2 if compare(high, least) else 1 if compare(low, most) else 0
    if node.kind == "row":
        return 2 * (left is right)
    if node.kind == "scale":
        left, right = node.scale.index(left), node.scale.index(right)
    return 2 * bool(SIGNS[node.op](left, right))


def calculated(node: ir.Arith, left: Any, right: Any) -> Any:
    """Arithmetic on whole numbers and days."""
    if left is NONE or right is NONE:
        return NONE
    dated = isinstance(node.left.type, DateType) or isinstance(node.right.type, DateType)
    if left is UNKNOWN or right is UNKNOWN or (node.op == "div" and right == 0) or (dated and NEVER in (left, right)):
        return UNKNOWN
    result = SIGNS[node.op](left, right)
    if isinstance(node.type, DateType):
        return result if 1 <= result < NEVER else UNKNOWN
    return _in_64_bits(result)


def _in_64_bits(number: int) -> Any:
    return number if -(2**63) <= number < 2**63 else UNKNOWN


def drawn(op: str, left: list[tuple[Any, int]], k: Any) -> Any:
    """`sum min max smallest largest` of known values with their weights."""
    if op == "sum":
        return _in_64_bits(sum(value * weight for value, weight in left))
    if not left or k is NONE:
        return NONE
    if op in ("min", "max"):
        return (min if op == "min" else max)(value for value, _ in left)
    total = 0
    for value, weight in sorted(left, reverse=op == "largest"):
        take = max(0, min(weight, k))
        total, k = total + value * take, k - take
    return _in_64_bits(total)
