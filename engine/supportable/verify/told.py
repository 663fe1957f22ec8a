"""Findings and subjects as a verdict should show them, from what the checker judged itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from supportable.facts import Members, Row, value_of
from supportable.packs.model import STATUS_NAMES, SUPPORTED, Revision, Template
from supportable.plan.model import PlannedRule
from supportable.readings.findings import (
    HARMLESS,
    KIND_NAMES,
    NOT_APPLICABLE,
    SATISFIED,
    TRUE,
    UNCOVERED,
    UNDECIDED,
    VIOLATED,
    Bounds,
    Finding,
    bounds,
    design_bounds,
)
from supportable.verdict.model import STATUS_ORDER
from supportable.verify.judging import Element, Said, judged
from supportable.verify.meaning import Meaning, Names
from supportable.verify.trees import Trees
from supportable.verify.words import Json, cited, iso, named, place, spoken
from supportable.vocabulary.references import Citation

CONFIDENCES = ("full", "opening", "secondary")
_SHOWN_FIRST = (VIOLATED, UNDECIDED, HARMLESS, SATISFIED)


class Telling:
    """Everything a verdict says that follows from one plan and design, but for what other answers would lead to."""

    def __init__(self, meaning: Meaning) -> None:
        self.meaning, self.plan, self.facts = meaning, meaning.plan, meaning.facts
        self.said, self.findings = judged(meaning)
        self.trees = Trees(meaning)
        self.versions = {pack.name: pack.version for pack in self.plan.packs}
        self.found: dict[str, list[Finding]] = defaultdict(list)
        for finding in self.findings.items:
            self.found[finding.row.name].append(finding)
        self.bounds = {name: bounds(found) for name, found in self.found.items()}

    def design(self) -> Json:
        """The verdict's own statements, its subjects and its advisories."""
        rows = [row for name in sorted(self.facts.tables) for row in self.facts.tables[name].own() if self._stands(row)]
        subjects = sorted(map(self._subject, rows), key=lambda one: (STATUS_ORDER.index(one["status"]), one["subject"]))
        advisories = [self._finding(one) for one in self.findings.items if one.advisory and one.kind != SATISFIED]
        advisories.sort(key=lambda shown: (shown["rule"], shown["subject"]))
        actions = [
            text
            for subject in subjects
            for finding in subject["findings"]
            if finding["kind"] == "violated"
            for text in finding["remedies"]
        ]
        return {
            **statuses(design_bounds(self._bounds(row) for row in rows)),
            "disputed": any(subject["disputed"] for subject in subjects),
            "confidence": _weakest(subject["confidence"] for subject in subjects),
            "coverage": self._coverage(rows),
            "actions": _once(actions),
            "subjects": subjects,
            "advisories": [shown for shown in advisories if shown["kind"] == "violated"],
            "may_apply": [shown for shown in advisories if shown["kind"] == "open"],
            "ledger": self._ledger(),
        }

    def _stands(self, row: Row) -> bool:
        entity = self.facts.tables[row.type].entity
        spoken_of = any(not finding.advisory for finding in self.found[row.name])
        return not entity.record and (spoken_of or (entity.judged and entity.name != "design"))

    def _bounds(self, row: Row) -> Bounds:
        return self.bounds.get(row.name, UNCOVERED)

    def _subject(self, row: Row) -> Json:
        own = self._bounds(row)
        found = [finding for finding in self.found[row.name] if not finding.advisory]
        shown = [(finding, self._finding(finding)) for finding in found]
        shown.sort(key=lambda pair: _order(*pair))
        decisive = [
            citation["confidence"]
            for finding, one in shown
            if finding.kind == VIOLATED or (finding.kind == SATISFIED and one["covers"] and own.worst == SUPPORTED)
            for citation in one["citations"]
        ]
        document = self.facts.document
        return {
            "subject": row.name,
            "type": row.type,
            "id": row.id,
            "title": self._title(row),
            **statuses(own),
            "disputed": any(finding.disputed for finding in found),
            "coverage": self._covered(row),
            "confidence": _weakest(decisive),
            "rests_on": self._rests_on(row),
            "findings": [one for _, one in shown],
            "pointer": row.pointer,
            "at": place(document.origin_of(row.pointer)) if document is not None else None,
        }

    def _title(self, row: Row) -> str:
        entity = self.facts.tables[row.type].entity
        labels = (spoken(value_of(row, name), entity.attributes[name].type) for name in entity.label)
        label = next((words for words in labels if words not in ("unknown", "none")), "")
        return f"{row.id} ({label})" if label else row.id or row.name

    def _covered(self, row: Row) -> str:
        found = self.found[row.name]
        if any(finding.covered and finding.kind in (VIOLATED, SATISFIED) for finding in found):
            return "covered"
        doubtful = [one for one in found if one.kind in (UNDECIDED, HARMLESS) and not one.advisory]
        texts = [text for finding in doubtful for text in self.plan.rules[finding.rule].readings]
        return "open" if any(text.covers for text in texts) else "not_covered"

    def _coverage(self, rows: list[Row]) -> Json:
        judged = [row for row in rows if self.facts.tables[row.type].entity.judged and row.type != "design"]
        how = {row.name: self._covered(row) for row in judged}
        counts = {name: list(how.values()).count(name) for name in ("covered", "open")}
        return {**counts, "judged": len(judged), "not_covered": sorted(n for n in how if how[n] == "not_covered")}

    def _rests_on(self, row: Row) -> Json | None:
        reached: dict[str, Row] = {}
        waiting, unknown = [row], False
        while waiting:
            current = waiting.pop()
            for attribute in self.facts.tables[current.type].entity.attributes.values():
                held = value_of(current, attribute.name) if attribute.rests_on else Members()
                listed = held if isinstance(held, Members) else Members((held,))
                targets = (*listed.sure, *listed.maybe)
                unknown = unknown or listed.open or any(target.i == 0 for target in targets)
                fresh = [each for each in targets if each.i > 1 and each is not row and each.name not in reached]
                reached |= {target.name: target for target in fresh}
                waiting += fresh
        if not reached and not unknown:
            return None
        below = [statuses(self._bounds(target))["status"] for target in reached.values()]
        below += ["undetermined"] * unknown
        return {"worst": min(below, key=STATUS_ORDER.index), "subjects": sorted(reached)}

    def _ledger(self) -> dict[str, int]:
        kinds = [finding.kind for finding in self.findings.items]
        counts = {name: kinds.count(kind) for kind, name in enumerate(KIND_NAMES)}
        counts[KIND_NAMES[NOT_APPLICABLE]] += self.findings.not_applicable
        counts["not_in_force"] = sum(len(self.facts.tables[rule.subject].rows) - 2 for rule in self.plan.not_in_force)
        return {**counts, "total": sum(counts.values())}

    # -- one finding ------------------------------------------------------------------------------------------------

    def _finding(self, finding: Finding) -> Json:
        planned = self.plan.rules[finding.rule]
        texts = self.said[finding.rule, finding.row.name]
        said = _speaking(texts, finding)
        revision, effective = said.revision, said.revision.effective
        guilty = [one for one in said.elements if one.belongs == 2 and one.truth == 0 and finding.kind == VIOLATED]
        doubtful = [one for one in said.elements if one.truth != 2 and finding.kind in (VIOLATED, UNDECIDED)]
        waived = [
            exemption
            for one in said.elements
            for exemption, seen in one.unless
            if seen.value == TRUE and one.require.value != TRUE
        ]
        worst, best = (STATUS_NAMES[number] if number else "" for number in (finding.worst, finding.best))
        return {
            "rule": planned.rule.name,
            "version": self.versions[planned.rule.pack],
            "subject": finding.row.name,
            "revision": {
                "from": iso(effective.since),
                "until": iso(effective.until),
                "last_seen": iso(effective.last_seen),
                "changes_on": [iso(day) for day in planned.changes_on],
            },
            "kind": KIND_NAMES[finding.kind],
            "outcome": "advisory" if finding.advisory else worst,
            "at_best": "advisory" if finding.advisory else best,
            "covers": revision.covers,
            "refused": any(alternative.refused for one in guilty for alternative, _ in one.outcomes),
            "disputed": finding.disputed,
            "in_gap": planned.in_gap,
            "title": revision.title or planned.rule.title,
            "message": "; ".join(_once(self._messages(revision, guilty))),
            "remedies": _once(self._remedies(revision, guilty or doubtful)),
            "offenders": sorted({named(one.value) for one in guilty}),
            "waived_by": _once(each.title or each.condition.text for each in waived),
            "citations": _once(
                cited(each, self.plan.references) for text in texts for each in _citations(text, finding)
            ),
            "at": place(revision.origin, planned.rule.pack),
            "because": self._because(planned, texts),
        }

    def _because(self, planned: PlannedRule, texts: list[Said]) -> Json:
        pack = planned.rule.pack
        steps = [self.trees.of_reading(said, pack) for said in texts]
        if len(steps) == 1:
            return steps[0]
        first, second = (said.revision.effective for said in texts)
        seen = iso(first.last_seen) or "an unknown day"
        note = f"The text changed between {seen} and {iso(second.since)}; which of the two held is not known"
        at = place(planned.rule.origin, pack)
        return {"expression": planned.rule.title, "truth": "unknown", "note": note, "at": at, "children": steps}

    def _messages(self, revision: Revision, guilty: list[Element]) -> Iterator[str]:
        for one in guilty:
            own = [alternative.message for alternative, _ in one.outcomes if alternative.message is not None]
            template = own[0] if own else revision.message
            if template is not None:
                yield self._filled(template, one.names)

    def _remedies(self, revision: Revision, elements: list[Element]) -> Iterator[str]:
        for one in elements:
            own = next((alternative.remedies for alternative, _ in one.outcomes if alternative.remedies), ())
            yield from (self._filled(template, one.names) for template in own or revision.remedies)

    def _filled(self, template: Template, names: Names) -> str:
        parts = template.parts
        return "".join(
            part if isinstance(part, str) else spoken(self.meaning.value(part, names).value, part.type)
            for part in parts
        )


