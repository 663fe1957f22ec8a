"""The report of a long bill: what is alike is told once, and nothing is left uncounted."""

from __future__ import annotations

import io

import pytest

from supportable import PackSet
from supportable.bom import JudgedBom, judge_bom
from supportable.report.bom_alike import lines_alike
from supportable.report.bom_text import MOST_LINES, write_bom
from supportable.report.terminal import console_for
from tests.bom.files import read

NAMES = ("PowerEdge R{}", "Windows Server 2016 Standard", "Windows Server 2003 R2 Standard", "Bracket {}")


@pytest.fixture(scope="module")
def long_bill(packs: PackSet) -> JudgedBom:
    rows = [f"Config {line},P{line},{NAMES[line % 4].format(line)},2" for line in range(200)]
    return judge_bom(read("\n".join(["Config,Part,Description,Qty", *rows])), packs, as_of="2021-07-01")


def text_of(judged: JudgedBom, *, full: bool = False) -> str:
    out = io.StringIO()
    write_bom(console_for(out, width=120), judged, full=full)
    return out.getvalue()


def test_lines_alike_are_told_together_and_none_is_left_out(long_bill: JudgedBom) -> None:
    groups = lines_alike(long_bill.lines)
    assert sum(group.count for group in groups) == len(long_bill.lines) == 200
    assert [group.status for group in groups] == ["unsupported", "undetermined", "undetermined", "unrecognised"]
    assert groups[0].names[0][0] == "Windows Server 2003 R2 Standard"
    assert [len(group.names) for group in groups] == [1, 50, 1, 50]


def test_a_long_bill_takes_a_page_and_says_how_much_it_leaves_out(long_bill: JudgedBom) -> None:
    text = text_of(long_bill)
    assert len(long_bill.lines) > MOST_LINES
    assert text.count("\n") < 130
    assert "lines      200: 100 undetermined, 50 unrecognised, 50 unsupported" in text
    assert "- 100 × Windows Server 2003 R2 Standard  line 4, line 8, line 12, line 16 and 46 more" in text
    assert text.count("- and 30 more, in 30 lines") == 2
    assert text.index("✗ unsupported") < text.index("? undetermined  50 lines") < text.index("~ unrecognised  50 lines")


def test_each_line_is_shown_where_that_is_asked_for_or_the_bill_is_short(long_bill: JudgedBom, packs: PackSet) -> None:
    full = text_of(long_bill, full=True)
    assert all(f"line {line} " in full for line in range(2, 202))
    short = text_of(judge_bom(read("Part,Description,Qty\nP1,Windows Server 2016 Standard,2"), packs))
    assert "line 2    ? undetermined  2 × Windows Server 2016 Standard" in short


def test_statements_alike_are_told_together(long_bill: JudgedBom) -> None:
    text = text_of(long_bill)
    assert text.count("the bill does not say which servers, or virtual machines, it is for") == 1
    assert "2 of these:" in text
