from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportable.errors import DocumentError
from supportable.evidence import read_report, report_in
from tests.evidence.reports import EXAMPLES, XML, results_of, said


def refusal(data: bytes, file: str = "report") -> tuple[str, int]:
    with pytest.raises(DocumentError) as caught:
        report_in(data, file)
    (problem,) = caught.value.problems
    return problem.code, problem.origin.line


# -- XML --------------------------------------------------------------------------------------------------------------


def test_the_xml_report_is_read_with_categories_nodes_and_places() -> None:
    report = read_report(XML)
    assert (report.form, report.itemised, report.notes) == ("xml", True, ())
    assert said(report) == ("passed-with-warnings", "2024-09-03", False)
    assert results_of(report) == [
        ("Inventory", "List System Information", "passed"),
        ("Network", "Validate Network Communication", "warning"),
        ("Storage", "Validate Disk Arbitration", "passed"),
        ("System Configuration", "Validate Active Directory Configuration", "passed"),
    ]
    assert [node.value for node in report.nodes] == ["con-a.contoso.example", "con-b.contoso.example"]
    assert report.nodes_complete
    lines = XML.read_text().splitlines()
    assert "Warning" in lines[report.tests[1].origin.line - 1]


def test_the_same_report_in_utf_16_reads_alike() -> None:
    text = XML.read_text().replace('encoding="utf-8"', 'encoding="utf-16"')
    assert results_of(report_in(text.encode("utf-16"), "it")) == results_of(read_report(XML))


def test_a_result_that_is_not_known_leaves_test_and_outcome_open_and_is_named() -> None:
    report = report_in(XML.read_bytes().replace(b"[Success]", b"[Perhaps]", 1), "it")
    assert said(report)[0] is None
    assert results_of(report)[0] == ("Inventory", "List System Information", None)
    assert any("Perhaps" in note.message for note in report.notes)


def test_a_test_without_a_result_does_not_pass() -> None:
    text = XML.read_text().replace("<Result><Value><![CDATA[Success]]></Value></Result>", "", 1)
    assert said(report_in(text.encode(), "it"))[0] is None


def test_a_failure_outweighs_what_is_not_known() -> None:
    data = XML.read_bytes().replace(b"[Success]", b"[Perhaps]", 1).replace(b"[Warning]", b"[Failed]")
    assert said(report_in(data, "it"))[0] == "failed"


def test_a_test_that_was_not_run_means_that_tests_were_left_out() -> None:
    assert said(report_in(XML.read_bytes().replace(b"[Warning]", b"[Not Run]"), "it"))[2] is True


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE Report [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(20))
    + b"]><Report><Channel>&u;</Channel></Report>"
)


@pytest.mark.parametrize(
    "data",
    [
        LAUGHS,
        b'<!DOCTYPE Report SYSTEM "file:///etc/passwd"><Report/>',
        b'<?xml version="1.0"?><!DOCTYPE Report [<!ENTITY x SYSTEM "file:///etc/passwd">]><Report>&x;</Report>',
        b'<?xml version="1.0"?><!DOCTYPE Report [<!ENTITY % x SYSTEM "http://127.0.0.1/x"> %x;]><Report/>',
        b"<!DOCTYPE Report []><Report/>",
    ],
    ids=["laughs", "external subset", "external entity", "parameter entity", "empty subset"],
)
def test_document_types_and_entities_are_refused_at_once(data: bytes) -> None:
    started = time.monotonic()
    assert refusal(data) == ("SUP542", 1)
    assert time.monotonic() - started < 60


def test_deep_xml_is_refused() -> None:
    assert refusal(b"<Report>" + b"<Channel>" * 100_000)[0] == "SUP542"


def test_a_file_of_50_megabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.xml"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    with pytest.raises(DocumentError) as caught:
        read_report(path)
    assert [each.code for each in caught.value.problems] == ["SUP104"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (XML.read_bytes()[:900], "SUP543"),
        (b"<?xml version='1.0'?><Wrong/>", "SUP541"),
        (b"<Report/>", "SUP541"),
        (b"<?xml version='1.0' encoding='martian'?><Report/>", "SUP543"),
    ],
    ids=["cut off", "another root", "no tests", "unknown encoding"],
)
def test_what_is_no_whole_xml_report_is_refused(data: bytes, code: str) -> None:
    assert refusal(data)[0] == code


# -- HTML and MHT -----------------------------------------------------------------------------------------------------

TAILSPIN = [
    ("Inventory", "List Software Updates", "passed"),
    ("Network", "Validate Network Communication", "warning"),
    ("Network", "Validate IP Configuration", "passed"),
    ("System Configuration", "Validate Active Directory Configuration", "failed"),
    ("System Configuration", "Validate Software Update Levels", "cancelled"),
]


