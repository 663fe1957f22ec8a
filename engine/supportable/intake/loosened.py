"""A private copy of a design whose attributes can be made unknown, and known again, without reading it anew.

Telling what a verdict owes to readings of absence means judging a design once for each of them; reading it each time
would cost more than judging it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from supportable.facts import EMPTY, OPEN, Facts
from supportable.intake.change import relaxed
from supportable.intake.layout import DESIGN, Layout, layout_of
from supportable.intake.links import link
from supportable.intake.load import load_design


class Loosened:
    """The copy of one design. Not safe in threads, as it changes; whoever makes one keeps it to himself."""

    def __init__(self, facts: Facts) -> None:
        source = facts.source if facts.document is None else replace(facts.document, root=facts.source)
        self._original = facts
        self._layout: Layout = layout_of(facts.vocabulary)
        self._copy = load_design(source, facts.vocabulary, lenient=bool(facts.warnings))
        self._rows = {name: list(table.rows) for name, table in self._copy.tables.items()}
        self._undo: list[tuple[Any, str, Any]] = []
        self._relink = False

    def without(self, places: Iterable[tuple[str, str]]) -> Facts:
        """The design with these attributes unknown, given as (name of a row, attribute), and all others as they were.

        The same facts as `relaxed` gives; valid until the next call. Raises KeyError for a row that is not there.
        """
        places = list(places)
        if any(self._governs(name, attribute) for name, attribute in places):
            return relaxed(self._original, places)
        for row, slot, value in reversed(self._undo):
            setattr(row, slot, value)
        self._undo.clear()
        linked = self._relink
        self._relink = False
        for name, attribute in places:
            row = self._copy.row(name)
            field = self._layout.types[row.type].fields[attribute]
            self._undo.append((row, field.slot, getattr(row, field.slot)))
            setattr(row, field.slot, OPEN if self._is_section(row.type, attribute) else field.unknown)
            self._relink = self._relink or self._is_linked(row.type, attribute)
        if linked or self._relink:
            self._link()
        return self._copy

    def _governs(self, name: str, attribute: str) -> bool:
        """Whether the reading of another attribute depends on this one."""
        layout = self._layout.types[self._copy.row(name).type]
        own = layout.fields[attribute].slot
        return any(own == slot for dependent in layout.dependents for slot, _ in dependent.conditions)

    def _is_section(self, type_: str, attribute: str) -> bool:
        return type_ == DESIGN and attribute in self._layout.sections

    def _is_linked(self, type_: str, attribute: str) -> bool:
        """Whether inverse lists are computed from the attribute."""
        if self._is_section(type_, attribute):
            return True
        slot = self._layout.types[type_].fields[attribute].slot
        return any(
            inverse.owner == type_ and inverse.owner_slot == slot
            for layout in self._layout.types.values()
            for inverse in layout.inverses
        )

    def _link(self) -> None:
        for name, layout in self._layout.types.items():
            for row in self._rows[name][2:]:
                for inverse in layout.inverses:
                    setattr(row, inverse.slot, EMPTY)
        link(self._layout, self._rows)
