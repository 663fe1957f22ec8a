"""The meaning of expressions, written to be read: three-valued, one node at a time, each step with its proof.

This is the specification that the faster readings are tested against; it follows language.md §4 form by form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from math import comb
from typing import Any, NamedTuple

from supportable.facts import EMPTY, Facts, Members, Row, value_of
from supportable.facts import OPEN as OPEN_LIST
from supportable.language import ir
from supportable.plan.model import Plan
from supportable.readings import values
from supportable.readings.findings import ANYTHING, FALSE, OPEN, TRUE, UNCOVERED, Bounds, satisfied, with_parts
from supportable.readings.proof import Proof
from supportable.vocabulary.products import NONE_PRODUCT, UNKNOWN_PRODUCT
from supportable.vocabulary.types import BoolType, DateType, ListType, ProductType, RecordType, RefType, Type
from supportable.vocabulary.unknown import NONE, UNKNOWN

Environment = dict[str, Any]


class Member(NamedTuple):
    """One member of a list: its value, how far it belongs (1 or 2), and why."""

    value: Any
    membership: int
    why: tuple[Proof, ...]


class Listing(NamedTuple):
    """A list as seen by an expression: its members, whether there may be more, and the proof of the list itself."""

    members: tuple[Member, ...]
    open: bool
    proof: Proof


class Evaluator:
    """Evaluates expressions of one plan over one design.

    `derived[d]` holds the values of derivation `d` for every row of its entity's table; `bounds` what is known so far
    of subjects under packs that some `satisfies` asks about, keyed by (pack, subject name). Both are filled stratum by
    stratum by whoever owns the evaluator.
    """

    def __init__(self, plan: Plan, facts: Facts) -> None:
        self.plan = plan
        self.facts = facts
        self.derived: dict[tuple[str, str], tuple[Any, ...]] = {}
        self.bounds: dict[tuple[str, str], Bounds] = {}
        self._forms: dict[type[ir.Node], Callable[[Any, Environment], Proof]] = {
            ir.Const: self._const,
            ir.Var: self._var,
            ir.Attr: self._attr,
            ir.Not: self._not,
            ir.And: self._and,
            ir.Or: self._or,
            ir.Cmp: self._cmp,
            ir.IsNone: self._is_none,
            ir.IfElse: self._if_else,
            ir.Arith: self._arith,
            ir.TextTest: self._text_test,
            ir.TextSize: self._text_size,
            ir.Where: self._where,
            ir.Quant: self._quant,
            ir.Count: self._count,
            ir.Agg: self._agg,
            ir.Choices: self._choices,
            ir.Lookup: self._lookup,
            ir.Listed: self._listed,
            ir.Satisfies: self._satisfies,
        }

    # -- entry points ---------------------------------------------------------------------------------------------

    def evaluate(self, node: ir.Node, env: Environment) -> Proof:
        """The node's value, or its truth where it is one, with its proof."""
        return self._forms[type(node)](node, env)

    def value(self, node: ir.Node, env: Environment) -> Proof:
        """The node as a value: a truth becomes true, false or unknown."""
        proof = self.evaluate(node, env)
        if proof.is_truth:
            return proof._replace(value=values.value_of(proof.value), is_truth=False)
        return proof

    def truth(self, node: ir.Node, env: Environment) -> Proof:
        """The node where a truth is needed: none turns false."""
        proof = self.evaluate(node, env)
        if proof.is_truth:
            return proof
        return proof._replace(value=values.truth_of(proof.value), is_truth=True)

    def listing(self, node: ir.Node, env: Environment) -> Listing:
        """The members of a list expression, in an order that does not depend on the design's."""
        if isinstance(node, ir.Where):
            return self._filtered(node, env)
        proof = self.evaluate(node, env)
        held: Members = proof.value
        sure = [Member(value, 2, ()) for value in sorted(held.sure, key=_place)]
        maybe = [Member(value, 1, (proof._replace(member=(value, 1)),)) for value in sorted(held.maybe, key=_place)]
        return Listing((*sure, *maybe), held.open, proof)

    def absent(self, type_: Type, row: int) -> Any:
        """What stands for an absent value of that type: unknown (row 0) or none (row 1)."""
        if isinstance(type_, ProductType):
            return NONE_PRODUCT if row else UNKNOWN_PRODUCT
        if isinstance(type_, RefType):
            return self.facts.tables[type_.entity].rows[row]
        if isinstance(type_, RecordType):
            return self.facts.tables[type_.record].rows[row]
        if isinstance(type_, ListType):
            return EMPTY if row else OPEN_LIST
        return NONE if row else UNKNOWN

    # -- leaves and navigation ------------------------------------------------------------------------------------

    def _const(self, node: ir.Const, _env: Environment) -> Proof:
        value = self.absent(node.type, 0) if node.value is UNKNOWN else node.value
        return Proof(node, value, is_truth=False)

    def _var(self, node: ir.Var, env: Environment) -> Proof:
        if node.name == "design":
            return Proof(node, self.facts.design, is_truth=False)
        if node.name == "as_of":
            return Proof(node, self.plan.as_of, is_truth=False)
        return Proof(node, env[node.name], is_truth=False)

    def _attr(self, node: ir.Attr, env: Environment) -> Proof:
        of = self.evaluate(node.of, env)
        below = () if isinstance(node.of, ir.Var) else (of,)
        owner = of.value
        if not node.derived:
            row = owner if isinstance(owner, Row) else None
            value = getattr(owner, node.name) if row is None else value_of(row, node.name)
            return Proof(node, value, is_truth=False, children=below, row=row)
        if owner.i < 2:
            return Proof(node, self.absent(node.type, owner.i), is_truth=False, children=below, row=owner)
        return Proof(
            node,
            self.derived[node.entity, node.name][owner.i],
            is_truth=False,
            children=below,
            row=owner,
            extra="derived",
        )

    # -- truths ---------------------------------------------------------------------------------------------------

    def _not(self, node: ir.Not, env: Environment) -> Proof:
        of = self.truth(node.of, env)
        return Proof(node, 2 - of.value, is_truth=True, children=(of,))

    def _and(self, node: ir.And, env: Environment) -> Proof:
        args = [self.truth(arg, env) for arg in node.args]
        return _deciding(node, min(arg.value for arg in args), args)

    def _or(self, node: ir.Or, env: Environment) -> Proof:
        args = [self.truth(arg, env) for arg in node.args]
        return _deciding(node, max(arg.value for arg in args), args)

    def _cmp(self, node: ir.Cmp, env: Environment) -> Proof:
        left, right = self._operand(node.left, env), self._operand(node.right, env)
        if isinstance(node.left, ir.Count) or isinstance(node.right, ir.Count):
            found = {
                values.compare_intervals(node.op, one, other)
                if isinstance(one, tuple) and isinstance(other, tuple)
                else values.compare(node.op, "plain", one, other)
                for one in _intervals(left)
                for other in _intervals(right)
            }
        else:
            found = {
                values.compare(node.op, node.kind, one, other, node.scale)
                for one in _candidates(left)
                for other in _candidates(right)
            }
        return Proof(node, values.agree(found), is_truth=True, children=_steps(left, right))

    def _operand(self, node: ir.Node, env: Environment) -> Proof:
        if isinstance(node, ir.Count):
            return self._interval(node, env)
        return self.value(node, env)

    def _is_none(self, node: ir.IsNone, env: Environment) -> Proof:
        of = self.value(node.of, env)
        found = {
            TRUE if values.is_none(value) else OPEN if values.is_unknown(value) else FALSE for value in _candidates(of)
        }
        return Proof(node, values.agree(found), is_truth=True, children=_steps(of))

    def _text_test(self, node: ir.TextTest, env: Environment) -> Proof:
        left, right = self.value(node.left, env), self.value(node.right, env)
        return Proof(
            node, values.test_text(node.op, left.value, right.value), is_truth=True, children=_steps(left, right)
        )

    def _quant(self, node: ir.Quant, env: Environment) -> Proof:
        listing = self.listing(node.over, env)
        every = node.op == "all"
        steps: list[Proof] = []
        for member in listing.members:
            body = self.truth(node.body, {**env, node.var: member.value})
            if every:
                truth = max(2 - member.membership, body.value)
            else:
                truth = min(member.membership, body.value)
            if truth == body.value and (truth != OPEN or not member.why):
                steps.append(body._replace(member=(member.value, member.membership)))
                continue
            why = (body, *member.why) if truth == OPEN else (body,)
            steps.append(Proof(node.body, truth, is_truth=True, children=why, member=(member.value, member.membership)))
        if listing.open:
            steps.append(listing.proof._replace(value=OPEN, is_truth=True, extra="open"))
        truths = [step.value for step in steps]
        result = min(truths, default=TRUE) if every else max(truths, default=FALSE)
        proof = _deciding(node, result, steps)
        return proof._replace(children=(listing.proof._replace(extra="list"), *proof.children))

    # -- values ---------------------------------------------------------------------------------------------------

    def _if_else(self, node: ir.IfElse, env: Environment) -> Proof:
        cond = self.truth(node.cond, env)
        if cond.value == TRUE:
            then = self.value(node.then, env)
            return Proof(node, then.value, is_truth=False, children=(cond, then))
        if cond.value == FALSE:
            other = self.value(node.other, env)
            return Proof(node, other.value, is_truth=False, children=(cond, other))
        then, other = self.value(node.then, env), self.value(node.other, env)
        shared = values.common([then.value, other.value])
        result = self.absent(node.type, 0) if shared is None else shared
        return Proof(node, result, is_truth=False, children=(cond, then, other))

    def _arith(self, node: ir.Arith, env: Environment) -> Proof:
        left, right = self.value(node.left, env), self.value(node.right, env)
        dates = isinstance(node.left.type, DateType) or isinstance(node.right.type, DateType)
        result = values.calculate(
            node.op, left.value, right.value, dates=dates, gives_date=isinstance(node.type, DateType)
        )
        return Proof(node, result, is_truth=False, children=_steps(left, right))

    def _text_size(self, node: ir.TextSize, env: Environment) -> Proof:
        of = self.value(node.of, env)
        result = of.value if of.value is NONE or of.value is UNKNOWN else len(of.value)
        return Proof(node, result, is_truth=False, children=_steps(of))

    # -- lists ----------------------------------------------------------------------------------------------------

    def _filtered(self, node: ir.Where, env: Environment) -> Listing:
        listing = self.listing(node.over, env)
        kept = []
        for member in listing.members:
            cond = self.truth(node.cond, {**env, node.var: member.value})
            membership = min(member.membership, cond.value)
            if membership != FALSE:
                why = (*member.why, cond) if cond.value == OPEN else member.why
                kept.append(Member(member.value, membership, why))
        return Listing(tuple(kept), listing.open, listing.proof)

    def _where(self, node: ir.Where, env: Environment) -> Proof:
        listing = self._filtered(node, env)
        held = Members(
            tuple(member.value for member in listing.members if member.membership == TRUE),
            tuple(member.value for member in listing.members if member.membership == OPEN),
            open=listing.open,
        )
        why = tuple(step for member in listing.members for step in member.why)
        return Proof(node, held, is_truth=False, children=(listing.proof, *why))

    def _interval(self, node: ir.Count, env: Environment) -> Proof:
        listing = self.listing(node.over, env)
        low = sum(weight(member.value) for member in listing.members if member.membership == TRUE)
        high = (
            None
            if listing.open
            else low + sum(weight(member.value) for member in listing.members if member.membership == OPEN)
        )
        why = tuple(step for member in listing.members for step in member.why)
        result = low if low == high else UNKNOWN
        return Proof(node, result, is_truth=False, children=(listing.proof, *why), extra=(low, high))

    def _count(self, node: ir.Count, env: Environment) -> Proof:
        return self._interval(node, env)

    def _agg(self, node: ir.Agg, env: Environment) -> Proof:
        listing = self.listing(node.over, env)
        k = self.value(node.k, env) if node.k is not None else None
        steps = [*([k] if k else []), listing.proof]
        uncertain = listing.open or any(member.membership == OPEN for member in listing.members)
        weighted = []
        for member in listing.members:
            body = self.value(node.body, {**env, node.var: member.value})
            steps.extend((body._replace(member=(member.value, member.membership)), *member.why))
            weighted.append((body.value, weight(member.value)))
        if node.op == "same":
            kind = "product" if isinstance(node.body.type, ProductType) else "plain"
            truth = OPEN if uncertain else values.all_same([value for value, _ in weighted], kind)
            return Proof(node, truth, is_truth=True, children=tuple(steps))
        result = UNKNOWN if uncertain else values.aggregate(node.op, weighted, k.value if k else None)
        return Proof(node, result, is_truth=False, children=tuple(steps))

    def _choices(self, node: ir.Choices, env: Environment) -> Proof:
        listing = self.listing(node.over, env)
        k = self.value(node.k, env)
        members = [member.value for member in listing.members]
        uncertain = listing.open or any(
            member.membership == OPEN or weight(member.value) != 1 for member in listing.members
        )
        below = (listing.proof, *_steps(k), *(step for member in listing.members for step in member.why))
        if k.value is NONE or (k.value is not UNKNOWN and (k.value < 0 or (k.value > len(members) and not uncertain))):
            return Proof(node, FALSE, is_truth=True, children=below)
        if uncertain or k.value is UNKNOWN or comb(len(members), k.value) > ir.MOST_CHOICES:
            return Proof(node, OPEN, is_truth=True, children=below)
        steps = []
        for places in combinations(range(len(members)), k.value):
            taken = Members(tuple(members[place] for place in places))
            left = Members(tuple(member for place, member in enumerate(members) if place not in places))
            body = self.truth(node.body, {**env, node.taken: taken, node.left: left})
            steps.append(body._replace(member=(taken, TRUE)))
            if body.value == FALSE:
                break
        proof = _deciding(node, min(step.value for step in steps), steps)
        return proof._replace(children=(*below, *proof.children[-1:]))

    # -- catalogues and other packs -------------------------------------------------------------------------------

    def _rows(self, catalogue: str, keys: list[Proof]) -> tuple[Any, ...]:
        key = tuple(proof.value for proof in keys)
        return self.plan.catalogues[catalogue].candidates(key, self.plan.as_of)

    def _lookup(self, node: ir.Lookup, env: Environment) -> Proof:
        keys = [self.value(key, env) for key in node.keys]
        none, unknown = self.absent(node.type, 1), self.absent(node.type, 0)
        if any(values.is_none(key.value) for key in keys):
            return Proof(node, none, is_truth=False, children=_steps(*keys))
        complete = self.plan.catalogues[node.catalogue].complete
        missing = none if complete else unknown
        rows = self._rows(node.catalogue, keys)
        found = tuple(missing if row is None else row.values[node.column] for row in rows)
        shared = values.common(list(found))
        result = unknown if shared is None else shared
        return Proof(node, result, is_truth=False, children=_steps(*keys), extra=("rows", rows, found))

    def _listed(self, node: ir.Listed, env: Environment) -> Proof:
        keys = [self.value(key, env) for key in node.keys]
        if any(values.is_none(key.value) for key in keys):
            return Proof(node, FALSE, is_truth=True, children=_steps(*keys))
        rows = self._rows(node.catalogue, keys)
        without = FALSE if self.plan.catalogues[node.catalogue].complete else OPEN
        truth = values.agree({without if row is None else TRUE for row in rows})
        return Proof(node, truth, is_truth=True, children=_steps(*keys), extra=("rows", rows, ()))

    def _satisfies(self, node: ir.Satisfies, env: Environment) -> Proof:
        of = self.value(node.of, env)
        row = of.value
        if row.i < 2:
            found = ANYTHING if row.i == 0 else None
            return Proof(
                node, OPEN if found else FALSE, is_truth=True, children=_steps(of), row=row, extra=("bounds", found)
            )
        found = self.dependency(row, node.pack)
        return Proof(node, satisfied(found), is_truth=True, children=_steps(of), row=row, extra=("bounds", found))

    def dependency(self, row: Any, pack: str) -> Bounds:
        """The bounds of a subject and of its parts under a pack whose rules have been judged."""
        sure: list[Bounds] = []
        maybe: list[Bounds] = []
        more = False
        for attribute in self.facts.tables[row.type].entity.attributes.values():
            if not attribute.part:
                continue
            for part, membership in self._parts(value_of(row, attribute.name)):
                if part is None or part.i == 0:
                    kind = _entity_of(attribute.type)
                    more = more or any(rule.rule.pack == pack and rule.rule.subject == kind for rule in self.plan.rules)
                elif part.i > 1:
                    (sure if membership == TRUE else maybe).append(self.bounds.get((pack, part.name), UNCOVERED))
        return with_parts(self.bounds.get((pack, row.name), UNCOVERED), sure, maybe, more=more)

    @staticmethod
    def _parts(held: Any) -> Iterator[tuple[Any, int]]:
        if not isinstance(held, Members):
            yield held, TRUE
            return
        for part in held.sure:
            yield part, TRUE
        for part in held.maybe:
            yield part, OPEN
        if held.open:
            yield None, OPEN