@pytest.mark.parametrize("form", ["htm", "mht"])
def test_the_page_is_read_alone_and_folded_in_mime(form: str) -> None:
    path = EXAMPLES / f"tailspin-report.{form}"
    report = read_report(path)
    assert results_of(report) == TAILSPIN
    assert said(report) == ("failed", "2017-01-14", True)
    assert [node.value for node in report.nodes] == ["ts-n1.tailspin.example", "ts-n2.tailspin.example"]
    assert report.notes == ()
    lines = path.read_text().splitlines()
    # A folded row begins in the line that is named and may end in the next.
    at = report.tests[3].origin.line
    assert "Directory" in lines[at - 1] + lines[at]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_the_places_in_mime_do_not_depend_on_line_ends(ending: str) -> None:
    text = (EXAMPLES / "tailspin-report.mht").read_text().replace("\r\n", "\n")
    report = report_in(text.replace("\n", ending).encode(), "it.mht")
    first = next(at for at, line in enumerate(text.split("\n"), start=1) if "#t1" in line)
    assert report.tests[0].origin.line == first


def test_a_page_or_mime_file_that_ends_early_is_refused() -> None:
    page, mht = (EXAMPLES / "tailspin-report.htm").read_bytes(), (EXAMPLES / "tailspin-report.mht").read_bytes()
    assert refusal(page[:2500])[0] == "SUP544"
    assert refusal(mht[:-120])[0] == "SUP544"
    assert refusal(mht[:2500])[0] == "SUP544"


def test_a_mime_file_without_a_page_is_refused() -> None:
    data = (
        b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nhi\n--x--\n"
    )
    assert refusal(data)[0] == "SUP541"


def test_a_page_of_another_kind_is_refused() -> None:
    assert refusal(b"<html><body><table><tr><td>Success</td></tr></table></body></html>")[0] == "SUP541"


def test_an_xml_report_that_speaks_of_html_is_still_xml() -> None:
    data = XML.read_bytes().replace(b"[Overview]", b"[<html>]")
    assert report_in(data, "it").form == "xml"


HALF_A_MEGABYTE = 2**19


@pytest.mark.parametrize(
    "data",
    [
        b"<html>" + b"<" * HALF_A_MEGABYTE,
        b"<html>" + b"<!--" * (HALF_A_MEGABYTE // 4) + b"</html>",
        b"<html>" + b"<![CDATA[>" * (HALF_A_MEGABYTE // 10) + b"</html>",
        b"<html><a " + b"a='" * (HALF_A_MEGABYTE // 3) + b"></html>",
        b"<html>" + b"<script>" * (HALF_A_MEGABYTE // 8) + b"</html>",
        b"<html>" + b"&#" * (HALF_A_MEGABYTE // 2) + b"</html>",
        b"<html>" + b"<tr>" * (HALF_A_MEGABYTE // 4) + b"</html>",
        b"MIME-Version: 1.0\nContent-Type: text/html; " + b"a=b; " * (HALF_A_MEGABYTE // 5) + b"\n\n<html></html>",
        b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\n" * (HALF_A_MEGABYTE // 5),
        b"MIME-Version: 1.0\n"
        + b"".join(b"Content-Type: multipart/mixed; boundary=x%d\n\n--x%d\n" % (i, i) for i in range(3000)),
        b"Test Result: " + b"a," * (HALF_A_MEGABYTE // 2),
        b"WARNING: " * (HALF_A_MEGABYTE // 9),
        b"W" + b" " * HALF_A_MEGABYTE,
    ],
    ids=["angles", "comments", "cdata", "quotes", "scripts", "references", "rows", "header", "parts", "nested parts",
         "flags", "warnings", "spaces"],
)  # fmt: skip
def test_what_is_made_to_take_long_is_refused_soon(data: bytes) -> None:
    started = time.monotonic()
    with pytest.raises(DocumentError):
        report_in(data, "it")
    assert time.monotonic() - started < 10


def test_comments_and_conditional_parts_hide_nothing_and_move_no_line() -> None:
    page = (EXAMPLES / "tailspin-report.htm").read_text()
    report = report_in(page.replace("<body>", "<body><!-- a\n--><![if !mso]><!-- <tr> --><![endif]>").encode(), "it")
    assert results_of(report) == TAILSPIN
    assert report.tests[0].origin.line == 29


def test_a_page_with_a_tag_that_is_not_closed_is_refused() -> None:
    page = (EXAMPLES / "tailspin-report.htm").read_text()
    assert refusal(page.replace('<a href="#t3">', '<a href="#t3"').encode())[0] == "SUP544"


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"<html>", b"<Report>", b"MIME-Version: 1.0\nContent-Type: text/html\n\n"]),
)
@settings(deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes, begun: bytes) -> None:
    try:
        assert report_in(begun + data, "it").tests
    except DocumentError as refused:
        assert refused.problems  # noqa: PT017 - either is right


@given(st.integers(min_value=0), st.sampled_from(["tailspin-report.htm", "tailspin-report.mht", XML.name]))
@settings(deadline=None)
def test_no_part_of_a_report_passes_for_one(cut: int, name: str) -> None:
    data = (EXAMPLES / name).read_bytes().rstrip()
    with pytest.raises(DocumentError):
        report_in(data[: cut % (len(data) - 8)], "it")
