"""`all` over a list that may have no members, where that alone makes a rule say that everything is in order.

For each `all` the list is taken to be empty, and the condition is worked out twice: with the `all` true, as it then
is, and with it false. If some way of deciding everything else gives two answers, emptiness alone decided.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Final

from supportable.language.ir import Agg, And, Cmp, Const, Count, IsNone, Node, Not, Or, Quant, Where, children
from supportable.vocabulary.types import BOOL, ListType

MOST_ATOMS: Final = 11
"""With more other conditions than this, all ways of deciding them are too many to go through."""


def vacuous(when: Node, require: Node) -> list[Node]:
    """Each `all` or `same` by which `require` would hold over an empty list where `when` holds, in order of writing."""
    found: list[Node] = []
    for each, scope in _quantified(require, And(BOOL, (when, require)), [when]):
        if each not in found and _decides(each, scope):
            found.append(each)
    return found


def _quantified(node: Node, scope: Node, given: list[Node]) -> Iterator[tuple[Node, Node]]:
    """Each `all` and `same` with the condition around it: what is inside another macro is judged inside its body."""
    if isinstance(node, Quant):
        if node.op == "all":
            yield node, scope
        yield from _quantified(node.body, node.body, [])
        return
    if isinstance(node, Agg):
        if node.op == "same":
            yield node, scope
        return
    for child in children(node):
        if not isinstance(node, Where):
            yield from _quantified(child, scope, given)


def _decides(quantified: Node, scope: Node) -> bool:
    assert isinstance(quantified, Quant | Agg)
    listing = quantified.over
    atoms: dict[Node, int] = {}
    _gather(scope, quantified, listing, atoms)
    if len(atoms) > MOST_ATOMS:
        return False
    for truths in product((False, True), repeat=len(atoms)):
        settled = dict(zip(atoms, truths, strict=True))
        if _truth(scope, quantified, listing, settled, itself=True) and not _truth(
            scope, quantified, listing, settled, itself=False
        ):
            return True
    return False


def _gather(node: Node, itself: Node, listing: Node, atoms: dict[Node, int]) -> None:
    if node == itself or isinstance(node, Const) or _when_empty(node, listing) is not None:
        return
    if isinstance(node, And | Or | Not):
        for child in children(node):
            _gather(child, itself, listing, atoms)
        return
    atoms.setdefault(node, len(atoms))


def _truth(node: Node, quantified: Node, listing: Node, settled: dict[Node, bool], *, itself: bool) -> bool:
    if node == quantified:
        return itself
    if isinstance(node, Const):
        return node.value is True
    if isinstance(node, Not):
        return not _truth(node.of, quantified, listing, settled, itself=itself)
    if isinstance(node, And):
        return all(_truth(each, quantified, listing, settled, itself=itself) for each in node.args)
    if isinstance(node, Or):
        return any(_truth(each, quantified, listing, settled, itself=itself) for each in node.args)
    known = _when_empty(node, listing)
    return settled[node] if known is None else known


def _when_empty(node: Node, listing: Node) -> bool | None:
    """What a condition comes to where the list has no members; None where that does not settle it."""
    if isinstance(node, Quant):
        if _is_within(node.over, listing):
            return node.op == "all"
        if node.op == "exists" and isinstance(listing, Where) and node.over == listing.over:
            wanted = node.body.args if isinstance(node.body, And) else (node.body,)
            kept = listing.cond.args if isinstance(listing.cond, And) else (listing.cond,)
            if node.var == listing.var and set(kept) <= set(wanted):
                return False
    if isinstance(node, Agg) and node.op == "same" and _is_within(node.over, listing):
        return True
    if isinstance(node, IsNone) and isinstance(node.of, Agg) and _is_within(node.of.over, listing):
        return node.of.op not in ("sum", "same")
    if isinstance(node, Cmp):
        sides = [_number(side, listing) for side in (node.left, node.right)]
        left, right = sides
        if left is not None and right is not None:
            return {"eq": left == right, "lt": left < right, "le": left <= right}[node.op]
        for side in (node.left, node.right):
            if isinstance(side, Agg) and side.op not in ("sum", "same") and _is_within(side.over, listing):
                return False
    return None


def _number(node: Node, listing: Node) -> int | None:
    if isinstance(node, Const) and isinstance(node.value, int):
        return int(node.value)
    if isinstance(node, Count) and _is_within(node.over, listing):
        return 0
    if isinstance(node, Agg) and node.op == "sum" and _is_within(node.over, listing):
        return 0
    return None


def _is_within(inner: Node, outer: Node) -> bool:
    """Whether every member of `inner` is one of `outer`, by form."""
    while inner != outer:
        if not isinstance(inner, Where) or not isinstance(inner.type, ListType):
            return False
        inner = inner.over
    return True
