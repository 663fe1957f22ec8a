"""Lines in, lines out: whatever the file, every row that carries data is one line of the answer, or a header."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supportable import PackSet
from supportable.bom import Bom, Profile, bom_to_json, judge_bom
from supportable.bom.columns import folded, is_header, roles_of
from supportable.document import canonical_json
from tests.bom.files import ods, read, xlsx

HEADER = ["Line", "Part Number", "Description", "Qty"]
WORDS = st.sampled_from(
    [
        "", "", "2", "1.1", "x3", "Subtotal", "Config 1: hosts", "=1+1", "HP ProLiant DL380 G6", "AJ763A", "W2K8 EE",
        "SQL Server 2008 Enterprise", "  indented HBA", "Qty", "Part Number", "Description", "none", "-", "Menge",
        "Windows Server 2003 R2 Standard", "a,b;c|d", 'an inch: 2.5"', "ünïcödé ®", "0", "-4", "1,000", "##", "unknown",
    ]
)  # fmt: skip
CELLS = WORDS | st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12)
ROWS = st.lists(st.lists(CELLS, max_size=6), max_size=14)


def carrying(rows: list[list[str]]) -> list[int]:
    return [line for line, row in enumerate(rows, 1) if any(cell.strip() for cell in row)]


def accounted(bill: Bom) -> list[int]:
    return sorted([line.line for line in bill.lines] + [header.line for header in bill.headers])


@given(
    ROWS, st.sampled_from(",;\t|"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]), st.sampled_from(["\n", "\r\n"])
)
@settings(deadline=None)
def test_every_row_of_a_delimited_file_is_a_line_or_a_header(
    rows: list[list[str]], delimiter: str, encoding: str, newline: str
) -> None:
    table = [HEADER, *rows]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows(table)
    bill = read(out.getvalue().encode(encoding), Profile(encoding="" if encoding != "utf-16" else "utf-16"))
    if bill.source.delimiter == delimiter:
        assert accounted(bill) == carrying(table)
    else:
        # The cells looked more like another table; still nothing is lost.
        assert len(accounted(bill)) == len(carrying(table))


@given(ROWS)
@settings(deadline=None, max_examples=40)
def test_every_row_of_a_workbook_is_a_line_or_a_header(rows: list[list[str]]) -> None:
    table = [HEADER, *rows]
    plain = [[cell if not cell.startswith("=") else f" {cell}" for cell in row] for row in table]
    bill = read(ods(plain))
    assert accounted(bill) == carrying(plain)


@given(ROWS)
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_answer_has_each_line_once_and_in_order_with_its_cells(packs: PackSet, rows: list[list[str]]) -> None:
    table = [HEADER, *rows]
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(table)
    bill = read(out.getvalue())
    plain = bom_to_json(judge_bom(bill, packs, as_of="2010-07-01"))
    canonical_json(plain)
    assert [line["line"] for line in plain["lines"]] == [line.line for line in bill.lines]
    for told, line in zip(plain["lines"], bill.lines, strict=True):
        given_cells = [cell for cell in table[line.line - 1] if cell.strip()] if bill.source.delimiter == ";" else None
        if given_cells is not None:
            assert list(told["text"].values()) == given_cells


@given(ROWS)
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_silence_is_never_support(packs: PackSet, rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([HEADER, *rows])
    for line in judge_bom(read(out.getvalue()), packs, as_of="2010-07-01").lines:
        assert line.status != "supported" or line.citations
        assert (line.status == "unrecognised") == (line.recognised is None and line.line.kind == "item")


@given(ROWS)
@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_same_file_gives_the_same_bytes(packs: PackSet, rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([HEADER, *rows])
    answers = {
        canonical_json(bom_to_json(judge_bom(read(out.getvalue()), packs, as_of="2010-07-01"))) for _ in range(2)
    }
    assert len(answers) == 1


@pytest.mark.parametrize(
    ("header", "roles"),
    [
        (["Qty", "Part Number", "Description"], ["quantity", "part", "description"]),
        (["Item", "Product #", "Product Description", "Qty", "Unit List USD"],
         ["number", "part", "description", "quantity", None]),
        (["Modul", "Bezeichnung", "Artikelnr.", "Menge", "Einzelpreis (€)"],
         [None, "description", "part", "quantity", None]),
        (["#", "SKU", "Item Description", "Quantity", "Unit Price"],
         ["number", "part", "description", "quantity", "price"]),
        (["MPN", "Mfr", "Item", "QTY."], ["part", "vendor", "description", "quantity"]),
        (["Config", "Feature code", "Description", "Quantity"], ["group", "part", "description", "quantity"]),
        (["Product", "Quantity"], ["part", "quantity"]),
        (["SKU", "Product", "Quantity"], ["part", "description", "quantity"]),
        (["Artikel-Nr", "Artikel", "Stück"], ["part", "description", "quantity"]),
    ],
)  # fmt: skip
def test_headers_are_read_in_many_words(header: list[str], roles: list[str | None]) -> None:
    found = roles_of(header)
    assert [found.get(column) for column in range(len(header))] == roles
    assert is_header(found)


@pytest.mark.parametrize("cells", [["Total", "4"], ["Customer", "Contoso"], ["Qty", "Price"], ["Description"], []])
def test_other_rows_are_no_headers(cells: list[str]) -> None:
    assert not is_header(roles_of(cells))


def test_a_header_is_compared_without_case_punctuation_and_line_breaks() -> None:
    assert folded(" Art.-Nr.\n") == folded("ART NR") == "art nr"


def test_a_header_may_be_merged_over_columns_and_quantities_over_lines() -> None:
    rows: list[list[Any]] = [["Qty", "Description", "", "Part"], [2, "", "DL380 G6", "x"], ["", "", "DL360 G6", "y"]]
    bill = read(xlsx(rows, merged=[(0, 1, 0, 2), (1, 0, 2, 0)]))
    assert [(line.description, line.quantity) for line in bill.lines] == [("DL380 G6", 2), ("DL360 G6", None)]
    assert bill.lines[1].notes == ("the quantity stands in a cell merged with line 2",)


def test_options_know_what_they_are_options_of() -> None:
    text = "Line,SKU,Description,Qty\n1,A,server,1\n1.1,B,part,2\n1.1.1,C,part of it,2\n2,D,other,1\n"
    assert [line.parent for line in read(text).lines] == [None, 0, 1, None]
    indented = "SKU,Description,Qty\nA,server,1\n,  part,2\n,    part of it,2\nD,other,1\n"
    assert [line.parent for line in read(indented).lines] == [None, 0, 1, None]
    levels = "Level,SKU,Description,Qty\n0,A,server,1\n1,B,part,2\n2,C,part of it,2\n0,D,other,1\n"
    assert [line.parent for line in read(levels).lines] == [None, 0, 1, None]
    suffixed = "SKU,Description,Qty\n494329-B21,server,1\n494329-B21 0D1,Factory integrated,1\n"
    assert [line.parent for line in read(suffixed).lines] == [None, 0]


def test_groups_begin_with_a_heading_and_end_with_a_subtotal() -> None:
    text = "SKU,Description,Qty\nConfig 1: hosts,,\nA,x,1\nSubtotal,,9\nB,y,1\nRack B:,,\nC,z,1\n"
    assert [(line.kind, line.group) for line in read(text).lines] == [
        ("group", "Config 1: hosts"), ("item", "Config 1: hosts"), ("subtotal", ""), ("item", ""), ("group", "Rack B"),
        ("item", "Rack B"),
    ]  # fmt: skip


def test_a_file_without_a_header_is_read_by_place() -> None:
    profile = Profile().with_mapping("qty=#1,desc=#2")
    bill = read("2;Windows Server 2008\n1;SQL Server 2008\n", profile)
    assert [(line.quantity, line.description) for line in bill.lines] == [
        (2, "Windows Server 2008"),
        (1, "SQL Server 2008"),
    ]


def test_columns_can_be_named_by_hand() -> None:
    bill = read("Wieviel;Was;Egal\n2;W2K8 EE;x\n", Profile().with_mapping('qty=Wieviel, desc="Was"'))
    assert [(line.quantity, line.description) for line in bill.lines] == [(2, "W2K8 EE")]
