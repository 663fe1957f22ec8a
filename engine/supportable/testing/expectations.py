"""What a case expects against what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from supportable.errors import Problem, did_you_mean
from supportable.facts import Facts
from supportable.plan.model import Plan
from supportable.readings.findings import KIND_NAMES, Findings
from supportable.testing import codes
from supportable.testing.model import WHOLE_DESIGN, Cite, Claim, Expectation, Mismatch
from supportable.verdict.model import FindingShown, Missing, SubjectVerdict, Verdict

_KINDS = ("violated", "satisfied", "open", "harmless", "not_applicable", "not_in_force")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case judged. `kinds` maps (rule, subject) to the kind of finding, `subjects` a rule to its entity type."""

    pack: str
    facts: Facts
    verdict: Verdict
    kinds: dict[tuple[str, str], str]
    advisory: frozenset[str]
    subjects: dict[str, str]
    silent: frozenset[str]


def outcome_of(pack: str, plan: Plan, facts: Facts, findings: Findings, verdict: Verdict) -> Outcome:
    """The outcome of judging `facts` by `plan`."""
    rules = plan.rules
    return Outcome(
        pack=pack,
        facts=facts,
        verdict=verdict,
        kinds={(rules[found.rule].rule.name, found.row.name): KIND_NAMES[found.kind] for found in findings.items},
        advisory=frozenset(rules[found.rule].rule.name for found in findings.items if found.advisory),
        subjects={rule.name: rule.subject for rule in (*(planned.rule for planned in rules), *plan.not_in_force)},
        silent=frozenset(rule.name for rule in plan.not_in_force),
    )


def compare(expectation: Expectation, outcome: Outcome) -> tuple[list[Mismatch], list[Problem]]:
    """Where the outcome differs from what is expected of one subject, and what the case asks that makes no sense.

    `violated` names every violated rule of the case's own pack, and of other packs those that matter here; `offenders`
    names every offender of those rules. All other lists name what must be among what is found.
    """
    whole = expectation.subject == WHOLE_DESIGN
    if not whole:
        names = {row.name for table in outcome.facts.tables.values() if not table.entity.record for row in table.own()}
        if expectation.subject not in names:
            message = f"the design has no “{expectation.subject}”"
            hint = did_you_mean(expectation.subject, names)
            return [], [Problem(codes.NO_SUCH_SUBJECT, message, expectation.origin, hint, "author")]
    mismatches: list[Mismatch] = []
    problems: list[Problem] = []
    judge = _Comparison(expectation, outcome, problems)
    for claim in expectation.claims:
        expected, found = judge.sides(claim)
        if expected != found:
            mismatches.append(Mismatch(expectation.subject, claim.key, expected, found, claim.origin))
    return mismatches, problems


