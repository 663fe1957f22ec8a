"""A catalogue as a value, and the rows that a key, known or partly unknown, could mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product as combinations
from typing import Any, Final

from supportable.origin import NOWHERE, Origin
from supportable.vocabulary.key_patterns import (
    CERTAINLY,
    MOST_COMPLETIONS,
    NO,
    KeyPattern,
    ProductPattern,
    completions,
    contains,
    match_key,
)
from supportable.vocabulary.model import Memo
from supportable.vocabulary.products import NO_PRODUCT, Product
from supportable.vocabulary.references import Citation
from supportable.vocabulary.types import Type
from supportable.vocabulary.unknown import NONE, UNKNOWN

MOST_CACHED: Final = 4096
"""Answers a catalogue keeps; when there are more, it forgets all and starts afresh."""


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """One row: what it matches, in the catalogue's key order, and what it says.

    `values` has every column, in the typed form of `supportable.facts`; a cell that is not given is unknown. The row
    is in force from `since` (inclusive) until `until` (exclusive), both date ordinals, None where unbounded.
    """

    keys: tuple[KeyPattern, ...]
    values: dict[str, Any]
    since: int | None = None
    until: int | None = None
    cite: tuple[Citation, ...] = ()
    note: str = ""
    origin: Origin = field(default=NOWHERE, compare=False)

    def in_force(self, as_of: int) -> bool:
        """Whether the row holds on that day."""
        return (self.since is None or self.since <= as_of) and (self.until is None or as_of < self.until)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A typed table that rules look things up in.

    `key` and `columns` give the type of each, in the order written. With `complete`, what has no row is not listed and
    its columns are none; else nothing is known of it. `stated_by` is the (entity type, attribute) by which a design may
    state what the catalogue does not know. `architectures` are those an unknown architecture can be.
    Any two rows that can match one key on one day differ in specificity: one matches strictly less than the other.
    """

    name: str
    version: str
    title: str
    key: dict[str, Type]
    columns: dict[str, Type]
    complete: bool
    stated_by: tuple[str, str] | None
    rows: tuple[CatalogueRow, ...]
    digest: str
    origin: Origin = NOWHERE
    source: str = ""
    architectures: tuple[str, ...] = ()
    _memo: Memo = field(default_factory=Memo, compare=False, repr=False)

    def candidates(self, key: tuple[Any, ...], as_of: int) -> tuple[CatalogueRow | None, ...]:
        """The rows that `key`, typed values in key order, could mean on that day; None stands for no row.

        For a known key that is one: the most specific row that matches, or None. A partly unknown key has every
        outcome that some way of filling it in has, and perhaps more. A key with a none in it has no row; a value of
        which nothing is known may be none. Rows come in the order of the file, None last.
        """
        asked = (key, as_of)
        answers: dict[Any, tuple[CatalogueRow | None, ...]] = self._memo.setdefault("answers", {})
        found = answers.get(asked)
        if found is None:
            found = self._candidates(key, as_of)
            if len(answers) >= MOST_CACHED:
                answers.clear()
            answers[asked] = found
        return found

    def _candidates(self, key: tuple[Any, ...], as_of: int) -> tuple[CatalogueRow | None, ...]:
        if any(_is_none(value) for value in key):
            return (None,)
        matches = [(row, match_key(row.keys, key)) for row in self._bucket(key) if row.in_force(as_of)]
        possible = [row for row, match in matches if match != NO]
        certain = most_specific([row for row, match in matches if match == CERTAINLY])
        if certain is not None:
            return tuple(row for row in possible if row is certain or contains(certain.keys, row.keys))
        return (*possible, None) if self._may_have_no_row(key, possible) else tuple(possible)

    def _may_have_no_row(self, key: tuple[Any, ...], possible: list[CatalogueRow]) -> bool:
        if not possible or any(_is_unknown(value) for value in key):
            return True
        ways: list[list[Any]] = []
        count = 1
        for place, value in enumerate(key):
            if isinstance(value, Product):
                patterns = [row.keys[place] for row in possible]
                asked = [pattern for pattern in patterns if isinstance(pattern, ProductPattern)]
                filled = completions(value, asked, self.architectures)
            else:
                filled = [value]
            count *= len(filled)
            ways.append(filled)
            if not 0 < count <= MOST_COMPLETIONS:
                return True
        return any(
            all(match_key(row.keys, completed) != CERTAINLY for row in possible) for completed in combinations(*ways)
        )

    def _bucket(self, key: tuple[Any, ...]) -> tuple[CatalogueRow, ...]:
        """The rows that can match at all, by the parts of the key that are matched exactly."""
        if any(_is_unknown(value) for value in key):
            return self.rows
        buckets: dict[tuple[Any, ...], tuple[CatalogueRow, ...]] | None = self._memo.get("buckets")
        if buckets is None:
            buckets = self._memo["buckets"] = rows_by_bucket(self.rows)
        return buckets.get(tuple(value.name if isinstance(value, Product) else value for value in key), ())


def most_specific(rows: list[CatalogueRow]) -> CatalogueRow | None:
    """Of rows that all match one key, the one that every other contains; None of no rows."""
    best: CatalogueRow | None = None
    for row in rows:
        if best is None or contains(best.keys, row.keys):
            best = row
    return best


def rows_by_bucket(rows: tuple[CatalogueRow, ...]) -> dict[tuple[Any, ...], tuple[CatalogueRow, ...]]:
    """The rows by what they match exactly, a product by its name: rows of different buckets never match one key."""
    buckets: dict[tuple[Any, ...], list[CatalogueRow]] = {}
    for row in rows:
        buckets.setdefault(tuple(_exactly(row.keys)), []).append(row)
    return {bucket: tuple(held) for bucket, held in buckets.items()}


def _exactly(keys: tuple[KeyPattern, ...]) -> Iterator[object]:
    for pattern in keys:
        yield pattern.ladder if isinstance(pattern, ProductPattern) else pattern.value


def _is_none(value: object) -> bool:
    return value is NONE or (isinstance(value, Product) and value.code == NO_PRODUCT)


def _is_unknown(value: object) -> bool:
    return value is UNKNOWN or (isinstance(value, Product) and value.name is UNKNOWN)
