"""The vocabulary as an answer: what a design may say, in which types, and how silence is read."""

from __future__ import annotations

from typing import Literal

from supportable.packs import PackSet
from supportable.verdict.words import as_plain
from supportable.vocabulary.model import Absence, Attribute, Entity
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
from supportable_api.library.vocabulary_models import (
    AbsenceShown,
    AttributeShown,
    EntityShown,
    ProductShown,
    ReleaseShown,
    TypeShown,
    VocabularyShown,
)


def vocabulary_shown(packs: PackSet) -> VocabularyShown:
    """Entity types and records, products, architectures; attributes that packs derive stand with their packs."""
    vocabulary = packs.vocabulary
    return VocabularyShown(
        digest=f"sha256:{vocabulary.digest}",
        entities=[_entity(entity) for _, entity in sorted(vocabulary.entities.items())],
        products=[_product(ladder) for _, ladder in sorted(vocabulary.ladders.items())],
        architectures=list(vocabulary.architectures),
    )


def _entity(entity: Entity) -> EntityShown:
    absent: Literal["none", "unknown"] = "none" if entity.absent == "none" else "unknown"
    return EntityShown(
        name=entity.name,
        title=entity.title,
        section=entity.section,
        record=entity.record,
        judged=entity.judged,
        absent=absent,
        ask=entity.ask,
        attributes=[_attribute(attribute) for attribute in entity.attributes.values()],
    )


def _attribute(attribute: Attribute) -> AttributeShown:
    return AttributeShown(
        name=attribute.name,
        title=attribute.title,
        type=type_shown(attribute.type),
        ask=attribute.ask,
        answers=list(attribute.answers),
        absent=_absence(attribute.absent, attribute.type),
        rests_on=attribute.rests_on,
        part=attribute.part,
        computed_from=".".join(attribute.inverse_of) if attribute.inverse_of else "",
    )


def _absence(absent: Absence, type: Type) -> AbsenceShown:
    return AbsenceShown.model_validate(
        {
            "reading": absent.reading,
            "value": as_plain(absent.value, type) if absent.reading == "value" else None,
            "where": {each.attribute: list(each.values) for each in absent.conditions},
        }
    )


def type_shown(type: Type) -> TypeShown:
    """A type as an answer; bounds as people write them, not in steps."""
    match type:
        case BoolType():
            return TypeShown(kind="bool")
        case IntType():
            return TypeShown(kind="int", low=_bound(type.low, 0), high=_bound(type.high, 0))
        case NumberType():
            return TypeShown(
                kind="number",
                unit=type.unit,
                places=type.places,
                low=_bound(type.low, type.places),
                high=_bound(type.high, type.places),
            )
        case TextType():
            return TypeShown(kind="text")
        case DateType():
            return TypeShown(kind="date")
        case EnumType():
            return TypeShown(kind="scale" if type.ordered else "enum", values=list(type.values))
        case ProductType():
            return TypeShown(kind="product", products=sorted(type.ladders))
        case RefType():
            return TypeShown(kind="ref", of=type.entity)
        case RecordType():
            return TypeShown(kind="record", of=type.record)
        case ListType():
            return TypeShown(kind="list", member=type_shown(type.of))
        case _:
            return TypeShown(kind="none")


def _bound(steps: int | None, places: int) -> str | None:
    return None if steps is None else in_units(steps, places)


def _product(ladder: Ladder) -> ProductShown:
    return ProductShown(
        name=ladder.name,
        title=ladder.title,
        releases=[ReleaseShown(name=each, title=ladder.release_title(each)) for each in ladder.releases],
        editions=[ReleaseShown(name=each, title=ladder.edition_title(each)) for each in ladder.editions],
    )
