"""What one revision of a rule says of one subject: its truths, its offenders, its outcomes, all with their proofs."""

from __future__ import annotations

from typing import Any, NamedTuple

from supportable.language import ir
from supportable.packs.model import OUTCOMES, SUPPORTED, UNSUPPORTED, Alternative, Exemption, Revision
from supportable.readings.evaluate import Environment, Evaluator
from supportable.readings.findings import (
    FALSE,
    NOT_APPLICABLE,
    OPEN,
    TRUE,
    Bounds,
    Decision,
    decide,
    same,
)
from supportable.readings.lists import Member
from supportable.readings.proof import Proof


class Judged(NamedTuple):
    """One element (or, without `each`, the subject itself) under one revision.

    `truth` is the requirement after `unless` and the stricter of disputed texts; `require` its own proof, `unless` and
    `disputed` those of exemptions and other texts in the rule's order. `outcomes` are the alternatives that may apply,
    with the proofs of their conditions; empty where the requirement certainly holds.
    """

    element: Any
    membership: int
    truth: int
    require: Proof
    unless: tuple[tuple[Exemption, Proof], ...]
    disputed: tuple[Proof, ...]
    differs: bool
    low: int
    high: int
    outcomes: tuple[tuple[Alternative, Proof | None], ...]
    why: tuple[Proof, ...] = ()
    environment: Environment = {}  # noqa: RUF012  a tuple's default, never written to


class Judgement(NamedTuple):
    """One revision on one subject: the decision, the proof of `when`, and each element judged.

    `list_proof` is the proof of the `each` list where it may have more members, else None. A subject to which the
    revision does not apply has no elements.
    """

    revision: Revision
    decision: Decision
    when: Proof
    elements: tuple[Judged, ...]
    list_proof: Proof | None
    open_list: bool


def judge_revision(evaluator: Evaluator, revision: Revision, subject: str, row: Any) -> Judgement:
    """Judges one subject by one revision."""
    env: Environment = {subject: row}
    when = evaluator.truth(revision.when, env)
    applies = when.value
    if applies == FALSE:
        return _not_applicable(revision, when)
    if revision.each is None:
        only = _judge_element(evaluator, revision, env, Member(row, TRUE, ()))
        decision = decide(applies, only.truth, only.low, only.high, covers=revision.covers, disputed=only.differs)
        return Judgement(revision, decision, when, (only,), None, open_list=False)
    listing = evaluator.listing(revision.each.over, env)
    if not listing.members and not listing.open:
        return _not_applicable(revision, when)
    if not any(member.membership == TRUE for member in listing.members):
        applies = min(applies, OPEN)
    elements = tuple(
        _judge_element(evaluator, revision, {**env, revision.each.var: member.value}, member)
        for member in listing.members
    )
    require = min((max(2 - element.membership, element.truth) for element in elements), default=TRUE)
    doubtful = [element for element in elements if max(2 - element.membership, element.truth) != TRUE]
    high = max((element.high for element in doubtful), default=SUPPORTED)
    if listing.open:
        require = min(require, OPEN)
        high = max(high, *(outcome_number(alternative.outcome) for alternative in revision.otherwise))
    low = max(
        (element.low for element in elements if element.membership == TRUE and element.truth == FALSE),
        default=SUPPORTED,
    )
    decision = decide(
        applies, require, low, high, covers=revision.covers, disputed=any(element.differs for element in elements)
    )
    return Judgement(revision, decision, when, elements, listing.proof, open_list=listing.open)


def outcome_number(outcome: str) -> int:
    """The status an outcome leads to; `same` can lead to any, an advisory to none."""
    if outcome == "same":
        return UNSUPPORTED
    return OUTCOMES.get(outcome, SUPPORTED)


def _judge_element(evaluator: Evaluator, revision: Revision, env: Environment, member: Member) -> Judged:
    element, membership, why = member
    require = evaluator.truth(revision.require, env)
    unless = tuple((exemption, evaluator.truth(exemption.condition, env)) for exemption in revision.unless)
    waived = max((proof.value for _, proof in unless), default=FALSE)
    disputed = tuple(evaluator.truth(dispute.require, env) for dispute in revision.disputed)
    own, dependency = require.value, None
    if revision.otherwise and revision.otherwise[0].outcome == "same":
        dependency = _dependency(require)
        own = FALSE if dependency is None else same(dependency)[0]
    truths = [max(waived, truth) for truth in (own, *(proof.value for proof in disputed))]
    truth = min(truths)
    outcomes: tuple[tuple[Alternative, Proof | None], ...] = ()
    low = high = SUPPORTED
    if truth != TRUE:
        outcomes = _outcomes(evaluator, revision, env)
        if revision.otherwise and revision.otherwise[0].outcome == "same":
            _, low, high = (FALSE, UNSUPPORTED, UNSUPPORTED) if dependency is None else same(dependency)
        else:
            numbers = [outcome_number(alternative.outcome) for alternative, _ in outcomes]
            low, high = min(numbers), max(numbers)
    return Judged(
        element,
        membership,
        truth,
        require,
        unless,
        disputed,
        FALSE in truths and TRUE in truths,
        low,
        high,
        outcomes,
        why,
        env,
    )


def _outcomes(
    evaluator: Evaluator, revision: Revision, env: Environment
) -> tuple[tuple[Alternative, Proof | None], ...]:
    possible: list[tuple[Alternative, Proof | None]] = []
    for alternative in revision.otherwise:
        if alternative.condition is None:
            possible.append((alternative, None))
            break
        condition = evaluator.truth(alternative.condition, env)
        if condition.value != FALSE:
            possible.append((alternative, condition))
        if condition.value == TRUE:
            break
    return tuple(possible)


def _dependency(require: Proof) -> Bounds | None:
    """The bounds that a `satisfies` found; None where there is nothing to depend on."""
    assert isinstance(require.node, ir.Satisfies)
    found: Bounds | None = require.extra[1]
    return found


def _not_applicable(revision: Revision, when: Proof) -> Judgement:
    nothing = Decision(NOT_APPLICABLE, SUPPORTED, SUPPORTED, covered=False, hopeful=False, disputed=False)
    return Judgement(revision, nothing, when, (), None, open_list=False)
