"""Values of every type: as an expression holds them, and as a design writes them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from supportable.vocabulary.model import Vocabulary
from supportable.vocabulary.products import NONE_PRODUCT, UNKNOWN_PRODUCT, Product
from supportable.vocabulary.types import (
    BoolType,
    DateType,
    EnumType,
    IntType,
    NumberType,
    ProductType,
    TextType,
    Type,
)
from supportable.vocabulary.unknown import NONE, UNKNOWN, Absence
from tests.readings.generators.choices import Choices

TODAY = datetime.date(2020, 1, 10).toordinal()
"""The day on which all generated plans are judged."""

TEXTS = ("x", "y", "xy", "", "none of it", "é")
NUMBERS = (0, 1, 2, 3, 5, 7, 10, -1, 1000)
HUGE = (2**63 - 1, -(2**63), 2**62)
SERVICE_PACKS: tuple[int | Absence, ...] = (1, 2, NONE)
DAYS = (TODAY, TODAY - 1, TODAY + 1, TODAY + 30, 1, datetime.date.max.toordinal())
SCALARS = (BoolType, IntType, NumberType, TextType, DateType, EnumType, ProductType)


def known_value(choices: Choices, type_: Type, vocabulary: Vocabulary, *, partial: bool = True) -> Any:
    """A known value of a scalar type, in its typed form; with `partial`, a product may lack some of its fields."""
    match type_:
        case BoolType():
            return choices.pick((True, False))
        case IntType():
            low = -(2**63) if type_.low is None else type_.low
            options = NUMBERS if not choices.chance(10) else HUGE
            return max(low, choices.pick(options))
        case NumberType():
            return choices.pick((0, 5, 10, 15, 100, 10000))
        case TextType():
            return choices.pick(TEXTS)
        case DateType():
            return choices.pick(DAYS)
        case EnumType():
            return choices.pick(type_.values)
        case ProductType():
            return _product(choices, type_, vocabulary, partial=partial)
    raise TypeError(f"{type_} has no values to write")


def _product(choices: Choices, type_: ProductType, vocabulary: Vocabulary, *, partial: bool) -> Product:
    ladder = vocabulary.ladders[choices.pick(type_.ladders or tuple(sorted(vocabulary.ladders)))]
    lacks = 30 if partial else 0
    return ladder.product(
        release=UNKNOWN if choices.chance(lacks) or not ladder.releases else choices.pick(ladder.releases),
        edition=choices.pick(ladder.editions) if ladder.editions and choices.chance(100 - 2 * lacks) else UNKNOWN,
        service_pack=choices.pick(SERVICE_PACKS) if choices.chance(100 - 2 * lacks) else UNKNOWN,
        architecture=choices.pick(vocabulary.architectures) if choices.chance(100 - 2 * lacks) else UNKNOWN,
    )


def completed_product(choices: Choices, product: Product, type_: ProductType, vocabulary: Vocabulary) -> Product:
    """The same product with some of what is not known of it filled in."""
    if product is UNKNOWN_PRODUCT:
        return NONE_PRODUCT if choices.chance(25) else _product(choices, type_, vocabulary, partial=True)
    if product.ladder is None:
        return product
    other = _product(choices, ProductType((product.ladder.name,)), vocabulary, partial=True)

    def either(known: Any, filled: Any) -> Any:
        return filled if known is UNKNOWN else known

    return product.ladder.product(
        release=either(product.release, other.release),
        edition=either(product.edition, other.edition),
        service_pack=either(product.service_pack, other.service_pack),
        update=either(product.update, choices.pick((UNKNOWN, NONE, 1))),
        architecture=either(product.architecture, other.architecture),
    )


def written(value: Any, type_: Type) -> Any:
    """A scalar value as a design writes it."""
    if value is UNKNOWN or value is UNKNOWN_PRODUCT:
        return "unknown"
    if value is NONE or value is NONE_PRODUCT:
        return "none"
    if isinstance(value, Product):
        return value.as_given()
    if isinstance(type_, DateType):
        return datetime.date.fromordinal(value).isoformat()
    if isinstance(type_, NumberType):
        steps = 10**type_.places
        return value // steps if value % steps == 0 else value / steps
    return value


def distinct(values: Sequence[Any]) -> list[Any]:
    """The values without those that are equal to an earlier one."""
    found: list[Any] = []
    for value in values:
        if value not in found:
            found.append(value)
    return found
