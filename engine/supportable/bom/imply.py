"""The design that a bill implies: machines, components and workloads, and nothing that the bill does not say.

A server is a physical machine. A licence of an operating system or hypervisor belongs to the servers beside it only if
that is beyond doubt: one kind of server and one kind of licence in the same place (under one server, in one
configuration, in the whole file), and as many of one as of the other. Otherwise it stands for machines of its own, of
which nothing else is known. Components belong to a server if they are its options or the configuration has one server.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from supportable.bom.model import Bom, Line, Recognised

COMPONENTS: Final = ("server", "nic", "hba", "storage", "switch", "driver", "software")
_LICENCES: Final = ("os", "hypervisor")


@dataclass(frozen=True, slots=True)
class Implied:
    """A design document, what each line stands for in it (by place in the bill), and what could not be tied.

    `origins` gives, for each entity, the places of the lines it was made of. `loose` are places of licences that no
    server is known to run.
    """

    document: dict[str, Any]
    subjects: dict[int, tuple[str, ...]]
    origins: dict[str, tuple[int, ...]]
    loose: frozenset[int]


@dataclass(slots=True)
class _Entity:
    section: str
    type: str
    id: str
    given: dict[str, Any]
    count: int = 0
    places: list[int] = field(default_factory=list)


class _Draft:
    """Entities being gathered; those alike are one, with a count."""

    def __init__(self, bom: Bom) -> None:
        self.bom = bom
        self.entities: dict[tuple[Any, ...], _Entity] = {}
        self.subjects: dict[int, list[str]] = defaultdict(list)
        sheets = list(dict.fromkeys(line.sheet for line in bom.lines))
        self.prefixes = {sheet: f"s{place}-" if len(sheets) > 1 else "" for place, sheet in enumerate(sheets, 1)}

    def add(self, section: str, type: str, key: tuple[Any, ...], given: dict[str, Any], place: int) -> _Entity:
        line = self.bom.lines[place]
        entity = self.entities.get((type, *key))
        if entity is None:
            id = f"{self.prefixes[line.sheet]}line-{line.line}"
            entity = self.entities[type, *key] = _Entity(section, type, id, given)
        entity.count += max(line.quantity or 1, 1)
        entity.places.append(place)
        self.stands_for(place, entity)
        return entity

    def stands_for(self, place: int, entity: _Entity) -> None:
        name = f"{entity.type}/{entity.id}"
        if name not in self.subjects[place]:
            self.subjects[place].append(name)


def imply(bom: Bom, recognised: Sequence[Recognised | None], name: str) -> Implied:
    """The design implied by the recognised items; `recognised` is in step with `bom.lines`. Lines with a quantity of
    nought or less order nothing and imply nothing."""
    lines = bom.lines
    held = [
        place
        for place, found in enumerate(recognised)
        if found is not None
        and lines[place].kind == "item"
        and (lines[place].quantity is None or _positive(lines[place]))
    ]
    kind = {place: _kind(recognised[place]) for place in held}
    # What is listed under a server, its chassis for one, is that server and not another.
    servers = [place for place in held if kind[place] == "server" and not _within(lines, place, kind)]
    owners = _owners(lines, held, kind, servers)
    run: dict[int, dict[str, int]] = defaultdict(dict)
    loose: list[int] = []
    for licence in _LICENCES:
        licences = [place for place in held if kind[place] == licence]
        loose += _attach(lines, recognised, servers, licences, owners, run=run, licence=licence)
    draft = _Draft(bom)
    standing = set(servers)
    parts: dict[int, list[_Entity]] = defaultdict(list)
    for place in held:
        if kind[place] in COMPONENTS:
            entity = draft.add(
                "components", "component", _identity(recognised[place]), _component(recognised[place]), place
            )
            owner = place if place in standing else owners.get(place)
            if owner is not None:
                parts[owner].append(entity)
    owned_by: dict[int, list[int]] = defaultdict(list)
    for place, owner in owners.items():
        owned_by[owner].append(place)
    for place in servers:
        _machine(draft, place, recognised, parts[place], run[place])
        for owned in (*owned_by[place], *run[place].values()):
            for subject in [each for each in draft.subjects[place] if each.startswith("machine/")]:
                if subject not in draft.subjects[owned]:
                    draft.subjects[owned].append(subject)
    for place in loose:
        found = _sure(recognised[place])
        given = {"hypervisor" if kind[place] == "hypervisor" else "os": _product(found)}
        draft.add("machines", "machine", (kind[place], *given.values()), given, place)
    for place in held:
        if kind[place] == "workload":
            given = {"product": _product(_sure(recognised[place]))}
            draft.add("workloads", "workload", tuple(given.values()), given, place)
    return _finished(draft, name, loose)


def _finished(draft: _Draft, name: str, loose: list[int]) -> Implied:
    document: dict[str, Any] = {"design": name}
    origins = {}
    for section in ("machines", "components", "workloads"):
        found = [entity for entity in draft.entities.values() if entity.section == section]
        if found:
            document[section] = [
                {"id": entity.id, **({"count": entity.count} if entity.count > 1 else {}), **entity.given}
                for entity in found
            ]
    for entity in draft.entities.values():
        origins[f"{entity.type}/{entity.id}"] = tuple(entity.places)
    subjects = {place: tuple(names) for place, names in draft.subjects.items()}
    return Implied(document, subjects, origins, frozenset(loose))


def _positive(line: Line) -> bool:
    return line.quantity is not None and line.quantity > 0


def _sure(found: Recognised | None) -> Recognised:
    assert found is not None
    return found


def _kind(found: Recognised | None) -> str:
    return "" if found is None else found.kind


def _within(lines: tuple[Line, ...], place: int, kind: dict[int, str]) -> bool:
    """Whether the line is an option, at any depth, of a line that is a server."""
    above = lines[place].parent
    while above is not None and kind.get(above) != "server":
        above = lines[above].parent
    return above is not None


def _identity(found: Recognised | None) -> tuple[Any, ...]:
    return () if found is None else (found.kind, found.vendor, found.model, found.part_number, found.title)


def _product(found: Recognised) -> str:
    return found.product.title() if found.product is not None else found.title


def _component(found: Recognised | None) -> dict[str, Any]:
    thing = _sure(found)
    given = {"kind": thing.kind, "vendor": thing.vendor, "model": thing.model, "part_number": thing.part_number}
    return {name: clipped(value) for name, value in given.items() if value}


def clipped(text: str) -> str:
    """Text that a design may hold: printable, and not one of its reserved words."""
    plain = "".join(each if each.isprintable() else " " for each in text).strip()
    return f"“{plain}”" if plain in ("none", "unknown") else plain


def _owners(lines: tuple[Line, ...], held: list[int], kind: dict[int, str], servers: list[int]) -> dict[int, int]:
    """For components and licences, the server they belong to."""
    by_group: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place in servers:
        if lines[place].group:
            by_group[lines[place].sheet, lines[place].group].append(place)
    owners = {}
    standing = set(servers)
    for place in held:
        if place in standing or kind[place] == "workload":
            continue
        above = lines[place].parent
        while above is not None and kind.get(above) != "server":
            above = lines[above].parent
        if (
            above is None
            and lines[place].group
            and kind[place] in COMPONENTS
            and kind[place] not in ("storage", "switch")
        ):
            alone = by_group[lines[place].sheet, lines[place].group]
            above = alone[0] if len(alone) == 1 else None
        if above is not None:
            owners[place] = above
    return owners


def _attach(
    lines: tuple[Line, ...],
    recognised: Sequence[Recognised | None],
    servers: list[int],
    licences: list[int],
    owners: dict[int, int],
    *,
    run: dict[int, dict[str, int]],
    licence: str,
) -> list[int]:
    """Give servers the licences that are theirs beyond doubt; the places of those left over."""
    left = dict.fromkeys(licences)

    def tie(some: list[int], of: list[int]) -> None:
        kinds = {_identity(recognised[place])[1:3] for place in some}
        products = {_product(_sure(recognised[place])) for place in of}
        counts = [[lines[place].quantity for place in places] for places in (some, of)]
        if len(kinds) != 1 or len(products) != 1 or any(None in count for count in counts):
            return
        if sum(each or 0 for each in counts[0]) == sum(each or 0 for each in counts[1]):
            for server in some:
                run[server][licence] = of[0]
            for place in of:
                left.pop(place)
                run[some[0]].setdefault(f"{licence} {place}", place)

    by_owner: dict[int, list[int]] = defaultdict(list)
    for place in licences:
        if place in owners:
            by_owner[owners[place]].append(place)
    for server, own in by_owner.items():
        tie([server], own)
    groups: dict[tuple[str, str], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for place in servers:
        if lines[place].group and licence not in run[place]:
            groups[lines[place].sheet, lines[place].group][0].append(place)
    for place in left:
        if lines[place].group and place not in owners:
            groups[lines[place].sheet, lines[place].group][1].append(place)
    for some, of in groups.values():
        if some and of:
            tie(some, of)
    if left and servers and not any(licence in run[each] for each in servers):
        tie(servers, list(left))
    return list(left)


def _machine(
    draft: _Draft,
    place: int,
    recognised: Sequence[Recognised | None],
    parts: list[_Entity],
    run: dict[str, int],
) -> None:
    found = _sure(recognised[place])
    given: dict[str, Any] = {
        "kind": "physical",
        "model": clipped(" ".join(filter(None, (found.vendor, found.model))) or found.title),
    }
    for licence in _LICENCES:
        if licence in run:
            given[licence] = _product(_sure(recognised[run[licence]]))
    ids = tuple(dict.fromkeys(entity.id for entity in parts))
    given["components"] = [*ids, "..."]
    key = (_identity(found), given.get("os"), given.get("hypervisor"), frozenset(ids))
    draft.add("machines", "machine", key, given, place)
