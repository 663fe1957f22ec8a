"""What is refused, with which code, and what is read with a warning; nothing crashes, nothing is lost."""

from __future__ import annotations

import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportable.bom import BOM_LIMITS, BomLimits, Profile, read_lines, read_source
from supportable.errors import SupportableError
from tests.bom.files import ods, packed, part, read, with_parts, xlsx

TABLE: list[list[Any]] = [["Qty", "Part Number", "Description"], [2, "AJ763A", "82E"]]
BOOK = xlsx(TABLE)
SHEET = part(BOOK, "xl/worksheets/sheet1.xml")
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
WIDE = (
    '<table:table-cell office:value-type="string" table:number-columns-repeated="16000">'
    "<text:p>x</text:p></table:table-cell>"
)
HIGH = f'<table:table-row table:number-rows-repeated="1000000">{WIDE}</table:table-row>'


def changed(old: str, new: str) -> bytes:
    """The workbook with some XML of its sheet replaced."""
    assert old in SHEET
    return with_parts(BOOK, {"xl/worksheets/sheet1.xml": SHEET.replace(old, new)})


def lied(workbook: bytes) -> bytes:
    """The workbook with a part that says it is smaller than it is."""
    size = len(SHEET).to_bytes(4, "little")
    assert size in workbook
    return workbook.replace(size, (100).to_bytes(4, "little"))


