"""A private copy of a design whose facts can be changed, and changed back, without reading it anew.

Telling what a verdict owes to readings of absence, and what an answer would lead to, means judging a design once for
each of them; reading it each time would cost more than judging it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final, NamedTuple

from supportable.facts import EMPTY, OPEN, Facts, Row
from supportable.intake.change import relaxed, with_value
from supportable.intake.layout import DESIGN, ENUM, PRODUCT, SCALAR, Field, Layout, layout_of
from supportable.intake.links import link
from supportable.intake.load import load_design
from supportable.vocabulary.convert import ConversionError, UnrecognisedProduct

_ALONE: Final = (SCALAR, ENUM, PRODUCT)
"""The kinds of values that stand for themselves: no row is made of them, and none is named."""


class _Trait(NamedTuple):
    """What changing an attribute comes to: `governs` says that the reading of another attribute depends on this one,
    `linked` that inverse lists are computed from it. `unknown` is what stands for it where nobody knows it."""

    field: Field
    unknown: Any
    governs: bool
    linked: bool


class Varied:
    """The copy of one design, made when first asked for. Not safe in threads, as it changes; whoever makes one keeps it
    to himself. What it answers is valid until it is asked again."""

    def __init__(self, facts: Facts) -> None:
        self._original = facts
        self._layout: Layout = layout_of(facts.vocabulary)
        self._made: Facts | None = None
        self._rows: dict[str, list[Row]] = {}
        self._traits: dict[tuple[str, str], _Trait] = {}
        self._undo: list[tuple[Row, str, Any]] = []
        # Whether what inverse lists are made of is changed now, and whether it was and is no longer.
        self._linked = self._relink = False

    def without(self, places: Iterable[tuple[str, str]]) -> Facts:
        """The design with these attributes unknown, given as (name of a row, attribute), and all others as they were.

        The same facts as `relaxed` gives. Raises KeyError for a row that is not there.
        """
        copy = self._copy()
        found = [(copy.row(name), attribute) for name, attribute in places]
        if any(self._trait(row.type, attribute).governs for row, attribute in found):
            return relaxed(self._original, [(row.name, attribute) for row, attribute in found])
        self._restore()
        for row, attribute in found:
            trait = self._trait(row.type, attribute)
            self._put(row, trait, trait.unknown)
        self._link()
        return copy

    def having(self, place: tuple[str, str], value: Any) -> Facts:
        """The design with one attribute, given as (name of a row, attribute), having another value, written as a design
        would write it, and all others as they were.

        The same facts as `with_value` gives, except that `source`, `given` and `assumed` may still be as they were.
        Raises KeyError for a row that is not there, DesignError for a value that does not fit.
        """
        row = self._copy().row(place[0])
        trait = self._trait(row.type, place[1])
        found = None if trait.governs or trait.linked else _converted(trait.field, value)
        if found is None:
            return with_value(self._original, f"{row.pointer}/{place[1]}", value)
        self._restore()
        self._put(row, trait, found)
        self._link()
        return self._copy()

    def _copy(self) -> Facts:
        if self._made is None:
            facts = self._original
            source = facts.source if facts.document is None else replace(facts.document, root=facts.source)
            self._made = load_design(source, facts.vocabulary, lenient=bool(facts.warnings))
            self._rows = {name: list(table.rows) for name, table in self._made.tables.items()}
        return self._made

    def _trait(self, type_: str, attribute: str) -> _Trait:
        known = self._traits.get((type_, attribute))
        if known is None:
            known = self._traits[type_, attribute] = _trait(self._layout, type_, attribute)
        return known

    def _put(self, row: Row, trait: _Trait, value: Any) -> None:
        slot = trait.field.slot
        self._undo.append((row, slot, getattr(row, slot)))
        setattr(row, slot, value)
        self._linked = self._linked or trait.linked

    def _restore(self) -> None:
        for row, slot, value in reversed(self._undo):
            setattr(row, slot, value)
        self._undo.clear()
        self._relink, self._linked = self._linked, False

    def _link(self) -> None:
        """Compute the inverse lists anew, if what they are made of was changed or changed back."""
        if not (self._relink or self._linked):
            return
        self._relink = False
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
    return _Trait(field, OPEN if section else field.unknown, governs, linked)


def _converted(field: Field, value: Any) -> Any:
    """The value as a row holds it; None where reading it takes more than its own type."""
    if field.kind not in _ALONE:
        return None
    if field.kind == ENUM:
        return field.known.get(value)
    assert field.convert is not None
    try:
        found = field.convert(value)
    except ConversionError:
        return None
    return None if isinstance(found, UnrecognisedProduct) else found
