"""A private copy of a design whose attributes can be made unknown, and known again, without reading it anew.

Telling what a verdict owes to readings of absence means judging a design once for each of them; reading it each time
would cost more than judging it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from supportable.facts import EMPTY, OPEN, Facts
from supportable.intake.change import relaxed
from supportable.intake.layout import DESIGN, Layout, layout_of
from supportable.intake.links import link
from supportable.intake.load import load_design


class _Trait(NamedTuple):
    """What taking an attribute back comes to: `governs` says that the reading of another attribute depends on this
    one, `linked` that inverse lists are computed from it."""

    slot: str
    unknown: Any
    governs: bool
    linked: bool


class Loosened:
    """The copy of one design. Not safe in threads, as it changes; whoever makes one keeps it to himself."""

    def __init__(self, facts: Facts) -> None:
        source = facts.source if facts.document is None else replace(facts.document, root=facts.source)
        self._original = facts
        self._layout: Layout = layout_of(facts.vocabulary)
        self._copy = load_design(source, facts.vocabulary, lenient=bool(facts.warnings))
        self._rows = {name: list(table.rows) for name, table in self._copy.tables.items()}
        self._traits: dict[tuple[str, str], _Trait] = {}
        self._undo: list[tuple[Any, str, Any]] = []
        self._relink = False

    def without(self, places: Iterable[tuple[str, str]]) -> Facts:
        """The design with these attributes unknown, given as (name of a row, attribute), and all others as they were.

        The same facts as `relaxed` gives; valid until the next call. Raises KeyError for a row that is not there.
        """
        found = [(self._copy.row(name), attribute) for name, attribute in places]
        if any(self._trait(row.type, attribute).governs for row, attribute in found):
            return relaxed(self._original, [(row.name, attribute) for row, attribute in found])
        for row, slot, value in reversed(self._undo):
            setattr(row, slot, value)
        self._undo.clear()
        linked = self._relink
        self._relink = False
        for row, attribute in found:
            trait = self._trait(row.type, attribute)
            self._undo.append((row, trait.slot, getattr(row, trait.slot)))
            setattr(row, trait.slot, trait.unknown)
            self._relink = self._relink or trait.linked
        if linked or self._relink:
            self._link()
        return self._copy

    def _trait(self, type_: str, attribute: str) -> _Trait:
        known = self._traits.get((type_, attribute))
        if known is None:
            known = self._traits[type_, attribute] = _trait(self._layout, type_, attribute)
        return known

    def _link(self) -> None:
        for name, layout in self._layout.types.items():
            for row in self._rows[name][2:]:
                for inverse in layout.inverses:
                    setattr(row, inverse.slot, EMPTY)
        link(self._layout, self._rows)


def _trait(layout: Layout, type_: str, attribute: str) -> _Trait:
    own = layout.types[type_]
    field = own.fields[attribute]
    section = type_ == DESIGN and attribute in layout.sections
    governs = any(slot == field.slot for dependent in own.dependents for slot, _ in dependent.conditions)
    linked = section or any(
        inverse.owner == type_ and inverse.owner_slot == field.slot
        for each in layout.types.values()
        for inverse in each.inverses
    )
    return _Trait(field.slot, OPEN if section else field.unknown, governs, linked)
