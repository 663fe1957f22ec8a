"""Which facts the vocabulary closed although nobody gave them, and where that mattered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeAlias

from supportable.facts import Facts, value_of
from supportable.intake import Loosened
from supportable.plan.depend import rules_depending
from supportable.plan.model import Plan
from supportable.readings.findings import Finding, Findings, bounds_by_subject
from supportable.verdict.model import AssumedShown
from supportable.verdict.words import as_plain
from supportable.vocabulary.types import ListType, RecordType, RefType

Place: TypeAlias = tuple[str, str]
"""The name of a row and one of its attributes."""

ByRule: TypeAlias = dict[int, list[Finding]]
"""Findings by the place of their rule in the plan."""

MOST_ALONE = 200
"""Up to how many assumptions are asked about alone: judging a design once for each takes the square of its size."""


def assumptions(
    plan: Plan, facts: Facts, findings: Findings, judge: Callable[[Plan, Facts], Findings]
) -> tuple[AssumedShown, ...]:
    """The assumed facts that, were they unknown, would change what some rule finds; sorted by fact.

    Knowing less can only make findings less certain, so assumptions that change nothing together hold none that
    changes anything alone. Where only several together matter (either of two would do), all of them are named.
    """
    search = _Search(plan, facts, findings, judge)
    search.run()
    return tuple(_shown(facts, place, decides=place in search.statuses) for place in sorted(search.decisive))


class _Search:
    """Judges the design with assumptions taken back, as seldom as will do.

    `decisive` are the places found to matter, `statuses` those of them that move the bounds of some subject.
    """

    def __init__(self, plan: Plan, facts: Facts, findings: Findings, judge: Callable[[Plan, Facts], Findings]) -> None:
        self.plan, self.facts, self.judge = plan, facts, judge
        self.rules_of = rules_depending(plan)
        self.before = _by_rule(findings.items)
        self.settled = bounds_by_subject(findings.items)
        self.decisive: set[Place] = set()
        self.statuses: set[Place] = set()

    def run(self) -> None:
        candidates = sorted(
            (row.name, attribute)
            for table in self.facts.tables.values()
            for row in table.own()
            for attribute in row.assumed
            if (row.type, attribute) in self.rules_of
        )
        if not candidates:
            return
        self.loosened = Loosened(self.facts)
        changed = self._changed(self._without(candidates))
        if not changed:
            return
        # What no changed rule depends on changes nothing, alone or together with anything.
        self.rules = {place: self._dependents(place) & changed for place in candidates}
        candidates = [place for place in candidates if self.rules[place]]
        if len(candidates) > MOST_ALONE:
            self._by_attribute(candidates)
        else:
            self._alone(candidates)
            for rest in self._connected([place for place in candidates if place not in self.decisive]):
                self._jointly(rest)

    def _dependents(self, place: Place) -> frozenset[int]:
        name, attribute = place
        return self.rules_of[self.facts.row(name).type, attribute]

    def _without(self, places: list[Place]) -> ByRule:
        return _by_rule(self.judge(self.plan, self.loosened.without(places)).items)

    def _changed(self, found: ByRule) -> frozenset[int]:
        rules = self.before.keys() | found.keys()
        return frozenset(rule for rule in rules if _told(self.before, rule) != _told(found, rule))

    def _alone(self, candidates: list[Place]) -> None:
        """Tries each place by itself: places on which no rule depends in common share one judgement, as what each of
        them changes can be told apart."""
        waiting = candidates
        while waiting:
            together: list[Place] = []
            taken: set[int] = set()
            later: list[Place] = []
            for place in waiting:
                if taken.isdisjoint(self.rules[place]):
                    together.append(place)
                    taken |= self.rules[place]
                else:
                    later.append(place)
            found = self._without(together)
            changed = self._changed(found)
            for place in together:
                if changed & self.rules[place]:
                    self.decisive.add(place)
                    if self._moves(found, self.rules[place]):
                        self.statuses.add(place)
            waiting = later

    def _connected(self, places: list[Place]) -> list[list[Place]]:
        """The places in groups between which no rule lies: what matters together lies in one group."""
        groups: list[tuple[set[int], list[Place]]] = []
        for place in places:
            rules, members = set(self.rules[place]), [place]
            apart = []
            for group in groups:
                if group[0].isdisjoint(rules):
                    apart.append(group)
                else:
                    rules |= group[0]
                    members = group[1] + members
            groups = [*apart, (rules, members)]
        return [sorted(members) for _, members in groups if len(members) > 1]

    def _jointly(self, rest: list[Place]) -> None:
        # A search may pass over places that matter only together; so until those left do not matter.
        while len(rest) > 1 and self._matters(rest):
            self._halved(rest, [])
            rest = [place for place in rest if place not in self.decisive]

    def _moves(self, found: ByRule, rules: frozenset[int]) -> bool:
        """Whether bounds move if these rules find what they have now found, and all others what they did."""
        mixed = [each for rule, held in self.before.items() if rule not in rules for each in held]
        mixed += [each for rule, held in found.items() if rule in rules for each in held]
        return bounds_by_subject(mixed) != self.settled

    def _by_attribute(self, candidates: list[Place]) -> None:
        groups: dict[tuple[str, str], list[Place]] = defaultdict(list)
        for name, attribute in candidates:
            groups[self.facts.row(name).type, attribute].append((name, attribute))
        self.decisive.update(place for group in groups.values() if self._matters(group) for place in group)
        rest = [place for place in candidates if place not in self.decisive]
        if rest and self._matters(rest):
            self.decisive.update(rest)

    def _matters(self, places: list[Place]) -> bool:
        found = self._without(places)
        changed = self._changed(found)
        if changed and self._moves(found, changed):
            self.statuses.update(places)
        return bool(changed)

    def _halved(self, places: list[Place], beside: list[Place]) -> None:
        """Finds what matters among `places`, which matter together with what is relaxed `beside` them."""
        if len(places) == 1:
            self.decisive.update(places)
            return
        left, right = places[: len(places) // 2], places[len(places) // 2 :]
        alone = [half for half in (left, right) if self._matters(half + beside)]
        for half in alone:
            self._halved(half, beside)
        if not alone:
            self._halved(left, beside + right)
            self._halved(right, beside + left)


def _by_rule(items: Iterable[Finding]) -> ByRule:
    found: ByRule = defaultdict(list)
    for finding in items:
        found[finding.rule].append(finding)
    return found


def _told(found: ByRule, rule: int) -> list[tuple[object, ...]]:
    """All that a rule says, with subjects by name: those of two designs are different rows."""
    return [(each.row.name, *each[2:]) for each in found.get(rule, ())]


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
