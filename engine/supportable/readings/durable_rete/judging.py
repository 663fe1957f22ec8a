"""One design by the productions: round by round, facts go in and conclusions come out, until findings stand.

Every fact is given in two runs of the same productions. In the first a fact says what is certain, in the second what
is possible. A truth concluded in both is true, in the second alone it is unknown, in neither false. As no production
asks for the absence of a fact, both runs only ever grow.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from supportable.facts import Facts, Members
from supportable.packs.model import OUTCOMES, SUPPORTED, UNSUPPORTED
from supportable.plan.kept import Kept
from supportable.plan.model import Plan
from supportable.readings import deadline
from supportable.readings.durable_rete.atoms import Atoms, Frame, Member
from supportable.readings.durable_rete.kinds import COVERED, HOPEFUL, KIND_OF
from supportable.readings.durable_rete.lowering import lower
from supportable.readings.durable_rete.places import (
    Assume,
    Choose,
    Complete,
    EnterRule,
    EnterTables,
    Enumerate,
    Judge,
    ListPlace,
    Lowered,
    RulePlace,
    Scope,
    Site,
    Step,
    Store,
)
from supportable.readings.findings import (
    NOT_APPLICABLE,
    VIOLATED,
    Decision,
    Finding,
    Findings,
    bounds,
    merge,
    same,
)

FactGiven = tuple[str, int, int]

CERTAIN, POSSIBLE, TABLE = range(3)
"""The runs; the last is that of the table of findings."""

_NOTHING = Decision(NOT_APPLICABLE, SUPPORTED, SUPPORTED, covered=False, hopeful=False, disputed=False)


class Engine(Protocol):
    """Where productions run."""

    def open(self, lowered: Lowered) -> None:
        """Begin a design under a plan."""

    def give(self, runs: list[list[FactGiven]]) -> list[list[FactGiven]]:
        """Add facts to each run; what follows from them and all before, each fact once."""

    def close(self) -> None:
        """Forget the design."""

    def abandon(self) -> None:
        """End whatever is going on: the design was not finished."""


def judge(plan: Plan, facts: Facts, engine: Engine) -> Findings:
    """All findings of a design. Raises EvaluationError where the engine fails or is too slow."""
    lowered = _lowered(plan)
    engine.open(lowered)
    try:
        findings = _Judging(plan, facts, lowered, engine).findings()
    except BaseException:
        engine.abandon()
        raise
    engine.close()
    return findings


def _lowered(plan: Plan) -> Lowered:
    kept = plan._memo.get("readings.durable")
    if isinstance(kept, Kept) and isinstance(kept.value, Lowered):
        return kept.value
    lowered = lower(plan)
    plan._memo["readings.durable"] = Kept(lowered)
    return lowered


class _Judging:
    def __init__(self, plan: Plan, facts: Facts, lowered: Lowered, engine: Engine) -> None:
        self.plan, self.facts, self.lowered, self.engine = plan, facts, lowered, engine
        self.atoms = Atoms(plan, facts, lowered, self)
        self.concluded: tuple[set[tuple[str, int]], ...] = (set(), set(), set())
        self.waiting: list[list[FactGiven]] = [[], [], []]
        self.frames: dict[int, list[Frame]] = {}
        self.listed: dict[tuple[int, int], tuple[list[Member], bool]] = {}
        self.rows: dict[tuple[str, int], Frame] = {}
        self.ways: dict[tuple[int, int], bool] = {}
        self.next_frame = 1
        self.next_key = 1
        self.items: list[Finding] = []
        self.not_applicable = 0

    def findings(self) -> Findings:
        for number in sorted(self.lowered.rounds):
            for step in self.lowered.rounds[number]:
                deadline.check()
                self._take(step)
            self._conclude()
        self.items.sort(key=lambda finding: (finding.rule, finding.row.i))
        derived = tuple(self.atoms.derived[each.entity, each.name] for each in self.plan.derivations)
        return Findings(tuple(self.items), self.not_applicable, derived)

    def _take(self, step: Step) -> None:
        match step:
            case EnterTables():
                rows = self.facts.tables[step.entity].own()
                self.frames[step.scope.frames] = [self._row_frame(row) for row in rows]
            case EnterRule():
                rows = self.facts.tables[step.rule.rule.rule.subject].own()
                entered = [self._row_frame(row) for row in rows]
                self.frames[step.rule.scope.frames] = [
                    frame for frame in entered if self.truth(step.rule.when, frame) > 0
                ]
            case Assume():
                self._assume(step.site)
            case Enumerate():
                self._enumerate(step.place)
            case Choose():
                self._choose(step.site, step.inner)
            case Complete():
                self._complete(step.site)
            case Store():
                self._store(step)
            case Judge():
                self._judge(step.rules)

    # -- facts --------------------------------------------------------------------------------------------------------

    def _give(self, run: int, name: str, first: int, second: int = 0) -> None:
        """Note a fact, and hand it on where a production asks for it."""
        if name:
            self.concluded[run].add((name, second or first))
            if name in self.lowered.tested:
                self.waiting[run].append((name, first, second))

    def _conclude(self) -> None:
        if not any(self.waiting):
            return
        given, self.waiting = self.waiting, [[], [], []]
        for known, found in zip(self.concluded, self.engine.give(given), strict=True):
            known.update((name, second or first) for name, first, second in found)

    def _state(self, site: Site, frame: Frame, truth: int) -> None:
        """Give the truth of a site as facts of both runs."""
        if truth == 2:
            self._give(CERTAIN, site.holds, frame.index)
        if truth:
            self._give(POSSIBLE, site.holds, frame.index)
        if truth < 2:
            self._give(POSSIBLE, site.fails, frame.index)
        if not truth:
            self._give(CERTAIN, site.fails, frame.index)

    def truth(self, site: Site, frame: Frame) -> int:
        """The truth of a site whose round is over: in how many of the two runs it holds."""
        fact = (site.holds, frame.index)
        return (fact in self.concluded[CERTAIN]) + (fact in self.concluded[POSSIBLE])

    def _denied(self, name: str, frame: int) -> int:
        """The truth of which `name` says that it is false."""
        return 2 - ((name, frame) in self.concluded[CERTAIN]) - ((name, frame) in self.concluded[POSSIBLE])

    def members(self, place: ListPlace, frame: Frame) -> tuple[list[Member], bool]:
        """The members that belong to a list, certainly or possibly, and whether there may be more."""
        listed, more = self.listed[place.frames, frame.index]
        if not place.filters:
            return listed, more
        left = []
        for member in listed:
            fact = (place.belongs, member.frame.index)
            belongs = (fact in self.concluded[CERTAIN]) + (fact in self.concluded[POSSIBLE])
            if belongs:
                left.append(member._replace(membership=belongs))
        return left, more

    # -- steps --------------------------------------------------------------------------------------------------------

    def _frame(self, values_: tuple[Any, ...]) -> Frame:
        self.next_frame += 1
        return Frame(self.next_frame - 1, values_)

    def _row_frame(self, row: Any) -> Frame:
        known = self.rows.get((row.type, row.i))
        if known is None:
            known = self.rows[row.type, row.i] = self._frame((row,))
        return known

    def _assume(self, site: Site) -> None:
        for frame in self.frames[site.scope.frames]:
            deadline.check()
            if site.kind != "link":
                self._state(site, frame, self.atoms.truth(site.scope, site.node, frame))
                continue
            row = self.atoms.value(site.scope, site.node.of, frame)  # type: ignore[attr-defined]
            if row.i < 2:
                self._state(site, frame, 1 - row.i)
                continue
            for run in (CERTAIN, POSSIBLE):
                self._give(run, f"l{site.index}", frame.index, self._row_frame(row).index)

    def _enumerate(self, place: ListPlace) -> None:
        inner: list[Frame] = []
        for frame in self.frames[place.scope.frames]:
            held: Members = self.atoms.value(place.scope, place.base, frame)
            sure = [Member(self._frame((*frame.values, value)), value, 2) for value in held.sure]
            maybe = [Member(self._frame((*frame.values, value)), value, 1) for value in held.maybe]
            self.listed[place.frames, frame.index] = ([*sure, *maybe], held.open)
            for member in (*sure, *maybe):
                inner.append(member.frame)
                if member.membership == 2:
                    self._give(CERTAIN, place.belongs, frame.index, member.frame.index)
                self._give(POSSIBLE, place.belongs, frame.index, member.frame.index)
            if held.open:
                self._give(POSSIBLE, place.more, frame.index)
        self.frames[place.frames] = inner

    def _choose(self, site: Site, inner: Scope) -> None:
        frames: list[Frame] = []
        for frame in self.frames[site.scope.frames]:
            found = self.atoms.choices(site.scope, site.node, frame)  # type: ignore[arg-type]
            self.ways[site.index, frame.index] = not isinstance(found, int)
            if isinstance(found, int):
                self._state(site, frame, found)
                continue
            for way in found:
                frames.append(self._frame((*frame.values, *way)))
                for run in (CERTAIN, POSSIBLE):
                    self._give(run, f"c{site.index}", frame.index, frames[-1].index)
        self.frames[inner.frames] = frames

    def _complete(self, site: Site) -> None:
        """A quantifier's other side: what was not concluded in one run does not fail, or hold, in the other."""
        said, unsaid = (site.holds, site.fails) if site.kind == "exists" else (site.fails, site.holds)
        if not unsaid:
            return
        for frame in self.frames[site.scope.frames]:
            if site.kind == "choices" and not self.ways[site.index, frame.index]:
                continue
            for run, other in ((CERTAIN, POSSIBLE), (POSSIBLE, CERTAIN)):
                if (said, frame.index) not in self.concluded[other]:
                    self._give(run, unsaid, frame.index)

    def _store(self, step: Store) -> None:
        derivation = step.derivation
        column = [self.atoms.nothing(derivation.type, row) for row in (0, 1)]
        column += [self.atoms.value(step.scope, derivation.value, frame) for frame in self.frames[step.scope.frames]]
        self.atoms.derived[derivation.entity, derivation.name] = tuple(column)

    # -- findings -----------------------------------------------------------------------------------------------------

    def _judge(self, rules: tuple[RulePlace, ...]) -> None:
        asked: dict[int, tuple[RulePlace, Frame, bool]] = {}
        for place in rules:
            for frame in self.frames[place.scope.frames]:
                key, self.next_key = self.next_key, self.next_key + 1
                asked[key] = (place, frame, self._tabulate(key, place, frame))
        self._conclude()
        said: dict[tuple[int, int], list[Decision]] = {}
        for key, (place, frame, differs) in asked.items():
            decision = self._decision(key, place, frame, disputed=differs)
            said.setdefault((place.rule.index, frame.index), []).append(decision)
        self._find(rules, said)
        self._note_bounds()

    def _tabulate(self, key: int, place: RulePlace, frame: Frame) -> bool:
        """Give the truths of a rule and its subject to the table. Whether the texts of a dispute differ."""
        when = self.truth(place.when, frame)
        if place.over is None:
            require = self._denied(place.require.fails, frame.index)
            if require != self.truth(place.require, frame):
                raise AssertionError(f"{place.rule.rule.name}: the two runs contradict each other")
            elements = [frame]
        else:
            require = self._denied(place.violates, frame.index)
            inhabited = (place.inhabited, frame.index)
            when = min(when, sum(inhabited in self.concluded[run] for run in (CERTAIN, POSSIBLE)))
            elements = [member.frame for member in self.members(place.over, frame)[0]]
        if when:
            self._give(TABLE, f"w{when}", key)
            self._give(TABLE, f"r{require}", key)
            if place.revision.covers:
                self._give(TABLE, "covers", key)
        differing = self.concluded[CERTAIN]
        return any((place.differs, element.index) in differing for element in elements)

    def _decision(self, key: int, place: RulePlace, frame: Frame, *, disputed: bool) -> Decision:
        table = self.concluded[TABLE]
        kinds = [kind for name, kind in KIND_OF.items() if (name, key) in table]
        if not kinds:
            return _NOTHING
        [kind] = kinds
        low, high = self._outcomes(place, frame)
        covered, hopeful = (COVERED, key) in table, (HOPEFUL, key) in table
        if kind == VIOLATED:
            return Decision(kind, high, low, covered, hopeful, disputed)
        if ("r2", key) in table:
            return Decision(kind, SUPPORTED, SUPPORTED, covered, hopeful, disputed)
        return Decision(kind, high, SUPPORTED, covered, hopeful, disputed)

    def _outcomes(self, place: RulePlace, frame: Frame) -> tuple[int, int]:
        """The least outcome of a rule that is certainly violated, and the greatest of one that may be."""
        if place.over is None:
            return self._interval(place, frame)
        lows, highs = [SUPPORTED], [SUPPORTED]
        members, more = self.members(place.over, frame)
        for member in members:
            truth = self._denied(place.require.fails, member.frame.index)
            if truth == 2:
                continue
            low, high = self._interval(place, member.frame)
            highs.append(high)
            if truth == 0 and member.membership == 2:
                lows.append(low)
        if more:
            highs += [_number(alternative.outcome) for alternative in place.revision.otherwise]
        return max(lows), max(highs)

    def _interval(self, place: RulePlace, frame: Frame) -> tuple[int, int]:
        if place.same is not None:
            found = self.atoms.dependency(place.inner, place.same, frame)
            return (UNSUPPORTED, UNSUPPORTED) if found is None else same(found)[1:]
        possible = self.concluded[POSSIBLE]
        numbers = [
            _number(place.revision.otherwise[each].outcome)
            for each, name in place.outcomes
            if not name or (name, frame.index) in possible
        ]
        return min(numbers, default=SUPPORTED), max(numbers, default=SUPPORTED)

    def _find(self, rules: Iterable[RulePlace], said: dict[tuple[int, int], list[Decision]]) -> None:
        for rule in {place.rule.index: place.rule for place in rules}.values():
            advisory = rule.readings[0].advisory
            for row in self.facts.tables[rule.rule.subject].own():
                found = said.get((rule.index, self._row_frame(row).index), [])
                # A reading whose condition is certainly false was not gone into, and says nothing.
                found += [_NOTHING] * (len(rule.readings) - len(found))
                decision = found[0]
                for other in found[1:]:
                    decision = merge(decision, other)
                if decision.kind == NOT_APPLICABLE:
                    self.not_applicable += 1
                    continue
                kind, worst, best, covered, hopeful, disputed = decision
                if advisory:
                    covered = hopeful = False
                self.items.append(Finding(rule.index, row, kind, worst, best, covered, hopeful, disputed, advisory))

    def _note_bounds(self) -> None:
        by_subject: dict[tuple[str, str], list[Finding]] = {}
        for finding in self.items:
            pack = self.plan.rules[finding.rule].rule.pack
            if pack in self.plan.asked:
                by_subject.setdefault((pack, finding.row.name), []).append(finding)
        self.atoms.bounds = {key: bounds(found) for key, found in by_subject.items()}


def _number(outcome: str) -> int:
    return UNSUPPORTED if outcome == "same" else OUTCOMES.get(outcome, SUPPORTED)
