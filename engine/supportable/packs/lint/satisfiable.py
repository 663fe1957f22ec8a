"""Whether a condition can hold at all, as far as its own words tell.

Only plain contradictions are seen: a term that would have to equal two constants, to lie in an empty range, to be none
and something at once. What is not understood is taken for possible, so that “cannot hold” is never wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from supportable.language.ir import And, Attr, Cmp, Const, Count, IsNone, Node, Not, Or, Quant, TextSize
from supportable.vocabulary.products import PLACES, Product
from supportable.vocabulary.types import BoolType
from supportable.vocabulary.unknown import UNKNOWN

MOST_BRANCHES: Final = 512
"""How many ways of holding are gone through before a condition is taken for possible."""


def can_hold(*conditions: Node) -> bool:
    """Whether all conditions may be true together, by all that can be told from their form."""
    return _Search().possible(list(conditions), ())


def negated(node: Node) -> Node:
    """The condition that is true where `node` is false."""
    return node.of if isinstance(node, Not) else Not(node.type, node, origin=node.origin, text=node.text)


def _pushed(node: Not | Or | And | Const) -> Node:
    """The negation of `node`, one level further in."""
    if isinstance(node, Not):
        return node.of
    if isinstance(node, Const):
        return Const(node.type, node.value if node.value is UNKNOWN else node.value is not True)
    parts = tuple(negated(each) for each in node.args)
    return And(node.type, parts) if isinstance(node, Or) else Or(node.type, parts)


class _Search:
    def __init__(self) -> None:
        self.branches = 0

    def possible(self, waiting: list[Node], literals: tuple[Node, ...]) -> bool:
        """Whether what waits can be true beside literals that are."""
        waiting = list(waiting)
        choices: list[Or] = []
        found = list(literals)
        while waiting:
            node = waiting.pop()
            if isinstance(node, Const):
                if node.value is not True and node.value is not UNKNOWN:
                    return False
            elif isinstance(node, And):
                waiting.extend(node.args)
            elif isinstance(node, Or):
                choices.append(node)
            elif isinstance(node, Not) and isinstance(node.of, Not | Or | And | Const):
                waiting.append(_pushed(node.of))
            elif isinstance(node, Quant) and node.op == "exists" and not can_hold(node.body):
                return False
            else:
                found.append(node)
        if not _consistent(found):
            return False
        return self._one_of(choices, tuple(found))

    def _one_of(self, choices: Sequence[Or], literals: tuple[Node, ...]) -> bool:
        if not choices:
            return True
        first, rest = choices[0], list(choices[1:])
        for way in first.args:
            self.branches += 1
            if self.branches > MOST_BRANCHES or self.possible([way, *rest], literals):
                return True
        return False


@dataclass(slots=True)
class _Term:
    """What is asked of one term: values it must or must not have, a range of numbers, both ends included."""

    equal: list[object] = field(default_factory=list)
    excluded: list[object] = field(default_factory=list)
    low: int | None = None
    high: int | None = None
    none: bool | None = None
    compared: bool = False

    def possible(self) -> bool:
        if self.none is True and self.compared:
            return False
        if len(set(map(repr, self.equal))) > 1 or any(repr(each) in map(repr, self.excluded) for each in self.equal):
            return False
        if self.low is not None and self.high is not None and self.low > self.high:
            return False
        return all(self._in_range(each) for each in self.equal)

    def _in_range(self, value: object) -> bool:
        if not isinstance(value, int) or isinstance(value, bool):
            return True
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)

    def bound(self, number: int, strict: int, *, above: bool) -> None:
        """Note that the term is at least the number or, without `above`, at most; `strict` moves it by one."""
        if above:
            self.low = number + strict if self.low is None else max(self.low, number + strict)
        else:
            self.high = number - strict if self.high is None else min(self.high, number - strict)


def _consistent(literals: Iterable[Node]) -> bool:
    terms: dict[Node, _Term] = {}
    said: dict[Node, bool] = {}
    for literal in literals:
        positive = not isinstance(literal, Not)
        node = literal.of if isinstance(literal, Not) else literal
        if said.setdefault(node, positive) != positive:
            return False
        if isinstance(node, Cmp):
            _compare(terms, node, positive=positive)
        elif isinstance(node, IsNone):
            term = _term(terms, node.of)
            if term.none is not None and term.none != positive:
                return False
            term.none = positive
        elif isinstance(node, Attr) and isinstance(node.type, BoolType) and positive:
            _term(terms, node).compared = True
    return all(term.possible() for term in terms.values())


def _term(terms: dict[Node, _Term], node: Node) -> _Term:
    known = terms.get(node)
    if known is None:
        known = terms[node] = _Term()
        if isinstance(node, Count | TextSize):
            known.bound(0, 0, above=True)
    return known


def _compare(terms: dict[Node, _Term], node: Cmp, *, positive: bool) -> None:
    left, right = node.left, node.right
    if isinstance(left, Const) == isinstance(right, Const):
        if positive and not isinstance(left, Const):
            _term(terms, left).compared = _term(terms, right).compared = True
        return
    constant, other, above = (left, right, True) if isinstance(left, Const) else (right, left, False)
    assert isinstance(constant, Const)
    term = _term(terms, other)
    term.compared = term.compared or positive
    if isinstance(constant.value, Product) and constant.value.code < 0:
        return
    value = _number(constant.value, node.scale)
    if node.op == "eq":
        (term.equal if positive else term.excluded).append(value)
    elif isinstance(value, int) and not isinstance(value, bool):
        # What is not less may also be none, or stand on another ladder; a number of members cannot.
        if positive or isinstance(other, Count):
            strict = int((node.op == "lt") == positive)
            term.bound(value, strict, above=above == positive)
        if positive and isinstance(constant.value, Product):
            # Orderings hold on the constant's own ladder only.
            start = value // PLACES * PLACES
            term.bound(start, 0, above=True)
            term.bound(start + PLACES - 1, 0, above=False)


def _number(value: object, scale: tuple[str, ...]) -> object:
    if isinstance(value, Product):
        return value.code
    if scale and isinstance(value, str) and value in scale:
        return scale.index(value)
    return value
