"""The cases of a pack, judged once and kept, so that a mutant costs only what it changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from supportable.errors import Problem, SupportableError
from supportable.facts import Facts
from supportable.packs.model import STATUS_NAMES, Derivation, Pack, Rule
from supportable.packs.packset import PackSet
from supportable.plan import plan as make_plan
from supportable.plan.bind import bind_derivation, bind_revision
from supportable.plan.choose import readings_of, rule_changes
from supportable.plan.model import Plan, PlannedDerivation, PlannedRule
from supportable.readings.evaluate import Evaluator
from supportable.readings.findings import KIND_NAMES, UNCOVERED, Findings, bounds_by_subject
from supportable.readings.reference import finding_of, judge, judge_rule, judge_with
from supportable.readings.rules import Judgement
from supportable.readings.values import is_unknown
from supportable.testing import quality_codes as codes
from supportable.testing.case_files import RULE_KEYS
from supportable.testing.expectations import compare, outcome_of
from supportable.testing.model import WHOLE_DESIGN, Case
from supportable.testing.run import cases_of, prepared
from supportable.verdict.assemble import assemble
from supportable.verdict.model import status_of
from supportable.vocabulary.model import Memo

READING = "reference"
_KINDS = ("violated", "satisfied", "open", "harmless", "not_applicable", "not_in_force")
_PLAIN = frozenset(("status", "at_worst", "at_best", *_KINDS)) - {"violated"}
"""The claims that need no more than findings. `violated` also says that nothing else is."""


@dataclass(slots=True)
class JudgedCase:
    """One case with its plan, its facts and what the unchanged packs find."""

    case: Case
    packs: PackSet
    plan: Plan
    facts: Facts
    evaluator: Evaluator
    findings: Findings
    named: frozenset[str]
    claims: frozenset[str]

    def kills(self, thing: Rule | Derivation) -> bool:
        """Whether anything the case expects is no longer met with this rule or definition in place of ours."""
        if isinstance(thing, Rule):
            return self._kills_rule(thing)
        return self._kills_derivation(thing)

    def passes(self) -> bool:
        """Whether the case is as expected with nothing changed."""
        return self._met(self.plan, self.findings)

    def _kills_rule(self, rule: Rule) -> bool:
        day = self.plan.as_of
        planned = next((each for each in self.plan.rules if each.rule.name == rule.name), None)
        readings = tuple(bind_revision(revision, day) for revision in readings_of(rule, day))
        if planned is None and not readings:
            return False
        if planned is None or not readings:
            return self._kills_anew(rule)
        changed = PlannedRule(planned.index, rule, readings, rule_changes(rule))
        rows = tuple(self.facts.tables[rule.subject].own())
        before = [judge_rule(self.evaluator, planned, row) for row in rows]
        after = [judge_rule(self.evaluator, changed, row) for row in rows]
        if self._alike(before, after):
            return False
        plan = _with_rule(self.plan, changed)
        if rule.pack in plan.asked:
            return not self._met(plan, judge(plan, self.facts))
        found = [finding_of(changed, row, said) for row, said in zip(rows, after, strict=True)]
        kept = [finding for finding in self.findings.items if finding.rule != planned.index]
        items = [*kept, *(finding for finding in found if finding is not None)]
        items.sort(key=lambda finding: (finding.rule, finding.row.i))
        not_applicable = self.findings.not_applicable + len(self.findings.items) - len(items)
        return not self._met(plan, Findings(tuple(items), not_applicable, self.findings.derived))

    def _kills_anew(self, rule: Rule) -> bool:
        """The same by a new plan, where the rule is in force on this day only when changed, or only when not."""
        packs = with_rule(self.packs, rule)
        plan = make_plan(packs, self.plan.as_of, self.case.packs)
        return not self._met(plan, judge(plan, self.facts))

    def _kills_derivation(self, derivation: Derivation) -> bool:
        planned = next(
            (
                each
                for each in self.plan.derivations
                if (each.entity, each.name) == (derivation.entity, derivation.name)
            ),
            None,
        )
        if planned is None:
            return False
        changed = replace(bind_derivation(derivation, self.plan.as_of), index=planned.index)
        rows = tuple(self.facts.tables[derivation.entity].own())
        column = tuple(self.evaluator.value(changed.value, {derivation.entity: row}).value for row in rows)
        held = self.evaluator.derived[derivation.entity, derivation.name]
        # The same unknown may have another reason, and so something else may be missing.
        may_ask = "missing" in self.claims and any(is_unknown(value) for value in column)
        if column == held[len(held) - len(column) :] and not may_ask:
            return False
        plan = _with_derivation(self.plan, changed)
        return not self._met(plan, judge(plan, self.facts))

    def _alike(self, before: list[tuple[Judgement, ...]], after: list[tuple[Judgement, ...]]) -> bool:
        if [_shape(said) for said in before] != [_shape(said) for said in after]:
            return False
        undecided = (KIND_NAMES[judged.decision.kind] in ("open", "harmless") for said in after for judged in said)
        return "missing" not in self.claims or not any(undecided)

    def _met(self, plan: Plan, findings: Findings) -> bool:
        plainly = self._plainly_met(plan, findings)
        enough = self.claims <= _PLAIN and all(each.subject != WHOLE_DESIGN for each in self.case.expect)
        return plainly and (enough or self._met_in_full(plan, findings))

    def _plainly_met(self, plan: Plan, findings: Findings) -> bool:
        """Whether the claims that findings alone can answer are met: statuses of subjects, and kinds of findings.

        A shortcut, as most mutants are killed by these: the whole verdict costs many times more.
        """
        found = bounds_by_subject(findings.items)
        kinds = {(plan.rules[each.rule].rule.name, each.row.name): KIND_NAMES[each.kind] for each in findings.items}
        silent = {rule.name for rule in plan.not_in_force}
        for expectation in self.case.expect:
            if expectation.subject == WHOLE_DESIGN:
                continue
            bounds = found.get(expectation.subject, UNCOVERED)
            said = {
                "status": status_of(bounds),
                "at_worst": STATUS_NAMES[bounds.worst],
                "at_best": STATUS_NAMES[bounds.best],
            }
            for claim in expectation.claims:
                if claim.key in said and claim.value != said[claim.key]:
                    return False
                if claim.key in _KINDS and isinstance(claim.value, tuple):
                    for name in claim.value:
                        kind = kinds.get((str(name), expectation.subject), "not_applicable")
                        if (claim.key == "not_in_force") != (name in silent) or (
                            name not in silent and kind != claim.key
                        ):
                            return False
        return True

    def _met_in_full(self, plan: Plan, findings: Findings) -> bool:
        verdict = assemble(plan, self.facts, findings, judge, READING, what_if="assumed" in self.claims)
        outcome = outcome_of(self.case.pack, plan, self.facts, findings, verdict)
        for expectation in self.case.expect:
            mismatches, problems = compare(expectation, outcome)
            if mismatches or problems:
                return False
        return True


def _shape(said: Iterable[Judgement]) -> list[Any]:
    """All of a rule's judgements on a subject that a verdict shows, apart from words."""
    return [
        (
            judged.decision,
            judged.open_list,
            [
                (
                    one.element,
                    one.membership,
                    one.truth,
                    [proof.value for _, proof in one.unless],
                    [(alternative.outcome, alternative.refused, alternative.cite) for alternative, _ in one.outcomes],
                )
                for one in judged.elements
            ],
        )
        for judged in said
    ]


