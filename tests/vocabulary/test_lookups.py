"""Lookups against a plain model: a pattern is the set of all keys it matches, and the smallest set wins."""

from __future__ import annotations

import datetime
import pickle
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportable.document import read_text
from supportable.errors import VocabularyError
from supportable.vocabulary.catalogues import Catalogue, load_catalogues
from supportable.vocabulary.convert import convert
from supportable.vocabulary.lookups import MOST_CACHED
from supportable.vocabulary.products import NONE_PRODUCT, UNKNOWN_PRODUCT, Product
from supportable.vocabulary.types import ProductType
from supportable.vocabulary.unknown import NONE, UNKNOWN
from tests.vocabulary.documents import as_document, vocabulary

V = vocabulary()
EDITIONS, ARCHITECTURES, PACKS, TEXTS = ("small", "large"), ("x64", "x86"), (NONE, 1, 2, 9), ("a", "b", "other")
FIRST, LAST = 1000, 1009

# A key in the model: ladder, release, edition, service pack, architecture, and a text. Releases of a ladder without
# any, and fields that no row of that ladder can ask for, are None.
Key = tuple[str, str | None, str | None, Any, str, str]
UNIVERSE: list[Key] = [
    (ladder.name, release, edition, pack, architecture, text)
    for ladder in V.ladders.values()
    for release in (ladder.releases or (None,))
    for edition in (ladder.editions or (None,))
    for pack in PACKS
    for architecture in ARCHITECTURES
    for text in TEXTS
]


@dataclass(frozen=True)
class Spec:
    """A row as a test writes it: a product with a range of places on its ladder, a text, and days."""

    ladder: str
    low: int | None
    high: int | None
    edition: str | None
    pack: Any
    architecture: str | None
    text: str
    since: int | None
    until: int | None

    def matches(self, key: Key) -> bool:
        ladder, release, edition, pack, architecture, text = key
        if ladder != self.ladder or text != self.text:
            return False
        if self.low is not None and self.high is not None:
            assert release is not None
            if not self.low <= V.ladders[ladder].releases.index(release) <= self.high:
                return False
        return (
            self.edition in (None, edition)
            and (self.pack is None or self.pack == pack)
            and self.architecture in (None, architecture)
        )

    def holds(self, as_of: int) -> bool:
        return (self.since or 0) <= as_of and (self.until is None or as_of < self.until)

    def written(self, number: int) -> dict[str, Any]:
        fields: dict[str, Any] = {"name": self.ladder}
        if self.low is not None and self.high is not None:
            releases = V.ladders[self.ladder].releases
            fields["release"] = f"{releases[self.low]}..{releases[self.high]}"
        given = {"edition": self.edition, "architecture": self.architecture}
        fields |= {name: value for name, value in given.items() if value is not None}
        if self.pack is not None:
            fields["service_pack"] = "none" if self.pack is NONE else self.pack
        days = {"from": _iso(self.since), "until": _iso(self.until)}
        effective = {name: day for name, day in days.items() if day is not None}
        return {"os": fields, "text": self.text, "number": number, "effective": effective}


def _iso(day: int | None) -> str | None:
    return None if day is None else datetime.date.fromordinal(day).isoformat()


@st.composite
def specs(draw: st.DrawFn) -> Spec:
    ladder = V.ladders[draw(st.sampled_from(["server", "server", "server", "database", "appliance"]))]
    places: st.SearchStrategy[int | None] = st.integers(0, len(ladder.releases) - 1) if ladder.releases else st.none()
    low, high = draw(places), draw(places)
    if low is None or high is None or draw(st.booleans()):
        low = high = None
    elif low > high:
        low, high = high, low
    since, until = draw(st.sampled_from([(None, None)] * 4 + [(None, 1005), (1005, None), (1002, 1007)]))
    return Spec(
        ladder.name,
        low,
        high,
        draw(st.none() | st.sampled_from(ladder.editions)) if ladder.editions else None,
        draw(st.sampled_from([None, None, None, NONE, 1, 2])),
        draw(st.sampled_from([None, None, *ARCHITECTURES])),
        draw(st.sampled_from(["a", "a", "a", "b"])),
        since,
        until,
    )


def catalogue_of(rows: list[Spec]) -> Catalogue:
    document = as_document(
        {
            "catalogue": "c",
            "version": "1",
            "language": 1,
            "key": {"os": "product", "text": "text"},
            "columns": {"number": "int"},
            "rows": [row.written(number) for number, row in enumerate(rows)],
        }
    )
    return load_catalogues([document], V, {})["c"]


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[Spec], Catalogue]:
    """Rows that load together: one that would be as specific as another is left out."""
    kept: list[Spec] = []
    for spec in draw(st.lists(specs(), max_size=8)):
        try:
            catalogue_of([*kept, spec])
        except VocabularyError:
            continue
        kept.append(spec)
    return kept, catalogue_of(kept)


