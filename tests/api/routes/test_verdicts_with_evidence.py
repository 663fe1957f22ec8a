"""A verdict that was reached with reports is checked with them: as a form, and nothing that it names is opened."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from supportable.document import read_text
from supportable.evidence import attach, read_report
from supportable.intake import load_design
from supportable.packs import load_packs
from supportable.verdict import evaluate, to_json
from supportable_api import Settings, create_app
from supportable_api.forms import MOST_REPEATED
from tests.api.in_process import serving

REPORTS = Path("examples/evidence")
REPORT = REPORTS / "Validation Report 2024.09.03 At 10.15.27.xml"
NAMED = (REPORTS / "contoso-cluster.yaml").read_bytes()
"""Its cluster rests on that report, by name."""
PLAIN = NAMED.split(b"    validation:")[0]
TWO = PLAIN + b"  - {id: files2, kind: failover, nodes: [con-a, con-b]}\n"
"""Which of the two the report is about has to be said."""
VERDICT = "verdict.json"
Parts = list[tuple[str, tuple[str, bytes]]]


def judged(design: bytes, cluster: str = "", *, under: str = "/home/them") -> bytes:
    """The verdict on a design with the report, made on another machine."""
    packs = load_packs()
    document = read_text(design, f"{under}/design.yaml")
    attached = attach(document, read_report(REPORT, name=f"{under}/{REPORT.name}"), cluster).document
    verdict = evaluate(load_design(attached, packs.vocabulary), packs, as_of="2025-01-31")
    return json.dumps(to_json(verdict)).encode()


@pytest.fixture(scope="module")
def verdict() -> bytes:
    return judged(PLAIN)


def form(verdict: bytes, design: bytes, *reports: tuple[str, bytes], **more: bytes) -> Parts:
    return [
        ("verdict", (VERDICT, verdict)),
        ("design", ("design.yaml", design)),
        *(("evidence", report) for report in reports),
        *((name, (name, content)) for name, content in more.items()),
    ]


def sent(client: httpx.Client, parts: Parts, **query: str) -> dict[str, Any]:
    answer = client.post("/v1/verify", files=parts, params=query)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


GIVEN = (REPORT.name, REPORT.read_bytes())
HOLDS = {"ok": True, "total": 0, "faults": []}


@pytest.mark.parametrize("independent", ["false", "true"])
def test_it_holds_with_its_report_and_not_without(client: httpx.Client, verdict: bytes, independent: str) -> None:
    assert sent(client, form(verdict, PLAIN, GIVEN), independent=independent) == HOLDS
    without = sent(client, form(verdict, PLAIN), independent=independent)
    assert [fault["code"] for fault in without["faults"]] == ["SUP902"]
    assert "evidence" in without["faults"][0]["hint"]


def test_a_form_without_reports_is_checked_as_json_is(client: httpx.Client) -> None:
    design = b"machines: [{id: a, kind: virtual}]"
    answer = client.post(
        "/v1/evaluations?as_of=2009-07-01", content=design, headers={"Content-Type": "application/yaml"}
    )
    verdict = answer.json()["verdict"]
    assert sent(client, form(json.dumps(verdict).encode(), design)) == HOLDS
    altered = json.dumps(verdict | {"status": "limited"}).encode()
    assert sent(client, form(altered, design)) == client.post(
        "/v1/verify", json={"verdict": verdict | {"status": "limited"}, "design": design.decode()}
    ).json()  # fmt: skip


def test_what_a_report_says_is_held_against_the_verdict(client: httpx.Client, verdict: bytes) -> None:
    other = GIVEN[1].replace(b"[Warning]", b"[Failed]")
    assert other != GIVEN[1]
    assert sent(client, form(verdict, PLAIN, (REPORT.name, other)))["ok"] is False


def test_a_report_that_the_design_names_is_taken_from_the_form_alone(client: httpx.Client) -> None:
    verdict = judged(NAMED, under=str(REPORTS.resolve()))
    assert sent(client, form(verdict, NAMED, GIVEN)) == HOLDS
    # It lies where both say, and is not looked for there.
    assert [fault["code"] for fault in sent(client, form(verdict, NAMED))["faults"]] == ["SUP902"]


def test_no_file_is_opened_by_the_name_of_a_part(client: httpx.Client, verdict: bytes) -> None:
    answer = client.post("/v1/verify", files=form(verdict, PLAIN, (str(REPORT.resolve()), b"")))
    assert (answer.status_code, answer.json()["problems"][0]["message"]) == (400, "the file is empty")


def test_which_cluster_a_report_is_about_can_be_said(client: httpx.Client) -> None:
    verdict = judged(TWO, "files")
    unsaid = client.post("/v1/verify", files=form(verdict, TWO, GIVEN))
    assert (unsaid.status_code, unsaid.json()["problems"][0]["code"]) == (422, "SUP548")
    said = json.dumps({REPORT.name: "files"}).encode()
    assert sent(client, form(verdict, TWO, GIVEN, clusters=said)) == HOLDS
    wrong = json.dumps({REPORT.name: "files2"}).encode()
    assert sent(client, form(verdict, TWO, GIVEN, clusters=wrong))["ok"] is False


def test_where_report_and_design_contradict_each_other_the_design_is_pointed_at(
    client: httpx.Client, verdict: bytes
) -> None:
    design = PLAIN + b"    validation: {outcome: failed}\n"
    answer = client.post("/v1/verify", files=form(verdict, design, GIVEN))
    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["problems"]] == ["/clusters/0/validation/outcome"]


@pytest.mark.parametrize(
    ("parts", "status", "code"),
    [
        ([("design", ("d", b"{}"))], 400, "SUP777"),
        ([("verdict", ("v", b"{}"))], 400, "SUP777"),
        (form(b"{}", b"{}", desing=b"{}"), 400, "SUP778"),
        ([*form(b"{}", b"{}"), ("design", ("d", b"{}"))], 400, "SUP776"),
        (form(b"{}", b"{}", GIVEN, clusters=b"[]"), 400, "SUP776"),
        (form(b"{}", b"{}", GIVEN, clusters=b'{"other.xml": "files"}'), 400, "SUP776"),
        (form(b"{}", b"{}", (REPORT.name, b"x"), clusters=b'{"%b": 1}' % REPORT.name.encode()), 400, "SUP776"),
        (form(b"{}", b"{}", clusters=b"{"), 400, "SUP130"),
        (form(b"{", b"{}"), 400, "SUP130"),
        (form(b'{"a": 1, "a": 1}', b"{}"), 400, "SUP116"),
        (form(b"{}", b"["), 400, "SUP110"),
        (form(b"{}", b"machines: [{id: a, kind: nope}]"), 422, "SUP523"),
        (form(b"{}", b"{}", *[("r", b"x")] * (MOST_REPEATED + 4)), 400, "SUP776"),
        (form(b"{}", b"{}", ("r", b"\0")), 400, "SUP541"),
    ],
)
def test_a_form_that_cannot_be_checked_is_refused(client: httpx.Client, parts: Parts, status: int, code: str) -> None:
    answer = client.post("/v1/verify", files=parts)
    assert (answer.status_code, answer.json()["problems"][0]["code"]) == (status, code), answer.text


@pytest.mark.parametrize("verdict", [b"{}", b"[]", b"1", b'{"format": %b}' % (b"1" * 4301)])
def test_what_is_no_verdict_does_not_hold(client: httpx.Client, verdict: bytes) -> None:
    assert [fault["code"] for fault in sent(client, form(verdict, b"{}"))["faults"]] == ["SUP900"]


def test_another_type_is_told_both_that_are_read(client: httpx.Client) -> None:
    answer = client.post("/v1/verify", content=b"{}", headers={"Content-Type": "text/plain"})
    assert (answer.status_code, answer.headers["Accept"]) == (415, "application/json, multipart/form-data")


def test_a_form_may_be_as_large_as_a_file_and_json_as_a_body() -> None:
    with serving(create_app(Settings(database="none", max_file=10_000, max_body=5_000))) as client:
        large, larger = b"#" * 7_000, b"#" * 12_000
        assert client.post("/v1/verify", files=form(b"{}", b"{}" + large)).status_code == 200
        assert client.post("/v1/verify", files=form(b"{}", b"{}" + larger)).status_code == 413
        body = {"verdict": {}, "design": (b"{}" + large).decode()}
        assert client.post("/v1/verify", json=body).status_code == 413


def test_the_same_form_twice_is_answered_once(client: httpx.Client, verdict: bytes) -> None:
    key = {"Idempotency-Key": "verify with evidence"}
    first, again = (client.post("/v1/verify", files=form(verdict, PLAIN, GIVEN), headers=key) for _ in range(2))
    assert (again.headers.get("Idempotent-Replayed"), again.content) == ("true", first.content)
