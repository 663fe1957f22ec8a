"""Strata: an order in which every fact stands before it is used, settled by names alone."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from supportable.packs.dependencies import Thing
from supportable.plan.model import PlannedDerivation, PlannedRule

Layers: TypeAlias = list[tuple[list[PlannedDerivation], list[PlannedRule]]]


def layers(
    derivations: Sequence[tuple[PlannedDerivation, Collection[Thing]]],
    rules: Sequence[tuple[PlannedRule, Collection[Thing]]],
) -> Layers:
    """Definitions and rules by stratum, as low as each can stand, in the order of evaluation; each comes with what it
    uses.

    What asks about a pack stands above all rules of that pack. Neither may hold a cycle: loading sees to that.
    """
    defined = {Thing(f"{each.entity}.{each.name}"): each for each, _ in derivations}
    uses = {Thing(f"{each.entity}.{each.name}"): used for each, used in derivations}
    by_name = {each.rule.name: each for each, _ in rules}
    rule_uses = {each.rule.name: used for each, used in rules}
    of_pack: dict[Thing, set[Thing]] = {}
    for name, each in by_name.items():
        of_pack.setdefault(Thing(each.rule.pack, is_pack=True), set()).update(rule_uses[name])
    levels = _levels({**uses, **of_pack})
    made: Layers = []
    for thing in _topological(uses):
        _at(made, levels[thing])[0].append(defined[thing])
    for name in sorted(by_name, key=lambda name: (by_name[name].rule.pack, by_name[name].rule.id)):
        _at(made, _level(rule_uses[name], levels))[1].append(by_name[name])
    return made


def _at(made: Layers, level: int) -> tuple[list[PlannedDerivation], list[PlannedRule]]:
    while len(made) <= level:
        made.append(([], []))
    return made[level]


def _level(uses: Iterable[Thing], levels: Mapping[Thing, int]) -> int:
    """The lowest stratum in which all these are known. A pack without rules on this day is known from the start."""
    return max((levels[used] + used.is_pack for used in uses if used in levels), default=0)


def _levels(uses: Mapping[Thing, Collection[Thing]]) -> dict[Thing, int]:
    levels: dict[Thing, int] = {}
    for start in uses:
        waiting = [start]
        while waiting:
            thing = waiting[-1]
            below = [used for used in uses[thing] if used in uses and used not in levels]
            if thing in levels or not below:
                waiting.pop()
                levels.setdefault(thing, _level(uses[thing], levels))
            else:
                waiting += below
    return levels


def _topological(uses: Mapping[Thing, Collection[Thing]]) -> Iterator[Thing]:
    """Definitions, each after those it uses, and otherwise by name."""
    left = {thing: {used for used in below if used in uses} for thing, below in uses.items()}
    users: dict[Thing, list[Thing]] = {}
    for thing, below in left.items():
        for used in below:
            users.setdefault(used, []).append(thing)
    ready = [thing for thing, below in left.items() if not below]
    heapq.heapify(ready)
    while ready:
        thing = heapq.heappop(ready)
        yield thing
        for user in users.get(thing, ()):
            left[user].discard(thing)
            if not left[user]:
                heapq.heappush(ready, user)
