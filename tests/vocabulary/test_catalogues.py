# ruff: noqa: E501 - a message stands on one line, as it is told
from __future__ import annotations

import datetime

import pytest

from supportable.document import Document, read_file, read_text
from supportable.errors import VocabularyError
from supportable.vocabulary.catalogues import Catalogue, CatalogueRow, Citation, load_catalogues
from supportable.vocabulary.key_patterns import ProductPattern, ValuePattern
from supportable.vocabulary.load import load_vocabulary
from supportable.vocabulary.members import Members
from supportable.vocabulary.products import NONE_PRODUCT, UNKNOWN_PRODUCT
from supportable.vocabulary.references import load_references
from supportable.vocabulary.types import BOOL, DATE, INT, NEVER, TEXT, EnumType, ListType, NumberType, ProductType
from supportable.vocabulary.unknown import NONE, UNKNOWN
from tests.vocabulary.documents import SHELF, shipped, told, types, vocabulary

V = vocabulary(
    types("""
types:
  change: {attributes: {what: {enum: [disk, node]}, on: {ref: change}, tested: bool, scope: {scale: [no, full]}}}
""")
)
REFERENCES = load_references([
    read_text(
        "references: r\nversion: 1\narticles:\n"
        "  KB1: {title: One, url: https://example.com/1, publisher: E, confidence: full, revisions: {2009-05: {}}}\n",
        "references.yaml",
    )
])  # fmt: skip


def load(*texts: str) -> dict[str, Catalogue]:
    documents = [read_text(text, f"c{place}.yaml") for place, text in enumerate(texts, start=1)]
    return load_catalogues(documents, V, REFERENCES)


def problems_of(*texts: str) -> list[str]:
    try:
        load(*texts)
    except VocabularyError as error:
        return told(error)
    return []


HEAD = "catalogue: limits\nversion: 2026.11.0\nlanguage: 1\n"


def day(text: str) -> int:
    return datetime.date.fromisoformat(text).toordinal()


def whole(ladder: str, top: int) -> ProductPattern:
    return ProductPattern(ladder, 0, top, whole=True)


def test_a_catalogue_holds_typed_rows() -> None:
    text = (
        HEAD
        + """
title: How many nodes
source: Two pages
key: {os: product, what: change.what}
columns: {nodes: int, ends: date, logos: {list: product}, scope: change.scope, next: product, gib: {number: "GiB"}}
complete: true
stated_by: change.tested
rows:
  - os: Acme Server 2 large
    what: disk
    nodes: 16
    ends: never
    logos: [Acme Server 2, ...]
    scope: full
    next: {name: server, release: 3}
    gib: 1.5
    effective: {from: 2009-10-22, until: 2012-01-01}
    cite: [{ref: KB1, section: Table, revision: 2009-05}]
    note: as of then
  - {os: "Acme Server 3..Acme Server 4", what: node, nodes: none, ends: none, logos: none, next: none}
  - {os: {name: server, release: "1..2", architecture: x86, service_pack: none}, what: node}
  - {os: abox, what: node, ends: 2020-02-29, logos: []}
"""
    )
    [catalogue] = load(text).values()
    server = V.ladders["server"]
    unknown = {"nodes": UNKNOWN, "ends": UNKNOWN, "scope": UNKNOWN, "gib": UNKNOWN, "next": UNKNOWN_PRODUCT}
    rows = [
        CatalogueRow(
            (ProductPattern("server", 1, 1, whole=False, edition="large"), ValuePattern("disk")),
            {
                "nodes": 16, "ends": NEVER, "logos": ((server.product(release="2"),), True), "scope": "full",
                "next": server.product(release="3"), "gib": 1500,
            },
            day("2009-10-22"),
            day("2012-01-01"),
            (Citation("KB1", "Table", "2009-05"),),
            "as of then",
            catalogue.rows[0].origin,
        ),
        CatalogueRow(
            (ProductPattern("server", 2, 3, whole=False), ValuePattern("node")),
            {**unknown, "nodes": NONE, "ends": NONE, "logos": ((), False), "next": NONE_PRODUCT},
        ),
        CatalogueRow(
            (ProductPattern("server", 0, 1, whole=False, service_pack=NONE, architecture="x86"), ValuePattern("node")),
            {**unknown, "logos": ((), True)},
        ),
        CatalogueRow(
            (ProductPattern("appliance", 0, -1, whole=True), ValuePattern("node")),
            {**unknown, "ends": day("2020-02-29"), "logos": ((), False)},
        ),
    ]  # fmt: skip
    assert [_seen(row) for row in catalogue.rows] == [_seen(row) for row in rows]
    assert [str(row.origin) for row in catalogue.rows] == [
        "c1.yaml:12:5",
        "c1.yaml:23:5",
        "c1.yaml:24:5",
        "c1.yaml:25:5",
    ]
    assert catalogue == Catalogue(
        "limits",
        "2026.11.0",
        "How many nodes",
        {"os": ProductType(), "what": EnumType(("disk", "node"))},
        {
            "nodes": INT,
            "ends": DATE,
            "logos": ListType(ProductType()),
            "scope": EnumType(("no", "full"), ordered=True),
            "next": ProductType(),
            "gib": NumberType("GiB", 3),
        },
        complete=True,
        stated_by=("change", "tested"),
        rows=catalogue.rows,
        digest=read_text(text, "c1.yaml").digest,
        origin=catalogue.origin,
        source="Two pages",
        architectures=("x64", "x86"),
    )