def _with_rule(plan: Plan, changed: PlannedRule) -> Plan:
    def put(rules: tuple[PlannedRule, ...]) -> tuple[PlannedRule, ...]:
        return tuple(changed if each.index == changed.index else each for each in rules)

    strata = tuple(replace(stratum, rules=put(stratum.rules)) for stratum in plan.strata)
    return replace(plan, rules=put(plan.rules), strata=strata, _memo=Memo())


def _with_derivation(plan: Plan, changed: PlannedDerivation) -> Plan:
    def put(derivations: tuple[PlannedDerivation, ...]) -> tuple[PlannedDerivation, ...]:
        return tuple(changed if each.index == changed.index else each for each in derivations)

    strata = tuple(replace(stratum, derivations=put(stratum.derivations)) for stratum in plan.strata)
    return replace(plan, derivations=put(plan.derivations), strata=strata, _memo=Memo())


def with_rule(packs: PackSet, rule: Rule) -> PackSet:
    """The same packs with this rule in the place of the one of its name."""
    made = tuple(
        replace(pack, rules=tuple(rule if each.id == rule.id else each for each in pack.rules))
        if pack.name == rule.pack
        else pack
        for pack in packs.packs
    )
    return replace(packs, packs=made, plans={})


def judged_cases(packs: PackSet, pack: Pack, problems: list[Problem]) -> list[JudgedCase]:
    """The cases of a pack that pass; those that do not, and what is wrong with files, are added to `problems`."""
    found = []
    for case in cases_of(packs, pack.name, problems):
        try:
            plan, facts = prepared(packs, case, problems)
        except SupportableError as error:
            problems.extend(error.problems)
            continue
        evaluator = Evaluator(plan, facts)
        claims = [claim for expectation in case.expect for claim in expectation.claims]
        named = {
            name
            for claim in claims
            if claim.key in RULE_KEYS and isinstance(claim.value, tuple)
            for name in claim.value
            if isinstance(name, str)
        }
        judged = JudgedCase(
            case,
            packs,
            plan,
            facts,
            evaluator,
            judge_with(evaluator),
            frozenset(named),
            frozenset(claim.key for claim in claims),
        )
        if judged.passes():
            found.append(judged)
        else:
            hint = "mend it first: it can kill no mutant"
            problems.append(
                Problem(codes.CASES_FAIL, f"the case “{case.title}” is not as expected", case.origin, hint, "author")
            )
    return found
