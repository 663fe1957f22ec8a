"""How the designs that a bill implies are judged, and what their verdicts say in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from supportable.bom.model import Bom
from supportable.facts import Facts
from supportable.intake import load_design
from supportable.packs import PackSet
from supportable.readings import READINGS
from supportable.verdict import Verdict
from supportable.verdict.assemble import assemble
from supportable.verdict.evaluate import DEFAULT_READING, plan_for
from supportable.verdict.model import STATUS_ORDER, Cited, FindingShown, SubjectVerdict

MOST_ASKED: Final = 24
"""Up to so many entities a design is judged with what other answers would lead to; with more, that takes too long."""

NO_RULE: Final = "no rule speaks of it"

Told = tuple[str, tuple[str, ...], tuple[Cited, ...]]
"""A status, the reasons for it, and the citations."""


@dataclass(frozen=True, slots=True)
class Asked:
    """By what a bill is judged: packs, the day (today if None), and which of the packs (all if None)."""

    packs: PackSet
    as_of: date | str | None = None
    only: Collection[str] | None = None

    def judged(self, document: dict[str, Any] | Facts) -> Verdict:
        """The verdict for a design; without what other answers would lead to where there are too many."""
        facts = document if isinstance(document, Facts) else load_design(document, self.packs.vocabulary)
        plan = plan_for(self.packs, as_of=self.as_of, only=self.only)
        judge = READINGS[DEFAULT_READING]
        return assemble(plan, facts, judge(plan, facts), judge, DEFAULT_READING, what_if=size(facts) <= MOST_ASKED)


def size(facts: Facts) -> int:
    """How many entities a design has."""
    return sum(len(table.rows) - 2 for table in facts.tables.values())


def words(status: str) -> str:
    """A status in words."""
    return status.replace("_", " ")


def told(verdicts: tuple[SubjectVerdict, ...]) -> Told:
    """The worst status of several subjects, why, and by which texts."""
    if not verdicts:
        return "not_covered", (NO_RULE,), ()
    status = min((one.status for one in verdicts), key=STATUS_ORDER.index)
    below = [one for one in verdicts if one.rests_on is not None and one.rests_on.worst in ("unsupported", "limited")]
    worst = min(
        (one.rests_on.worst for one in below if one.rests_on is not None), key=STATUS_ORDER.index, default=status
    )
    if STATUS_ORDER.index(worst) < STATUS_ORDER.index(status):
        # What stands on something unsupported is no better, whatever is said of it by itself.
        own = told(tuple(replace(one, rests_on=None) for one in verdicts))
        rests = [
            f"it rests on {', '.join(one.rests_on.subjects)}: {worst}" for one in below if one.rests_on is not None
        ]
        return worst, (*rests, *own[1]), own[2]
    kinds = {"undetermined": ("violated", "open"), "supported": ("satisfied",)}.get(status, ("violated",))
    found = [
        finding
        for one in verdicts
        if one.status == status
        for finding in one.findings
        if finding.kind in kinds and (finding.kind != "satisfied" or finding.covers)
    ]
    ends = dict.fromkeys(
        f"at best {words(one.at_best)}, at worst {words(one.at_worst)}"
        for one in verdicts
        if one.status == status == "undetermined"
    )
    reasons = dict.fromkeys((*ends, *(_worded(finding) for finding in found)))
    asked = dict.fromkeys(
        f"to find out: {missing.question or missing.fact}"
        for one in verdicts
        if status == "undetermined"
        for missing in one.missing[:4]
    )
    return status, (*reasons, *asked) or (NO_RULE,), cited(found)


def _worded(finding: FindingShown) -> str:
    if finding.kind == "violated":
        return finding.message or finding.title
    return f"{finding.title}: open" if finding.kind == "open" else finding.title


def cited(findings: Iterable[FindingShown]) -> tuple[Cited, ...]:
    """The citations of several findings, each once."""
    return tuple(dict.fromkeys(each for finding in findings for each in finding.citations))


def places_of(bom: Bom, places: Iterable[int]) -> tuple[str, ...]:
    """How the lines at these places of the bill are named, each once."""
    return tuple(dict.fromkeys(bom.lines[place].place for place in places))