REFUSED: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "SUP562"),
    "blank lines only": (b"\n \n\t\n", "SUP562"),
    "commas only": (b",,,\n,,,\n", "SUP562"),
    "no header": (b"a,b\nc,d\n", "SUP575"),
    "a password": (COMPOUND + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 100, "SUP563"),
    "a workbook of before 2007": (COMPOUND + b"\0" * 600 + "Workbook".encode("utf-16-le"), "SUP564"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\n", "SUP564"),
    "HTML called .xls": (b"<html><table><tr><td>Qty</td></tr></table></html>", "SUP564"),
    "an archive of something else": (packed({"readme.txt": "hello"}), "SUP564"),
    "a binary workbook": (packed({"xl/workbook.bin": b"\x00"}), "SUP564"),
    "half an archive": (BOOK[: len(BOOK) // 2], "SUP566"),
    "a workbook without sheets": (packed({"xl/workbook.xml": "<workbook/>"}), "SUP566"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x02\x00", "SUP567"),
    "neither UTF-8 nor Windows-1252": (b"Qty,SKU\n1,\x81\x8d\n", "SUP567"),
    "UTF-16 cut short": (b"\xff\xfeQ\x00t\x00y", "SUP567"),
    "a quotation mark never closed": (b'Qty,SKU\n1,"AJ763A\n2,x\n', "SUP568"),
    "a quotation mark closed far below": (b'Qty,SKU\n1,"A' + b"\n2,x" * 400 + b'"\n3,y\n', "SUP568"),
    "entities": (with_parts(BOOK, {"xl/worksheets/sheet1.xml": '<!DOCTYPE a [<!ENTITY b "c">]>' + SHEET}), "SUP569"),
    "entities in an .ods file": (
        packed({"mimetype": "x", "content.xml": '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "SUP569",
    ),
    "a part in UTF-16": (with_parts(BOOK, {"xl/worksheets/sheet1.xml": SHEET.encode("utf-16")}), "SUP569"),
    "a zip bomb": (with_parts(BOOK, {"xl/worksheets/sheet1.xml": SHEET + " " * 40_000_000}), "SUP565"),
    "a zip bomb among pictures": (with_parts(BOOK, {"xl/media/a.png": b"\0" * 300_000_000}), "SUP565"),
    "a part that says it is smaller": (lied(BOOK), "SUP566"),
    "a cell at the far end": (changed("</sheetData>", FAR), "SUP570"),
    "repeated rows of repeated cells": (ods(TABLE, more=HIGH), "SUP570"),
    "an .ods file with a password": (
        packed({"mimetype": "x", "content.xml": "<a/>", "META-INF/manifest.xml": "<m:encryption-data/>"}),
        "SUP563",
    ),
    "a cell without end": (b"Qty,SKU\n1," + b"A" * 40_000 + b"\n", "SUP570"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_refused(data: bytes, code: str) -> None:
    with pytest.raises(SupportableError) as caught:
        read(data)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert all(problem.message and problem.origin.file == "bill" for problem in caught.value.problems)


WARNED: dict[str, tuple[bytes, str]] = {
    "macros": (with_parts(BOOK, {"xl/vbaProject.bin": b"macro"}), "SUP580"),
    "links to other files": (with_parts(BOOK, {"xl/externalLinks/externalLink1.xml": "<a/>"}), "SUP581"),
    "Windows-1252": ("Qty,SKU,Description\n2,AJ763A,für alle\n".encode("cp1252"), "SUP583"),
    "a formula without a result": (
        changed('<c r="A2"><v>2</v></c>', '<c r="A2"><f>1+1</f></c>'),
        "SUP582",
    ),
    "an error in a cell": (
        changed('<c r="A2"><v>2</v>', '<c r="A2" t="e"><v>#N/A</v>'),
        "SUP589",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("data", "code"), WARNED.values(), ids=WARNED.keys())
def test_read_with_a_warning(data: bytes, code: str) -> None:
    bill = read(data)
    assert [problem.code for problem in bill.warnings] == [code]
    assert [line.part for line in bill.lines] == ["AJ763A"]


def test_a_formula_without_a_result_is_no_quantity_and_its_text_is_kept() -> None:
    bill = read(WARNED["a formula without a result"][0])
    assert bill.lines[0].quantity is None
    assert bill.lines[0].text["Qty"] == "=1+1"
    assert bill.lines[0].notes == ("the quantity is a formula whose result was not stored",)


def test_an_error_in_a_cell_is_kept() -> None:
    assert read(WARNED["an error in a cell"][0]).lines[0].text["Qty"] == "#N/A"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings(encoding: str) -> None:
    bill = read("Menge;Artikelnr.;Bezeichnung\n2;AJ763A;für Köln\n".encode(encoding))
    assert [(line.quantity, line.description) for line in bill.lines] == [(2, "für Köln")]


def test_an_encoding_can_be_said() -> None:
    data = "Menge;Artikelnr.;Bezeichnung\n2;AJ763A;Łódź\n".encode("iso8859-2")
    assert read(data, Profile(encoding="iso8859-2")).lines[0].description == "Łódź"


def test_an_inch_mark_inside_quotes_loses_no_line() -> None:
    bill = read('Qty,SKU,Description\n1,A,"2.5" drive"\n2,B,"x"\n')
    assert [line.quantity for line in bill.lines] == [1, 2]


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        ("qty=Wieviel", "SUP576"), ("qty", "SUP577"), ("=x", "SUP577"), ("colour=x", "SUP577"), ("qty=", "SUP577"),
        ("qty=#0", "SUP576"),
    ],
)  # fmt: skip
def test_mappings_that_are_wrong(mapping: str, code: str) -> None:
    with pytest.raises(SupportableError) as caught:
        read("Qty,SKU\n1,A\n", Profile().with_mapping(mapping))
    assert [problem.code for problem in caught.value.problems] == [code]


def test_a_sheet_that_is_not_there() -> None:
    with pytest.raises(SupportableError) as caught:
        read(BOOK, Profile(sheets=("BOM ",)))
    assert [(problem.code, problem.hint) for problem in caught.value.problems] == [("SUP579", "did you mean “BOM”?")]


def test_limits_hold() -> None:
    small = BomLimits(max_lines=10, max_bytes=1000)
    text = b"Qty,SKU\n" + b"1,A\n" * 20
    with pytest.raises(SupportableError) as caught:
        read_lines(read_source(text, "bill", limits=small), Profile())
    assert [problem.code for problem in caught.value.problems] == ["SUP570"]
    with pytest.raises(SupportableError) as caught:
        read_source(b"x" * 1001, "bill", limits=small)
    assert [problem.code for problem in caught.value.problems] == ["SUP561"]
    assert BOM_LIMITS.max_lines >= 100_000


def outcome(data: bytes) -> str:
    try:
        read(data)
    except SupportableError as error:
        return "refused" if error.problems else "refused without a word"
    return "read"


@given(st.binary(max_size=300) | st.binary(max_size=200).map(lambda tail: BOOK[:400] + tail))
@settings(deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert outcome(data) in ("read", "refused")


@given(st.integers(0, len(BOOK) - 1), st.integers(0, 255))
@settings(deadline=None, max_examples=150)
def test_a_damaged_workbook_is_read_or_refused(place: int, byte: int) -> None:
    damaged = BOOK[:place] + bytes([byte]) + BOOK[place + 1 :]
    assert outcome(damaged) in ("read", "refused")


def test_what_the_reader_of_workbooks_is_given_holds_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    import python_calamine  # noqa: PLC0415

    seen: list[list[str]] = []
    real = python_calamine.CalamineWorkbook

    class Watching:
        @staticmethod
        def from_object(given: Any) -> Any:
            seen.append(zipfile.ZipFile(given).namelist())
            given.seek(0)
            return real.from_object(given)

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", Watching)
    extra: dict[str, str | bytes] = {
        "xl/vbaProject.bin": b"m",
        "xl/media/a.png": b"p",
        "xl/externalLinks/e.xml": "<a/>",
    }
    read(with_parts(BOOK, extra))
    assert [name for name in seen[0] if name in extra] == []
