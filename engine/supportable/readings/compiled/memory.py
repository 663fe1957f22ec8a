"""Where derived values are remembered between the functions of a program."""

from __future__ import annotations

from typing import NamedTuple

from supportable.language import ir
from supportable.plan.model import Plan, PlannedDerivation


class Where(NamedTuple):
    """Where derived values are remembered: in the lists of the entity type with this number, at this place; and the
    function that fills it in."""

    entity: int
    place: int
    function: str


class Memory:
    """The places in which derived values are remembered, once they were asked for, row by row.

    A definition that is a truth is remembered as one: 0, 1 or 2.
    """

    def __init__(self, plan: Plan) -> None:
        self.entities: dict[str, int] = {}
        self.sizes: list[int] = []
        self._places: dict[tuple[str, str], Where] = {}
        self._truths: set[tuple[str, str]] = set()
        for one in plan.derivations:
            entity = self.entities.setdefault(one.entity, len(self.entities))
            if entity == len(self.sizes):
                self.sizes.append(0)
            self._places[one.entity, one.name] = Where(entity, self.sizes[entity], f"derive_{one.index}")
            self.sizes[entity] += 1
            if ir.is_truth(one.value):
                self._truths.add((one.entity, one.name))

    def where(self, of: ir.Attr | PlannedDerivation) -> Where:
        """The place of a derived attribute."""
        return self._places[of.entity, of.name]

    def as_truth(self, of: ir.Attr | PlannedDerivation) -> bool:
        """Whether it is remembered as a truth."""
        return (of.entity, of.name) in self._truths
