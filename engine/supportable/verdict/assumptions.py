"""Which facts the vocabulary closed although nobody gave them, and where that mattered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

from supportable.facts import Facts, value_of
from supportable.intake import Varied
from supportable.plan.depend import rules_depending
from supportable.plan.model import Plan
from supportable.readings.findings import Finding, Findings, bounds
from supportable.verdict.model import AssumedShown
from supportable.verdict.words import as_plain
from supportable.vocabulary.types import ListType, RecordType, RefType

Place: TypeAlias = tuple[str, str]
"""The name of a row and one of its attributes."""

Unit: TypeAlias = tuple[Place, ...]

ByRule: TypeAlias = dict[int, list[Finding]]
"""Findings by the place of their rule in the plan."""

MOST_ALONE = 200
"""Up to how many assumptions are asked about alone: judging a design once for each takes the square of its size."""


def assumptions(
    plan: Plan,
    facts: Facts,
    findings: Findings,
    judge: Callable[[Plan, Facts], Findings],
    varied: Varied | None = None,
) -> tuple[AssumedShown, ...]:
    """The assumed facts that, were they unknown, would change what some rule finds; sorted by fact.

    Named is what changes a finding by itself and, where only several together do (either of two would do), as many as
    it takes: with all that is not named unknown, every finding stays as it is. `decides` is true of
    what moves the bounds of a subject, by itself or together: with all others unknown, all bounds stay as they are.
    `varied` is a copy of the design to work with, if there is one already.
    """
    search = _Search(plan, facts, findings, judge, varied or Varied(facts))
    search.run()
    return tuple(_shown(facts, place, decides=place in search.statuses) for place in sorted(search.decisive))


class _Search:
    """Judges the design with assumptions taken back, as seldom as will do.

    `decisive` are the places found to matter, `statuses` those of them that move the bounds of some subject. What is
    asked about at a time, a unit, is one place or, in a large design, an attribute wherever it was assumed. Knowing
    less can only make findings less certain: units that change nothing together hold none that changes anything.
    """

    def __init__(
        self,
        plan: Plan,
        facts: Facts,
        findings: Findings,
        judge: Callable[[Plan, Facts], Findings],
        varied: Varied,
    ) -> None:
        self.plan, self.facts, self.judge, self.varied = plan, facts, judge, varied
        self.rules_of = rules_depending(plan)
        self.before = _by_rule(findings.items)
        self.told = {rule: _told(held) for rule, held in self.before.items()}
        self.subjects = _by_subject(findings.items)
        self.settled = {name: bounds(held) for name, held in self.subjects.items()}
        self.decisive: set[Place] = set()
        self.statuses: set[Place] = set()

    def run(self) -> None:
        units = self._units()
        if not units:
            return
        found = self._without(units)
        # What no changed rule depends on changes nothing, alone or together with anything.
        changed = frozenset(
            rule for rule in self.before.keys() | found.keys() if self.told.get(rule, []) != _told(found.get(rule, ()))
        )
        self.rules = {unit: self._dependents(unit) & changed for unit in units}
        units = [unit for unit in units if self.rules[unit]]
        # What a changed rule finds hangs on no more than its own units: it is asked once for each set of them.
        self.known: dict[tuple[int, frozenset[Unit]], _Told] = {}
        self._keep(found, self._keys(units))
        self._alone(units)
        for together in self._connected([unit for unit in units if unit[0] not in self.decisive]):
            needed = self._needed(together, self._change)
            self.decisive.update(*needed)
            if needed and self._move(needed):
                self.statuses.update(*needed)
        calm = [unit for unit in units if unit[0] not in self.statuses]
        needed = self._needed(calm, self._move)
        self.decisive.update(*needed)
        self.statuses.update(*needed)

    def _units(self) -> list[Unit]:
        candidates = sorted(
            (row.name, attribute)
            for table in self.facts.tables.values()
            for row in table.own()
            for attribute in row.assumed
            if (row.type, attribute) in self.rules_of
        )
        if len(candidates) <= MOST_ALONE:
            return [(place,) for place in candidates]
        groups: dict[tuple[str, str], list[Place]] = defaultdict(list)
        for name, attribute in candidates:
            groups[self.facts.row(name).type, attribute].append((name, attribute))
        return [tuple(group) for group in groups.values()]

    def _dependents(self, unit: Unit) -> frozenset[int]:
        """The rules that can depend on a unit, all of whose places have one type and attribute."""
        name, attribute = unit[0]
        return self.rules_of[self.facts.row(name).type, attribute]

    def _without(self, units: Iterable[Unit]) -> ByRule:
        places = [place for unit in units for place in unit]
        return _by_rule(self.judge(self.plan, self.varied.without(places)).items)

    def _keys(self, units: Iterable[Unit]) -> dict[int, frozenset[Unit]]:
        """Of these units, those that each rule can depend on; rules that depend on none of them are left out."""
        found: dict[int, list[Unit]] = defaultdict(list)
        for unit in units:
            for rule in self.rules[unit]:
                found[rule].append(unit)
        return {rule: frozenset(held) for rule, held in found.items()}

    def _keep(self, found: ByRule, keys: dict[int, frozenset[Unit]]) -> None:
        for rule, key in keys.items():
            if (rule, key) not in self.known:
                held = found.get(rule, [])
                self.known[rule, key] = _Told(held, changed=_told(held) != self.told.get(rule, []))

    def _changes(self, units: list[Unit]) -> dict[int, list[Finding]]:
        """What rules find with these units taken back, of those rules that then find otherwise."""
        keys = self._keys(units)
        if any((rule, key) not in self.known for rule, key in keys.items()):
            self._keep(self._without(units), keys)
        told = {rule: self.known[rule, key] for rule, key in keys.items()}
        return {rule: one.findings for rule, one in told.items() if one.changed}

    def _moved(self, changes: dict[int, list[Finding]]) -> bool:
        """Whether bounds move if these rules find what they have now found, and all others what they did."""
        now = _by_subject(each for held in changes.values() for each in held)
        touched = {each.row.name for rule in changes for each in self.before.get(rule, ())} | now.keys()
        for name in touched:
            mixed = [each for each in self.subjects.get(name, ()) if each.rule not in changes] + now.get(name, [])
            if (bounds(mixed) if mixed else None) != self.settled.get(name):
                return True
        return False

    def _change(self, units: list[Unit]) -> bool:
        return bool(self._changes(units))

    def _move(self, units: list[Unit]) -> bool:
        return self._moved(self._changes(units))

    def _alone(self, units: list[Unit]) -> None:
        """Tries each unit by itself: those on which no rule depends in common share one judgement, as what each of
        them changes can be told apart."""
        waiting = units
        while waiting:
            together: list[Unit] = []
            taken: set[int] = set()
            later: list[Unit] = []
            for unit in waiting:
                if taken.isdisjoint(self.rules[unit]):
                    together.append(unit)
                    taken |= self.rules[unit]
                else:
                    later.append(unit)
            changes = self._changes(together)
            for unit in together:
                own = {rule: held for rule, held in changes.items() if rule in self.rules[unit]}
                if own:
                    self.decisive.update(unit)
                    if self._moved(own):
                        self.statuses.update(unit)
            waiting = later

    def _connected(self, units: list[Unit]) -> list[list[Unit]]:
        """The units in groups between which no rule lies: what changes a finding together lies in one group."""
        groups: list[tuple[set[int], list[Unit]]] = []
        for unit in units:
            rules, members = set(self.rules[unit]), [unit]
            apart = []
            for group in groups:
                if group[0].isdisjoint(rules):
                    apart.append(group)
                else:
                    rules |= group[0]
                    members = group[1] + members
            groups = [*apart, (rules, members)]
        return [sorted(members) for _, members in groups if len(members) > 1]

    def _needed(self, units: list[Unit], matter: Callable[[list[Unit]], bool]) -> list[Unit]:
        """As many of the units as it takes for the others not to `matter` together."""
        needed: dict[Unit, None] = {}
        while units and matter(units):
            # Of fewer units no rule makes more than of all: what changes no finding now is not asked about again.
            changes = self._changes(units)
            units = [unit for unit in units if not self.rules[unit].isdisjoint(changes)]
            needed.update(dict.fromkeys(self._least(units, [], matter)))
            units = [unit for unit in units if unit not in needed]
        return list(needed)

    def _least(self, units: list[Unit], beside: list[Unit], matter: Callable[[list[Unit]], bool]) -> list[Unit]:
        """What matters among the units, which `matter` together with what is taken back `beside` them."""
        if len(units) == 1:
            return units
        left, right = units[: len(units) // 2], units[len(units) // 2 :]
        alone = [half for half in (left, right) if matter(half + beside)]
        if alone:
            return [unit for half in alone for unit in self._least(half, beside, matter)]
        return self._least(left, beside + right, matter) + self._least(right, beside + left, matter)


class _Told(NamedTuple):
    """What one rule finds with some units taken back, and whether that is something else than before."""

    findings: list[Finding]
    changed: bool


def _by_rule(items: Iterable[Finding]) -> ByRule:
    found: ByRule = defaultdict(list)
    for finding in items:
        found[finding.rule].append(finding)
    return found


def _by_subject(items: Iterable[Finding]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in items:
        found[finding.row.name].append(finding)
    return found


def _told(held: Iterable[Finding]) -> list[tuple[object, ...]]:
    """All that a rule says, with subjects by name: those of two designs are different rows."""
    return [(each.row.name, *each[2:]) for each in held]


def _shown(facts: Facts, place: Place, *, decides: bool) -> AssumedShown:
    name, slot = place
    row = facts.row(name)
    attribute = facts.tables[row.type].entity.attributes[slot]
    if isinstance(attribute.type, ListType):
        say = f"{slot}: [...]"
    elif isinstance(attribute.type, RefType):
        say = f"{slot}: <id of a {attribute.type.entity}>"
    elif isinstance(attribute.type, RecordType):
        say = f"{slot}: {{…}}"
    else:
        say = f"{slot}: <{attribute.type}>"
    plain = as_plain(value_of(row, slot), attribute.type)
    return AssumedShown(f"{name}.{slot}", plain, f"{row.pointer}/{slot}", say, decides)
