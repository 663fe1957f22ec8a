"""What a vocabulary says of each type, laid out for reading designs: row classes, readers of values, absent readings.

Worked out once for a vocabulary and kept in its memo.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from supportable.facts import EMPTY, OPEN, Row, Table, slot_of
from supportable.vocabulary.convert import converter
from supportable.vocabulary.model import Absence, Attribute, Entity, Vocabulary
from supportable.vocabulary.products import NONE_PRODUCT, UNKNOWN_PRODUCT
from supportable.vocabulary.types import EnumType, ListType, NoneType, ProductType, RecordType, RefType, TextType, Type
from supportable.vocabulary.unknown import NONE, UNKNOWN

SCALAR, TEXT, ENUM, PRODUCT, REF, RECORD, LIST, INVERSE, KEY = range(9)
"""How a value is read. A KEY is no attribute but belongs to the form, such as `id`; whoever needs it reads it."""

DESIGN: Final = "design"
_MEMO_KEY: Final = "intake.layout"


@dataclass(frozen=True, slots=True)
class Field:
    """An attribute ready to be read: its slot, the kind of its values, and what reads them.

    `convert` turns a written scalar into a typed one. `known` maps written words to their values and may grow.
    `target` is the type of a reference or record, `member` reads a list's members.
    """

    name: str
    slot: str
    kind: int
    type: Type | None = None
    convert: Callable[[Any], Any] | None = None
    known: dict[Any, Any] = field(default_factory=dict)
    target: str = ""
    member: Field | None = None
    inverse_of: tuple[str, str] | None = None
    unknown: Any = UNKNOWN
    none: Any = NONE


@dataclass(frozen=True, slots=True)
class Dependent:
    """An absent reading with conditions: `value` if every attribute in `conditions` has one of its values."""

    name: str
    slot: str
    conditions: tuple[tuple[str, tuple[object, ...]], ...]
    value: Any
    closes: bool


@dataclass(frozen=True, slots=True)
class Inverse:
    """A computed list: the rows of `owner` whose attribute in `owner_slot`, a reference or a list, names this row."""

    slot: str
    owner: str
    owner_slot: str
    of_list: bool


@dataclass(frozen=True, slots=True)
class TypeLayout:
    """One entity type or record.

    `defaults` are the slots with their readings when absent, for dependent ones the unknown value; `closed` names the
    attributes among them that are read as something other than unknown. `holders` are the types with slots for such
    rows: for an entity the design's section, for a record wherever it may stand. `empty` is the table without own rows.
    """

    entity: Entity
    row_class: type[Row]
    fields: dict[str, Field]
    defaults: tuple[tuple[str, Any], ...]
    closed: frozenset[str]
    dependents: tuple[Dependent, ...]
    inverses: tuple[Inverse, ...]
    holders: tuple[tuple[str, tuple[str, ...]], ...]
    empty: Table


@dataclass(frozen=True, slots=True)
class Layout:
    """All types of a vocabulary; `sections` maps a section's name to the type it holds."""

    vocabulary: Vocabulary
    types: dict[str, TypeLayout]
    sections: dict[str, str]


def layout_of(vocabulary: Vocabulary) -> Layout:
    """The vocabulary's layout, made on first use."""
    found = vocabulary.memo.get(_MEMO_KEY)
    if found is None:
        found = vocabulary.memo[_MEMO_KEY] = _Architect(vocabulary).layout()
    layout: Layout = found
    return layout


