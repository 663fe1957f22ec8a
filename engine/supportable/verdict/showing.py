"""One finding as its reader sees it: title, message, offenders, remedies, citations, proof."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from supportable.facts import Row, value_of
from supportable.packs.model import STATUS_NAMES, SUPPORTED, Revision, Template
from supportable.plan.model import Plan, PlannedRule
from supportable.readings.evaluate import Evaluator
from supportable.readings.findings import FALSE, KIND_NAMES, OPEN, TRUE, UNDECIDED, VIOLATED, Finding
from supportable.readings.reference import judge_rule
from supportable.readings.rules import Judged, Judgement
from supportable.verdict.because import Narrator, member_name
from supportable.verdict.missing import Leaf, LeafFinder, unique
from supportable.verdict.model import FindingShown, RevisionShown, Step
from supportable.verdict.words import fill, in_words, iso
from supportable.vocabulary.references import Citation


class FindingTeller:
    """Tells findings of one plan and design; each is judged again by the reference reading, which has the proofs."""

    def __init__(self, plan: Plan, evaluator: Evaluator, narrator: Narrator, finder: LeafFinder) -> None:
        self.plan = plan
        self.evaluator = evaluator
        self.narrator = narrator
        self.finder = finder
        self._versions = {pack.name: pack.version for pack in plan.packs}
        self._judged: dict[tuple[int, str], tuple[Judgement, ...]] = {}
        self._leaves: dict[tuple[int, str], tuple[Leaf, ...]] = {}

    def judgements(self, finding: Finding) -> tuple[Judgement, ...]:
        """The finding judged with proofs, once."""
        key = (finding.rule, finding.row.name)
        if key not in self._judged:
            self._judged[key] = judge_rule(self.evaluator, self.plan.rules[finding.rule], finding.row)
        return self._judged[key]

    def leaves(self, finding: Finding) -> tuple[Leaf, ...]:
        """What leaves the finding open: unknown facts, catalogue rows, policy; each once."""
        key = (finding.rule, finding.row.name)
        if key not in self._leaves:
            found = [leaf for judgement in self.judgements(finding) for leaf in self.finder.of_judgement(judgement)]
            planned = self.plan.rules[finding.rule]
            if planned.in_gap and len({judgement.decision for judgement in self.judgements(finding)}) > 1:
                found.append(Leaf("policy", planned.rule.name, question=gap_in_words(planned)))
            self._leaves[key] = unique(found)
        return self._leaves[key]

    def title(self, row: Row) -> str:
        """The subject's id, with what kind of thing it is where its vocabulary says how to tell."""
        entity = self.evaluator.facts.tables[row.type].entity
        for name in entity.label:
            value = value_of(row, name)
            words = in_words(value, entity.attributes[name].type)
            if words not in ("unknown", "none"):
                return f"{row.id} ({words})"
        return row.id or row.name

    def show(self, finding: Finding) -> FindingShown:
        """The finding with everything a reader needs."""
        planned = self.plan.rules[finding.rule]
        judgements = self.judgements(finding)
        judgement = _speaking(judgements, finding)
        revision = judgement.revision
        telling = finding.kind in (VIOLATED, UNDECIDED)
        guilty = list(_guilty(judgement)) if finding.kind == VIOLATED else []
        steps = tuple(self.narrator.judgement(each, planned.rule.pack) for each in judgements)
        because = steps[0] if len(steps) == 1 else Step(
            expression=planned.rule.title, truth="unknown", note=gap_in_words(planned), children=steps,
            pack=planned.rule.pack, at=planned.rule.origin,
        )  # fmt: skip
        return FindingShown(
            rule=planned.rule.name,
            version=self._versions[planned.rule.pack],
            subject=finding.row.name,
            revision=RevisionShown(
                iso(revision.effective.since),
                iso(revision.effective.until),
                iso(revision.effective.last_seen),
                tuple(day for day in map(iso, planned.changes_on) if day),
            ),
            kind=KIND_NAMES[finding.kind],
            outcome=_status(finding.worst) if not finding.advisory else "advisory",
            at_best=_status(finding.best) if not finding.advisory else "advisory",
            covers=revision.covers,
            refused=any(alternative.refused for element in guilty for alternative, _ in element.outcomes),
            disputed=finding.disputed,
            advisory=finding.advisory,
            in_gap=planned.in_gap,
            title=revision.title or planned.rule.title,
            message=self._message(revision, guilty) if finding.kind == VIOLATED else "",
            remedies=self._remedies(revision, guilty or (list(_doubtful(judgement)) if telling else [])),
            offenders=tuple(sorted({member_name(element.element) for element in guilty})),
            waived_by=_each_once(
                exemption.title or exemption.condition.text
                for element in judgement.elements
                for exemption, proof in element.unless
                if proof.value == TRUE and element.require.value != TRUE
            ),
            citations=_each_once(
                self.narrator.cited(citation) for each in judgements for citation in _citations(each, finding)
            ),
            missing=tuple(sorted(leaf.fact for leaf in self.leaves(finding))) if finding.kind == UNDECIDED else (),
            at=revision.origin,
            because=because,
        )

    def _message(self, revision: Revision, guilty: list[Judged]) -> str:
        texts = []
        for element in guilty:
            chosen = [alternative.message for alternative, _ in element.outcomes if alternative.message is not None]
            template = chosen[0] if chosen else revision.message
            if template is not None:
                texts.append(fill(template, self.evaluator, element.environment))
        return "; ".join(_each_once(texts))

    def _remedies(self, revision: Revision, elements: list[Judged]) -> tuple[str, ...]:
        texts = []
        for element in elements:
            own: tuple[Template, ...] = ()
            for alternative, _ in element.outcomes:
                own = own or alternative.remedies
            for template in own or revision.remedies:
                texts.append(fill(template, self.evaluator, element.environment))
        return _each_once(texts)


def gap_in_words(planned: PlannedRule) -> str:
    """Between which dates the rule's text changed, for a reader."""
    first, second = planned.readings[0], planned.readings[-1]
    seen = iso(first.effective.last_seen) or "an unknown day"
    return f"The text changed between {seen} and {iso(second.effective.since)}; which of the two held is not known"


def _speaking(judgements: tuple[Judgement, ...], finding: Finding) -> Judgement:
    """The reading whose words are shown: the first that came out as the finding did, else the first that applies."""
    for judgement in judgements:
        if judgement.decision.kind == finding.kind:
            return judgement
    return next((judgement for judgement in judgements if judgement.decision.kind), judgements[0])


def _guilty(judgement: Judgement) -> Iterator[Judged]:
    return (element for element in judgement.elements if element.membership == TRUE and element.truth == FALSE)


def _doubtful(judgement: Judgement) -> Iterator[Judged]:
    return (element for element in judgement.elements if element.truth in (FALSE, OPEN))


def _citations(judgement: Judgement, finding: Finding) -> Iterator[Citation]:
    chosen: tuple[Citation, ...] = ()
    if finding.kind in (VIOLATED, UNDECIDED):
        for element in judgement.elements:
            if element.truth != TRUE:
                for alternative, _ in element.outcomes:
                    chosen += alternative.cite
    yield from chosen or judgement.revision.cite
    for element in judgement.elements:
        for exemption, proof in element.unless:
            if proof.value == TRUE and element.require.value != TRUE:
                yield from exemption.cite
    if finding.disputed:
        for dispute in judgement.revision.disputed:
            yield dispute.cite


def _status(number: int) -> str:
    return "" if number == SUPPORTED else STATUS_NAMES[number]


T = TypeVar("T")


def _each_once(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))
