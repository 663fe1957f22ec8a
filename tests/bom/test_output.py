"""The user's own bill with columns added: their cells untouched, and no text a formula."""

from __future__ import annotations

import io
import re
import time
from pathlib import Path
from typing import Any

import pytest
import python_calamine

from supportable import PackSet
from supportable.bom import judge_bom, read_bom
from supportable.report.bom_workbook import ADDED, bom_workbook
from tests.bom.files import BOMS, part, read, xlsx


def cells(workbook: bytes, sheet: int = 0) -> list[list[Any]]:
    book = python_calamine.CalamineWorkbook.from_object(io.BytesIO(workbook))
    return [list(row) for row in book.get_sheet_by_index(sheet).iter_rows()]


def stripped(rows: list[list[Any]]) -> list[list[Any]]:
    kept = []
    for row in rows:
        cut = list(row)
        while cut and cut[-1] == "":
            cut.pop()
        kept.append(cut)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def test_original_cells_stay_where_they_are_with_their_types(packs: PackSet) -> None:
    before = cells((BOMS / "hp-quote.xlsx").read_bytes())
    after = cells(bom_workbook(judge_bom(read_bom(BOMS / "hp-quote.xlsx"), packs, as_of="2010-07-01")))
    width = max(len(row) for row in stripped(before))
    assert stripped([row[:width] for row in after]) == stripped(before)
    assert after[5][width:] == list(ADDED)
    assert after[11][width : width + 2] == ["not covered", "HP StorageWorks 82E"]
    assert after[8][width] == "unrecognised"


HOSTILE = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "=HYPERLINK(\"http://x\",\"y\")", "=cmd|' /C calc'!A0", "\t=1+1", "http://x.example/",
           "{=1}", "mailto:a@b.c", "internal:Sheet1!A1"]  # fmt: skip


def test_no_cell_becomes_a_formula_or_a_link(packs: PackSet) -> None:
    rows = "".join('1;"{}";"{}"\n'.format(*(text.replace('"', '""'),) * 2) for text in HOSTILE)
    bill = read("Qty;SKU;Description\n" + rows)
    workbook = bom_workbook(judge_bom(bill, packs, as_of="2010-07-01"))
    assert [row[1:3] for row in cells(workbook)[1:]] == [[text, text] for text in HOSTILE]
    for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
        assert not re.search("<f[ >]|<hyperlink", part(workbook, name))


def test_sheets_keep_their_names_and_merged_cells(packs: PackSet) -> None:
    source = xlsx(
        [["Quote", "", ""], ["Qty", "SKU", "Description"], [1, "a", "W2K8 EE"]], merged=[(0, 0, 0, 2)], sheet="Angebot"
    )
    book = python_calamine.CalamineWorkbook.from_object(io.BytesIO(bom_workbook(judge_bom(read(source), packs))))
    assert book.sheet_names == ["Angebot", "Verdict"]
    assert book.get_sheet_by_index(0).merged_cell_ranges == [((0, 0), (0, 2))]


@pytest.mark.slow
def test_a_hundred_thousand_lines_take_less_than_thirty_seconds(packs: PackSet, tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    kinds = ["HP ProLiant DL380 G6", "W2K8 EE", "SQL Server 2008 Enterprise", "AJ763A HBA"]
    with path.open("w", encoding="utf-8") as out:
        out.write("SKU,Description,Qty\n")
        for line in range(100_000):
            out.write(f"P{line},{kinds[line % 8] if line % 8 < 4 else f'Bracket number {line}'},2\n")
    told: list[tuple[str, int, int]] = []
    # Processor time: the machine may be doing other things.
    began = time.process_time()
    answer = judge_bom(
        read_bom(path, progress=lambda *each: told.append(each)), packs, as_of="2010-07-01",
        progress=lambda *each: told.append(each),
    )  # fmt: skip
    assert time.process_time() - began < 30
    assert len(answer.lines) == 100_000
    assert {stage for stage, _, _ in told} == {"reading", "recognising", "judging", "writing"}
