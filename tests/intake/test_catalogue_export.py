"""A CSV export as a catalogue."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from supportable.document import Document, read_text
from supportable.errors import DesignError, UsageError
from supportable.intake import codes
from supportable.intake.catalogue_export import Told, catalogue_document, imported
from supportable.packs import PackSet, load_packs
from supportable.vocabulary.catalogues import Catalogue, load_catalogues
from tests.packs.acme import HEAD, REFERENCES, RULE, shelf

VOCABULARY = """\
vocabulary: acme
version: 1.0.0
language: 1
products:
  acme-os: {title: Acme OS, releases: ["1.0", "2.0", "3.0"], names: ["acme os", aos]}
types:
  array: {absent: none, attributes: {model: text, mirrored: bool}}
"""
CERTIFIED = """\
catalogue: certified
version: 2024.1.0
language: 1
title: Certified arrays
key: {model: text, os: {product: [acme-os]}}
columns: {until_day: date, firmware: {list: text}, bays: {int: 1..100}}
rows:
  - {model: A1, os: Acme OS 1.0, bays: 4}
"""
TOLD = Told("our-certified", "asset register", date(2026, 11, 2))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {
        "vocabulary/acme.yaml": VOCABULARY,
        "references/acme.yaml": REFERENCES,
        "catalogues/certified.yaml": CERTIFIED,
        "acme/arrays/pack.yaml": HEAD,
        "acme/arrays/rules/r.yaml": RULE,
    }
    return shelf(tmp_path_factory.mktemp("acme"), files)


@pytest.fixture(scope="module")
def packs(folder: Path) -> PackSet:
    return load_packs([folder], discover=False)


@pytest.fixture(scope="module")
def like(folder: Path, packs: PackSet) -> Document:
    return catalogue_document("certified", packs, [folder], discover=False)


def rows(catalogue: Catalogue) -> list[dict[str, object]]:
    return [row.values for row in catalogue.rows]


def problems(content: str, like: Document, packs: PackSet, told: Told = TOLD) -> list[tuple[str, int, int]]:
    with pytest.raises(DesignError) as caught:
        imported(content.encode(), "export.csv", like, told, packs)
    assert {problem.origin.file for problem in caught.value.problems} == {"export.csv"}
    assert {problem.move for problem in caught.value.problems} == {"caller"}
    return [(each.code, each.origin.line, each.origin.column) for each in caught.value.problems]


GOOD = "Model,OS,Until Day,Firmware,Bays,note\nA1,AOS 2.0,2030-01-31,1.1; 1.2,4,\n\nB2,Acme OS 3.0,never,,,checked\n"


def test_the_text_is_a_catalogue_that_says_what_the_export_says(like: Document, packs: PackSet) -> None:
    text, made = imported(GOOD.encode(), "export.csv", like, TOLD, packs)
    again = load_catalogues([read_text(text, "our-certified.yaml")], packs.vocabulary, packs.references)
    assert repr(rows(again["our-certified"])) == repr(rows(made))
    assert (made.name, made.version, made.title) == ("our-certified", "2026.11.2", "Certified arrays")
    assert made.source == "asset register, as of 2026-11-02"
    assert (made.key, made.columns) == (packs.catalogues["certified"].key, packs.catalogues["certified"].columns)
    assert [row.note for row in made.rows] == ["", "checked"]
    assert rows(made)[0]["bays"] == 4
    assert rows(made)[0]["until_day"] == date(2030, 1, 31).toordinal()
    assert rows(made)[0]["firmware"].sure == ("1.1", "1.2")  # type: ignore[attr-defined]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters_and_marks_are_understood(delimiter: str, like: Document, packs: PackSet) -> None:
    text = "model,os,bays\nA1,AOS 2.0,4\n".replace(",", delimiter).replace("\n", "\r\n")
    _, made = imported(b"\xef\xbb\xbf" + text.encode(), "export.csv", like, TOLD, packs)
    assert [row["bays"] for row in rows(made)] == [4]


def test_headings_can_be_named_and_left_out(like: Document, packs: PackSet) -> None:
    told = Told("ours", "s", date(2026, 1, 1), headings={"Device": "model", "System": "os", "Owner": ""}, complete=True,
                cite=("ACME-100",))  # fmt: skip
    _, made = imported(b"Device,System,Owner\nA1,AOS 1.0,me\n", "export.csv", like, told, packs)
    assert (len(made.rows), made.complete) == (1, True)
    assert [citation.ref for citation in made.rows[0].cite] == ["ACME-100"]


def test_days_on_which_a_row_holds_can_be_given(like: Document, packs: PackSet) -> None:
    _, made = imported(b"model,os,from,until\nA,AOS 1.0,2020-01-01,2021-01-01\n", "e.csv", like, TOLD, packs)
    assert (made.rows[0].since, made.rows[0].until) == (date(2020, 1, 1).toordinal(), date(2021, 1, 1).toordinal())


def test_every_bad_line_is_told_at_once_by_line_and_cell(like: Document, packs: PackSet) -> None:
    bad = (
        "model,os,until_day,bays\n"
        "A1,Plan 9,2030-01-31,4\n"  # no such product
        "A2,AOS 1.0,soon,400\n"  # no date, and out of range
        "A3,AOS 1.0\n"  # cells missing
        ",AOS 1.0,,\n"  # no key
        '"A\n4",AOS 1.0,,x\n'  # over two lines, no number
        "A5,AOS 1.0,,2\n"
    )
    found = problems(bad, like, packs)
    assert [(line, column) for _, line, column in found] == [(2, 2), (3, 3), (3, 4), (4, 1), (5, 1), (6, 4)]


def test_two_lines_on_one_thing_are_told(like: Document, packs: PackSet) -> None:
    assert [line for _, line, _ in problems("model,os\nB,AOS 1.0\nA,AOS 1.0\nA,AOS 1.0\n", like, packs)] in ([3], [4])


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("", (1, 1)),
        ("model,os,colour\nA,AOS 1.0,red\n", (1, 3)),
        ("model,bays\nA,4\n", (1, 1)),
        ("model,model,os\nA,A,AOS 1.0\n", (1, 2)),
        ('model,os\nA,"AOS\n', (2, 1)),
    ],
)
def test_headings_that_do_not_fit_are_told(
    content: str, place: tuple[int, int], like: Document, packs: PackSet
) -> None:
    assert problems(content, like, packs) == [(codes.BAD_EXPORT, *place)]


def test_a_catalogue_that_is_not_there_is_refused(folder: Path, packs: PackSet) -> None:
    with pytest.raises(UsageError, match="certfied"):
        catalogue_document("certfied", packs, [folder], discover=False)
