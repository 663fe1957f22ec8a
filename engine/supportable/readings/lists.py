"""Lists in expressions (language.md §4): membership is three-valued too, and a list may have an open end."""

from __future__ import annotations

from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Any, NamedTuple

from supportable.facts import Members, Row
from supportable.language import ir
from supportable.readings import deadline, values
from supportable.readings.findings import FALSE, OPEN, TRUE
from supportable.readings.proof import Proof, deciding, worth_showing
from supportable.vocabulary.types import ProductType
from supportable.vocabulary.unknown import NONE, UNKNOWN

if TYPE_CHECKING:
    from supportable.readings.evaluate import Environment, Evaluator


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


def quantified(evaluator: Evaluator, node: ir.Quant, env: Environment) -> Proof:
    """`all` and `exists`: a counterexample or a witness decides, over an open list too."""
    listing = members_of(evaluator, node.over, env)
    every = node.op == "all"
    steps: list[Proof] = []
    for member in listing.members:
        body = evaluator.truth(node.body, {**env, node.var: member.value})
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
    proof = deciding(node, result, steps)
    return proof._replace(children=(listing.proof._replace(extra="list"), *proof.children))


def _weakened(evaluator: Evaluator, node: ir.Where, env: Environment) -> Listing:
    listing = members_of(evaluator, node.over, env)
    kept = []
    for member in listing.members:
        cond = evaluator.truth(node.cond, {**env, node.var: member.value})
        membership = min(member.membership, cond.value)
        if membership != FALSE:
            why = (*member.why, cond) if cond.value == OPEN else member.why
            kept.append(Member(member.value, membership, why))
    return Listing(tuple(kept), listing.open, listing.proof)


def filtered(evaluator: Evaluator, node: ir.Where, env: Environment) -> Proof:
    """`where` on its own: the same list, each member belonging as far as the condition holds."""
    listing = _weakened(evaluator, node, env)
    held = Members(
        tuple(member.value for member in listing.members if member.membership == TRUE),
        tuple(member.value for member in listing.members if member.membership == OPEN),
        open=listing.open,
    )
    why = tuple(step for member in listing.members for step in member.why)
    return Proof(node, held, is_truth=False, children=(listing.proof, *why))


def counted(evaluator: Evaluator, node: ir.Count, env: Environment) -> Proof:
    """`size`: an interval in `extra`, None where it has no end; the value where both ends agree."""
    listing = members_of(evaluator, node.over, env)
    low = sum(weight(member.value) for member in listing.members if member.membership == TRUE)
    high = (
        None
        if listing.open
        else low + sum(weight(member.value) for member in listing.members if member.membership == OPEN)
    )
    why = tuple(step for member in listing.members for step in member.why)
    result = low if low == high else UNKNOWN
    return Proof(node, result, is_truth=False, children=(listing.proof, *why), extra=(low, high))


def aggregated(evaluator: Evaluator, node: ir.Agg, env: Environment) -> Proof:
    """`sum min max smallest largest same`: nothing but certainty will do."""
    listing = members_of(evaluator, node.over, env)
    k = evaluator.value(node.k, env) if node.k is not None else None
    steps = [*([k] if k else []), listing.proof]
    uncertain = listing.open or any(member.membership == OPEN for member in listing.members)
    weighted = []
    for member in listing.members:
        body = evaluator.value(node.body, {**env, node.var: member.value})
        steps.extend((body._replace(member=(member.value, member.membership)), *member.why))
        weighted.append((body.value, weight(member.value)))
    if node.op == "same":
        kind = "product" if isinstance(node.body.type, ProductType) else "plain"
        truth = OPEN if uncertain else values.all_same([value for value, _ in weighted], kind)
        return Proof(node, truth, is_truth=True, children=tuple(steps))
    result = UNKNOWN if uncertain else values.aggregate(node.op, weighted, k.value if k else None)
    return Proof(node, result, is_truth=False, children=tuple(steps))


def chosen(evaluator: Evaluator, node: ir.Choices, env: Environment) -> Proof:
    """`allChoices`: each way in turn, up to the first that fails."""
    listing = members_of(evaluator, node.over, env)
    k = evaluator.value(node.k, env)
    members = [member.value for member in listing.members]
    uncertain = listing.open or any(
        member.membership == OPEN or weight(member.value) != 1 for member in listing.members
    )
    below = (listing.proof, *worth_showing(k), *(step for member in listing.members for step in member.why))
    if k.value is NONE or (k.value is not UNKNOWN and (k.value < 0 or (k.value > len(members) and not uncertain))):
        return Proof(node, FALSE, is_truth=True, children=below)
    if uncertain or k.value is UNKNOWN or comb(len(members), k.value) > ir.MOST_CHOICES:
        return Proof(node, OPEN, is_truth=True, children=below)
    steps = []
    for places in combinations(range(len(members)), k.value):
        taken = Members(tuple(members[place] for place in places))
        left = Members(tuple(member for place, member in enumerate(members) if place not in places))
        body = evaluator.truth(node.body, {**env, node.taken: taken, node.left: left})
        steps.append(body._replace(member=(taken, TRUE)))
        if body.value == FALSE:
            break
    proof = deciding(node, min(step.value for step in steps), steps)
    return proof._replace(children=(*below, *proof.children[-1:]))


def members_of(evaluator: Evaluator, node: ir.Node, env: Environment) -> Listing:
    """The members of a list expression, in an order that does not depend on the design's."""
    deadline.check()
    if isinstance(node, ir.Where):
        return _weakened(evaluator, node, env)
    proof = evaluator.evaluate(node, env)
    held: Members = proof.value
    sure = [Member(value, 2, ()) for value in sorted(held.sure, key=_place)]
    maybe = [Member(value, 1, (proof._replace(member=(value, 1)),)) for value in sorted(held.maybe, key=_place)]
    return Listing((*sure, *maybe), held.open, proof)


def _place(member: Any) -> str:
    return member.name if isinstance(member, Row) else str(member)


def weight(member: Any) -> int:
    """How many alike a member of a list stands for."""
    return member.count if isinstance(member, Row) else 1