def _speaking(texts: list[Said], finding: Finding) -> Said:
    """The text whose words are shown: the first that came out as the finding did, else the first that applies."""
    alike = [said for said in texts if said.decision.kind == finding.kind]
    return [*alike, *(said for said in texts if said.decision.kind), *texts][0]


def _citations(said: Said, finding: Finding) -> Iterator[Citation]:
    chosen: tuple[Citation, ...] = ()
    if finding.kind in (VIOLATED, UNDECIDED):
        for one in said.elements:
            for alternative, _ in one.outcomes:
                chosen += alternative.cite
    yield from chosen or said.revision.cite
    for one in said.elements:
        for exemption, seen in one.unless:
            if seen.value == TRUE and one.require.value != TRUE:
                yield from exemption.cite
    if finding.disputed:
        yield from (dispute.cite for dispute in said.revision.disputed)


def statuses(found: Bounds) -> Json:
    """The status that bounds amount to, and both bounds."""
    worst, best = STATUS_NAMES[found.worst], STATUS_NAMES[found.best]
    return {"status": worst if found.decided else "undetermined", "at_worst": worst, "at_best": best}


def _weakest(read: Iterable[str]) -> str:
    return max(read, key=lambda one: CONFIDENCES.index(one) if one in CONFIDENCES else 9, default="")


def _order(finding: Finding, shown: Json) -> tuple[int, int, str]:
    return _SHOWN_FIRST.index(finding.kind), STATUS_ORDER.index(shown["outcome"] or "supported"), shown["rule"]


def _once(items: Iterable[Any]) -> list[Any]:
    kept: list[Any] = []
    for item in items:
        if item not in kept:
            kept.append(item)
    return kept
