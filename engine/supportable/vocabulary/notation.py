"""Types as a vocabulary or catalogue writes them: `product`, `{enum: [up, down]}`, `{list: machine}`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from supportable.document import Plain
from supportable.errors import did_you_mean
from supportable.vocabulary.scales import NotationError, int_type, number_type
from supportable.vocabulary.shape import Shape, below, described
from supportable.vocabulary.types import (
    BOOL,
    DATE,
    INT,
    TEXT,
    BoolType,
    DateType,
    EnumType,
    IntType,
    ListType,
    NumberType,
    ProductType,
    RecordType,
    RefType,
    TextType,
    Type,
)
from supportable.vocabulary.words import RESERVED_VALUES, TYPE_WORDS

BAD_TYPE: Final = "SUP210"
BAD_RANGE: Final = "SUP211"
BAD_VALUES: Final = "SUP212"
UNKNOWN_TYPE: Final = "SUP213"
UNKNOWN_PRODUCT: Final = "SUP214"

_PLAIN_TYPES: Final[dict[str, Type]] = {
    "bool": BOOL,
    "date": DATE,
    "int": INT,
    "number": number_type(""),
    "product": ProductType(),
    "text": TEXT,
}


@dataclass(frozen=True, slots=True)
class Names:
    """What types may speak of: the entity types, records and products that exist."""

    entities: frozenset[str] = frozenset()
    records: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class InlineRecord:
    """A record type written where it is used: its name, where it stands, and its attributes as written."""

    name: str
    pointer: str
    attributes: object


@dataclass(slots=True)
class Notation:
    """A reader of types in one document.

    `inline` collects the records that are written in place. With `entities_allowed` false there are neither records
    nor references: a catalogue holds plain values only.
    """

    shape: Shape
    names: Names
    entities_allowed: bool = True
    inline: list[InlineRecord] = field(default_factory=list)

    def read(self, spec: object, pointer: str, name: str) -> Type | None:
        """The type that `spec` writes, or None where a problem was noted.

        `name` is what a record written in place is called. `spec` is a type word, or a map with one of them as a key;
        `inverse` is the business of the caller, as are all other keys of the map.
        """
        if isinstance(spec, str):
            return self._word(str(spec), pointer)
        if not isinstance(spec, dict):
            self.shape.note(BAD_TYPE, f"a type was expected, not {described(spec)}", pointer, _TYPES_HINT)
            return None
        words = [key for key in spec if key in TYPE_WORDS and key != "inverse"]
        if len(words) != 1:
            if words:
                self.shape.note(BAD_TYPE, f"two types are given: {' and '.join(words)}", pointer, "keep one of them")
            else:
                self.shape.note(BAD_TYPE, "no type is given", pointer, _near_type(spec))
            return None
        word = words[0]
        return self._readers()[word](spec[word], below(pointer, word), name)

    def _readers(self) -> dict[str, Callable[[object, str, str], Type | None]]:
        return {
            "bool": self._no_argument(BOOL, "bool"),
            "date": self._no_argument(DATE, "date"),
            "text": self._no_argument(TEXT, "text"),
            "int": self._int,
            "number": self._number,
            "enum": self._enum,
            "scale": self._scale,
            "product": self._product,
            "ref": self._ref,
            "record": self._record,
            "list": self._list,
        }

    def _word(self, word: str, pointer: str) -> Type | None:
        found = _PLAIN_TYPES.get(word)
        if found is not None:
            return found
        if word in self.names.entities:
            hint = f"write {{ref: {word}}} for one of them, {{list: {word}}} for any number"
        elif word in self.names.records:
            hint = f"write {{record: {word}}}"
        elif word in TYPE_WORDS:
            hint = f"write {{{word}: …}}"
        else:
            hint = did_you_mean(word, TYPE_WORDS)
        self.shape.note(BAD_TYPE, f"{described(word)} is no type by itself", pointer, hint)
        return None

    def _no_argument(self, type: Type, word: str) -> Callable[[object, str, str], Type | None]:
        def read(argument: object, pointer: str, name: str) -> Type | None:  # noqa: ARG001 - one signature for all
            if argument is not None:
                self.shape.note(BAD_TYPE, f"“{word}” takes nothing after it", pointer, f"write {{{word}}} or {word}")
                return None
            return type

        return read

    def _int(self, argument: object, pointer: str, name: str) -> Type | None:  # noqa: ARG002
        return self._ranged(int_type, argument, pointer) if argument is not None else INT

    def _number(self, argument: object, pointer: str, name: str) -> Type | None:  # noqa: ARG002
        return self._ranged(number_type, "" if argument is None else argument, pointer)

    def _ranged(self, parse: Callable[[str], Type], argument: object, pointer: str) -> Type | None:
        if not isinstance(argument, str):
            self.shape.note(BAD_RANGE, f"a range was expected, not {described(argument)}", pointer)
            return None
        try:
            return parse(argument)
        except NotationError as error:
            self.shape.note(BAD_RANGE, str(error), pointer)
            return None

    def _enum(self, argument: object, pointer: str, name: str) -> Type | None:  # noqa: ARG002
        return self._values(argument, pointer, ordered=False)

    def _scale(self, argument: object, pointer: str, name: str) -> Type | None:  # noqa: ARG002
        return self._values(argument, pointer, ordered=True)

    def _values(self, argument: object, pointer: str, *, ordered: bool) -> Type | None:
        found: list[str] = []
        noted = len(self.shape.problems)
        for place, item in self.shape.sequence(argument, pointer, "the allowed values"):
            value = self.shape.text(item, place, "an allowed value")
            if value in RESERVED_VALUES:
                message = f"“{value}” is a reserved word and cannot be an allowed value"
                self.shape.note(BAD_VALUES, message, place, f"write something like “{value}-given”")
            elif value in found:
                self.shape.note(BAD_VALUES, f"“{value}” is given twice", place)
            elif value != value.strip() or not value.isprintable() or not value:
                self.shape.note(BAD_VALUES, f"{value!r} cannot be an allowed value", place, "use printable characters")
            else:
                found.append(value)
        if not found and len(self.shape.problems) == noted:
            self.shape.note(BAD_VALUES, "at least one allowed value is needed", pointer)
        return EnumType(tuple(found), ordered) if len(self.shape.problems) == noted else None

    def _product(self, argument: object, pointer: str, name: str) -> Type | None:  # noqa: ARG002
        if argument is None:
            return ProductType()
        noted = len(self.shape.problems)
        # One product may be written without the brackets.
        one = isinstance(argument, str)
        entries = [(pointer, argument)] if one else self.shape.sequence(argument, pointer, "products")
        ladders: list[str] = []
        for place, item in entries:
            ladder = self.shape.text(item, place, "a product")
            if ladder and ladder not in self.names.products:
                hint = did_you_mean(ladder, self.names.products)
                self.shape.note(UNKNOWN_PRODUCT, f"there is no product {described(ladder)}", place, hint)
            elif ladder in ladders:
                self.shape.note(BAD_VALUES, f"“{ladder}” is given twice", place)
            ladders.append(ladder)
        return ProductType(tuple(ladders)) if len(self.shape.problems) == noted else None

    def _ref(self, argument: object, pointer: str, name: str) -> Type | None:  # noqa: ARG002
        if not self.entities_allowed:
            self.shape.note(BAD_TYPE, "a catalogue holds no references", pointer)
            return None
        if not isinstance(argument, str):
            self.shape.note(BAD_TYPE, "a reference needs the name of an entity type", pointer)
            return None
        target = str(argument)
        if target in self.names.entities:
            return RefType(target)
        hint = did_you_mean(target, self.names.entities)
        if target in self.names.records:
            hint = f"“{target}” is a record, which has no id: write {{record: {target}}}"
        self.shape.note(UNKNOWN_TYPE, f"there is no entity type {described(target)}", pointer, hint)
        return None

    def _record(self, argument: object, pointer: str, name: str) -> Type | None:
        if not self.entities_allowed:
            self.shape.note(BAD_TYPE, "a catalogue holds no records", pointer)
            return None
        if isinstance(argument, dict):
            self.inline.append(InlineRecord(name, pointer, argument))
            return RecordType(name)
        if isinstance(argument, str):
            target = str(argument)
            if target in self.names.records:
                return RecordType(target)
            hint = did_you_mean(target, self.names.records)
            if target in self.names.entities:
                hint = f"“{target}” is an entity type, which has ids: write {{ref: {target}}}"
            self.shape.note(UNKNOWN_TYPE, f"there is no record {described(target)}", pointer, hint)
            return None
        self.shape.note(BAD_TYPE, "a record needs its name, or its attributes", pointer)
        return None

    def _list(self, argument: object, pointer: str, name: str) -> Type | None:
        of: Type | None
        if isinstance(argument, str) and str(argument) not in _PLAIN_TYPES:
            of = self._member(str(argument), pointer, name)
        else:
            of = self.read(argument, pointer, name)
        if of is None:
            return None
        if not isinstance(of, _MEMBERS):
            self.shape.note(BAD_TYPE, "a list cannot hold lists", pointer, "put the inner list into a record")
            return None
        return ListType(of)

    def _member(self, word: str, pointer: str, name: str) -> Type | None:
        if self.entities_allowed:
            if word in self.names.entities:
                return RefType(word)
            if word in self.names.records:
                return self._record(Plain(word), pointer, name)
        known = (*_PLAIN_TYPES, *(sorted(self.names.entities | self.names.records) if self.entities_allowed else ()))
        self.shape.note(UNKNOWN_TYPE, f"there is nothing called {described(word)}", pointer, did_you_mean(word, known))
        return None


_MEMBERS: Final = (
    BoolType, IntType, NumberType, TextType, DateType, EnumType, ProductType, RefType, RecordType,
)  # fmt: skip
_TYPES_HINT: Final = "write a type such as text, bool, product or {enum: [a, b]}"


def _near_type(spec: dict[str, object]) -> str:
    """A hint for a map without a type word: the type word that one of its keys resembles."""
    for key in spec:
        hint = did_you_mean(key, TYPE_WORDS)
        if hint.startswith("did"):
            return hint
    return _TYPES_HINT
