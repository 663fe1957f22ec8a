"""Single values of one design: what productions cannot say is computed here, from facts and from truths concluded."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import Any, NamedTuple, Protocol

from supportable.facts import EMPTY, OPEN, Facts, Members, Row, value_of
from supportable.language import ir
from supportable.plan.model import Plan
from supportable.readings.durable_rete import values
from supportable.readings.durable_rete.places import ListPlace, Lowered, Same, Scope, Site
from supportable.readings.durable_rete.values import Range
from supportable.readings.findings import ANYTHING, UNCOVERED, Bounds, same, satisfied, with_parts
from supportable.vocabulary.products import NONE_PRODUCT, UNKNOWN_PRODUCT
from supportable.vocabulary.types import DateType, ListType, ProductType, RecordType, RefType, Type
from supportable.vocabulary.unknown import NONE, UNKNOWN


@dataclass(frozen=True, slots=True)
class Frame:
    """Values for the variables of a scope, in the order of its names. The index is what the engine knows it by."""

    index: int
    values: tuple[Any, ...]


class Member(NamedTuple):
    """A member of a list: the frame of what is said of it, its value, and how far it belongs."""

    frame: Frame
    value: Any
    membership: int


class Truths(Protocol):
    """What has been concluded so far of one design."""

    def truth(self, site: Site, frame: Frame) -> int:
        """The truth of a site whose round is over."""

    def members(self, place: ListPlace, frame: Frame) -> tuple[list[Member], bool]:
        """The members that belong to a list, certainly or possibly, and whether there may be more."""


class Atoms:
    """Computes values over one design.

    `derived` holds the values of definitions for every row of their tables, `bounds` those of subjects by (pack, name).
    """

    def __init__(self, plan: Plan, facts: Facts, lowered: Lowered, truths: Truths) -> None:
        self.plan, self.facts, self.lowered, self.truths = plan, facts, lowered, truths
        self.derived: dict[tuple[str, str], tuple[Any, ...]] = {}
        self.bounds: dict[tuple[str, str], Bounds] = {}

    def truth(self, scope: Scope, node: ir.Node, frame: Frame) -> int:
        """The truth of an atom."""
        match node:
            case ir.Cmp():
                lefts, rights = self._possible(scope, node.left, frame), self._possible(scope, node.right, frame)
                return values.unanimous(
                    values.compared(node.op, node.kind, left, right, node.scale) for left in lefts for right in rights
                )
            case ir.IsNone():
                of = node.of
                asked = (
                    self._candidates(scope, of, frame) if isinstance(of, ir.Lookup) else [self.value(scope, of, frame)]
                )
                return values.unanimous(
                    2 if values.absent(value) else 1 if values.unknown(value) else 0 for value in asked
                )
            case ir.TextTest():
                left, right = self.value(scope, node.left, frame), self.value(scope, node.right, frame)
                return values.text_tested(node.op, left, right)
            case ir.Listed():
                return self._listed(scope, node, frame)
            case ir.Satisfies():
                found = self.dependency(scope, node, frame)
                if found is None:
                    return 0
                return same(found)[0] if isinstance(node, Same) else satisfied(found)
            case ir.Agg() if node.op == "same":
                return self._same(scope, node, frame)
        return values.truth(self.value(scope, node, frame))

    def value(self, scope: Scope, node: ir.Node, frame: Frame) -> Any:
        """The value of any node."""
        if ir.is_truth(node):
            if isinstance(node, ir.Agg):
                return values.as_value(self._same(scope, node, frame))
            return values.as_value(self.truths.truth(self.lowered.sites[scope.index, id(node)], frame))
        match node:
            case ir.Const() | ir.Var():
                return self._leaf(scope, node, frame)
            case ir.Attr():
                return self._attribute(scope, node, frame)
            case ir.IfElse():
                return self._if_else(scope, node, frame)
            case ir.Arith():
                return self._calculated(scope, node, frame)
            case ir.TextSize():
                text = self.value(scope, node.of, frame)
                return len(text) if isinstance(text, str) else text
            case ir.Where():
                return self._where(scope, node, frame)
            case ir.Count():
                found = self._counted(scope, node, frame)
                return found.low if found.low == found.high else UNKNOWN
            case ir.Agg():
                return self._aggregate(scope, node, frame)
            case ir.Lookup():
                return self._looked_up(scope, node, frame)
        raise TypeError(f"no value of a {type(node).__name__}")

    def nothing(self, type_: Type, row: int) -> Any:
        """The unknown (0) or the none (1) of a type."""
        match type_:
            case ProductType():
                return (UNKNOWN_PRODUCT, NONE_PRODUCT)[row]
            case RefType():
                return self.facts.tables[type_.entity].rows[row]
            case RecordType():
                return self.facts.tables[type_.record].rows[row]
            case ListType():
                return (OPEN, EMPTY)[row]
        return (UNKNOWN, NONE)[row]

    # -- leaves, navigation, arithmetic -------------------------------------------------------------------------------

    def _leaf(self, scope: Scope, node: ir.Const | ir.Var, frame: Frame) -> Any:
        if isinstance(node, ir.Const):
            return self.nothing(node.type, 0) if node.value is UNKNOWN else node.value
        if node.name == "design":
            return self.facts.design
        if node.name == "as_of":
            return self.plan.as_of
        # The innermost of that name.
        return dict(zip(scope.names, frame.values, strict=True))[node.name]

    def _attribute(self, scope: Scope, node: ir.Attr, frame: Frame) -> Any:
        owner = self.value(scope, node.of, frame)
        if not node.derived:
            return value_of(owner, node.name) if isinstance(owner, Row) else getattr(owner, node.name)
        if owner.i < 2:
            return self.nothing(node.type, owner.i)
        return self.derived[node.entity, node.name][owner.i]

    def _if_else(self, scope: Scope, node: ir.IfElse, frame: Frame) -> Any:
        cond = self.truths.truth(self.lowered.sites[scope.index, id(node.cond)], frame)
        if cond == 2:
            return self.value(scope, node.then, frame)
        if cond == 0:
            return self.value(scope, node.other, frame)
        then, other = self.value(scope, node.then, frame), self.value(scope, node.other, frame)
        return values.agreed(then, other, self.nothing(node.type, 0))

    def _calculated(self, scope: Scope, node: ir.Arith, frame: Frame) -> Any:
        left, right = self.value(scope, node.left, frame), self.value(scope, node.right, frame)
        days = isinstance(node.left.type, DateType) or isinstance(node.right.type, DateType)
        return values.calculated(node.op, left, right, days=days, gives_day=isinstance(node.type, DateType))

    # -- lists --------------------------------------------------------------------------------------------------------

    def _members(self, scope: Scope, node: ir.Node, frame: Frame) -> tuple[list[Member], bool]:
        return self.truths.members(self.lowered.lists[scope.index, id(node)], frame)

    def _where(self, scope: Scope, node: ir.Where, frame: Frame) -> Members:
        members, more = self._members(scope, node, frame)
        sure = tuple(member.value for member in members if member.membership == 2)
        maybe = tuple(member.value for member in members if member.membership == 1)
        return Members(sure, maybe, open=more)

    def _counted(self, scope: Scope, node: ir.Count, frame: Frame) -> Range:
        members, more = self._members(scope, node.over, frame)
        low = sum(weight(member.value) for member in members if member.membership == 2)
        high = sum(weight(member.value) for member in members)
        return Range(low, values.INFINITE if more else high)

    def _bodies(self, scope: Scope, node: ir.Agg, frame: Frame) -> list[tuple[Any, int]] | None:
        """The values of the members, each with how often it counts; None where membership is not certain."""
        members, more = self._members(scope, node.over, frame)
        if more or any(member.membership != 2 for member in members):
            return None
        inner = self.lowered.inner[scope.index, id(node)]
        return [(self.value(inner, node.body, member.frame), weight(member.value)) for member in members]

    def _same(self, scope: Scope, node: ir.Agg, frame: Frame) -> int:
        found = self._bodies(scope, node, frame)
        if found is None:
            return 1
        return values.alike([value for value, _ in found], products=isinstance(node.body.type, ProductType))

    def _aggregate(self, scope: Scope, node: ir.Agg, frame: Frame) -> Any:
        found = self._bodies(scope, node, frame)
        k = None if node.k is None else self.value(scope, node.k, frame)
        return UNKNOWN if found is None else values.total(node.op, found, k)

    def choices(self, scope: Scope, node: ir.Choices, frame: Frame) -> int | list[tuple[Members, Members]]:
        """The ways of taking `k` members, each with what is left; or the truth where there is nothing to go through."""
        members, more = self._members(scope, node.over, frame)
        k = self.value(scope, node.k, frame)
        alone = all(member.membership == 2 and weight(member.value) == 1 for member in members) and not more
        if k is NONE or (k is not UNKNOWN and (k < 0 or (alone and k > len(members)))):
            return 0
        if not alone or k is UNKNOWN or comb(len(members), k) > ir.MOST_CHOICES:
            return 1
        ways = []
        for taken in combinations(range(len(members)), k):
            left = [place for place in range(len(members)) if place not in taken]
            ways.append(
                (
                    Members(tuple(members[place].value for place in taken)),
                    Members(tuple(members[place].value for place in left)),
                )
            )
        return ways

    # -- operands that can mean several things ------------------------------------------------------------------------

    def _possible(self, scope: Scope, node: ir.Node, frame: Frame) -> tuple[Any, ...]:
        """What a direct operand of a comparison can be."""
        if isinstance(node, ir.Count):
            return (self._counted(scope, node, frame),)
        if isinstance(node, ir.Lookup):
            return self._candidates(scope, node, frame)
        return (self.value(scope, node, frame),)

    def _rows(self, scope: Scope, node: ir.Lookup | ir.Listed, frame: Frame) -> tuple[Any, ...] | None:
        """The rows that the keys could mean; None where a key is none."""
        key = tuple(self.value(scope, each, frame) for each in node.keys)
        if any(values.absent(value) for value in key):
            return None
        return self.plan.catalogues[node.catalogue].candidates(key, self.plan.as_of)

    def _candidates(self, scope: Scope, node: ir.Lookup, frame: Frame) -> tuple[Any, ...]:
        rows = self._rows(scope, node, frame)
        none = self.nothing(node.type, 1)
        if rows is None:
            return (none,)
        missing = none if self.plan.catalogues[node.catalogue].complete else self.nothing(node.type, 0)
        return tuple(missing if row is None else row.values[node.column] for row in rows)

    def _looked_up(self, scope: Scope, node: ir.Lookup, frame: Frame) -> Any:
        """What all candidates are, else unknown."""
        first, *others = self._candidates(scope, node, frame)
        unknown = self.nothing(node.type, 0)
        for other in others:
            first = values.agreed(first, other, unknown)
            if first is unknown:
                break
        return first

    def _listed(self, scope: Scope, node: ir.Listed, frame: Frame) -> int:
        rows = self._rows(scope, node, frame)
        if rows is None:
            return 0
        missing = 0 if self.plan.catalogues[node.catalogue].complete else 1
        return values.unanimous(missing if row is None else 2 for row in rows)

    # -- other packs --------------------------------------------------------------------------------------------------

    def dependency(self, scope: Scope, node: ir.Satisfies, frame: Frame) -> Bounds | None:
        """The bounds of what a `satisfies` asks about, parts included; None where there is nothing to ask about."""
        row = self.value(scope, node.of, frame)
        if row.i == 1:
            return None
        if row.i == 0:
            return ANYTHING
        judged = {rule.rule.subject for rule in self.plan.rules if rule.rule.pack == node.pack}
        sure, maybe, more = [], [], False
        for attribute in self.facts.tables[row.type].entity.attributes.values():
            if not attribute.part:
                continue
            held = value_of(row, attribute.name)
            kind = attribute.type.of if isinstance(attribute.type, ListType) else attribute.type
            known = held if isinstance(held, Members) else Members((held,))
            if known.open or any(part.i == 0 for part in (*known.sure, *known.maybe)):
                more = more or (isinstance(kind, RefType) and kind.entity in judged)
            sure += [self._bounds(node.pack, part) for part in known.sure if part.i > 1]
            maybe += [self._bounds(node.pack, part) for part in known.maybe if part.i > 1]
        return with_parts(self._bounds(node.pack, row), sure, maybe, more=more)

    def _bounds(self, pack: str, row: Row) -> Bounds:
        return self.bounds.get((pack, row.name), UNCOVERED)


def weight(member: Any) -> int:
    """How many alike a member stands for."""
    found: int = member.count if isinstance(member, Row) else 1
    return found