def model(rows: list[Spec], key: Key, as_of: int) -> int | None:
    """The number of the row that a known key means: of those that match, the one that matches the fewest keys."""
    found = [
        (sum(spec.matches(other) for other in UNIVERSE), number)
        for number, spec in enumerate(rows)
        if spec.holds(as_of) and spec.matches(key)
    ]
    return min(found)[1] if found else None


def typed(key: Key) -> tuple[Product, str]:
    ladder, release, edition, pack, architecture, text = key
    fields: dict[str, Any] = {"service_pack": pack, "architecture": architecture}
    fields |= {name: value for name, value in (("release", release), ("edition", edition)) if value is not None}
    return (V.ladders[ladder].product(**fields), text)


def numbers(catalogue: Catalogue, key: tuple[Any, ...], as_of: int) -> list[int | None]:
    return [None if row is None else row.values["number"] for row in catalogue.candidates(key, as_of)]


DAYS = st.integers(FIRST, LAST)
HIDDEN = st.frozensets(st.integers(0, 5))


@settings(max_examples=150, deadline=None)
@given(tables(), st.sampled_from(UNIVERSE), DAYS)
def test_a_known_key_means_the_most_specific_row_in_force(
    table: tuple[list[Spec], Catalogue], key: Key, as_of: int
) -> None:
    rows, catalogue = table
    assert numbers(catalogue, typed(key), as_of) == [model(rows, key, as_of)]


def partial(key: Key, hidden: frozenset[int]) -> tuple[Any, Any]:
    """The key with some of its parts unknown; without its ladder, all of the product is."""
    os, text = typed(key)
    names = ("release", "edition", "service_pack", "architecture")
    shown = {name: getattr(os, name) for place, name in enumerate(names, start=1) if place not in hidden}
    assert os.ladder is not None
    product = UNKNOWN_PRODUCT if 0 in hidden else os.ladder.product(**shown)
    return (product, UNKNOWN if 5 in hidden else text)


def completions(key: Key, hidden: frozenset[int]) -> list[Key]:
    if 0 in hidden:
        hidden = hidden | {1, 2, 3, 4}
    return [other for other in UNIVERSE if all(place in hidden or other[place] == key[place] for place in range(6))]


@settings(max_examples=150, deadline=None)
@given(tables(), st.sampled_from(UNIVERSE), HIDDEN, DAYS)
def test_a_partly_unknown_key_means_all_that_its_completions_mean(
    table: tuple[list[Spec], Catalogue], key: Key, hidden: frozenset[int], as_of: int
) -> None:
    rows, catalogue = table
    found = numbers(catalogue, partial(key, hidden), as_of)
    meant = {model(rows, other, as_of) for other in completions(key, hidden)}
    if hidden & {0, 5}:
        meant.add(None)  # what is wholly unknown may be none
    assert set(found) >= meant
    # No more than that, but for rows that others hide wherever they match.
    assert (None in found) == (None in meant)
    assert len(found) == len(set(found))
    assert [number for number in found if number is not None] == sorted(
        number for number in found if number is not None
    )
    assert found[:-1].count(None) == 0


@settings(max_examples=50, deadline=None)
@given(tables(), st.sampled_from(UNIVERSE), HIDDEN, st.frozensets(st.integers(1, 4)), DAYS)
def test_knowing_more_never_adds_a_candidate(
    table: tuple[list[Spec], Catalogue], key: Key, hidden: frozenset[int], learnt: frozenset[int], as_of: int
) -> None:
    _, catalogue = table
    before = numbers(catalogue, partial(key, hidden), as_of)
    after = numbers(catalogue, partial(key, hidden - learnt), as_of)
    assert set(after) <= set(before)


@given(tables(), st.sampled_from(UNIVERSE), DAYS)
@settings(max_examples=30, deadline=None)
def test_a_key_with_a_none_in_it_has_no_row(table: tuple[list[Spec], Catalogue], key: Key, as_of: int) -> None:
    os, text = typed(key)
    catalogue = table[1]
    assert catalogue.candidates((NONE_PRODUCT, text), as_of) == (None,)
    assert catalogue.candidates((os, NONE), as_of) == (None,)
    assert catalogue.candidates((NONE_PRODUCT, UNKNOWN), as_of) == (None,)


LIMITS = """
  - {os: Acme Server 2 large, number: 16, effective: {from: 2009-10-22, until: 2012-01-01}}
  - {os: "Acme Server 3..Acme Server 4", number: 64}
  - {os: {name: server, release: 2, architecture: x86}, number: 8, effective: {from: 2012-01-01}}
  - {os: Acme Server 2, number: 4, effective: {from: 2012-01-01}}
"""


