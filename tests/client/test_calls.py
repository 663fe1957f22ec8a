"""Both clients against a real server: what comes back is what the service says, typed, and whole."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from supportable.client import ApiError, BatchItem, Client, DesignText, Upload
from supportable.document import read_text
from supportable.errors import UsageError
from supportable.evidence import attach, read_report
from supportable.intake import load_design
from supportable.packs import PackSet, load_packs
from supportable.verdict import evaluate, to_json

EXAMPLE = Path("examples/sql-guest-cluster.yaml")
EVIDENCE = Path("examples/evidence")
DAY = "2009-07-01"
SMALL: dict[str, Any] = {"machines": [{"id": "a", "kind": "physical", "os": "Windows Server 2008"}]}


@pytest.fixture(scope="module")
def packs() -> PackSet:
    return load_packs()


def test_a_file_is_judged_as_the_engine_judges_it(client: Client, packs: PackSet) -> None:
    found = client.evaluate(EXAMPLE, as_of=date(2009, 7, 1), name="as told")
    verdict = to_json(evaluate(load_design(EXAMPLE, packs.vocabulary), packs, as_of=DAY))
    # Over the network a design has no path.
    told = json.loads(json.dumps(found.verdict).replace('"design.yaml"', json.dumps(str(EXAMPLE))))
    assert told == verdict
    assert found.status == verdict["status"] == "supported"
    assert found.id is not None
    kept = client.evaluation(found.id)
    assert (kept["verdict"], kept["name"], kept["as_of"]) == (found.verdict, "as told", DAY)
    assert kept["design"] == EXAMPLE.read_text()
    assert kept["verdict_digest"] == f"sha256:{found.etag}"


def test_a_design_is_a_mapping_a_text_or_a_path(client: Client) -> None:
    text = json.dumps(SMALL)
    found = [
        client.evaluate(design, as_of=DAY, record=False).verdict["digest"]
        for design in (SMALL, DesignText(text), DesignText(text.encode(), "application/json"))
    ]
    assert len(set(found)) == 1
    assert client.evaluate(str(EXAMPLE), record=False).id is None
    with pytest.raises(UsageError, match=r"quote\.xlsx is no file of a design"):
        client.evaluate("quote.xlsx")


def test_packs_are_chosen(client: Client) -> None:
    found = client.evaluate(EXAMPLE, as_of=DAY, packs=["microsoft.hyper-v"], record=False)
    names = {each["pack"] for each in found.verdict["packs"]}
    assert "microsoft.hyper-v" in names
    assert "microsoft.scvmm" not in names


@pytest.mark.parametrize(("form", "begins"), [("html", "<!DOCTYPE html>"), ("markdown", "#"), ("sarif", "{")])
def test_reports_are_texts(client: Client, form: Any, begins: str) -> None:
    assert client.report(EXAMPLE, form, as_of=DAY).lower().startswith(begins.lower())


def test_every_problem_of_a_bad_design_is_in_the_error(client: Client) -> None:
    bad = DesignText("machines:\n  - {id: a, kind: phisical}\n  - {id: a, kind: virtual}\n")
    with pytest.raises(ApiError) as caught:
        client.evaluate(bad)
    error = caught.value
    assert (error.status, error.retry_after) == (422, None)
    assert len(error.problems) >= 2
    first = error.problems[0]
    assert (str(first.origin), first.move) == ("design.yaml:2:19", "caller")
    assert "physical" in first.hint
    assert error.codes == tuple(problem.code for problem in error.problems)


def test_recorded_evaluations_are_walked_page_by_page(client: Client) -> None:
    ids = [client.evaluate(SMALL, as_of=DAY, name="walked").id for _ in range(5)]
    found = [each["id"] for each in client.evaluations(name="walked", page_size=2)]
    assert found[:5] == ids[::-1]
    assert len(found) == len(set(found))
    assert list(client.evaluations(name="nobody's")) == []
    status = client.evaluation(found[0])["status"]
    assert {each["status"] for each in client.evaluations(status=status, page_size=500)} == {status}


def test_a_key_of_ones_own_is_answered_once(client: Client) -> None:
    key = f"once-{id(client)}"
    first = client.evaluate(SMALL, as_of=DAY, idempotency_key=key)
    again = client.evaluate(SMALL, as_of=DAY, idempotency_key=key)
    assert (again.id, again.verdict, first.replayed, again.replayed) == (first.id, first.verdict, False, True)


def test_a_batch_is_answered_in_order_and_a_bad_design_stops_no_other(client: Client) -> None:
    padding = "x" * 2000
    items: list[Any] = [BatchItem({**SMALL, "design": f"{padding}{place}"[-200:]}, id=place) for place in range(80)]
    items[40] = BatchItem({"machines": [{"id": "a", "kind": "nope"}]}, id={"any": "thing"})
    # Larger than a piece of a batch may be.
    many = [{"id": f"{'m' * 90}{number}", "kind": "virtual"} for number in range(700)]
    items[41] = {"design": "large", "machines": many}
    items[42] = BatchItem(SMALL, id="its own day", as_of="2020-01-01")
    answers = list(client.batch(iter(items), as_of=DAY, packs=["microsoft.hyper-v"], record=False))
    assert [each.line for each in answers] == list(range(1, 81))
    assert [each.id for each in answers[:2]] == [0, 1]
    bad, large, dated = answers[40:43]
    assert (bad.id, bad.verdict, bad.evaluation) == ({"any": "thing"}, None, None)
    assert bad.error is not None
    assert bad.error.status == 422
    assert (large.id, large.error) == (None, None)
    assert large.verdict is not None
    assert len(large.verdict["subjects"]) == 700
    assert dated.verdict is not None
    assert dated.verdict["as_of"] == "2020-01-01"
    assert all(each.verdict is not None for each in answers if each is not bad)


def test_a_batch_is_recorded_unless_one_says_not_to(client: Client) -> None:
    (kept,) = client.batch([SMALL], as_of=DAY)
    assert kept.evaluation is not None
    assert client.evaluation(kept.evaluation)["verdict"] == kept.verdict
    (loose,) = client.batch([SMALL], as_of=DAY, record=False)
    assert loose.evaluation is None
    assert list(client.batch([])) == []


def test_a_bill_is_judged_and_comes_back_as_a_workbook(client: Client) -> None:
    bill = client.bom("examples/boms/lenovo-summary.md", as_of="2024-10-01", design=EXAMPLE)
    assert bill["bom"]["design"] == "sql-guest-cluster" == bill["design"]["design"]
    assert bill["lines"]
    upload = Upload(b"Stk;Was\n2;HP ProLiant DL380 G5\n", "bill.csv")
    named = client.bom(upload, mapping={"qty": "Stk", "desc": "Was"})
    assert [each["quantity"] for each in named["lines"]] == [2]
    assert client.bom_workbook(upload, profile=Upload(b"columns: {qty: Stk, desc: Was}", "p.yaml"))[:2] == b"PK"


def test_a_report_is_read_and_attached(client: Client) -> None:
    report = Path("examples/evidence/Validation Report 2024.09.03 At 10.15.27.xml")
    found = client.evidence(report)
    assert (found["report"]["form"], found["design"]) == ("xml", None)
    design = {"clusters": [{"id": "c", "kind": "failover"}, {"id": "d", "kind": "failover"}]}
    joined = client.evidence(report, design=design, cluster="c")["design"]
    assert joined is not None
    first, second = json.loads(joined["text"])["clusters"]
    assert (first["validation"]["outcome"], "validation" in second) == ("passed-with-warnings", False)


def test_a_timeline_begins_and_ends_where_asked(client: Client) -> None:
    found = client.timeline(EXAMPLE, first="2009-05-01", last=date(2009, 7, 1))
    assert (found["first"], found["last"]) == ("2009-05-01", "2009-07-01")
    assert (found["periods"][0]["status"], found["periods"][-1]["status"]) == ("unsupported", "supported")


def test_a_verdict_is_verified(client: Client) -> None:
    found = client.evaluate(EXAMPLE, as_of=DAY, record=False).verdict
    assert client.verify(found, EXAMPLE) == {"ok": True, "total": 0, "faults": []}
    altered = {**found, "status": "limited"}
    assert client.verify(altered, EXAMPLE, independent=True)["ok"] is False
    small = client.evaluate(SMALL, as_of=DAY, record=False).verdict
    assert client.verify(small, SMALL)["ok"] is True


def test_a_verdict_is_verified_with_the_reports_it_rests_on(client: Client, packs: PackSet) -> None:
    report = EVIDENCE / "Validation Report 2024.09.03 At 10.15.27.xml"
    text = (EVIDENCE / "contoso-cluster.yaml").read_text().split("    validation:")[0]
    document = attach(read_text(text, "design.yaml"), read_report(report, name=report.name)).document
    verdict = to_json(evaluate(load_design(document, packs.vocabulary), packs, as_of="2025-01-31"))
    held = Upload(report.read_bytes(), report.name)
    for evidence, clusters in (([report], None), ([held], {report.name: "files"})):
        assert client.verify(verdict, DesignText(text), evidence=evidence, clusters=clusters)["ok"] is True
    assert client.verify(verdict, DesignText(text))["faults"][0]["pointer"] == "/digest"
    with pytest.raises(ApiError, match="SUP547"):
        client.verify(verdict, DesignText(text), evidence=[held], clusters={report.name: "elsewhere"})
    with pytest.raises(ApiError, match="SUP776"):
        client.verify(verdict, DesignText(text), clusters={report.name: "files"})


def test_what_packs_say_is_read(client: Client, packs: PackSet) -> None:
    assert [each["name"] for each in client.packs()["items"]] == [pack.name for pack in packs.packs]
    assert client.pack("microsoft.hyper-v")["version"] == packs.pack("microsoft.hyper-v").version
    name = "microsoft.sql-server-virtualization/guest-os"
    rule = client.rule(name)
    assert (rule["rule"], rule) == (name, client.rule(name, rule["version"]))
    assert client.reference("KB956893")["id"] == "KB956893"
    assert [each["id"] for each in client.references(page_size=20)] == sorted(packs.references)
    assert [each["term"] for each in client.terms("havm")][:1] == ["HAVM"]
    hits = client.search("cluster", kinds=["rule"], limit=3)
    assert {each["kind"] for each in hits["items"]} == {"rule"}
    assert len(hits["items"]) == 3 < hits["total"]
    assert client.vocabulary()["entities"]
    assert client.schema("verdict")["title"] == "Verdict"


def test_every_example_is_what_it_says(client: Client) -> None:
    for example in client.examples():
        design = client.example(example["name"])
        for day, status in zip(example["days"], example["statuses"], strict=True):
            assert client.evaluate(design, as_of=day, record=False).status == status


def test_a_name_is_one_step_of_a_path_whatever_is_in_it(client: Client) -> None:
    for name in (".", "..", "../packs", "a/b", "?q=1", "#", "%2e%2e", "ä"):
        with pytest.raises(ApiError) as caught:
            client.reference(name)
        assert caught.value.status == 404


def test_stored_designs_are_not_overwritten_by_those_who_did_not_see_them(client: Client) -> None:
    name = f"kept-{id(client)}"
    first = client.put_design(name, SMALL, new=True)
    assert (first["version"], first["problems"]) == (1, [])
    with pytest.raises(ApiError) as caught:
        client.put_design(name, SMALL, new=True)
    assert caught.value.status == 412
    seen = client.design(name)
    assert (json.loads(seen.content), seen.version, seen.media_type) == (SMALL, 1, "application/json")
    second = client.put_design(name, EXAMPLE, replaces=seen.etag)
    assert second["version"] == 2
    with pytest.raises(ApiError) as caught:
        client.put_design(name, SMALL, replaces=seen.etag)
    assert caught.value.status == 412
    assert (client.design(name).content, client.design(name).etag) == (EXAMPLE.read_bytes(), second["etag"])
    assert client.design(name, 1) == seen
    assert [each["version"] for each in client.design_history(name)] == [2, 1]
    assert name in [each["name"] for each in client.designs(page_size=1)]
    assert client.evaluate_design(name, as_of=DAY).status == "supported"
    assert client.evaluate_design(name, version=1, as_of=DAY, record=False).id is None
    client.delete_design(name, etag=second["etag"])
    with pytest.raises(ApiError) as caught:
        client.design(name)
    assert caught.value.status == 404


def test_packs_are_loaded_anew(client: Client, packs: PackSet) -> None:
    before = client.reload()
    after = client.reload()
    assert after["generation"] == before["generation"] + 1
    assert after["packs"] == [f"{pack.name} {pack.version}" for pack in packs.packs]
    assert client.ready()["ready"] is True