def _seen(row: CatalogueRow) -> object:
    values = {name: (held.sure, held.open) if isinstance(held, Members) else held for name, held in row.values.items()}
    return (row.keys, values, row.since, row.until, row.cite, row.note)


def test_what_is_left_out_has_a_plain_reading() -> None:
    [catalogue] = load(HEAD + "key: {vendor: text, tested: bool}\nrows: [{vendor: 2008, tested: false}]").values()
    assert (catalogue.title, catalogue.complete, catalogue.stated_by, catalogue.columns, catalogue.source) == (
        "limits", False, None, {}, "",
    )  # fmt: skip
    assert catalogue.key == {"vendor": TEXT, "tested": BOOL}
    assert [row.keys for row in catalogue.rows] == [(ValuePattern("2008"), ValuePattern(value=False))]


KEYED = HEAD + "key: {os: product}\ncolumns: {n: int}\nrows:\n"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("{os: Acme Servre 2, n: 1}", "SUP251 “Acme Servre 2” names no product | did you mean “Acme Server 2” or “Acme Server 4” or “Acme Server 3”?"),
        ("{os: Plan 9}", "SUP251 “Plan 9” names no product"),
        ("{os: unknown}", "SUP251 a key cannot be unknown or none | leave the row out"),
        ("{os: none}", "SUP251 a key cannot be unknown or none | leave the row out"),
        ("{os: }", "SUP251 a key cannot be unknown or none | leave the row out"),
        ("{os: 'Acme Server 3..'}", "SUP251 a range of products needs both its ends | write first..last, both inclusive"),
        ("{os: 'Acme Server 3..Acme Server 2'}", "SUP251 the range begins above its end: Acme Server 3 is newer than Acme Server 2 | write the older one first"),
        ("{os: 'Acme Server 3..Acme Database 8'}", "SUP251 a range goes along one ladder, not from server to database | write a row for each product"),
        ("{os: 'Acme Server..Acme Server 3'}", "SUP251 both ends of a range need a release"),
        ("{os: 'Acme Server 1 small..Acme Server 3'}", "SUP251 the ends of the range differ in edition | give both the same, or none"),
        ("{os: {name: server, release: '1..9'}}", "SUP251 Acme Server has no release “9” | known here: 1, 2, 3, 4"),
        ("{os: {name: sever}}", "SUP251 the product “sever” is not allowed here | did you mean “server”?"),
        ("{n: 1}", "SUP205 the key “os” is missing | add os: …"),
        ("{os: abox, m: 1}", "SUP204 unknown key “m” | known here: cite, effective, n, note, os"),
        ("{os: abox, n: many}", "SUP250 “many” is no whole number"),
        ("{os: abox, effective: {from: 2009}}", "SUP255 “2009” is no date | write year, month and day, as in 2009-05-26"),
        ("{os: abox, effective: {from: never}}", "SUP255 “never” is no date | write year, month and day, as in 2009-05-26"),
        ("{os: abox, effective: {until: none}}", "SUP255 a date is due here, not “none” | or leave it out"),
        ("{os: abox, effective: {from: 2009-05-26, until: 2009-05-26}}", "SUP255 the row is in force on no day | `until` is the first day after"),
        ("{os: abox, effective: {since: 2009-05-26}}", "SUP204 unknown key “since” | known here: from, until"),
        ("{os: abox, cite: [{ref: KB2}]}", "SUP244 there is no article “KB2” | did you mean “KB1”?"),
        ("{os: abox, cite: [{ref: KB1, revision: 2009-06}]}", "SUP245 “KB1” has no revision “2009-06” | did you mean “2009-05”?"),
        ("{os: abox, cite: [{section: 1}]}", "SUP205 the key “ref” is missing | add ref: …"),
        ("{os: abox, cite: KB1}", "SUP201 citations must be a list, not “KB1” | write [KB1]"),
        ("text", "SUP200 a row must be a map of keys and values, not “text”"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_told_with_a_way_out(row: str, problem: str) -> None:
    found = [each.split(" ", 1)[1] for each in problems_of(KEYED + f"  - {row}\n")]
    assert found[:1] == [problem]


@pytest.mark.parametrize(
    ("rest", "problem"),
    [
        ("key: {os: produkt}", "c1.yaml:4:11 SUP210 “produkt” is no type by itself | did you mean “product”?"),
        ("key: {}", "c1.yaml:4:6 SUP248 a catalogue needs at least one key"),
        ("key: {tags: {list: text}}", "c1.yaml:4:13 SUP248 a key holds single values, not lists"),
        ("key: {a: text}\ncolumns: {a: int}", "c1.yaml:5:11 SUP248 “a” is a key already"),
        ("key: {a: text}\ncolumns: {cite: int}", "c1.yaml:5:11 SUP248 “cite” is a key of every row and names no column"),
        ("key: {a: text}\ncolumns: {all: int}", "c1.yaml:5:11 SUP209 “all” is a word of the language and cannot be the name of a column | choose another word, such as “all_given”"),
        ("key: {a: {ref: change}}", "c1.yaml:4:16 SUP210 a catalogue holds no references"),
        ("key: {a: {record: {b: text}}}", "c1.yaml:4:19 SUP210 a catalogue holds no records"),
        ("key: {a: change.on}", "c1.yaml:4:10 SUP248 “change.on” is change: a catalogue holds plain values only"),
        ("key: {a: change.wat}", "c1.yaml:4:10 SUP248 there is no attribute “change.wat” | did you mean “what”?"),
        ("key: {a: chang.what}", "c1.yaml:4:10 SUP248 there is no attribute “chang.what” | did you mean “change”?"),
        ("key: {a: text}\nstated_by: change.testd", "c1.yaml:5:12 SUP249 there is no attribute “change.testd” | did you mean “change.tested”?"),
        ("key: {a: text}\nstated_by: change.what", "c1.yaml:5:12 SUP249 “change.what” is enum [disk, node]: a bool is due here"),
        ("key: {a: text}\ncomplete: often", "c1.yaml:5:11 SUP203 “complete” must be true or false, not “often”"),
    ],
)  # fmt: skip
def test_a_wrong_head_is_told_with_a_way_out(rest: str, problem: str) -> None:
    assert problems_of(f"{HEAD}{rest}\nrows: []") == [problem]


def test_a_catalogue_says_what_it_is_and_is_given_once() -> None:
    assert problems_of("catalogue: Node limits\nlanguage: 3", HEAD + "key: {a: text}\nrows: []", HEAD) == [
        "c1.yaml:1:1 SUP205 the key “version” is missing | add version: …",
        "c1.yaml:1:1 SUP205 the key “key” is missing | add key: …",
        "c1.yaml:1:1 SUP205 the key “rows” is missing | add rows: …",
        "c1.yaml:1:12 SUP246 “Node limits” cannot name a catalogue | write it like node-limits",
        "c1.yaml:2:11 SUP206 language “3” is not known to this engine | this engine reads language 1",
        "c3.yaml:1:1 SUP205 the key “key” is missing | add key: …",
        "c3.yaml:1:1 SUP205 the key “rows” is missing | add rows: …",
        "c3.yaml:1:12 SUP247 the catalogue “limits” is given twice | it stands in c2.yaml already",
    ]


def two(first: str, second: str) -> bool:
    """Whether two rows are told to be equally specific."""
    found = problems_of(KEYED + f"  - {{os: {first}}}\n  - {{os: {second}}}\n")
    assert all(" SUP252 " in problem for problem in found)
    return bool(found)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Acme Server 2", "Acme Server 2"),
        ("Acme Server 1..Acme Server 2", "Acme Server 2..Acme Server 3"),
        ("Acme Server 2 large", "Acme Server 2 x86"),
        ("{name: server, edition: large}", "Acme Server 2"),
        ("Acme Server", "Acme Server 1..Acme Server 4"),
        ("Acme Server 2 SP1", "Acme Server 1 SP1..Acme Server 2 SP1"),
    ],
)
def test_two_rows_for_one_key_must_differ_in_specificity(first: str, second: str) -> None:
    nested = (first, second) == ("Acme Server 2 SP1", "Acme Server 1 SP1..Acme Server 2 SP1")
    assert two(first, second) is not nested
    assert two(second, first) is not nested


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Acme Server 2", "Acme Server 3"),
        ("Acme Server 2", "Acme Server"),
        ("Acme Server 2 large", "Acme Server 2"),
        ("Acme Server 2 large x64", "Acme Server 2 x64"),
        ("Acme Server 2", "Acme Server 1..Acme Server 3"),
        ("Acme Server 2 large", "Acme Server 1 small..Acme Server 3 small"),
        ("Acme Server 2, effective: {until: 2009-01-01}", "Acme Server 2, effective: {from: 2009-01-01}"),
        ("Acme Server", "Acme Database"),
        ("Acme Server 2 RTM", "Acme Server 2 SP1"),
    ],
)
def test_rows_apart_in_place_or_time_or_one_within_the_other_are_fine(first: str, second: str) -> None:
    assert not two(first, second)
    assert not two(second, first)


def test_the_shipped_catalogues_load() -> None:
    def documents(folder: str) -> list[Document]:
        return [read_file(path) for path in sorted((SHELF / folder).glob("*.yaml"))]

    catalogues = load_catalogues(
        documents("catalogues"), load_vocabulary(shipped()), load_references(documents("references"))
    )
    assert {f"{name}.yaml" for name in catalogues} == {path.name for path in (SHELF / "catalogues").glob("*.yaml")}
    assert all(catalogue.rows and catalogue.title for catalogue in catalogues.values())
