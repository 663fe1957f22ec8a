"""Source for comparisons.

Where one side is known beforehand, what is likely costs one test; the rest is told apart after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from supportable.language import ir
from supportable.readings.compiled import lists, runtime
from supportable.vocabulary.products import PLACES, Product, less, less_or_equal, same_place
from supportable.vocabulary.types import ListType, ProductType, RecordType, RefType
from supportable.vocabulary.unknown import Absence

if TYPE_CHECKING:
    from collections.abc import Callable

    from supportable.readings.compiled.expressions import Writer

_PRODUCTS: dict[str, Callable[[Product, Product], int]] = {"eq": same_place, "lt": less, "le": less_or_equal}
_SIGNS = {"eq": "==", "lt": "<", "le": "<="}
_EXCHANGED = {"lt": ">", "le": ">=", "eq": "=="}


def compare(writer: Writer, node: ir.Cmp) -> str:
    """The truth of a comparison."""
    if isinstance(node.left, ir.Count) or isinstance(node.right, ir.Count):
        return _compare_counts(writer, node)
    if isinstance(node.left, ir.Lookup) or isinstance(node.right, ir.Lookup):
        lefts, rights = _candidates(writer, node.left), _candidates(writer, node.right)
        function = writer.constant(_function(node))
        return writer.code.local(f"{writer.constant(runtime.compare_each)}({function}, {lefts}, {rights})")
    if node.kind == "product":
        return _compare_products(writer, node)
    if node.kind == "row":
        left, right = writer.value(node.left), writer.value(node.right)
        alike = f"2 if {left} is {right} and {left}.i > 1"
        return writer.code.local(f"{alike} else {writer.constant(runtime.same_row)}({left}, {right})")
    if node.kind == "scale":
        return _compare_on_scale(writer, node)
    return _compare_plain(writer, node)


def is_none(writer: Writer, of: ir.Node) -> str:
    """The truth of `== none`."""
    if isinstance(of, ir.Lookup):
        return writer.code.local(f"{writer.constant(runtime.is_none_each)}({writer.candidates(of)})")
    if isinstance(of.type, ListType):
        return "0"
    value = writer.value(of)
    if isinstance(of.type, RefType | RecordType):
        return writer.code.local(f"0 if {value}.i > 1 else {value}.i + 1")
    if isinstance(of.type, ProductType):
        return writer.code.local(f"0 if {value}.code >= 0 else {writer.constant(runtime.is_none)}({value})")
    return writer.code.local(f"2 if {value} is N else 1 if {value} is U else 0")


# -- plain values -----------------------------------------------------------------------------------------------------


def _known(node: ir.Node) -> bool:
    return isinstance(node, ir.Const) and not isinstance(node.value, Absence)


def _compare_plain(writer: Writer, node: ir.Cmp) -> str:
    left, right = node.left, node.right
    sign = _SIGNS[node.op]
    if _known(left) and not _known(right):
        left, right, sign = right, left, _EXCHANGED[node.op]
    value, other = writer.value(left), writer.value(right)
    if not _known(right):
        absent = f"0 if {value} is N or {other} is N else 1 if {value} is U or {other} is U"
        return writer.code.local(f"{absent} else 2 if {value} {sign} {other} else 0")
    if sign != "==":
        return writer.code.local(f"1 if {value} is U else 0 if {value} is N else 2 if {value} {sign} {other} else 0")
    assert isinstance(right, ir.Const)
    equal = f"is {right.value}" if isinstance(right.value, bool) else f"== {other}"
    return writer.code.local(f"2 if {value} {equal} else 1 if {value} is U else 0")


def _compare_on_scale(writer: Writer, node: ir.Cmp) -> str:
    places = {value: place for place, value in enumerate(node.scale)}
    left, right = node.left, node.right
    if _known(left) == _known(right):
        function = writer.constant(runtime.comparison(node.op, places))
        return writer.code.local(f"{function}({writer.value(left)}, {writer.value(right)})")
    compare_places = runtime.comparison(node.op, places)
    known = left if _known(left) else right
    assert isinstance(known, ir.Const)
    if known is left:
        holding = frozenset(one for one in node.scale if compare_places(known.value, one) == 2)
        return _within(writer, writer.value(right), holding)
    holding = frozenset(one for one in node.scale if compare_places(one, known.value) == 2)
    return _within(writer, writer.value(left), holding)


def _within(writer: Writer, value: str, among: frozenset[Any]) -> str:
    return writer.code.local(f"2 if {value} in {writer.constant(among)} else 1 if {value} is U else 0")


def one_of(writer: Writer, nodes: tuple[ir.Node, ...]) -> tuple[str, tuple[ir.Node, ...]] | None:
    """The truth of those operands of a disjunction that ask whether one value is one of several, and the others."""
    groups: dict[int, list[_Equality]] = {}
    for node in nodes:
        equality = _equality(node)
        if equality is not None:
            groups.setdefault(writer.expressions.number(equality.value), []).append(equality)
    largest = max(groups.values(), key=len, default=[])
    if len(largest) < 2:
        return None
    used = {id(one.node) for one in largest}
    value = writer.value(largest[0].value)
    constants: list[Any] = [one.constant.value for one in largest]
    if isinstance(largest[0].value.type, ProductType):
        codes = frozenset(product.code for product in constants)
        products = writer.constant(tuple(constants))
        slow = f"{writer.constant(_any_same_place)}({value}, {products})"
        placed = f"2 if {value}.code in {writer.constant(codes)} else 0 if {value}.code >= 0"
        truth = writer.code.local(f"{placed} else {slow}")
    else:
        truth = _within(writer, value, frozenset(constants))
    return truth, tuple(node for node in nodes if id(node) not in used)


def _any_same_place(value: Product, among: tuple[Product, ...]) -> int:
    return max(same_place(value, one) for one in among)


class _Equality(NamedTuple):
    """`value == constant`, written either way."""

    node: ir.Node
    value: ir.Node
    constant: ir.Const


def _equality(node: ir.Node) -> _Equality | None:
    if not isinstance(node, ir.Cmp) or node.op != "eq" or node.kind not in ("plain", "product"):
        return None
    value, constant = node.left, node.right
    if isinstance(value, ir.Const):
        value, constant = constant, value
    if isinstance(value, ir.Const | ir.Count | ir.Lookup) or not isinstance(constant, ir.Const):
        return None
    held = constant.value
    if isinstance(held, Absence | bool) or (isinstance(held, Product) and held.code < 0):
        return None
    return _Equality(node, value, constant)


# -- products ---------------------------------------------------------------------------------------------------------


def _compare_products(writer: Writer, node: ir.Cmp) -> str:
    left, right = writer.value(node.left), writer.value(node.right)
    slow = f"{writer.constant(_PRODUCTS[node.op])}({left}, {right})"
    constant, value, on_left = node.right, left, False
    if isinstance(node.left, ir.Const):
        constant, value, on_left = node.left, right, True
    if not isinstance(constant, ir.Const) or not isinstance(constant.value, Product) or constant.value.code < 0:
        return writer.code.local(slow)
    code = constant.value.code
    first = code // PLACES * PLACES
    if node.op == "eq":
        low, high = code, code
    elif on_left:
        low, high = code + (node.op == "lt"), first + PLACES - 1
    else:
        low, high = first, code - (node.op == "lt")
    place = writer.code.local(f"{value}.code")
    held = f"{place} == {writer.constant(code)}"
    if node.op != "eq":
        held = f"{writer.constant(low)} <= {place} <= {writer.constant(high)}"
    return writer.code.local(f"2 if {held} else 0 if {place} >= 0 else {slow}")


# -- counts and lookups -----------------------------------------------------------------------------------------------


def _function(node: ir.Cmp) -> Callable[[Any, Any], int]:
    if node.kind == "product":
        return _PRODUCTS[node.op]
    if node.kind == "row":
        return runtime.same_row
    places = {value: place for place, value in enumerate(node.scale)} if node.kind == "scale" else None
    return runtime.comparison(node.op, places)


def _candidates(writer: Writer, node: ir.Node) -> str:
    if isinstance(node, ir.Lookup):
        return writer.candidates(node)
    return writer.code.local(f"({writer.value(node)},)")


def _compare_counts(writer: Writer, node: ir.Cmp) -> str:
    emptiness = _emptiness(writer, node)
    if emptiness is not None:
        return emptiness
    compare_intervals = runtime.interval_comparison(node.op)
    if isinstance(node.left, ir.Lookup) or isinstance(node.right, ir.Lookup):
        sides = [_one_interval(writer, side) for side in (node.left, node.right)]
        each, function = writer.constant(runtime.compare_intervals_each), writer.constant(compare_intervals)
        return writer.code.local(f"{each}({function}, {', '.join(sides)})")
    absent = ""
    bounds: list[str] = []
    for side in (node.left, node.right):
        if isinstance(side, ir.Count):
            bounds += lists.interval(writer, side)
        else:
            value = writer.value(side)
            bounds += [value, value]
            if not _known(side):
                absent = f"0 if {value} is N else 1 if {value} is U else "
    low, high, other_low, other_high = bounds
    if node.op == "eq":
        certain = f"{low} == {high} == {other_low} == {other_high}"
        decided = f"2 if {certain} else 0 if {high} < {other_low} or {other_high} < {low} else 1"
    elif node.op == "lt":
        decided = f"2 if {high} < {other_low} else 0 if {low} >= {other_high} else 1"
    else:
        decided = f"2 if {high} <= {other_low} else 0 if {low} > {other_high} else 1"
    return writer.code.local(absent + decided)


def _one_interval(writer: Writer, node: ir.Node) -> str:
    if isinstance(node, ir.Count):
        low, high = lists.interval(writer, node)
        return writer.code.local(f"(({low}, {high}),)")
    return _candidates(writer, node)


def _emptiness(writer: Writer, node: ir.Cmp) -> str | None:
    """The truth of a comparison that asks no more than whether there is a member at all; None for any other."""
    count, constant = (node.left, node.right) if isinstance(node.left, ir.Count) else (node.right, node.left)
    if not isinstance(count, ir.Count) or not isinstance(constant, ir.Const):
        return None
    asked = (node.op, count is node.left, constant.value)
    some = asked in (("lt", False, 0), ("le", False, 1))
    if not some and asked not in (("eq", True, 0), ("eq", False, 0), ("lt", True, 1), ("le", True, 0)):
        return None
    base, filters = lists.taken_apart(count.over)
    if filters:
        # An exists without a body of its own: the filters say which members count.
        truth = lists.exists(writer, count.over, "", ir.Const(node.type, value=True))
    else:
        held = writer.value(base)
        truth = writer.code.local(f"2 if {held}.sure else 1 if {held}.open or {held}.maybe else 0")
    return truth if some else writer.code.local(f"2 - {truth}")
