"""What rests on what: definitions on definitions and on packs they ask about, packs on what their rules read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from supportable.language.ir import Attr, Node, Satisfies, walk
from supportable.origin import Origin
from supportable.packs.model import Derivation, Pack, Revision, Rule


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """A definition ("cluster.guest") or, with `is_pack`, the rules of a pack."""

    name: str
    is_pack: bool = False

    def __str__(self) -> str:
        return f"the rules of {self.name}" if self.is_pack else self.name


def conditions_of(revision: Revision) -> Iterator[Node]:
    """Every expression on which a finding depends: all but those in texts."""
    yield revision.when
    yield revision.require
    if revision.each is not None:
        yield revision.each.over
    for exemption in revision.unless:
        yield exemption.condition
    for dispute in revision.disputed:
        yield dispute.require
    yield from (one.condition for one in revision.otherwise if one.condition is not None)


def expressions_of(revision: Revision) -> Iterator[Node]:
    """Every expression of a revision, those in its texts included."""
    yield from conditions_of(revision)
    texts = [revision.message, *revision.remedies]
    for alternative in revision.otherwise:
        texts += [alternative.message, *alternative.remedies]
    for text in texts:
        if text is not None:
            yield from (part for part in text.parts if isinstance(part, Node))


def used_in(node: Node) -> Iterator[tuple[Thing, Origin]]:
    """What an expression uses, and where it does; a thing may come more than once."""
    for each in walk(node):
        if isinstance(each, Attr) and each.derived:
            yield Thing(f"{each.entity}.{each.name}"), each.origin
        elif isinstance(each, Satisfies):
            yield Thing(each.pack, is_pack=True), each.origin


def used_by_rule(rule: Rule) -> Iterator[tuple[Thing, Origin]]:
    """What a rule uses in any of its revisions."""
    for revision in rule.revisions:
        for node in expressions_of(revision):
            yield from used_in(node)


def used_by_derivation(derivation: Derivation) -> Iterator[tuple[Thing, Origin]]:
    """What a definition uses in any of its readings."""
    for reading in derivation.readings:
        yield from used_in(reading.value)


def graph_of(packs: list[Pack]) -> dict[Thing, dict[Thing, Origin]]:
    """For each thing what it rests on, and where that is first said."""
    graph: dict[Thing, dict[Thing, Origin]] = {}
    for pack in packs:
        for derivation in pack.derive:
            uses = graph.setdefault(Thing(derivation.fact), {})
            for thing, origin in used_by_derivation(derivation):
                uses.setdefault(thing, origin)
        uses = graph.setdefault(Thing(pack.name, is_pack=True), {})
        for rule in pack.rules:
            for thing, origin in used_by_rule(rule):
                uses.setdefault(thing, origin)
    return graph


def cycles_in(graph: dict[Thing, dict[Thing, Origin]]) -> list[list[Thing]]:
    """Cycles, each from its least thing on, so that every thing that lies on some cycle lies on one of these.

    Found by the shortest way back, so that a reader sees no more than it takes; in order of their things.
    """
    found: list[list[Thing]] = []
    on_one: set[Thing] = set()
    for start in sorted(graph):
        if start not in on_one:
            cycle = _way_back(graph, start)
            if cycle:
                least = cycle.index(min(cycle))
                found.append(cycle[least:] + cycle[:least])
                on_one.update(cycle)
    return found


def _way_back(graph: dict[Thing, dict[Thing, Origin]], start: Thing) -> list[Thing]:
    came_from: dict[Thing, Thing] = {}
    waiting = [start]
    for thing in waiting:
        for used in sorted(graph.get(thing, ())):
            if used == start:
                cycle = [thing]
                while cycle[-1] != start:
                    cycle.append(came_from[cycle[-1]])
                return cycle[::-1]
            if used not in came_from:
                came_from[used] = thing
                waiting.append(used)
    return []


__all__ = ["Thing", "cycles_in", "expressions_of", "graph_of", "used_by_derivation", "used_by_rule", "used_in"]
