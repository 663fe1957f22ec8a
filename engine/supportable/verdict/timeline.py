"""One design through time: how its status changes as policies change and support ends, and which texts did it.

A status can change on the days on which packs and catalogues begin to read otherwise, and on days that conditions
compute from dates: the end of a product's support, four weeks after a change. The former are known from the packs; the
latter are taken from the catalogue rows and facts that the design's own rules look at, and where two neighbouring days
still differ with others between them, the day is searched for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from supportable.errors import Problem, UsageError
from supportable.facts import Facts
from supportable.intake import load_design
from supportable.language.ir import Arith, Attr, Const, Lookup, Node, walk
from supportable.packs import PackSet
from supportable.packs.dependencies import expressions_of
from supportable.plan import changes_on
from supportable.plan import plan as make_plan
from supportable.plan.model import Plan
from supportable.readings import READINGS
from supportable.readings.deadline import within
from supportable.readings.evaluate import Evaluator
from supportable.readings.findings import Bounds, Findings, bounds_by_subject
from supportable.readings.proof import Proof
from supportable.readings.remembering import Remembering
from supportable.verdict.assemble import assemble
from supportable.verdict.model import Cited, FindingShown, Verdict, Versioned
from supportable.vocabulary.types import DateType

FIRST_DAY: Final = date(2003, 1, 1)
"""Where a timeline begins if nobody says otherwise."""
BAD_SPAN: Final = "SUP713"
MOST_PLANS: Final = 512
"""Plans that a set of packs keeps for timelines, a tenth of a megabyte each: all designs have most of their days in
common. They stay apart from those that designs are judged by, of which there may be fewer, as those are compiled."""


@dataclass(frozen=True, slots=True)
class SubjectStatus:
    """One subject's status in a period, with its bounds."""

    subject: str
    status: str
    at_worst: str
    at_best: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One finding that came out otherwise than the day before.

    `before` and `after` are kinds of findings ("violated", "satisfied", "open", "harmless"), "" where the rule said
    nothing; `outcome` is the worst status the finding stands for afterwards, "" for none. `citations` are those of the
    text that decides from now on or, where there is none, of the one that did before.
    """

    subject: str
    rule: str
    title: str
    before: str
    after: str
    outcome: str
    citations: tuple[Cited, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days with one and the same status of the design and of every subject.

    `first` and `last` are ISO dates, both inclusive. `turns` are the findings that changed on the first day, empty for
    the first period; subjects come worst first, as in a verdict.
    """

    first: str
    last: str
    status: str
    at_worst: str
    at_best: str
    disputed: bool
    subjects: tuple[SubjectStatus, ...]
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """A design's periods, in order, without gaps, from `first` to `last` (ISO dates, both inclusive)."""

    design: str
    digest: str
    first: str
    last: str
    periods: tuple[Period, ...]
    packs: tuple[Versioned, ...]


def timeline(
    design: Facts | dict[str, Any] | str | Path,
    packs: PackSet,
    *,
    first: date = FIRST_DAY,
    last: date | None = None,
    only: Collection[str] | None = None,
    reading: str = "reference",
    deadline: float | None = None,
) -> Timeline:
    """The design's status from `first` to `last`, both inclusive; until today if `last` is left out.

    `only` names the packs to judge by, all if left out. Each day has a plan of its own that judges one design, so that
    the reading which compiles plans would take longer to compile than to judge. `deadline` is how many seconds of wall
    time all days together may take; None is as long as it takes. Raises UsageError for a span that ends before it
    begins and for a pack or reading there is not, DesignError for a design that does not fit, EvaluationError when the
    time is up.
    """
    end = last if last is not None else date.today()  # noqa: DTZ011  policies have days, not hours, and no zone
    if end < first:
        raise UsageError([Problem(BAD_SPAN, f"the span ends ({end}) before it begins ({first})")])
    if reading not in READINGS:
        raise UsageError([Problem("SUP702", f"no reading is called “{reading}”")])
    facts = design if isinstance(design, Facts) else load_design(design, packs.vocabulary)
    chosen = packs if only is None else packs.select(only)
    with within(deadline):
        return _Span(facts, packs, chosen, only, reading).timeline(first.toordinal(), end.toordinal())


State = tuple[tuple[str, Bounds, bool], ...]
"""Each subject's bounds on a day, and whether it is disputed: what makes two days alike."""