def _place(member: Any) -> str:
    return member.name if isinstance(member, Row) else str(member)


def weight(member: Any) -> int:
    """How many alike a member of a list stands for."""
    return member.count if isinstance(member, Row) else 1


def _entity_of(type_: Type) -> str:
    of = type_.of if isinstance(type_, ListType) else type_
    return of.entity if isinstance(of, RefType) else ""


def _steps(*proofs: Proof) -> tuple[Proof, ...]:
    """The proofs that are worth showing: constants and plain variables speak for themselves."""
    return tuple(proof for proof in proofs if not isinstance(proof.node, ir.Const | ir.Var))


def _deciding(node: ir.Node, truth: int, steps: list[Proof]) -> Proof:
    return Proof(node, truth, is_truth=True, children=tuple(step for step in steps if step.value == truth))


def _candidates(operand: Proof) -> tuple[Any, ...]:
    """The values a direct operand can have: all candidates of a lookup, else the one."""
    if isinstance(operand.node, ir.Lookup) and operand.extra is not None:
        found: tuple[Any, ...] = operand.extra[2]
        return found
    return (operand.value,)


def _intervals(operand: Proof) -> list[Any]:
    """A direct operand beside a count, as intervals; unknown and none stay themselves."""
    if isinstance(operand.node, ir.Count):
        return [operand.extra]
    return [(value, value) if isinstance(value, int) else value for value in _candidates(operand)]


__all__ = ["BoolType", "Environment", "Evaluator", "Listing", "Member", "weight"]