@pytest.mark.parametrize(
    ("text", "date", "expected"),
    [
        ("Acme Server 2 large", "2009-10-21", [None]),
        ("Acme Server 2 large", "2009-10-22", [16]),
        ("Acme Server 2 large", "2011-12-31", [16]),
        ("Acme Server 2", "2011-12-31", [16, None]),
        ("Acme Server 2 large", "2012-01-01", [8, 4]),
        ("Acme Server 2 x86", "2012-01-01", [8]),
        ("Acme Server 2 x64", "2012-01-01", [4]),
        ("Acme Server 3", "2009-10-21", [64]),
        ("Acme Server 1", "2012-01-01", [None]),
        ("Acme Server large", "2012-01-01", [64, 8, 4, None]),
        ("Acme Database 7", "2012-01-01", [None]),
        ("unknown", "2012-01-01", [64, 8, 4, None]),
    ],
)
def test_a_row_counts_from_its_first_day_until_the_day_it_ends(text: str, date: str, expected: list[object]) -> None:
    head = "catalogue: c\nversion: 1\nlanguage: 1\nkey: {os: product}\ncolumns: {number: int}\nrows:"
    catalogue = load_catalogues([read_text(head + LIMITS, "c.yaml")], V, {})["c"]
    os = convert(text, ProductType(), V)
    assert numbers(catalogue, (os,), datetime.date.fromisoformat(date).toordinal()) == expected


def test_answers_are_kept_and_forgotten_in_time_and_left_behind_when_copied() -> None:
    catalogue = catalogue_of([Spec("server", None, None, None, None, None, "a", None, None)])
    key = (V.ladders["server"].product(release="1"), "a")
    first = catalogue.candidates(key, FIRST)
    assert catalogue.candidates(key, FIRST) is first
    for day in range(MOST_CACHED + 10):
        catalogue.candidates(key, FIRST + day)
    assert catalogue.candidates(key, FIRST) == first
    copied = pickle.loads(pickle.dumps(catalogue))
    assert copied == catalogue
    assert copied.candidates(key, FIRST) == first


def rows_for(*rows: str, text: str) -> list[int | None]:
    """The numbers of the candidates of a product, in rows that are numbered from 0."""
    body = "".join(f"\n  - {{os: {row}, number: {number}}}" for number, row in enumerate(rows))
    head = "catalogue: c\nversion: 1\nlanguage: 1\nkey: {os: product}\ncolumns: {number: int}\nrows:"
    catalogue = load_catalogues([read_text(head + body, "c.yaml")], V, {})["c"]
    return numbers(catalogue, (convert(text, ProductType(), V),), FIRST)


def test_where_rows_cover_all_that_an_unknown_field_can_be_there_is_a_row() -> None:
    assert rows_for("Acme Server 2 small", "Acme Server 2 large", text="Acme Server 2") == [0, 1]
    assert rows_for("Acme Server 2 x86", "Acme Server 2 x64", text="Acme Server 2") == [0, 1]
    releases = ["Acme Server 1..Acme Server 2", "Acme Server 3", "Acme Server 4"]
    assert rows_for(*releases, text="Acme Server") == [0, 1, 2]
    assert rows_for(*releases[:2], text="Acme Server") == [0, 1, None]
    assert rows_for("Acme Server 2 small", "Acme Server 2 large x86", text="Acme Server 2") == [0, 1, None]
    assert rows_for("Acme Server 2 small", "Acme Server 2 large x86", text="Acme Server 2 x86") == [0, 1]


def test_no_rows_cover_all_service_packs_but_a_row_that_asks_for_none() -> None:
    packs = ["Acme Server 2 RTM", "Acme Server 2 SP1", "Acme Server 2 SP2"]
    assert rows_for(*packs, text="Acme Server 2") == [0, 1, 2, None]
    assert rows_for(*packs, "Acme Server 2", text="Acme Server 2") == [0, 1, 2, 3]
    assert rows_for(*packs, "Acme Server 2", text="Acme Server 2 SP1") == [1]
    assert rows_for(*packs, "Acme Server 2", text="Acme Server 2 SP7") == [3]


def test_where_nothing_is_known_of_the_product_there_may_be_no_row() -> None:
    everything = ["Acme Server", "Acme Database", "abox"]
    assert rows_for(*everything, text="unknown") == [0, 1, 2, None]
    assert rows_for(*everything, text="Acme Server") == [0]
    assert rows_for(*everything, text="none") == [None]


def test_of_a_key_with_too_many_completions_no_row_is_taken_to_be_possible() -> None:
    # The first two rows cover every key made of servers; with the third, which asks for all fields of all products,
    # the ways to fill in four products are 16 * 16 * 16 * 16.
    places = ("a", "b", "c", "d")
    exact = {"name": "server", "release": "1", "edition": "small", "architecture": "x86"}
    covering = [
        {place: {"name": "server"} for place in places} | {"a": {"name": "server", "edition": edition}}
        for edition in EDITIONS
    ]

    def candidates(rows: list[dict[str, Any]]) -> list[int | None]:
        numbered = [{**row, "number": number} for number, row in enumerate(rows)]
        document = as_document(
            {
                "catalogue": "c",
                "version": "1",
                "language": 1,
                "key": dict.fromkeys(places, "product"),
                "columns": {"number": "int"},
                "rows": numbered,
            }
        )
        catalogue = load_catalogues([document], V, {})["c"]
        return numbers(catalogue, (V.ladders["server"].product(),) * 4, FIRST)

    assert candidates(covering) == [0, 1]
    assert candidates([*covering, dict.fromkeys(places, exact)]) == [0, 1, 2, None]