class _Comparison:
    def __init__(self, expectation: Expectation, outcome: Outcome, problems: list[Problem]) -> None:
        self.subject, self.outcome, self.problems = expectation.subject, outcome, problems
        self.whole = self.subject == WHOLE_DESIGN
        verdict = outcome.verdict
        self.shown: SubjectVerdict | None = None
        if not self.whole:
            self.shown = next((one for one in verdict.subjects if one.subject == self.subject), None)
        named = {
            name
            for claim in expectation.claims
            if claim.key in ("violated", "open", "satisfied", "advisories", "may_apply")
            and isinstance(claim.value, tuple)
            for name in claim.value
            if isinstance(name, str)
        }
        everything = list(self._findings())
        self.findings = [finding for finding in everything if finding.rule in named] or everything

    def _findings(self) -> Iterator[FindingShown]:
        verdict = self.outcome.verdict
        for subject in verdict.subjects if self.whole else [self.shown]:
            if subject is not None:
                yield from subject.findings
        for advisory in (*verdict.advisories, *verdict.may_apply):
            if self.whole or advisory.subject == self.subject:
                yield advisory

    def sides(self, claim: Claim) -> tuple[str, str]:
        """What is expected and what was found, in words; equal where the claim is met."""
        key, value = claim.key, claim.value
        if isinstance(value, bool):
            return str(value).lower(), str(self._flag(key)).lower()
        if isinstance(value, str):
            return value, self._status(key)
        if key == "violated":
            return self._violated(claim)
        if key in _KINDS:
            return self._kinds(claim)
        if key in ("advisories", "may_apply"):
            return self._advisories(claim)
        if key == "cites":
            return self._cited(claim)
        if key == "offenders":
            found = sorted(
                {name for finding in self.findings if finding.kind == "violated" for name in finding.offenders}
            )
            return listed(sorted(set(_texts(claim)))), listed(found)
        return _among(_texts(claim), self._names(key))

    def _flag(self, key: str) -> bool:
        if key == "refused":
            return any(finding.refused for finding in self.findings)
        held = self.outcome.verdict if self.whole else self.shown
        return held.disputed if held is not None else False

    def _status(self, key: str) -> str:
        if self.whole:
            return str(getattr(self.outcome.verdict, key))
        if self.shown is None:
            return "not judged"
        if key == "rests_on":
            return self.shown.rests_on.worst if self.shown.rests_on is not None else "nothing"
        return str(getattr(self.shown, key))

    def _names(self, key: str) -> list[str]:
        verdict = self.outcome.verdict
        if key == "missing":
            asked: Iterable[Missing] = verdict.missing if self.whole else self.shown.missing if self.shown else ()
            return [one.fact for one in asked]
        if key == "waived_by":
            waived = [finding for finding in self.findings if finding.waived_by]
            titles = [title for finding in waived for title in finding.waived_by]
            return titles + [cited.ref for finding in waived for cited in finding.citations]
        if key == "assumed":
            return [one.fact for one in verdict.assumed]
        if key == "unrecognised":
            return [one.text for one in verdict.unrecognised]
        if key == "covered":
            return [one.subject for one in verdict.subjects if one.coverage == "covered"]
        return list(verdict.coverage.not_covered)

    def _violated(self, claim: Claim) -> tuple[str, str]:
        expected = set(_texts(claim))
        self._check_subjects(claim)
        own = {
            rule
            for (rule, subject), kind in self.outcome.kinds.items()
            if kind == "violated" and (self.whole or subject == self.subject)
        }
        advisory = self.outcome.advisory
        found = {
            rule
            for rule in own
            if rule in expected or (rule.partition("/")[0] == self.outcome.pack and rule not in advisory)
        }
        return listed(sorted(expected)), listed(sorted(found))

    def _kinds(self, claim: Claim) -> tuple[str, str]:
        self._check_subjects(claim)
        expected, found = [], []
        for rule in _texts(claim):
            kinds = self._kinds_of(rule)
            expected.append(f"{rule} {claim.key}")
            found.append(f"{rule} {claim.key if claim.key in kinds else ' and '.join(sorted(kinds))}")
        return listed(expected), listed(found)

    def _kinds_of(self, rule: str) -> set[str]:
        if rule not in self.outcome.subjects:
            return {"not judged by"}
        if rule in self.outcome.silent:
            return {"not_in_force"}
        kinds = {
            kind
            for (name, subject), kind in self.outcome.kinds.items()
            if name == rule and (self.whole or subject == self.subject)
        }
        return kinds or {"not_applicable"}

    def _advisories(self, claim: Claim) -> tuple[str, str]:
        self._check_subjects(claim)
        verdict = self.outcome.verdict
        listed_there = verdict.advisories if claim.key == "advisories" else verdict.may_apply
        return _among(_texts(claim), [one.rule for one in listed_there if self.whole or one.subject == self.subject])

    def _cited(self, claim: Claim) -> tuple[str, str]:
        wanted = [cite for cite in claim.value if isinstance(cite, Cite)] if isinstance(claim.value, tuple) else []
        cited = [each for finding in self.findings for each in finding.citations]
        met = [
            any(
                each.ref == cite.ref
                and (not cite.section or each.section == cite.section)
                and (not cite.revision or each.revision == cite.revision)
                for each in cited
            )
            for cite in wanted
        ]
        words = listed(str(cite) for cite in wanted)
        if all(met):
            return words, words
        return words, listed(dict.fromkeys(str(Cite(each.ref, each.section, each.revision)) for each in cited))

    def _check_subjects(self, claim: Claim) -> None:
        """Note the rules that never judge subjects of this type: to call those not applicable proves nothing."""
        if self.whole:
            return
        type_ = self.subject.partition("/")[0]
        for rule in _texts(claim):
            judged = self.outcome.subjects.get(rule, type_)
            if judged != type_:
                message = f"{rule} judges each {judged}, never a {type_}"
                self.problems.append(Problem(codes.OTHER_SUBJECT, message, claim.origin, "", "author"))


def _texts(claim: Claim) -> list[str]:
    return [one for one in claim.value if isinstance(one, str)] if isinstance(claim.value, tuple) else []


def _among(expected: list[str], found: list[str]) -> tuple[str, str]:
    """Both sides in words; the same words where everything expected was found."""
    words = listed(expected)
    if not expected:
        return words, listed(dict.fromkeys(found))
    return (words, words) if set(expected) <= set(found) else (words, listed(dict.fromkeys(found)))


def listed(names: Iterable[str]) -> str:
    """Names in one line; “none” where there are none."""
    return ", ".join(names) or "none"
