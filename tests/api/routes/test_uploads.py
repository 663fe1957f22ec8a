"""Bills and validation reports: what the engine makes of the same file, and what is refused."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from python_calamine import CalamineWorkbook

from supportable.bom import bom_to_json, judge_bom, read_bom, read_profile
from supportable.document import canonical_json, read_file, read_text
from supportable.evidence import attach, read_report
from supportable.intake import load_design
from supportable.packs import PackSet, load_packs
from supportable.report.bom_workbook import ADDED
from supportable_api import codes
from supportable_api.routes.boms import XLSX

EXAMPLES = Path("examples")
BILLS = EXAMPLES / "boms"
REPORTS = EXAMPLES / "evidence"
CONTOSO = REPORTS / "contoso-cluster.yaml"
DAY = {"as_of": "2024-10-01"}


@pytest.fixture(scope="module")
def packs() -> PackSet:
    return load_packs()


def upload(path: Path, name: str | None = None) -> tuple[str, bytes]:
    return (path.name if name is None else name, path.read_bytes())


def refusals(answer: httpx.Response) -> list[str]:
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return [each["code"] for each in answer.json()["problems"]]


# -- bills ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["dell-quote.csv", "hp-quote.xlsx", "lenovo-summary.md"])
def test_a_bill_is_what_the_engine_makes_of_it(client: httpx.Client, packs: PackSet, name: str) -> None:
    answer = client.post("/v1/boms", params=DAY, files={"file": upload(BILLS / name)})
    assert answer.status_code == 200, answer.text
    expected = bom_to_json(judge_bom(read_bom(BILLS / name), packs, as_of=DAY["as_of"]))
    expected["bom"]["file"] = name
    assert answer.content == canonical_json(expected)


def test_a_design_is_held_against_the_lines_and_packs_are_chosen(client: httpx.Client, packs: PackSet) -> None:
    design = EXAMPLES / "sql-guest-cluster.yaml"
    answer = client.post(
        "/v1/boms",
        params={"as_of": "2009-07-01", "pack": "microsoft.hyper-v"},
        files={"file": upload(BILLS / "hp-quote.xlsx"), "design": upload(design)},
    )
    facts = load_design(design, packs.vocabulary)
    bill = read_bom(BILLS / "hp-quote.xlsx")
    judged = judge_bom(bill, packs, as_of="2009-07-01", only=["microsoft.hyper-v"], design=facts)
    got = answer.json()
    assert got["bom"]["design"] == judged.design == "sql-guest-cluster"
    assert [each["status"] for each in got["lines"]] == [each.status for each in judged.lines]
    assert [each["pack"] for each in got["design"]["packs"]] == [one.name for one in judged.verdict.packs]
    assert len(judged.verdict.packs) < len(packs.packs)


def test_columns_are_named_by_a_mapping_or_a_profile(client: httpx.Client) -> None:
    bill = b"Stk;Was\n2;HP ProLiant DL380 G5\n"

    def lines(**parts: Any) -> list[tuple[str, Any]]:
        answer = client.post("/v1/boms", params=DAY, files={"file": ("b.csv", bill)}, data=parts)
        assert answer.status_code == 200, answer.text
        return [(each["text"], each["quantity"]) for each in answer.json()["lines"]]

    named = {"qty": "Stk", "desc": "Was"}
    mapped = lines(mapping=json.dumps(named))
    assert lines(profile=f"columns: {json.dumps(named)}") == mapped
    # A mapping comes on top of a profile.
    assert lines(profile='columns: {qty: Stk}\ndecimal: ","', mapping=json.dumps({"desc": "Was"})) == mapped
    assert [quantity for _, quantity in mapped] == [2]
    # By their places the first row is one like any other.
    assert [quantity for _, quantity in lines(mapping=json.dumps({"qty": "#1", "desc": "#2"}))] == [None, 2]


def test_a_profile_is_a_file_like_that_of_the_command_line(
    client: httpx.Client, packs: PackSet, tmp_path: Path
) -> None:
    bill = tmp_path / "bill.csv"
    bill.write_text("Wieviel;Art.-Code;Was\n2,0;X1;HP ProLiant DL380 G5\n", encoding="utf-8")
    profile = BILLS / "profile-partner.yaml"
    answer = client.post("/v1/boms", params=DAY, files={"file": upload(bill), "profile": upload(profile)})
    assert answer.status_code == 200, answer.text
    judged = judge_bom(read_bom(bill, read_profile(profile)), packs, as_of=DAY["as_of"])
    assert answer.json()["lines"] == bom_to_json(judged)["lines"]
    assert [each["quantity"] for each in answer.json()["lines"]] == [2]


def test_by_accept_the_bill_comes_back_with_columns_added(client: httpx.Client) -> None:
    answer = client.post(
        "/v1/boms",
        params=DAY,
        headers={"Accept": XLSX},
        files={"file": upload(BILLS / "hp-quote.xlsx", "Angebot Ä.xlsx")},
    )
    assert (answer.status_code, answer.headers["content-type"]) == (200, XLSX)
    assert answer.headers["content-disposition"] == "attachment; filename*=UTF-8''Angebot%20%C3%84-judged.xlsx"
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    before = CalamineWorkbook.from_filelike(io.BytesIO((BILLS / "hp-quote.xlsx").read_bytes()))
    assert book.sheet_names == [*before.sheet_names, "Verdict"]
    cells = {str(cell) for row in book.get_sheet_by_index(0).to_python() for cell in row}
    assert cells >= set(ADDED)


def test_a_workbook_for_whom_nothing_else_will_do_is_not_a_page(client: httpx.Client) -> None:
    answer = client.post("/v1/boms", headers={"Accept": "text/html"}, files={"file": ("b.csv", b"a;b")})
    assert (answer.status_code, refusals(answer)) == (406, [codes.NOT_ACCEPTABLE])


BAD_FORMS: dict[str, tuple[dict[str, Any], int, str]] = {
    "no form": ({"content": b"{}", "headers": {"Content-Type": "application/json"}}, 415, codes.MEDIA_TYPE_NOT_READ),
    "no type": ({"content": b"{}"}, 415, codes.MEDIA_TYPE_NOT_READ),
    "no boundary": ({"content": b"x", "headers": {"Content-Type": "multipart/form-data"}}, 400, "SUP776"),
    **{
        charset: (
            {
                "content": b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nqty;x\r\n--b--\r\n',
                "headers": {"Content-Type": f"multipart/form-data; boundary=b; charset={charset}"},
            },
            415,
            codes.MEDIA_TYPE_NOT_READ,
        )
        for charset in ("undefined", "utf-16", "punycode")
    },
    "not a form": (
        {"content": b"x", "headers": {"Content-Type": "multipart/form-data; boundary=b"}},
        400,
        "SUP776",
    ),
    "no file": ({"files": {"design": ("d.yaml", b"{}")}}, 400, "SUP777"),
    "another part": ({"files": {"file": ("b.csv", b"a"), "path": ("p", b"/etc/passwd")}}, 400, "SUP778"),
    "twice": ({"files": [("file", ("b.csv", b"a")), ("file", ("b.csv", b"a"))]}, 400, "SUP776"),
    "empty": ({"files": {"file": ("b.csv", b"")}}, 400, "SUP5"),
    "mapping": ({"files": {"file": ("b.csv", b"a;b\n1;c\n")}, "data": {"mapping": '{"quty": "a"}'}}, 400, "SUP"),
    "mapping no json": ({"files": {"file": ("b.csv", b"a;b\n1;c\n")}, "data": {"mapping": "qty=a"}}, 400, "SUP1"),
    "design": (
        {"files": {"file": ("b.csv", b"qty;description\n1;c\n"), "design": ("d.json", b'{"machine": []}')}},
        422,
        "SUP5",
    ),
}


@pytest.mark.parametrize("name", BAD_FORMS)
def test_a_bad_form_is_refused_with_a_code(client: httpx.Client, name: str) -> None:
    request, status, code = BAD_FORMS[name]
    answer = client.post("/v1/boms", **request)
    assert answer.status_code == status, answer.text
    assert refusals(answer)[0].startswith(code), answer.text


# -- validation reports -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(path.name for path in REPORTS.iterdir() if path != CONTOSO))
def test_a_report_is_told_fact_by_fact(client: httpx.Client, name: str) -> None:
    report = read_report(REPORTS / name)
    answer = client.post("/v1/evidence", files={"file": upload(REPORTS / name)})
    assert answer.status_code == 200, answer.text
    got = answer.json()["report"]
    assert answer.json()["design"] is None
    assert (got["file"], got["form"]) == (name, report.form)
    assert (got["outcome"] or {}).get("value") == (None if report.outcome is None else report.outcome.value)
    assert (got["date"] or {}).get("value") == (None if report.date is None else report.date.value)
    assert [(each["name"], each["outcome"], each["line"]) for each in got["tests"]] == [
        (each.name, each.outcome, each.origin.line) for each in report.tests
    ]
    assert [each["value"] for each in got["nodes"]] == [each.value for each in report.nodes]


@pytest.mark.parametrize("suffix", ["yaml", "json", "toml"])
def test_a_report_is_attached_to_a_design_in_the_format_of_the_design(
    client: httpx.Client, packs: PackSet, suffix: str
) -> None:
    from supportable.intake.formats_written import written  # noqa: PLC0415

    root: Any = read_file(CONTOSO).root
    root.pop("$schema", None)
    for cluster in root["clusters"]:
        (cluster.get("validation") or {}).pop("report", None)
    text = written(root, suffix, packs.vocabulary)
    report = REPORTS / "Validation Report 2024.09.03 At 10.15.27.xml"
    answer = client.post("/v1/evidence", files={"file": upload(report), "design": (f"c.{suffix}", text.encode())})
    assert answer.status_code == 200, answer.text
    got = answer.json()["design"]
    assert got["media_type"] == f"application/{suffix}"
    again = load_design(read_text(got["text"], f"d.{suffix}"), packs.vocabulary)
    attached = attach(read_text(text, f"d.{suffix}"), read_report(report)).document
    assert again.digest == load_design(attached, packs.vocabulary).digest
    assert again.digest != load_design(read_text(text, f"d.{suffix}"), packs.vocabulary).digest


def test_a_report_that_a_design_names_is_never_opened(client: httpx.Client) -> None:
    design = CONTOSO.read_text()
    assert "report:" in design
    bare = client.post(
        "/v1/evidence",
        files={"file": upload(REPORTS / "fabrikam-wrapped-transcript.txt"), "design": ("d.yaml", design.encode())},
    )
    # The nodes are another cluster's: what is refused is the report that was sent, for what it says.
    assert bare.status_code == 422, bare.text


def test_a_cluster_without_a_design_is_refused(client: httpx.Client) -> None:
    report = REPORTS / "fabrikam-wrapped-transcript.txt"
    answer = client.post("/v1/evidence", files={"file": upload(report)}, data={"cluster": "c"})
    assert (answer.status_code, refusals(answer)) == (400, ["SUP777"])


def test_a_file_that_is_no_report_is_refused(client: httpx.Client) -> None:
    for content in (b"", b"\0", b"<Report", b"<html>"):
        answer = client.post("/v1/evidence", files={"file": ("r", content)})
        assert answer.status_code == 400, answer.text
