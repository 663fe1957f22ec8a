"""A design as facts: rows of typed values, with references resolved, lists with their members, and origins on demand.

Every reading works on these values and nothing else. How values are held:

=============  ==================================================================================================
type           in a row
=============  ==================================================================================================
bool           True, False
int, number    int (a number in its smallest steps)
date           int, the day's ordinal
text, enum     str
product        `Product`; UNKNOWN_PRODUCT and NONE_PRODUCT stand for the absent ones
ref, record    `Row`; `Table.unknown` and `Table.none` stand for the absent ones, so that navigation never branches
list           `Members`
absent         UNKNOWN or NONE for bool, int, number, date, text and enum
=============  ==================================================================================================

An attribute stands in the slot `slot_of(attribute)`: nearly always its own name.
"""

from __future__ import annotations

import hashlib
import keyword
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from supportable.document import Document, canonical_json
from supportable.origin import NOWHERE, Origin
from supportable.vocabulary.members import EMPTY, OPEN, Members
from supportable.vocabulary.model import Entity, Vocabulary
from supportable.vocabulary.products import NONE_PRODUCT, UNKNOWN_PRODUCT, Product
from supportable.vocabulary.unknown import Absence

__all__ = [
    "EMPTY", "OPEN", "Facts", "Members", "Row", "Table", "Unrecognised", "canonical_design", "slot_of", "value_of",
]  # fmt: skip


class Row:
    """One entity or record. A subclass per type adds a slot for each attribute.

    `i` is its place in its table: 0 is the unknown row, 1 the none row, the design's own follow from 2 on.
    `id` is "" for records, UNKNOWN and NONE for rows 0 and 1; `count` is how many alike it stands for, 1 for records,
    UNKNOWN and NONE for rows 0 and 1. `pointer` is its JSON Pointer in the design. `owner` is the row a record belongs
    to and `slot` the attribute it stands in. `given` names the attributes that the design states (a stated `unknown`
    included, `id` and `count` apart), `assumed` those closed by the vocabulary's reading of absence.
    """

    __slots__ = ("assumed", "count", "given", "i", "id", "name", "owner", "pointer", "slot", "type")

    type: str
    i: int
    id: Any
    name: str
    pointer: str
    count: Any
    owner: Row | None
    slot: str
    given: frozenset[str]
    assumed: frozenset[str]

    def __repr__(self) -> str:
        return self.name


# `id` and `count` are read by expressions too and mean there what they mean here: no attribute can be called so.
_TAKEN: Final = (frozenset(Row.__slots__) | frozenset(keyword.kwlist)) - {"id", "count"}


def slot_of(attribute: str) -> str:
    """The slot of a row that holds `attribute`: the same word, with "_" added where the row or Python has taken it.

    `test.name` stands in `row.name_`, as `row.name` is the row's own; `migration.from` in `row.from_`.
    """
    return f"{attribute}_" if attribute.rstrip("_") in _TAKEN else attribute


def value_of(row: Row, attribute: str) -> Any:
    """The value that `row` holds for `attribute`."""
    return getattr(row, slot_of(attribute))


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of one type: `rows[0]` is the unknown row, `rows[1]` the none row."""

    entity: Entity
    rows: tuple[Any, ...]

    @property
    def unknown(self) -> Any:
        """The row that stands for an entity we know nothing of."""
        return self.rows[0]

    @property
    def none(self) -> Any:
        """The row that stands for there being none."""
        return self.rows[1]

    def own(self) -> Iterator[Any]:
        """The design's own rows, in the design's order."""
        return iter(self.rows[2:])


@dataclass(frozen=True, slots=True)
class Unrecognised:
    """A text where a product was due that no alias matches: unknown to the rules, shown to the reader."""

    pointer: str
    text: str
    nearest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """A design, typed and linked. Frozen by convention: readings never write to rows.

    `tables` is keyed by type name, records included; `tables["design"].rows[2]` is the design itself. All designs of
    one vocabulary share their unknown and none rows. `document` is where the design was read from, or None for one
    built in memory.
    """

    vocabulary: Vocabulary
    name: str
    tables: dict[str, Table]
    unrecognised: tuple[Unrecognised, ...]
    warnings: tuple[str, ...]
    document: Document | None
    source: Any
    """The plain structure (dicts, lists, scalars) the facts were built from; never written to."""
    _memo: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def digest(self) -> str:
        """The SHA-256, in hex, of the design's canonical form: the same for the same facts in any order and format."""
        known: str | None = self._memo.get("digest")
        if known is None:
            known = self._memo["digest"] = hashlib.sha256(canonical_json(canonical_design(self))).hexdigest()
        return known

    def origin(self, pointer: str) -> Origin:
        """Where the value at `pointer` stands, or its nearest ancestor that exists."""
        return NOWHERE if self.document is None else self.document.origin_of(pointer)

    @property
    def design(self) -> Any:
        """The design's own row."""
        return self.tables["design"].rows[2]

    def row(self, name: str) -> Any:
        """The row called `name` ("machine/sqlvm1", "cluster/sql.validation"); KeyError if the design has none."""
        rows: dict[str, Row] | None = self._memo.get("rows")
        if rows is None:
            # Entities last: an id may look like the name of a record.
            tables = sorted(self.tables.values(), key=lambda table: not table.entity.record)
            rows = self._memo["rows"] = {row.name: row for table in tables for row in table.own()}
        return rows[name]


def canonical_design(facts: Facts) -> dict[str, Any]:
    """What the design states, typed and normalised, ready for JSON: equal for designs that state the same.

    Entities are sorted by id, list members by their JSON; what is not given is left out. Products are spelled by their
    known fields, or as {"text": …} where no alias recognised the text; numbers count in smallest steps, dates in days.
    A list that is open is {"open": true, "members": […]}.
    """
    texts = {each.pointer: each.text for each in facts.unrecognised}
    design = facts.design
    sections = facts.vocabulary.sections
    form = {"design": facts.name, **_stated(design, texts, design.given.difference(sections))}
    for section in sections:
        if section in design.given:
            members: Members = value_of(design, section)
            entities = sorted(members.sure, key=lambda row: row.id)
            form[section] = _listed([_entity(row, texts) for row in entities], members)
    return form


def _entity(row: Row, texts: dict[str, str]) -> dict[str, Any]:
    alike = {"count": row.count} if row.count != 1 else {}
    return {"id": row.id, **alike, **_stated(row, texts, row.given)}


def _stated(row: Row, texts: dict[str, str], names: frozenset[str]) -> dict[str, Any]:
    return {name: _canonical(value_of(row, name), f"{row.pointer}/{name}", texts) for name in names}


def _canonical(value: Any, pointer: str, texts: dict[str, str]) -> Any:
    if isinstance(value, Row):
        if value.i < 2:
            return str(value.id)
        return value.id if value.owner is None else _stated(value, texts, value.given)
    if isinstance(value, Members):
        held = [_canonical(member, f"{pointer}/{place}", texts) for place, member in enumerate(value.sure)]
        return _listed(sorted(held, key=canonical_json), value)
    if isinstance(value, Product):
        if value is UNKNOWN_PRODUCT:
            return {"text": texts[pointer]} if pointer in texts else "unknown"
        return "none" if value is NONE_PRODUCT else value.as_given()
    return str(value) if isinstance(value, Absence) else value


def _listed(members: list[Any], held: Members) -> Any:
    return {"open": True, "members": members} if held.open else members
