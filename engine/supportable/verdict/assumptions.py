"""Which facts the vocabulary closed although nobody gave them, and where that mattered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from supportable.facts import Facts, value_of
from supportable.intake import Loosened
from supportable.plan.model import Plan
from supportable.readings.findings import Findings, bounds_by_subject
from supportable.verdict.model import AssumedShown
from supportable.verdict.words import as_plain
from supportable.vocabulary.types import ListType, RecordType, RefType

Place = tuple[str, str]
"""The name of a row and one of its attributes."""

MOST_ALONE = 200
"""Up to how many assumptions are asked about alone: judging a design once for each takes the square of its size."""


def assumptions(
    plan: Plan, facts: Facts, findings: Findings, judge: Callable[[Plan, Facts], Findings]
) -> tuple[AssumedShown, ...]:
    """The assumed facts that, were they unknown, would change what some rule finds; sorted by fact.

    Knowing less can only make findings less certain, so assumptions that change nothing together hold none that
    changes anything alone. Where only several together matter (either of two would do), all of them are named.
    """
    read = _read(plan)
    candidates = sorted(
        (row.name, attribute)
        for table in facts.tables.values()
        for row in table.own()
        for attribute in row.assumed
        if (row.type, attribute) in read
    )
    if not candidates:
        return ()
    before, settled = _signature(findings), bounds_by_subject(findings.items)
    loosened = Loosened(facts)
    decisive: set[Place] = set()
    statuses: set[Place] = set()

    def matters(places: list[Place]) -> bool:
        found = judge(plan, loosened.without(places))
        if _signature(found) == before:
            return False
        if bounds_by_subject(found.items) != settled:
            statuses.update(places)
        return True

    def search(places: list[Place], beside: list[Place]) -> None:
        """Finds what matters among `places`, which matter together with what is relaxed `beside` them."""
        if len(places) == 1:
            decisive.update(places)
            return
        left, right = places[: len(places) // 2], places[len(places) // 2 :]
        alone = [half for half in (left, right) if matters(half + beside)]
        for half in alone:
            search(half, beside)
        if not alone:
            search(left, beside + right)
            search(right, beside + left)

    if len(candidates) > MOST_ALONE:
        groups: dict[tuple[str, str], list[Place]] = defaultdict(list)
        for name, attribute in candidates:
            groups[facts.row(name).type, attribute].append((name, attribute))
        decisive.update(place for group in groups.values() if matters(group) for place in group)
        rest = [place for place in candidates if place not in decisive]
        if rest and matters(rest):
            decisive.update(rest)
    elif matters(candidates):
        statuses.clear()
        decisive.update(place for place in candidates if matters([place]))
        rest = [place for place in candidates if place not in decisive]
        # A search may pass over places that matter only together with each other; so until those left do not matter.
        while rest and matters(rest):
            search(rest, [])
            rest = [place for place in rest if place not in decisive]
    return tuple(_shown(facts, place, decides=place in statuses) for place in sorted(decisive))


def _signature(findings: Findings) -> tuple[object, ...]:
    return tuple(
        (finding.rule, finding.row.name, finding.kind, finding.worst, finding.best, finding.advisory)
        for finding in findings.items
    )


def _read(plan: Plan) -> set[tuple[str, str]]:
    """Every attribute that a finding can depend on, as (type, attribute): those that expressions read, the parts that a
    `satisfies` asks for, and from these on, again and again, the references that an inverse is made of, the section
    that they stand in, and what the reading of an absence depends on."""
    entities = plan.vocabulary.entities
    asked = {kind for kinds in plan.asked.values() for kind in kinds}
    parts = ((kind, each.name) for kind in asked for each in entities[kind].attributes.values() if each.part)
    waiting = [*plan.reads, *parts]
    found: set[tuple[str, str]] = set()
    while waiting:
        kind, name = place = waiting.pop()
        if place in found or kind not in entities or name not in entities[kind].attributes:
            continue
        found.add(place)
        attribute = entities[kind].attributes[name]
        waiting += [(kind, condition.attribute) for condition in attribute.absent.conditions]
        if attribute.inverse_of is not None:
            waiting += [attribute.inverse_of, ("design", entities[attribute.inverse_of[0]].section)]
    return found


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
