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
_OF_THE_ROW: Final = ("id", "count")
"""Attributes that every entity has without saying, and that `Row` itself keeps."""


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
    """A computed list: the rows of `owner` whose attribute in `owner_slot`, a reference or a list, names this row.

    `section_slot` is where the design keeps all rows of `owner`.
    """

    slot: str
    owner: str
    owner_slot: str
    section_slot: str
    of_list: bool


@dataclass(frozen=True, slots=True)
class TypeLayout:
    """One entity type or record.

    `defaults` are the slots with their readings when absent, for dependent ones the unknown value; `closed` names the
    attributes among them that are read as something other than unknown. `empty` is the table without own
    rows.
    """

    entity: Entity
    row_class: type[Row]
    fields: dict[str, Field]
    defaults: tuple[tuple[str, Any], ...]
    closed: frozenset[str]
    dependents: tuple[Dependent, ...]
    inverses: tuple[Inverse, ...]
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
        self.entities = vocabulary.entities
        self.classes = {name: _row_class(entity) for name, entity in self.entities.items()}
        self.absent = {name: (self._row(name, 0), self._row(name, 1)) for name in self.entities}
        for name in self.entities:
            self._fill_absent(name)

    def layout(self) -> Layout:
        types = {name: self._type(entity) for name, entity in self.entities.items()}
        return Layout(self.vocabulary, types, dict(self.vocabulary.sections))

    def _row(self, name: str, i: int) -> Row:
        row = self.classes[name]()
        row.i = i
        row.name = f"{name}/{NONE if i else UNKNOWN}"
        row.id = row.count = NONE if i else UNKNOWN
        row.pointer = row.slot = ""
        row.owner = None
        row.given = row.assumed = frozenset()
        return row

    def _fill_absent(self, name: str) -> None:
        for i, row in enumerate(self.absent[name]):
            for attribute in _own(self.entities[name]):
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
        inverses = tuple(self._inverse(each) for each in _own(entity) if each.inverse_of is not None)
        stored = [each for each in _own(entity) if each.inverse_of is None]
        dependents = tuple(self._dependent(each) for each in stored if each.absent.conditions)
        plain = [each for each in stored if not each.absent.conditions]
        defaults: dict[str, Any] = {each.slot: EMPTY for each in inverses}
        defaults |= {each.slot: self._absent_value(entity.attributes[each.name].type, 0) for each in dependents}
        defaults |= {slot_of(each.name): self._reading(each) for each in plain}
        keys = (DESIGN, "$schema") if entity.name == DESIGN else () if entity.record else _OF_THE_ROW
        return TypeLayout(
            entity=entity,
            row_class=self.classes[entity.name],
            fields={each.name: self._field(each) for each in _own(entity)}
            | {key: Field(key, key, KEY) for key in keys},
            defaults=tuple(defaults.items()),
            closed=frozenset(each.name for each in plain if _closes(each.absent)),
            dependents=dependents,
            inverses=inverses,
            empty=Table(entity, self.absent[entity.name]),
        )

    def _dependent(self, attribute: Attribute) -> Dependent:
        terms = tuple((slot_of(term.attribute), tuple(term.values)) for term in attribute.absent.conditions)
        reading, closes = self._reading(attribute), _closes(attribute.absent)
        return Dependent(attribute.name, slot_of(attribute.name), terms, reading, closes)

    def _reading(self, attribute: Attribute) -> Any:
        absent = attribute.absent
        if absent.reading == "value":
            return absent.value
        return self._absent_value(attribute.type, 1 if absent.reading == "none" else 0)

    def _inverse(self, attribute: Attribute) -> Inverse:
        assert attribute.inverse_of is not None
        owner, forward = attribute.inverse_of
        of_list = isinstance(self.entities[owner].attributes[forward].type, ListType)
        section = slot_of(self.entities[owner].section)
        return Inverse(slot_of(attribute.name), owner, slot_of(forward), section, of_list)

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


def _own(entity: Entity) -> list[Attribute]:
    """The attributes that have a slot of their own."""
    return [each for each in entity.attributes.values() if entity.record or each.name not in _OF_THE_ROW]


def _row_class(entity: Entity) -> type[Row]:
    slots = tuple(slot_of(attribute.name) for attribute in _own(entity))
    name = "".join(part.capitalize() for part in entity.name.replace(".", "_").split("_")) + "Row"
    # `type` is the same for all rows of a class: as a class attribute it costs nothing per row.
    made: type[Row] = type(name, (Row,), {"__slots__": slots, "__module__": __name__, "type": entity.name})
    return made
