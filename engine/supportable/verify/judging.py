"""Rules, a second time: which findings a design has, from truths that the checker worked out itself.

What two truths make of a rule, and findings of a subject, is `readings.findings`: the one text that says it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

from supportable.language import ir
from supportable.packs.model import OUTCOMES, SUPPORTED, UNSUPPORTED, Alternative, Exemption, Revision
from supportable.plan.model import PlannedRule
from supportable.readings import findings
from supportable.readings.findings import NOT_APPLICABLE, Decision, Finding, Findings, bounds, decide, merge, same
from supportable.verify.meaning import Meaning, Names, Seen

_NOTHING = Decision(NOT_APPLICABLE, SUPPORTED, SUPPORTED, covered=False, hopeful=False, disputed=False)


class Element(NamedTuple):
    """One element of a rule's `each`, or the subject itself: how far it belongs, and how its requirement came out."""

    value: Any
    belongs: int
    why: tuple[Seen, ...]
    require: Seen
    unless: list[tuple[Exemption, Seen]]
    disputed: list[Seen]
    truth: int
    differs: bool
    low: int
    high: int
    outcomes: list[tuple[Alternative, Seen | None]]
    names: Names


class Said(NamedTuple):
    """What one text of a rule says of one subject. `open_list` is the list of `each` if it may have more members."""

    revision: Revision
    decision: Decision
    when: Seen
    elements: list[Element]
    open_list: Seen | None = None


def judged(meaning: Meaning) -> tuple[dict[tuple[int, str], list[Said]], Findings]:
    """All that rules say, by rule and subject, and the findings that this makes."""
    plan, facts = meaning.plan, meaning.facts
    told: dict[tuple[int, str], list[Said]] = {}
    items: list[Finding] = []
    silent = 0
    for stratum in plan.strata:
        for planned in stratum.derivations:
            for row in facts.tables[planned.entity].own():
                value = meaning.value(planned.value, {planned.entity: row}).value
                meaning.derived[planned.entity, planned.name, row.i] = value
        for rule in stratum.rules:
            for row in facts.tables[rule.rule.subject].own():
                said = [_said(meaning, revision, rule.rule.subject, row) for revision in rule.readings]
                finding = _finding(rule, row, said)
                if finding is None:
                    silent += 1
                else:
                    told[rule.index, row.name] = said
                    items.append(finding)
        _note(meaning, items)
    items.sort(key=lambda finding: (finding.rule, finding.row.i))
    return told, Findings(tuple(items), silent, ())


def _finding(rule: PlannedRule, row: Any, said: list[Said]) -> Finding | None:
    decision = said[0].decision if len(said) == 1 else merge(said[0].decision, said[1].decision)
    if decision.kind == NOT_APPLICABLE:
        return None
    advisory = rule.readings[0].advisory
    covered, hopeful = (truth and not advisory for truth in (decision.covered, decision.hopeful))
    return Finding(
        rule.index, row, decision.kind, decision.worst, decision.best, covered, hopeful, decision.disputed, advisory
    )


def _note(meaning: Meaning, items: list[Finding]) -> None:
    found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in items:
        found[meaning.plan.rules[finding.rule].rule.pack, finding.row.name].append(finding)
    meaning.bounds.update({key: bounds(each) for key, each in found.items()})


def _said(meaning: Meaning, revision: Revision, subject: str, row: Any) -> Said:
    names = {subject: row}
    when = meaning.truth(revision.when, names)
    applies = when.value
    if applies == findings.FALSE:
        return Said(revision, _NOTHING, when, [])
    if revision.each is None:
        one = _element(meaning, revision, names, (row, 2, ()))
        decision = decide(applies, one.truth, one.low, one.high, covers=revision.covers, disputed=one.differs)
        return Said(revision, decision, when, [one])
    held, base = meaning.members(revision.each.over, names)
    more = base.value.open
    if not held and not more:
        return Said(revision, _NOTHING, when, [])
    if all(far == 1 for _, far, _ in held):
        applies = findings.OPEN
    elements = [_element(meaning, revision, names | {revision.each.var: member[0]}, member) for member in held]
    come_out = [max(2 - element.belongs, element.truth) for element in elements]
    require = min([*come_out, 1] if more else come_out, default=2)
    high = max([one.high for one, truth in zip(elements, come_out, strict=True) if truth != 2], default=SUPPORTED)
    if more:
        high = max(high, *(_number(alternative) for alternative in revision.otherwise))
    low = max([one.low for one in elements if one.belongs == 2 and one.truth == 0], default=SUPPORTED)
    disputed = any(element.differs for element in elements)
    decision = decide(applies, require, low, high, covers=revision.covers, disputed=disputed)
    return Said(revision, decision, when, elements, base if more else None)


def _number(alternative: Alternative) -> int:
    return UNSUPPORTED if alternative.outcome == "same" else OUTCOMES.get(alternative.outcome, SUPPORTED)


def _element(meaning: Meaning, revision: Revision, names: Names, member: tuple[Any, int, Any]) -> Element:
    require = meaning.truth(revision.require, names)
    unless = [(each, meaning.truth(each.condition, names)) for each in revision.unless]
    disputed = [meaning.truth(each.require, names) for each in revision.disputed]
    waived = max((seen.value for _, seen in unless), default=0)
    own = (require.value, SUPPORTED, SUPPORTED)
    hands_on = bool(revision.otherwise) and revision.otherwise[0].outcome == "same"
    if hands_on:
        assert isinstance(require.node, ir.Satisfies)
        own = (0, UNSUPPORTED, UNSUPPORTED) if require.found is None else same(require.found)
    truths = [max(waived, truth) for truth in (own[0], *(seen.value for seen in disputed))]
    truth = min(truths)
    outcomes = _outcomes(meaning, revision, names) if truth != 2 else []
    low, high = SUPPORTED, SUPPORTED
    if outcomes:
        numbers = own[1:] if hands_on else [_number(alternative) for alternative, _ in outcomes]
        low, high = min(numbers), max(numbers)
    differs = 0 in truths and 2 in truths
    return Element(*member, require, unless, disputed, truth, differs, low, high, outcomes, names)


def _outcomes(meaning: Meaning, revision: Revision, names: Names) -> list[tuple[Alternative, Seen | None]]:
    possible: list[tuple[Alternative, Seen | None]] = []
    for alternative in revision.otherwise:
        condition = None if alternative.condition is None else meaning.truth(alternative.condition, names)
        if condition is None or condition.value != 0:
            possible.append((alternative, condition))
        if condition is None or condition.value == 2:
            break
    return possible