class _Architect:
    """A vocabulary's row classes and absent rows, from which its layout is made."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.entities = dict(vocabulary.entities)
        self.entities.setdefault(DESIGN, Entity(DESIGN, {}))
        self.classes = {name: _row_class(entity, self._slots(entity)) for name, entity in self.entities.items()}
        self.absent = {name: (self._row(name, 0), self._row(name, 1)) for name in self.entities}
        for name in self.entities:
            self._fill_absent(name)

    def layout(self) -> Layout:
        types = {name: self._type(entity) for name, entity in self.entities.items()}
        return Layout(self.vocabulary, types, dict(self.vocabulary.sections))

    def _slots(self, entity: Entity) -> tuple[str, ...]:
        sections = self.vocabulary.sections if entity.name == DESIGN else ()
        return tuple(slot_of(name) for name in sorted({*entity.attributes, *sections}))

    def _row(self, name: str, i: int) -> Row:
        row = self.classes[name]()
        row.i = i
        row.id = NONE if i else UNKNOWN
        row.name = f"{name}/{row.id}"
        row.pointer = row.slot = ""
        row.count = 1
        row.owner = None
        row.given = row.assumed = frozenset()
        return row

    def _fill_absent(self, name: str) -> None:
        for i, row in enumerate(self.absent[name]):
            for slot in self._slots(self.entities[name]):
                setattr(row, slot, EMPTY if i else OPEN)
            for attribute in self.entities[name].attributes.values():
                setattr(row, slot_of(attribute.name), self._absent_value(attribute.type, i))

    def _absent_value(self, type: Type, i: int) -> Any:
        """What stands for an unknown value (`i` is 0) or for none (1)."""
        if isinstance(type, ProductType):
            return NONE_PRODUCT if i else UNKNOWN_PRODUCT
        if isinstance(type, RefType):
            return self.absent[type.entity][i]
        if isinstance(type, RecordType):
            return self.absent[type.record][i]
        if isinstance(type, ListType):
            return EMPTY if i else OPEN
        return NONE if i else UNKNOWN

    def _type(self, entity: Entity) -> TypeLayout:
        fields = {name: self._field(attribute) for name, attribute in entity.attributes.items()}
        stored = [each for each in entity.attributes.values() if each.inverse_of is None]
        readings = {each.name: self._reading(each.absent, each.type) for each in stored}
        closed = {each.name for each in stored if _closes(each.absent) and not each.absent.conditions}
        defaults = {
            slot_of(each.name): self._absent_value(each.type, 0) if each.absent.conditions else readings[each.name]
            for each in stored
        }
        dependents = tuple(
            Dependent(
                each.name,
                slot_of(each.name),
                tuple((slot_of(term.attribute), tuple(term.values)) for term in each.absent.conditions),
                readings[each.name],
                _closes(each.absent),
            )
            for each in stored
            if each.absent.conditions
        )
        inverses = tuple(self._inverse(each) for each in entity.attributes.values() if each.inverse_of is not None)
        defaults |= {inverse.slot: EMPTY for inverse in inverses}
        if entity.name == DESIGN:
            fields |= {key: Field(key, "", KEY) for key in (DESIGN, "$schema")}
            for section, held in self.vocabulary.sections.items():
                absent = self.entities[held].absent
                fields[section] = Field(section, slot_of(section), KEY)
                defaults[slot_of(section)] = EMPTY if absent == "none" else OPEN
                closed = closed | {section} if absent == "none" else closed - {section}
        elif not entity.record:
            fields |= {key: Field(key, "", KEY) for key in ("id", "count")}
        row_class = self.classes[entity.name]
        table = Table(entity, self.absent[entity.name])
        return TypeLayout(
            entity, row_class, fields, tuple(defaults.items()), frozenset(closed), dependents, inverses,
            self._holders(entity), table,
        )  # fmt: skip

    def _holders(self, held: Entity) -> tuple[tuple[str, tuple[str, ...]], ...]:
        if not held.record:
            return ((DESIGN, (slot_of(held.section),)),) if held.section else ()
        record = RecordType(held.name)
        found = []
        for name, entity in self.entities.items():
            held_by = (each for each in entity.attributes.values() if each.type in (record, ListType(record)))
            slots = [slot_of(each.name) for each in held_by]
            if slots:
                found.append((name, tuple(slots)))
        return tuple(found)

    def _reading(self, absent: Absence, type: Type) -> Any:
        if absent.reading == "value":
            return absent.value
        return self._absent_value(type, 1 if absent.reading == "none" else 0)

    def _inverse(self, attribute: Attribute) -> Inverse:
        assert attribute.inverse_of is not None
        owner, forward = attribute.inverse_of
        of_list = isinstance(self.entities[owner].attributes[forward].type, ListType)
        return Inverse(slot_of(attribute.name), owner, slot_of(forward), of_list)

    def _field(self, attribute: Attribute) -> Field:
        if attribute.inverse_of is not None:
            return Field(attribute.name, slot_of(attribute.name), INVERSE, inverse_of=attribute.inverse_of)
        if attribute.section:
            return Field(attribute.name, slot_of(attribute.name), KEY)
        return self._typed_field(attribute.name, attribute.type)

    def _typed_field(self, name: str, type: Type) -> Field:
        slot = slot_of(name)
        unknown, none = self._absent_value(type, 0), self._absent_value(type, 1)
        if isinstance(type, RefType):
            return Field(name, slot, REF, type, target=type.entity, unknown=unknown, none=none)
        if isinstance(type, RecordType):
            return Field(name, slot, RECORD, type, target=type.record, unknown=unknown, none=none)
        if isinstance(type, ListType):
            member = self._typed_field(name, type.of)
            return Field(name, slot, LIST, type, member=member, unknown=unknown, none=none)
        assert not isinstance(type, NoneType)
        convert = converter(type, self.vocabulary)
        if isinstance(type, ProductType):
            return Field(name, slot, PRODUCT, type, convert, unknown=unknown, none=none)
        if isinstance(type, EnumType):
            known: dict[Any, Any] = {value: value for value in type.values}
            return Field(name, slot, ENUM, type, convert, known | {"none": NONE, "unknown": UNKNOWN})
        return Field(name, slot, TEXT if isinstance(type, TextType) else SCALAR, type, convert)


def _closes(absent: Absence) -> bool:
    return absent.reading != "unknown"


def _row_class(entity: Entity, slots: tuple[str, ...]) -> type[Row]:
    # `type` is the same for all rows of a class: as a class attribute it costs nothing per row.
    name = "".join(part.capitalize() for part in entity.name.split("_")) + "Row"
    made: type[Row] = type(name, (Row,), {"__slots__": slots, "__module__": __name__, "type": entity.name})
    return made
