"""One slip in one node of an expression: another operator, a bound one off, a neighbour's value, a clause left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final, Literal

from supportable.language.ir import (
    Agg,
    And,
    Arith,
    Attr,
    Cmp,
    Const,
    IfElse,
    Lookup,
    Node,
    Not,
    Or,
    Quant,
    Satisfies,
    TextTest,
    Where,
    is_truth,
)
from supportable.testing.conditions import is_one_of
from supportable.vocabulary.products import Product
from supportable.vocabulary.types import BoolType, DateType, EnumType

Slip = tuple[Node, str]
"""The node as changed, and the change in words."""

_OTHER_AGGREGATE: Final[dict[str, Literal["sum", "min", "max", "smallest", "largest"]]] = {
    "sum": "max", "min": "max", "max": "min", "smallest": "largest", "largest": "smallest",
}  # fmt: skip
_OTHER_TEST: Final[dict[str, Literal["contains", "startsWith", "endsWith"]]] = {
    "contains": "startsWith", "startsWith": "endsWith", "endsWith": "startsWith", "containsAny": "contains",
}  # fmt: skip


def slips(node: Node, above: tuple[Node, ...]) -> Iterator[Slip]:
    """Every slip in a node; `above` are the nodes around it, the nearest last. No slip changes the node's type."""
    parent = above[-1] if above else None
    if isinstance(node, And | Or):
        yield from _junction(node)
    elif isinstance(node, Cmp):
        yield from _comparison(node, parent)
    elif isinstance(node, Not):
        yield node.of, f"“{node.text}” loses its negation"
    else:
        if _may_be_negated(node, parent):
            yield Not(node.type, node, origin=node.origin, text=node.text), f"“{node.text}” is negated"
        yield from _of_form(node)


def _may_be_negated(node: Node, parent: Node | None) -> bool:
    """Whether the node is a condition whose negation no other slip makes. `same` needs its bare `satisfies`."""
    if isinstance(parent, Not) or (isinstance(node, Satisfies) and parent is None):
        return False
    if isinstance(node, Attr | Lookup):
        return isinstance(node.type, BoolType) and _is_truth_wanted(parent)
    return is_truth(node) and not isinstance(node, Quant)


def _of_form(node: Node) -> Iterator[Slip]:
    words = f"“{node.text}”"
    match node:
        case TextTest():
            test = _OTHER_TEST[node.op]
            yield replace(node, op=test), f"{words}: {node.op} becomes {test}"
        case Quant():
            turned: Literal["all", "exists"] = "exists" if node.op == "all" else "all"
            yield replace(node, op=turned), f"{words}: {node.op} becomes {turned}"
        case Where():
            yield node.over, f"{words} loses its filter"
        case Agg() if node.op in _OTHER_AGGREGATE:
            aggregate = _OTHER_AGGREGATE[node.op]
            yield replace(node, op=aggregate), f"{words}: {node.op} becomes {aggregate}"
        case Arith() if node.op in ("add", "sub"):
            sign: Literal["add", "sub"] = "sub" if node.op == "add" else "add"
            yield replace(node, op=sign), f"{words}: + and - are exchanged"
            yield from _shifted(node)
        case IfElse():
            yield replace(node, then=node.other, other=node.then), f"{words}: the branches are exchanged"


def _is_truth_wanted(parent: Node | None) -> bool:
    return parent is None or isinstance(parent, And | Or | Not | Quant | Where | IfElse)


def _in_one_of(node: Node, parent: Node | None) -> bool:
    return parent is not None and is_one_of(parent) and isinstance(node, Cmp)


def _junction(node: And | Or) -> Iterator[Slip]:
    for place, each in enumerate(node.args):
        rest = (*node.args[:place], *node.args[place + 1 :])
        yield rest[0] if len(rest) == 1 else replace(node, args=rest), f"“{each.text}” is left out"
    if not any(_in_one_of(each, node) for each in node.args):
        signs = "&& becomes ||" if isinstance(node, And) else "|| becomes &&"
        other: type[And | Or] = Or if isinstance(node, And) else And
        yield other(node.type, node.args, origin=node.origin, text=node.text), f"“{node.text}”: {signs}"


def _comparison(node: Cmp, parent: Node | None) -> Iterator[Slip]:
    words = f"“{node.text}”"
    if node.op == "eq":
        if _in_one_of(node, parent):
            return
        if not isinstance(parent, Not):
            yield Not(node.type, node, origin=node.origin, text=node.text), f"{words}: == becomes !="
    elif node.op == "lt":
        yield replace(node, op="le"), f"{words} takes the bound in"
    else:
        yield replace(node, op="lt"), f"{words} leaves the bound out"
    for side in ("left", "right"):
        constant = getattr(node, side)
        if not isinstance(constant, Const):
            continue
        # Of an ordering, one step in one direction is what the other operator says already: the other one is left.
        step = 1 if node.op == "eq" or (node.op == "lt") == (side == "left") else -1
        neighbour = _neighbour(constant, node, step)
        if neighbour is not None:
            new, shown = neighbour
            changed = replace(node, left=new) if side == "left" else replace(node, right=new)
            yield changed, f"{words}: {constant.text or constant.value} becomes {shown}"


def _neighbour(constant: Const, around: Cmp, step: int) -> tuple[Const, str] | None:
    """The value beside a constant, in its order if it has one; None where there is none."""
    value = constant.value
    if isinstance(value, bool):
        return None if around.op != "eq" else (replace(constant, value=not value), str(not value).lower())
    if isinstance(value, int):
        unit = " (one day off)" if isinstance(constant.type, DateType) else ""
        return replace(constant, value=value + step), f"{'one more' if step > 0 else 'one less'}{unit}"
    if isinstance(value, Product):
        return _next_release(constant, value, around, step)
    if isinstance(value, str):
        return _other_text(constant, value, around, step)
    return None


def _next_release(constant: Const, value: Product, around: Cmp, step: int) -> tuple[Const, str] | None:
    if value.ladder is None or not isinstance(value.release, str):
        return None
    releases = value.ladder.releases
    place = releases.index(value.release) + step
    if around.op == "eq" and place >= len(releases):
        place = len(releases) - 2
    if not 0 <= place < len(releases):
        return None
    moved = replace(value, release=releases[place])
    return replace(constant, value=moved), moved.title()


def _other_text(constant: Const, value: str, around: Cmp, step: int) -> tuple[Const, str] | None:
    type_ = constant.type if isinstance(constant.type, EnumType) else None
    if type_ is None:
        for side in (around.left, around.right):
            if isinstance(side.type, EnumType):
                type_ = side.type
    if type_ is None or value not in type_.values:
        return replace(constant, value=f"{value}-"), f"“{value}-”"
    place = type_.values.index(value) + step
    if around.op == "eq":
        place %= len(type_.values)
    if not 0 <= place < len(type_.values) or type_.values[place] == value:
        return None
    return replace(constant, value=type_.values[place]), f"“{type_.values[place]}”"


def _shifted(node: Arith) -> Iterator[Slip]:
    for side in ("left", "right"):
        constant = getattr(node, side)
        if isinstance(constant, Const) and isinstance(constant.value, int) and not isinstance(constant.value, bool):
            new = replace(constant, value=constant.value + 1)
            changed = replace(node, left=new) if side == "left" else replace(node, right=new)
            yield changed, f"“{node.text}”: {constant.text} becomes one more"
