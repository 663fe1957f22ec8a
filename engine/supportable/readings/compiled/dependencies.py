"""What later strata may ask of a pack whose rules have been judged: the bounds of subjects with their parts."""

from __future__ import annotations

from typing import Any

from supportable.facts import Members, slot_of
from supportable.packs.model import UNSUPPORTED
from supportable.plan.model import Plan
from supportable.readings.findings import (
    ANYTHING,
    UNCOVERED,
    Bounds,
    Finding,
    bounds,
    same,
    satisfied,
    with_parts,
)
from supportable.vocabulary.model import Entity
from supportable.vocabulary.types import ListType, RefType


class PackShape:
    """What is known beforehand of a pack that is asked about: its rules, and what its subjects are made of.

    `parts` holds, for each entity type, the slots of its parts and whether the pack has rules for such a part.
    """

    def __init__(self, plan: Plan, pack: str) -> None:
        mine = [one for one in plan.rules if one.rule.pack == pack]
        subjects = {one.rule.subject for one in mine}
        # A pack that `asked` does not know has nothing to say, and yet may object to parts that nobody has named.
        self.rules = tuple(one.index for one in mine) if pack in plan.asked else ()
        self.parts = {name: _parts(entity, subjects) for name, entity in plan.vocabulary.entities.items()}


def _parts(entity: Entity, subjects: set[str]) -> tuple[tuple[str, bool], ...]:
    found = []
    for attribute in entity.attributes.values():
        if attribute.part:
            type_ = attribute.type.of if isinstance(attribute.type, ListType) else attribute.type
            judged = isinstance(type_, RefType) and type_.entity in subjects
            found.append((slot_of(attribute.name), judged))
    return tuple(found)


class Dependency:
    """The bounds of one design's subjects under one pack; `note` is called whenever its rules have been judged."""

    __slots__ = ("_found", "_out", "_own", "_same", "_shape")

    def __init__(self, shape: PackShape) -> None:
        self._shape = shape
        self._out: list[list[Finding]] = []
        self._own: dict[Any, Bounds] | None = {}
        self._found: dict[Any, Bounds] = {}
        self._same: dict[Any, tuple[int, int, int]] = {}

    def note(self, out: list[list[Finding]]) -> None:
        """Take the findings made so far, to be looked at when asked; `out` holds those of each rule, by its index."""
        self._out = out
        self._own = None
        self._found.clear()
        self._same.clear()

    def truth(self, row: Any) -> int:
        """The truth of `satisfies`."""
        if row.i < 2:
            return 1 - int(row.i)
        return satisfied(self._bounds(row))

    def same(self, row: Any) -> tuple[int, int, int]:
        """For `otherwise: same`: the truth of the requirement, and the interval of outcomes, low then high."""
        if row.i == 1:
            return 0, UNSUPPORTED, UNSUPPORTED
        found = self._same.get(row)
        if found is None:
            found = self._same[row] = same(self._bounds(row) if row.i else ANYTHING)
        return found

    def _bounds(self, row: Any) -> Bounds:
        found = self._found.get(row)
        if found is None:
            found = self._found[row] = self._with_parts(row)
        return found

    def _with_parts(self, row: Any) -> Bounds:
        own = self._own = self._judged() if self._own is None else self._own
        sure: list[Bounds] = []
        maybe: list[Bounds] = []
        more = False
        for slot, judged in self._shape.parts[row.type]:
            held = getattr(row, slot)
            listed = held if isinstance(held, Members) else Members((held,))
            for part in listed.sure:
                if part.i == 0:
                    more = more or judged
                elif part.i > 1:
                    sure.append(own.get(part, UNCOVERED))
            maybe += [own.get(part, UNCOVERED) for part in listed.maybe]
            more = more or (listed.open and judged)
        return with_parts(own.get(row, UNCOVERED), sure, maybe, more=more)

    def _judged(self) -> dict[Any, Bounds]:
        by_row: dict[Any, list[Finding]] = {}
        for rule in self._shape.rules:
            for finding in self._out[rule]:
                by_row.setdefault(finding.row, []).append(finding)
        return {row: bounds(findings) for row, findings in by_row.items()}
