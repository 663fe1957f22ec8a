"""The reference reading: every rule on every subject, stratum by stratum, in the plainest way there is."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from supportable.facts import Facts
from supportable.plan.model import Plan, PlannedRule
from supportable.readings import deadline
from supportable.readings.evaluate import Evaluator
from supportable.readings.findings import NOT_APPLICABLE, Finding, Findings, bounds, merge
from supportable.readings.rules import Judgement, judge_revision


def judge(plan: Plan, facts: Facts) -> Findings:
    """All findings of a design under a plan. Pure: neither is changed."""
    return judge_with(Evaluator(plan, facts))


def judge_with(evaluator: Evaluator) -> Findings:
    """All findings of the evaluator's design under its plan: for those who watch an evaluator at work, or go on
    asking it. Fills what it derives and which bounds it finds."""
    plan, facts = evaluator.plan, evaluator.facts
    items: list[Finding] = []
    not_applicable = 0
    for stratum in plan.strata:
        for derivation in stratum.derivations:
            table = facts.tables[derivation.entity]
            column: list[Any] = [evaluator.absent(derivation.type, 0), evaluator.absent(derivation.type, 1)]
            column += [evaluator.value(derivation.value, {derivation.entity: row}).value for row in table.own()]
            evaluator.derived[derivation.entity, derivation.name] = tuple(column)
        for rule in stratum.rules:
            for row in facts.tables[rule.rule.subject].own():
                deadline.check()
                finding = finding_of(rule, row, judge_rule(evaluator, rule, row))
                if finding is None:
                    not_applicable += 1
                else:
                    items.append(finding)
        note_bounds(evaluator, plan, items)
    items.sort(key=lambda finding: (finding.rule, finding.row.i))
    derived = tuple(evaluator.derived[derivation.entity, derivation.name] for derivation in plan.derivations)
    return Findings(tuple(items), not_applicable, derived)


def judge_rule(evaluator: Evaluator, rule: PlannedRule, row: Any) -> tuple[Judgement, ...]:
    """What each reading of the rule's text says of a subject: one, or two in a gap."""
    return tuple(judge_revision(evaluator, revision, rule.rule.subject, row) for revision in rule.readings)


def finding_of(rule: PlannedRule, row: Any, judgements: tuple[Judgement, ...]) -> Finding | None:
    """The finding that the readings of a rule's text make together; None where the rule does not apply."""
    decision = judgements[0].decision
    for judgement in judgements[1:]:
        decision = merge(decision, judgement.decision)
    if decision.kind == NOT_APPLICABLE:
        return None
    advisory = rule.readings[0].advisory
    return Finding(
        rule.index,
        row,
        decision.kind,
        decision.worst,
        decision.best,
        decision.covered and not advisory,
        decision.hopeful and not advisory,
        decision.disputed,
        advisory,
    )


def note_bounds(evaluator: Evaluator, plan: Plan, items: list[Finding]) -> None:
    """Notes, in the evaluator, the bounds of subjects under packs that a later stratum asks about."""
    by_subject: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in items:
        pack = plan.rules[finding.rule].rule.pack
        if pack in plan.asked:
            by_subject[pack, finding.row.name].append(finding)
    for key, findings in by_subject.items():
        evaluator.bounds[key] = bounds(findings)
