"""From findings to the verdict: statuses, bounds, explanations, what is missing, and the ledger of completeness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from supportable.facts import Facts, Members, Row, value_of
from supportable.intake import Varied
from supportable.packs.model import STATUS_NAMES, SUPPORTED
from supportable.plan.model import Plan
from supportable.readings.evaluate import Evaluator
from supportable.readings.findings import (
    HARMLESS,
    KIND_NAMES,
    NOT_APPLICABLE,
    SATISFIED,
    UNCOVERED,
    UNDECIDED,
    VIOLATED,
    Bounds,
    Finding,
    Findings,
    bounds,
    design_bounds,
)
from supportable.verdict.assumptions import assumptions
from supportable.verdict.because import Narrator
from supportable.verdict.missing import LeafFinder
from supportable.verdict.model import (
    STATUS_ORDER,
    Coverage,
    FindingShown,
    Ledger,
    RestsOn,
    SubjectVerdict,
    UnrecognisedShown,
    Verdict,
    Versioned,
    status_of,
)
from supportable.verdict.questions import Inquiry
from supportable.verdict.showing import FindingTeller
from supportable.verdict.words import iso
from supportable.version import __version__

Judge = Callable[[Plan, Facts], Findings]

CONFIDENCES = ("full", "opening", "secondary")
"""How far a text was read, strongest first."""


def assemble(
    plan: Plan, facts: Facts, findings: Findings, judge: Judge, reading: str, *, what_if: bool = True
) -> Verdict:
    """The full verdict: `findings` must be what `judge` answers for this plan and design; it is asked again for what
    other answers would lead to. Without `what_if` it is not, which is much faster: `assumed` is then empty, and what
    is missing comes without answers."""
    return _Assembly(plan, facts, findings, judge if what_if else None).verdict(reading)


class _Assembly:
    def __init__(self, plan: Plan, facts: Facts, findings: Findings, judge: Judge | None) -> None:
        self.plan, self.facts, self.findings, self.judge = plan, facts, findings, judge
        self.evaluator = Evaluator(plan, facts)
        for planned, column in zip(plan.derivations, findings.derived, strict=True):
            self.evaluator.derived[planned.entity, planned.name] = column
        self.by_subject: dict[str, list[Finding]] = defaultdict(list)
        by_pack: dict[tuple[str, str], list[Finding]] = defaultdict(list)
        for finding in findings.items:
            self.by_subject[finding.row.name].append(finding)
            pack = plan.rules[finding.rule].rule.pack
            if pack in plan.asked:
                by_pack[pack, finding.row.name].append(finding)
        for key, found in by_pack.items():
            self.evaluator.bounds[key] = bounds(found)
        self.bounds = {name: bounds(found) for name, found in self.by_subject.items()}
        narrator = Narrator(plan, facts, self.evaluator)
        self.teller = FindingTeller(plan, self.evaluator, narrator, LeafFinder(plan, self.evaluator))
        self.varied = Varied(facts)
        self.inquiry = Inquiry(plan, facts, judge, self.teller, self.by_subject, varied=self.varied)

    def verdict(self, reading: str) -> Verdict:
        plan, facts = self.plan, self.facts
        rows = self._subjects()
        subjects = [self._subject(row) for row in rows]
        subjects.sort(key=lambda subject: (STATUS_ORDER.index(subject.status), subject.subject))
        overall = design_bounds(self._bounds_of(row) for row in rows)
        advisories = [
            self.teller.show(finding)
            for finding in self.findings.items
            if finding.advisory and finding.kind != SATISFIED
        ]
        advisories.sort(key=lambda shown: (shown.rule, shown.subject))
        return Verdict(
            design=facts.name,
            digest=f"sha256:{facts.digest}",
            as_of=iso(plan.as_of) or "",
            status=status_of(overall),
            at_worst=STATUS_NAMES[overall.worst],
            at_best=STATUS_NAMES[overall.best],
            disputed=any(subject.disputed for subject in subjects),
            confidence=weakest(subject.confidence for subject in subjects),
            coverage=self._coverage(rows),
            actions=_each_once(
                remedy
                for subject in subjects
                for finding in subject.findings
                if finding.kind == "violated"
                for remedy in finding.remedies
            ),
            subjects=tuple(subjects),
            missing=self.inquiry.of_design(subject.missing for subject in subjects),
            assumed=() if self.judge is None else assumptions(plan, facts, self.findings, self.judge, self.varied),
            unrecognised=self._unrecognised(),
            advisories=tuple(shown for shown in advisories if shown.kind == "violated"),
            may_apply=tuple(shown for shown in advisories if shown.kind == "open"),
            warnings=facts.warnings,
            ledger=self._ledger(),
            vocabulary=f"sha256:{plan.vocabulary.digest}",
            references=f"sha256:{plan.references_digest}",
            packs=tuple(Versioned(pack.name, pack.version, f"sha256:{pack.digest}") for pack in plan.packs),
            catalogues=tuple(
                Versioned(name, plan.catalogues[name].version, f"sha256:{plan.catalogues[name].digest}")
                for name in sorted(plan.catalogues)
            ),
            engine=__version__,
            language=1,
            reading=reading,
            file=facts.document.file if facts.document is not None else "",
        )

    def _subjects(self) -> list[Row]:
        """Every entity of a judged type, and whatever else a rule that is no advisory speaks of."""
        rows = []
        for name in sorted(self.facts.tables):
            entity = self.facts.tables[name].entity
            if entity.record:
                continue
            for row in self.facts.tables[name].own():
                spoken_of = any(not finding.advisory for finding in self.by_subject.get(row.name, ()))
                if spoken_of or (entity.judged and name != "design"):
                    rows.append(row)
        return rows

    def _bounds_of(self, row: Row) -> Bounds:
        return self.bounds.get(row.name, UNCOVERED)

    def _subject(self, row: Row) -> SubjectVerdict:
        found = self._bounds_of(row)
        shown = [self.teller.show(finding) for finding in self.by_subject.get(row.name, ()) if not finding.advisory]
        shown.sort(key=_finding_order)
        decisive = [cited.confidence for finding in shown if _decisive(finding, found) for cited in finding.citations]
        place = self.facts.document.origin_of(row.pointer) if self.facts.document is not None else None
        return SubjectVerdict(
            subject=row.name,
            type=row.type,
            id=row.id,
            title=self.teller.title(row),
            status=status_of(found),
            at_worst=STATUS_NAMES[found.worst],
            at_best=STATUS_NAMES[found.best],
            disputed=any(finding.disputed for finding in shown),
            coverage=self._covered(row),
            confidence=weakest(decisive),
            rests_on=self._rests_on(row),
            findings=tuple(shown),
            missing=() if found.decided else self.inquiry.of_subject(row),
            pointer=row.pointer,
            at=place,
        )

    def _covered(self, row: Row) -> str:
        if any(each.covered and each.kind in (VIOLATED, SATISFIED) for each in self.by_subject.get(row.name, ())):
            return "covered"
        for finding in self.by_subject.get(row.name, ()):
            undecided = finding.kind in (UNDECIDED, HARMLESS) and not finding.advisory
            if undecided and any(revision.covers for revision in self.plan.rules[finding.rule].readings):
                return "open"
        return "not_covered"

    def _coverage(self, rows: list[Row]) -> Coverage:
        judged = [row for row in rows if self.facts.tables[row.type].entity.judged and row.type != "design"]
        by_name = {row.name: self._covered(row) for row in judged}
        return Coverage(
            covered=sum(found == "covered" for found in by_name.values()),
            open=sum(found == "open" for found in by_name.values()),
            judged=len(judged),
            not_covered=tuple(sorted(name for name, found in by_name.items() if found == "not_covered")),
        )

    def _rests_on(self, row: Row) -> RestsOn | None:
        seen: dict[str, Row] = {}
        unknown = False
        pending = [row]
        while pending:
            current = pending.pop()
            for attribute in self.facts.tables[current.type].entity.attributes.values():
                if not attribute.rests_on:
                    continue
                held = value_of(current, attribute.name)
                targets = (*held.sure, *held.maybe) if isinstance(held, Members) else (held,)
                unknown = unknown or (isinstance(held, Members) and held.open)
                for target in targets:
                    unknown = unknown or target.i == 0
                    if target.i > 1 and target.name not in seen and target is not row:
                        seen[target.name] = target
                        pending.append(target)
        if not seen and not unknown:
            return None
        statuses = [status_of(self._bounds_of(target)) for target in seen.values()]
        if unknown:
            statuses.append("undetermined")
        return RestsOn(min(statuses, key=STATUS_ORDER.index), tuple(sorted(seen)))

    def _unrecognised(self) -> tuple[UnrecognisedShown, ...]:
        document = self.facts.document
        return tuple(
            UnrecognisedShown(
                found.pointer, found.text, found.nearest, document.origin_of(found.pointer) if document else None
            )
            for found in sorted(self.facts.unrecognised, key=lambda found: (found.text, found.pointer))
        )

    def _ledger(self) -> Ledger:
        counts = dict.fromkeys(range(len(KIND_NAMES)), 0)
        for finding in self.findings.items:
            counts[finding.kind] += 1
        idle = sum(len(self.facts.tables[rule.subject].rows) - 2 for rule in self.plan.not_in_force)
        counts[NOT_APPLICABLE] += self.findings.not_applicable
        return Ledger(
            satisfied=counts[SATISFIED],
            violated=counts[VIOLATED],
            open=counts[UNDECIDED],
            harmless=counts[HARMLESS],
            not_applicable=counts[NOT_APPLICABLE],
            not_in_force=idle,
            total=sum(counts.values()) + idle,
        )


def weakest(confidences: Iterable[str]) -> str:
    """The weakest of several confidences; "" of none."""
    return max(confidences, key=lambda one: CONFIDENCES.index(one) if one in CONFIDENCES else 9, default="")


def _decisive(finding: FindingShown, found: Bounds) -> bool:
    if finding.kind == "satisfied":
        return finding.covers and found.worst == SUPPORTED
    return finding.kind == "violated"


_KIND_ORDER = ("violated", "open", "harmless", "satisfied")


def _finding_order(finding: FindingShown) -> tuple[int, int, str]:
    outcome = finding.outcome or "supported"
    return (_KIND_ORDER.index(finding.kind), STATUS_ORDER.index(outcome), finding.rule)


def _each_once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