class _Span:
    def __init__(
        self, facts: Facts, packs: PackSet, chosen: PackSet, only: Collection[str] | None, reading: str
    ) -> None:
        self.facts, self.packs, self.chosen, self.only, self.reading = facts, packs, chosen, only, reading
        self.judge = READINGS[reading]
        self.dates: set[int] = set()
        """The dates that conditions came by so far, as ordinals."""
        self.watching = Remembering(facts, lambda plan: _DateWatcher(plan, facts, self.dates))
        self._states: dict[int, State] = {}
        key = ("timelines", None if only is None else tuple(sorted(set(only))))
        self._plans: dict[int, Plan] = packs.plans.get(key) or {}
        packs.plans[key] = self._plans

    def timeline(self, first: int, last: int) -> Timeline:
        days = sorted({first, last, *(day for day in self._candidates(first, last) if first <= day <= last)})
        begins = [first]
        for before, after in pairwise(days):
            begins += self._turning(before, after)
        periods = []
        previous: Verdict | None = None
        for begin, following in zip(begins, [*begins[1:], last + 1], strict=True):
            verdict = self._verdict(begin)
            periods.append(_period(begin, following - 1, verdict, previous))
            previous = verdict if following == begin + 1 else self._verdict(following - 1)
        assert previous is not None
        return Timeline(self.facts.name, previous.digest, _iso(first), _iso(last), tuple(periods), previous.packs)

    def _turning(self, before: int, after: int) -> list[int]:
        """The days after `before`, up to and with `after`, on which the state is another than the day before.

        Between candidates a state is taken to change at most once, as what computes with the day turns at most once
        between the dates it compares with.
        """
        if self._state(before) == self._state(after):
            return []
        low, high = before, after
        while high - low > 1:
            middle = (low + high) // 2
            state = self._state(middle)
            if state == self._state(low):
                low = middle
            elif state == self._state(high):
                high = middle
            else:
                return [*self._turning(low, middle), *self._turning(middle, high)]
        return [high, *self._turning(high, after)]

    def _plan(self, day: int) -> Plan:
        known = self._plans.get(day)
        if known is None:
            if len(self._plans) >= MOST_PLANS:
                self._plans.clear()
            known = self._plans[day] = make_plan(self.packs, day, self.only)
        return known

    def _findings(self, day: int) -> Findings:
        if self.reading == "reference":
            return self.watching.judge(self._plan(day))
        return self.judge(self._plan(day), self.facts)

    def _state(self, day: int) -> State:
        known = self._states.get(day)
        if known is None:
            items = self._findings(day).items
            disputed = {found.row.name for found in items if found.disputed and not found.advisory}
            found = bounds_by_subject(item for item in items if not item.advisory)
            known = tuple((name, found[name], name in disputed) for name in sorted(found))
            self._states[day] = known
        return known

    def _verdict(self, day: int) -> Verdict:
        plan = self._plan(day)
        return assemble(plan, self.facts, self._findings(day), self.judge, self.reading, what_if=False)

    def _candidates(self, first: int, last: int) -> set[int]:
        """Days on which something may change: those of packs and catalogues, and those that conditions compute with."""
        structural = {day for day in changes_on(self.chosen) if first < day <= last}
        dates = {node.value for node in self._nodes() if isinstance(node, Const) and isinstance(node.type, DateType)}
        for day in sorted({first, *structural}):
            self.watching.judge(self._plan(day))
        dates |= self.dates
        shifts = {0, *self._shifts()}
        computed = {day + shift for day in dates if isinstance(day, int) for shift in shifts}
        return structural | computed | {day + 1 for day in computed}

    def _shifts(self) -> set[int]:
        """The whole numbers that are added to dates, or taken from them, in either direction."""
        shifts: set[int] = set()
        for node in self._nodes():
            if isinstance(node, Arith) and isinstance(node.type, DateType):
                for side in (node.left, node.right):
                    if isinstance(side, Const) and isinstance(side.value, int):
                        shifts |= {side.value, -side.value}
        return shifts

    def _nodes(self) -> Iterable[Node]:
        for pack in self.chosen.packs:
            for derivation in pack.derive:
                for text in derivation.readings:
                    yield from walk(text.value)
            for rule in pack.rules:
                for revision in rule.revisions:
                    for node in expressions_of(revision):
                        yield from walk(node)


class _DateWatcher(Evaluator):
    """An evaluator that collects the dates that conditions come by: facts of the design, columns of catalogue rows."""

    def __init__(self, plan: Plan, facts: Facts, dates: set[int]) -> None:
        super().__init__(plan, facts)
        self.dates = dates

    def evaluate(self, node: Node, env: dict[str, Any]) -> Proof:
        """The node's value; a date is kept."""
        proof = super().evaluate(node, env)
        if isinstance(node, Lookup) and isinstance(node.type, DateType) and proof.extra is not None:
            self.dates.update(value for value in proof.extra[2] if isinstance(value, int))
        elif isinstance(node, Attr) and isinstance(node.type, DateType) and isinstance(proof.value, int):
            self.dates.add(proof.value)
        return proof


def _period(first: int, last: int, verdict: Verdict, before: Verdict | None) -> Period:
    return Period(
        first=_iso(first),
        last=_iso(last),
        status=verdict.status,
        at_worst=verdict.at_worst,
        at_best=verdict.at_best,
        disputed=verdict.disputed,
        subjects=tuple(SubjectStatus(one.subject, one.status, one.at_worst, one.at_best) for one in verdict.subjects),
        turns=() if before is None else tuple(_turns(before, verdict)),
    )


def _turns(before: Verdict, after: Verdict) -> Iterable[Turn]:
    """The findings that matter for a status and came out otherwise, in order of subject and rule."""
    old, new = _findings(before), _findings(after)
    for key in sorted(old.keys() | new.keys()):
        was, now = old.get(key), new.get(key)
        if not any(found is not None and _decides(found) for found in (was, now)):
            continue
        if was is not None and now is not None and _essence(was) == _essence(now):
            continue
        shown = now or was
        assert shown is not None
        yield Turn(
            subject=shown.subject,
            rule=shown.rule,
            title=shown.title,
            before=was.kind if was else "",
            after=now.kind if now else "",
            outcome=now.outcome if now else "",
            citations=shown.citations,
        )


def _findings(verdict: Verdict) -> dict[tuple[str, str], FindingShown]:
    return {(found.subject, found.rule): found for subject in verdict.subjects for found in subject.findings}


def _decides(found: FindingShown) -> bool:
    return found.kind in ("violated", "open") or found.covers


def _essence(found: FindingShown) -> tuple[str, str, str]:
    return found.kind, found.outcome, found.at_best


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


__all__ = ["FIRST_DAY", "Period", "SubjectStatus", "Timeline", "Turn", "timeline"]
