"""Designs as plain Python values, as much or as little of them given as people would."""

from __future__ import annotations

from typing import Any

from supportable.vocabulary.model import Attribute, Entity, Vocabulary
from supportable.vocabulary.types import ListType, RecordType, RefType, Type
from tests.readings.generators.choices import Choices, some
from tests.readings.generators.values import distinct, known_value, written

Ids = dict[str, list[str]]
"""The ids that a design gives, by entity type."""


def stored(entity: Entity) -> list[Attribute]:
    """The attributes that a design may give: not those that are computed, nor what belongs to the form."""
    return [
        each
        for each in entity.attributes.values()
        if each.inverse_of is None and not each.section and (entity.record or each.name not in ("id", "count"))
    ]


def design(choices: Choices, vocabulary: Vocabulary) -> dict[str, Any]:
    """A design with up to four entities of each type."""
    ids: Ids = {}
    given = {}
    for section, entity in vocabulary.sections.items():
        ids[entity] = []
        if choices.chance(85):
            ids[entity] = [f"{entity[0]}{place}" for place in range(choices.number(0, 4))]
            given[section] = entity
    made = Maker(choices, vocabulary, ids)
    result: dict[str, Any] = {"design": "generated", **made.attributes(vocabulary.entities["design"])}
    for section, entity in given.items():
        entries: list[Any] = [made.entity(entity, id_) for id_ in ids[entity]]
        result[section] = [*entries, "..."] if choices.chance(20) else entries
    return result


class Maker:
    """Writes entities, records and values that may refer to the entities in `ids`."""

    def __init__(self, choices: Choices, vocabulary: Vocabulary, ids: Ids) -> None:
        self.choices = choices
        self.vocabulary = vocabulary
        self.ids = ids

    def entity(self, name: str, id_: str) -> dict[str, Any]:
        """One entry of a section."""
        alike = {"count": self.choices.number(2, 3)} if self.choices.chance(15) else {}
        return {"id": id_, **alike, **self.attributes(self.vocabulary.entities[name])}

    def attributes(self, entity: Entity) -> dict[str, Any]:
        """Some of the attributes, as a map."""
        return {each.name: self.value(each.type) for each in stored(entity) if self.choices.chance(75)}

    def value(self, type_: Type) -> Any:
        """A value as a design writes it, `none` and `unknown` included."""
        if self.choices.chance(18):
            return self.choices.pick(("unknown", "none"))
        match type_:
            case ListType():
                return self.members(type_, [])
            case RefType():
                return self.choices.pick(self.ids[type_.entity]) if self.ids[type_.entity] else "none"
            case RecordType():
                return self.attributes(self.vocabulary.entities[type_.record])
        return written(known_value(self.choices, type_, self.vocabulary), type_)

    def members(self, type_: ListType, before: list[Any]) -> list[Any]:
        """A list that begins with `before`, perhaps with more members, perhaps open."""
        choices, of = self.choices, type_.of
        if isinstance(of, RefType):
            more: list[Any] = some(choices, [each for each in self.ids[of.entity] if each not in before], 3)
        elif isinstance(of, RecordType):
            more = [self.attributes(self.vocabulary.entities[of.record]) for _ in range(choices.number(0, 2))]
        else:
            values = [written(known_value(choices, of, self.vocabulary), of) for _ in range(choices.number(0, 3))]
            more = [each for each in distinct(values) if each not in before]
        tail = ["..."] if choices.chance(25) else []
        return [*before, *more, *tail]
