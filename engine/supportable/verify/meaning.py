"""What expressions mean, a second time: three-valued, small, and sharing no code with the readings.

Written from `docs/language.md`, not from an evaluator. `see` gives each value together with what it came from, as
far as an explanation has to tell it; so what a because-tree says can be held against what it should say.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, product
from math import comb, inf
from typing import Any, NamedTuple

from supportable.facts import EMPTY, Facts, Members, Row, value_of
from supportable.facts import OPEN as OPEN_LIST
from supportable.language import ir
from supportable.plan.model import Plan
from supportable.readings import deadline
from supportable.readings.findings import ANYTHING, UNCOVERED, Bounds, satisfied, with_parts
from supportable.verify.operations import SIGNS, calculated, compared, drawn, is_none, is_unknown
from supportable.vocabulary.products import NONE_PRODUCT, UNKNOWN_PRODUCT
from supportable.vocabulary.types import ListType, ProductType, RecordType, RefType, Type
from supportable.vocabulary.unknown import NONE, UNKNOWN

Names = dict[str, Any]
"""What each variable stands for."""


class Seen(NamedTuple):
    """An expression's value (a truth 0, 1, 2 where `truth`), and what decided it, in `below`.

    `row` is whose fact a leaf is; `member` the list member a step is about; `mark` is "list" for what a quantifier goes
    over, "open" for its end that is not known; `found` holds the rows a lookup could mean with their values, the bounds
    of a `satisfies`, or both ends of a count.
    """

    node: ir.Node
    value: Any
    truth: bool
    below: tuple[Seen, ...] = ()
    row: Any = None
    member: Any = None
    mark: str = ""
    found: Any = None


class Meaning:
    """The meaning of a plan's expressions over one design. `derived` and `bounds` are filled by the judge, in the
    plan's order: values by (entity, name, place of the row), bounds by (pack, subject)."""

    def __init__(self, plan: Plan, facts: Facts) -> None:
        self.plan, self.facts = plan, facts
        self.derived: dict[tuple[str, str, int], Any] = {}
        self.bounds: dict[tuple[str, str], Bounds] = {}

    def truth(self, node: ir.Node, names: Names) -> Seen:
        """The expression where a truth is needed: none is false there."""
        seen = self.see(node, names)
        if seen.truth:
            return seen
        return seen._replace(value=1 if seen.value is UNKNOWN else 2 if seen.value is True else 0, truth=True)

    def value(self, node: ir.Node, names: Names) -> Seen:
        """The expression as a value."""
        seen = self.see(node, names)
        return seen._replace(value=(False, UNKNOWN, True)[seen.value], truth=False) if seen.truth else seen

    def absent(self, type: Type, *, none: bool) -> Any:
        """Unknown, or none, of a type."""
        match type:
            case ProductType():
                return NONE_PRODUCT if none else UNKNOWN_PRODUCT
            case RefType() | RecordType():
                return self.facts.tables[type.entity if isinstance(type, RefType) else type.record].rows[none]
            case ListType():
                return EMPTY if none else OPEN_LIST
        return NONE if none else UNKNOWN

    def members(self, node: ir.Node, names: Names) -> tuple[list[tuple[Any, int, tuple[Seen, ...]]], Seen]:
        """Each member of a list with how far it belongs (1 or 2) and why; and the list that all filters start from."""
        deadline.check()
        if isinstance(node, ir.Where):
            inner, base = self.members(node.over, names)
            kept = []
            for value, belongs, why in inner:
                holds = self.truth(node.cond, {**names, node.var: value})
                if holds.value:
                    kept.append((value, min(belongs, holds.value), (*why, holds) if holds.value == 1 else why))
            return kept, base
        base = self.see(node, names)
        ordered = [(one, 2) for one in sorted(base.value.sure, key=str)]
        ordered += [(one, 1) for one in sorted(base.value.maybe, key=str)]
        return [(one, far, () if far == 2 else (base._replace(member=one),)) for one, far in ordered], base

    def see(self, node: ir.Node, names: Names) -> Seen:  # noqa: PLR0912  one case for each form of the language
        """The expression's value, and what it comes from."""
        match node:
            case ir.Const():
                return Seen(node, self.absent(node.type, none=False) if node.value is UNKNOWN else node.value, False)
            case ir.Var():
                return Seen(node, self.facts.design if node.name == "design" else names[node.name], False)
            case ir.Attr():
                return self._attribute(node, names)
            case ir.Not():
                of = self.truth(node.of, names)
                return Seen(node, 2 - of.value, True, (of,))
            case ir.And() | ir.Or():
                args = [self.truth(arg, names) for arg in node.args]
                return _deciding(node, (min if isinstance(node, ir.And) else max)(arg.value for arg in args), args)
            case ir.Cmp():
                left, right = self.value(node.left, names), self.value(node.right, names)
                found = {compared(node, one, other) for one, other in product(_ways(left), _ways(right))}
                return Seen(node, _agreed(found), True, _told(left, right))
            case ir.IsNone():
                of = self.value(node.of, names)
                found = {2 if is_none(one) else int(is_unknown(one)) for one in _candidates(of)}
                return Seen(node, _agreed(found), True, _told(of))
            case ir.IfElse():
                cond = self.truth(node.cond, names)
                taken = {0: [node.other], 1: [node.then, node.other], 2: [node.then]}[cond.value]
                sides = [self.value(side, names) for side in taken]
                return Seen(node, self._common([side.value for side in sides], node.type), False, (cond, *sides))
            case ir.Arith():
                left, right = self.value(node.left, names), self.value(node.right, names)
                return Seen(node, calculated(node, left.value, right.value), False, _told(left, right))
            case ir.TextTest():
                left, right = self.value(node.left, names), self.value(node.right, names)
                pair = (left.value, right.value)
                truth = 0 if NONE in pair else 1 if UNKNOWN in pair else 2 * bool(SIGNS[node.op](*pair))
                return Seen(node, truth, True, _told(left, right))
            case ir.TextSize():
                of = self.value(node.of, names)
                return Seen(node, len(of.value) if isinstance(of.value, str) else of.value, False, _told(of))
            case ir.Where():
                held, base = self.members(node, names)
                sure, maybe = (tuple(one for one, far, _ in held if far == sort) for sort in (2, 1))
                return Seen(node, Members(sure, maybe, open=base.value.open), False, (base, *_reasons(held)))
            case ir.Count():
                held, base = self.members(node.over, names)
                low = sum(_weight(one) for one, far, _ in held if far == 2)
                high = inf if base.value.open else low + sum(_weight(one) for one, far, _ in held if far == 1)
                number = low if low == high else UNKNOWN
                return Seen(node, number, False, (base, *_reasons(held)), found=(low, high))
            case ir.Quant():
                return self._quantified(node, names)
            case ir.Agg():
                return self._aggregated(node, names)
            case ir.Choices():
                return self._chosen(node, names)
            case ir.Lookup() | ir.Listed():
                return self._looked_up(node, names)
            case ir.Satisfies():
                of = self.value(node.of, names)
                row = of.value
                bounds = None if row.i == 1 else self.with_parts(row, node.pack) if row.i else ANYTHING
                truth = 0 if bounds is None else satisfied(bounds)
                return Seen(node, truth, True, _told(of), row=row, found=bounds)
        raise AssertionError(type(node))

    def _attribute(self, node: ir.Attr, names: Names) -> Seen:
        of = self.see(node.of, names)
        below = () if isinstance(node.of, ir.Var) else (of,)
        owner = of.value
        if not isinstance(owner, Row):
            return Seen(node, getattr(owner, node.name), False, below)
        if not node.derived:
            return Seen(node, value_of(owner, node.name), False, below, owner)
        if owner.i < 2:
            return Seen(node, self.absent(node.type, none=owner.i == 1), False, below, owner)
        return Seen(node, self.derived[node.entity, node.name, owner.i], False, below, owner)

    def _quantified(self, node: ir.Quant, names: Names) -> Seen:
        held, base = self.members(node.over, names)
        steps = []
        for one, far, why in held:
            body = self.truth(node.body, {**names, node.var: one})
            truth = max(2 - far, body.value) if node.op == "all" else min(far, body.value)
            if truth == body.value and not (truth == 1 and why):
                steps.append(body._replace(member=one))
            else:
                below = (body, *why) if truth == 1 else (body,)
                steps.append(Seen(node.body, truth, True, below, member=one))
        if base.value.open:
            steps.append(base._replace(value=1, truth=True, mark="open"))
        truths = [step.value for step in steps]
        seen = _deciding(node, min(truths, default=2) if node.op == "all" else max(truths, default=0), steps)
        return seen._replace(below=(base._replace(mark="list"), *seen.below))

    def _aggregated(self, node: ir.Agg, names: Names) -> Seen:
        held, base = self.members(node.over, names)
        k = None if node.k is None else self.value(node.k, names)
        below = [base] if k is None else [k, base]
        weighed: list[tuple[Any, int]] = []
        for one, _, why in held:
            body = self.value(node.body, {**names, node.var: one})
            below += [body._replace(member=one), *why]
            weighed.append((body.value, _weight(one)))
        doubtful = base.value.open or any(far == 1 for _, far, _ in held)
        left = [(value, weight) for value, weight in weighed if not is_none(value)]
        if node.op == "same":
            unclear = doubtful or any(is_unknown(value) or getattr(value, "code", 0) < 0 for value, _ in left)
            places = [getattr(value, "code", value) for value, _ in left]
            return Seen(node, 1 if unclear else 2 * all(one == places[0] for one in places), True, tuple(below))
        if doubtful or any(value is UNKNOWN for value, _ in left) or (k is not None and k.value is UNKNOWN):
            return Seen(node, UNKNOWN, False, tuple(below))
        return Seen(node, drawn(node.op, left, None if k is None else k.value), False, tuple(below))

    def _chosen(self, node: ir.Choices, names: Names) -> Seen:
        held, base = self.members(node.over, names)
        k = self.value(node.k, names)
        below = (base, *_told(k), *_reasons(held))
        doubtful = base.value.open or any(far == 1 or _weight(one) != 1 for one, far, _ in held)
        if k.value is not UNKNOWN and (k.value is NONE or k.value < 0 or (k.value > len(held) and not doubtful)):
            return Seen(node, 0, True, below)
        if doubtful or k.value is UNKNOWN or comb(len(held), k.value) > ir.MOST_CHOICES:
            return Seen(node, 1, True, below)
        worst: Seen | None = None
        for taken in combinations([one for one, _, _ in held], k.value):
            left = Members(tuple(one for one, _, _ in held if one not in taken))
            body = self.truth(node.body, {**names, node.taken: Members(taken), node.left: left})
            if worst is None or body.value <= worst.value:
                worst = body._replace(member=Members(taken))
            if worst.value == 0:
                break
        assert worst is not None
        return Seen(node, worst.value, True, (*below, worst))

    def _looked_up(self, node: ir.Lookup | ir.Listed, names: Names) -> Seen:
        keys = [self.value(key, names) for key in node.keys]
        catalogue = self.plan.catalogues[node.catalogue]
        if any(is_none(key.value) for key in keys):
            nothing = 0 if isinstance(node, ir.Listed) else self.absent(node.type, none=True)
            return Seen(node, nothing, isinstance(node, ir.Listed), _told(*keys))
        rows = catalogue.candidates(tuple(key.value for key in keys), self.plan.as_of)
        if isinstance(node, ir.Listed):
            truth = _agreed({2 if row else int(not catalogue.complete) for row in rows})
            return Seen(node, truth, True, _told(*keys), found=(rows, ()))
        without = self.absent(node.type, none=catalogue.complete)
        held = [row.values[node.column] if row else without for row in rows]
        return Seen(node, self._common(held, node.type), False, _told(*keys), found=(rows, held))

    def with_parts(self, row: Row, pack: str) -> Bounds:
        """The bounds of a subject and of what it is made of, under one pack."""
        parts: dict[int, list[Bounds]] = {1: [], 2: []}
        more = False
        for attribute in self.facts.tables[row.type].entity.attributes.values():
            if attribute.part:
                held = value_of(row, attribute.name)
                inner = attribute.type.of if isinstance(attribute.type, ListType) else attribute.type
                kind = inner.entity if isinstance(inner, RefType) else ""
                listed = held if isinstance(held, Members) else Members((held,) if held.i else (), open=held.i == 0)
                asked = any(each.rule.pack == pack and each.rule.subject == kind for each in self.plan.rules)
                more = more or (listed.open and asked)
                for far, some in ((2, listed.sure), (1, listed.maybe)):
                    parts[far] += [self.bounds.get((pack, one.name), UNCOVERED) for one in some if one.i > 1]
        return with_parts(self.bounds.get((pack, row.name), UNCOVERED), parts[2], parts[1], more=more)

    def _common(self, values: list[Any], type: Type) -> Any:
        first = values[0]
        if isinstance(first, Members | Row) or first is NONE:
            alike = all(other is first for other in values)
        else:
            alike = all(other == first and other.__class__ is first.__class__ for other in values)
        return first if alike else self.absent(type, none=False)


def _deciding(node: ir.Node, truth: int, steps: Iterable[Seen]) -> Seen:
    return Seen(node, truth, True, tuple(step for step in steps if step.value == truth))


def _told(*steps: Seen) -> tuple[Seen, ...]:
    return tuple(step for step in steps if not isinstance(step.node, ir.Const | ir.Var))


def _reasons(held: list[tuple[Any, int, tuple[Seen, ...]]]) -> list[Seen]:
    return [step for _, _, why in held for step in why]


def _weight(member: Any) -> int:
    return member.count if isinstance(member, Row) else 1


def _agreed(truths: set[int]) -> int:
    return min(truths) if len(truths) == 1 else 1


def _ways(operand: Seen) -> list[Any]:
    """What an operand of a comparison can be: a count is anything between its ends."""
    return [operand.found] if isinstance(operand.node, ir.Count) else _candidates(operand)


def _candidates(operand: Seen) -> list[Any]:
    """What an operand can be: each candidate of a lookup, else the one value."""
    if isinstance(operand.node, ir.Lookup) and operand.found is not None:
        return list(operand.found[1])
    return [operand.value]
