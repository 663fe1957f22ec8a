"""A bill held against a design: which line is which entity, and where the two differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from supportable.bom.asking import Asked
from supportable.bom.model import Bom, Recognised, Statement
from supportable.facts import Facts
from supportable.verdict.evaluate import evaluate
from supportable.verdict.model import SubjectVerdict, Verdict
from supportable.vocabulary.products import Product, same_place
from supportable.vocabulary.spelling import words_of
from supportable.vocabulary.unknown import Absence


@dataclass(frozen=True, slots=True)
class Against:
    """The design's verdict, the entities each line is, by place in the bill, and the differences."""

    verdict: Verdict
    matched: dict[int, tuple[str, ...]]
    differences: tuple[Statement, ...]

    def of(self, place: int) -> tuple[tuple[str, ...], tuple[SubjectVerdict, ...]]:
        """The names of the entities that a line is, and their verdicts where they are judged."""
        names = self.matched.get(place, ())
        return names, tuple(one for one in self.verdict.subjects if one.subject in names)


def held_against(
    bom: Bom,
    recognised: list[Recognised | None],
    design: Facts,
    asked: Asked,
) -> Against:
    """The bill beside the design."""
    verdict = evaluate(design, asked.packs, as_of=asked.as_of, only=asked.only)
    matched: dict[int, tuple[str, ...]] = {}
    known: dict[Any, tuple[str, ...]] = {}
    counted: dict[tuple[str, ...], int] = {}
    titles: dict[tuple[str, ...], tuple[str, list[int]]] = {}
    for place, thing in enumerate(recognised):
        if thing is None:
            continue
        if thing not in known:
            known[thing] = _alike(thing, design)
        names = known[thing]
        if names:
            matched[place] = names
            key = (thing.kind, *names)
            counted[key] = counted.get(key, 0) + (bom.lines[place].quantity or 1)
            titles.setdefault(key, (thing.title, []))[1].append(place)
    differences = []
    for key, (title, places) in titles.items():
        needed = sum(_count(design, name) for name in key[1:])
        if needed != counted[key] and key[0] in ("server", "os", "workload"):
            reason = f"the design has {needed} of it, the bill {counted[key]}"
            lines = tuple(bom.lines[place].place for place in places)
            differences.append(Statement(title, "undetermined", (reason,), (), lines))
    found = {name for names in matched.values() for name in names}
    for type_, attribute in (("machine", "os"), ("workload", "product")):
        table = design.tables.get(type_)
        for row in table.own() if table is not None else ():
            held = getattr(row, attribute)
            if row.name not in found and isinstance(held, Product) and not isinstance(held.name, Absence):
                reason = f"{row.name} needs it, and no line of the bill is it"
                differences.append(Statement(held.title(), "undetermined", (reason,)))
    return Against(verdict, matched, tuple(differences))


def _count(design: Facts, name: str) -> int:
    count = design.row(name).count
    return count if isinstance(count, int) else 1


def _alike(thing: Recognised, design: Facts) -> tuple[str, ...]:
    """The entities of the design that a line may be: the same product, or the same model."""
    found = []
    if thing.product is not None:
        slots = {"os": ("machine", "os"), "hypervisor": ("machine", "hypervisor")}
        type_, attribute = slots.get(thing.kind, ("workload", "product"))
        for row in _rows(design, type_):
            held = getattr(row, attribute, None)
            if isinstance(held, Product) and same_place(held, thing.product) == 2 and _compatible(held, thing.product):
                found.append(row.name)
        return tuple(found)
    words = words_of(thing.model)
    for row in _rows(design, "machine") if thing.kind == "server" else ():
        if words and isinstance(row.model, str) and _within(words, words_of(row.model)):
            found.append(row.name)
    for row in _rows(design, "component"):
        same_number = isinstance(row.part_number, str) and row.part_number.casefold() == thing.part_number.casefold()
        same_model = words and isinstance(row.model, str) and _within(words, words_of(row.model))
        if (same_number and thing.part_number) or same_model:
            found.append(row.name)
            found += [owner.name for owner in row.machines.sure]
    return tuple(dict.fromkeys(found))


def _rows(design: Facts, type_: str) -> list[Any]:
    table = design.tables.get(type_)
    return list(table.own()) if table is not None else []


def _compatible(a: Product, b: Product) -> bool:
    return any(isinstance(each.edition, Absence) for each in (a, b)) or a.edition == b.edition


def _within(inner: tuple[str, ...], outer: tuple[str, ...]) -> bool:
    size = len(inner)
    return any(outer[at : at + size] == inner for at in range(len(outer) - size + 1))
