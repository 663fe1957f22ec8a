"""The JSON Schema of designs, made from the vocabulary, so that an editor completes and checks what people write.

A schema cannot say all that reading a design checks: that ids are unique and references lead somewhere, that a number
is a multiple of its step, that `...` stands last. What it refuses, reading refuses as well.
"""

from __future__ import annotations

import datetime
import re
from typing import Any, Final

from supportable.vocabulary.model import Absence, Attribute, Entity, Vocabulary
from supportable.vocabulary.products import Ladder
from supportable.vocabulary.scales import in_units
from supportable.vocabulary.types import (
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

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
DESIGN: Final = "design"

JsonSchema = dict[str, Any]

_RESERVED: Final = ["none", "unknown"]
_DATE: Final = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_DOTS: Final = "..."
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


def design_schema(vocabulary: Vocabulary) -> JsonSchema:
    """The JSON Schema (draft 2020-12) of a design; the same vocabulary gives the same schema, key order included."""
    return _Writer(vocabulary).schema()


class _Writer:
    """The schema under construction; shared parts stand under `$defs`, one for each type, record and product."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def schema(self) -> JsonSchema:
        design = self.vocabulary.entities[DESIGN]
        properties: JsonSchema = {
            "$schema": {"type": "string"},
            DESIGN: {"description": "The name of the design", **_named(self._id())},
        }
        for section, name in self.vocabulary.sections.items():
            properties[section] = self._section(self.vocabulary.entities[name])
        own = [attribute for attribute in design.attributes.values() if not attribute.section]
        properties |= self._attributes(own)
        entities = [entity for name, entity in sorted(self.vocabulary.entities.items()) if name != DESIGN]
        return {
            "$schema": DIALECT,
            "title": design.title,
            "description": design.ask or "What somebody proposes: machines, clusters, and what runs on them",
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
            "$defs": {
                "id": self._id(),
                **{_record_key(entity): self._entity(entity) for entity in entities},
                **{f"product.{name}": self._ladder(ladder) for name, ladder in sorted(self.vocabulary.ladders.items())},
            },
        }

    def _id(self) -> JsonSchema:
        # A number stands for the text it is written as: an id or release need not be put in quotes.
        return {"type": ["string", "number"], "minLength": 1, "not": {"enum": _RESERVED}}

    def _section(self, entity: Entity) -> JsonSchema:
        entry = {"$ref": f"#/$defs/{_record_key(entity)}"}
        return _described(entity.title, entity.ask, _reading(Absence(entity.absent), None)) | self._list(
            entry, unique=True
        )

    def _entity(self, entity: Entity) -> JsonSchema:
        properties: JsonSchema = {}
        if not entity.record:
            properties["id"] = {"description": "A name of your choice, by which others refer to it", **self._ref()}
            properties["count"] = {
                "description": "How many alike it stands for; 1 if it is left out",
                "type": ["integer", "null"],
                "minimum": 1,
            }
        own = [attribute for attribute in entity.attributes.values() if attribute.name not in ("id", "count")]
        return {
            "title": entity.title,
            "type": "object",
            "properties": properties | self._attributes(own),
            **({} if entity.record else {"required": ["id"]}),
            "additionalProperties": False,
        }

    def _attributes(self, attributes: list[Attribute]) -> JsonSchema:
        return {
            attribute.name: _described(attribute.title, attribute.ask, _reading(attribute.absent, attribute.type))
            | self._value(attribute.type)
            for attribute in attributes
            if attribute.inverse_of is None
        }

    def _value(self, type: Type) -> JsonSchema:
        """What may stand for an attribute: its values, the reserved words, and null, which says nothing."""
        match type:
            case TextType():
                return {"type": ["string", "number", "boolean", "null"]}
            case EnumType():
                return {"enum": [*_spellings(type.values), *_RESERVED, None]}
            case BoolType():
                return {"enum": [True, False, *_RESERVED, None]}
            case ListType():
                return self._list(self._member(type.of), unique=not isinstance(type.of, RecordType))
            case _:
                return {"anyOf": [self._member(type), {"enum": [*_RESERVED, None]}]}

    def _member(self, type: Type) -> JsonSchema:
        """What may stand in a list, where the reserved words may not."""
        match type:
            case BoolType():
                return {"type": "boolean"}
            case IntType():
                return {"type": "integer"} | _bounds(type.low, type.high, 0)
            case NumberType():
                return {"type": "number"} | _bounds(type.low, type.high, type.places)
            case TextType():
                return {"type": ["string", "number", "boolean"], "not": {"enum": [*_RESERVED, _DOTS]}}
            case DateType():
                return {"type": "string", "pattern": _DATE}
            case EnumType():
                return {"enum": _spellings(type.values)}
            case ProductType():
                return self._product(type)
            case RefType():
                return self._ref()
            case RecordType():
                return {"$ref": f"#/$defs/{_record_key(self.vocabulary.entities[type.record])}"}
            case _:
                raise TypeError(f"no schema for {type}")

    def _list(self, member: JsonSchema, *, unique: bool) -> JsonSchema:
        members: JsonSchema = {"type": "array", "items": {"anyOf": [member, {"const": _DOTS}]}}
        if unique:
            members["uniqueItems"] = True
        return {"anyOf": [members, {"enum": [*_RESERVED, None]}]}

    def _ref(self) -> JsonSchema:
        return {"$ref": "#/$defs/id"}

    def _product(self, type: ProductType) -> JsonSchema:
        ladders = type.ladders or tuple(self.vocabulary.ladders)
        text = {"type": "string", "minLength": 1, "not": {"enum": [*_RESERVED, _DOTS]}}
        schema: JsonSchema = {"anyOf": [text, *({"$ref": f"#/$defs/product.{name}"} for name in sorted(ladders))]}
        # Where one product is allowed it need not be named. For a text, `required` means nothing.
        return schema if len(ladders) == 1 else {**schema, "required": ["name"]}

    def _ladder(self, ladder: Ladder) -> JsonSchema:
        number = {"anyOf": [{"type": "integer", "minimum": 1}, {"enum": [*_RESERVED, None]}]}
        properties: JsonSchema = {
            "name": {"enum": [ladder.name, "unknown", None]},
            "release": {"enum": [*_spellings(ladder.releases), "unknown", None]},
            "edition": {"enum": [*_spellings(ladder.editions), "unknown", None]},
            "service_pack": number,
            "update": number,
            "architecture": {"enum": [*self.vocabulary.architectures, "unknown", None]},
        }
        return {
            "title": ladder.title,
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
        }


def _record_key(entity: Entity) -> str:
    return f"record.{entity.name}" if entity.record else entity.name


def _named(schema: JsonSchema) -> JsonSchema:
    return {**schema, "type": [*schema["type"], "null"]}


def _described(title: str, ask: str, reading: str) -> JsonSchema:
    """Title and description: the question, then how silence is read."""
    words = " ".join(part for part in (ask, reading) if part)
    return {"title": title, **({"description": words} if words else {})}


def _reading(absent: Absence, type: Type | None) -> str:
    if absent.reading == "unknown":
        return ""
    words = "none" if absent.reading == "none" else _spelled(absent.value, type)
    conditions = " and ".join(
        f"{condition.attribute} is {' or '.join(str(value).lower() for value in condition.values)}"
        for condition in absent.conditions
    )
    return f"Left out, it is read as {words}{f' where {conditions}' if conditions else ''}."


def _spelled(value: object, type: Type | None) -> str:
    """A typed value as a design writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and isinstance(type, NumberType):
        return in_units(value, type.places)
    if isinstance(value, int) and isinstance(type, DateType):
        return datetime.date.fromordinal(value).isoformat()
    return str(value)


def _spellings(values: tuple[str, ...]) -> list[Any]:
    """The values; one that looks like a number also as that number, which is what YAML makes of it without quotes."""
    numbers = [float(value) if "." in value else int(value) for value in values if _NUMBER.fullmatch(value)]
    return [*values, *numbers]


def _bounds(low: int | None, high: int | None, places: int) -> JsonSchema:
    found: JsonSchema = {}
    for key, bound in (("minimum", low), ("maximum", high)):
        if bound is not None:
            text = in_units(bound, places)
            found[key] = float(text) if "." in text else int(text)
    return found
