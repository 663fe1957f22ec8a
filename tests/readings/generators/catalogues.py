"""Catalogues: keys of one or two fields, products matched by ranges and fields, cells that are not given."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from supportable.vocabulary.key_patterns import KeyPattern, ProductPattern, ValuePattern, contains, overlaps
from supportable.vocabulary.lookups import Catalogue, CatalogueRow
from supportable.vocabulary.members import EMPTY, OPEN, Members
from supportable.vocabulary.model import Memo, Vocabulary
from supportable.vocabulary.products import NONE_PRODUCT, UNKNOWN_PRODUCT
from supportable.vocabulary.types import (
    BOOL,
    DATE,
    INT,
    NEVER,
    TEXT,
    DateType,
    EnumType,
    ListType,
    ProductType,
    Type,
)
from supportable.vocabulary.unknown import NONE, UNKNOWN
from tests.readings.generators.choices import Choices
from tests.readings.generators.values import SERVICE_PACKS, TODAY, completed_product, distinct, known_value

COLOURS = EnumType(("red", "green", "blue"))
KEYS: tuple[Type, ...] = (ProductType(), ProductType(("alpha",)), TEXT, COLOURS, BOOL)
COLUMNS: tuple[Type, ...] = (BOOL, INT, DATE, TEXT, ProductType(), COLOURS, ListType(TEXT), ListType(ProductType()))


def catalogues(choices: Choices, vocabulary: Vocabulary) -> dict[str, Catalogue]:
    """None to two catalogues, by name."""
    return {f"c{place}": _catalogue(choices, vocabulary, f"c{place}") for place in range(choices.number(0, 2))}


def _catalogue(choices: Choices, vocabulary: Vocabulary, name: str) -> Catalogue:
    key = {f"k{place}": choices.pick(KEYS) for place in range(choices.number(1, 2))}
    columns = {f"v{place}": choices.pick(COLUMNS) for place in range(choices.number(1, 3))}
    rows: list[CatalogueRow] = []
    for _ in range(choices.number(0, 5)):
        row = _row(choices, vocabulary, key, columns)
        if all(_ordered(row.keys, other.keys) for other in rows):
            rows.append(row)
    return Catalogue(
        name=name,
        version="1",
        title=name,
        key=key,
        columns=columns,
        complete=choices.chance(50),
        stated_by=None,
        rows=tuple(rows),
        digest=name,
        architectures=vocabulary.architectures,
    )


def _ordered(one: tuple[KeyPattern, ...], other: tuple[KeyPattern, ...]) -> bool:
    """Whether no key is matched by both, or one matches strictly less than the other."""
    return not overlaps(one, other) or contains(one, other) != contains(other, one)


def _row(choices: Choices, vocabulary: Vocabulary, key: dict[str, Type], columns: dict[str, Type]) -> CatalogueRow:
    until = choices.pick((None, None, None, TODAY, TODAY + 1))
    return CatalogueRow(
        keys=tuple(_pattern(choices, type_, vocabulary) for type_ in key.values()),
        values={name: _cell(choices, type_, vocabulary) for name, type_ in columns.items()},
        until=until,
    )


def _pattern(choices: Choices, type_: Type, vocabulary: Vocabulary) -> KeyPattern:
    if not isinstance(type_, ProductType):
        return ValuePattern(known_value(choices, type_, vocabulary))
    ladder = vocabulary.ladders[choices.pick(type_.ladders or tuple(sorted(vocabulary.ladders)))]
    last = max(0, len(ladder.releases) - 1)
    low = choices.number(0, last)
    high = choices.number(low, last)
    whole = not ladder.releases or choices.chance(30)
    return ProductPattern(
        ladder.name,
        0 if whole else low,
        last if whole else high,
        whole,
        edition=choices.pick(ladder.editions) if ladder.editions and choices.chance(25) else None,
        service_pack=choices.pick(SERVICE_PACKS) if choices.chance(20) else None,
        architecture=choices.pick(vocabulary.architectures) if choices.chance(15) else None,
    )


def _cell(choices: Choices, type_: Type, vocabulary: Vocabulary) -> Any:
    if isinstance(type_, ListType):
        members = [known_value(choices, type_.of, vocabulary) for _ in range(choices.number(0, 3))]
        more = choices.chance(25)
        return Members(tuple(distinct(members)), open=more) if members else OPEN if more else EMPTY
    if choices.chance(15):
        return UNKNOWN_PRODUCT if isinstance(type_, ProductType) else UNKNOWN
    if choices.chance(10):
        return NONE_PRODUCT if isinstance(type_, ProductType) else NONE
    if isinstance(type_, DateType) and choices.chance(20):
        return NEVER
    return known_value(choices, type_, vocabulary)


def completed_catalogue(choices: Choices, catalogue: Catalogue, vocabulary: Vocabulary) -> Catalogue:
    """The same catalogue with some of what it does not say filled in: cells, open lists, and rows for keys without."""
    rows = []
    for row in catalogue.rows:
        cells = {
            name: _filled(choices, value, catalogue.columns[name], vocabulary) for name, value in row.values.items()
        }
        rows.append(replace(row, values=cells))
    for _ in range(0 if catalogue.complete else choices.number(0, 2)):
        row = replace(_row(choices, vocabulary, catalogue.key, catalogue.columns), until=None)
        # A row for a key that has one would contradict it, and is no completion.
        if not any(overlaps(row.keys, other.keys) for other in rows if other.in_force(TODAY)):
            rows.append(row)
    return replace(catalogue, rows=tuple(rows), _memo=Memo())


def _filled(choices: Choices, value: Any, type_: Type, vocabulary: Vocabulary) -> Any:
    if isinstance(type_, ListType):
        if not value.open or choices.chance(30):
            return value
        more = known_value(choices, type_.of, vocabulary)
        # Members that are not fully known may turn out to be one and the same, which members of a list never are.
        fresh = more not in value.sure and not isinstance(type_.of, ProductType) and choices.chance(60)
        return Members((*value.sure, more) if fresh else value.sure, open=choices.chance(20))
    if isinstance(type_, ProductType):
        return completed_product(choices, value, type_, vocabulary) if choices.chance(80) else value
    if value is UNKNOWN and choices.chance(80):
        return NONE if choices.chance(20) else known_value(choices, type_, vocabulary)
    return value
