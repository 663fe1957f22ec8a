"""Timelines and checked verdicts: the same as the engine's, and refusals for what cannot be had."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from supportable.document import canonical_json, read_text
from supportable.intake import load_design
from supportable.intake.formats_written import written
from supportable.packs import PackSet, load_packs
from supportable.verdict import evaluate, to_json
from supportable.verdict.timeline import timeline

DESIGN = Path("examples/sql-guest-cluster.yaml").read_text()
YAML = {"Content-Type": "application/yaml"}


@pytest.fixture(scope="module")
def packs() -> PackSet:
    return load_packs()


@pytest.fixture(scope="module")
def verdict(packs: PackSet) -> dict[str, Any]:
    facts = load_design(read_text(DESIGN, "somewhere/else.yaml"), packs.vocabulary)
    return to_json(evaluate(facts, packs, as_of="2009-07-01"))


# -- timelines --------------------------------------------------------------------------------------------------------


def test_a_timeline_is_the_engines(client: httpx.Client, packs: PackSet) -> None:
    span = {"from": "2009-01-01", "to": "2010-12-31"}
    answer = client.post("/v1/timeline", params=span, content=DESIGN, headers=YAML)
    found = timeline(
        load_design(read_text(DESIGN, "design.yaml"), packs.vocabulary),
        packs,
        first=date(2009, 1, 1),
        last=date(2010, 12, 31),
    )
    assert answer.status_code == 200, answer.text
    assert answer.content == canonical_json({"format": 1, **asdict(found)})
    assert len(answer.json()["periods"]) > 1


def test_a_timeline_of_some_packs_names_those(client: httpx.Client) -> None:
    query = {"from": "2009-01-01", "to": "2009-02-01", "pack": "microsoft.hyper-v"}
    answer = client.post("/v1/timeline", params=query, content=DESIGN, headers=YAML)
    # With those that it requires.
    assert [each["name"] for each in answer.json()["packs"]] == ["microsoft.failover-clustering", "microsoft.hyper-v"]


@pytest.mark.parametrize(
    ("query", "content", "headers", "status"),
    [
        ({"from": "2010-01-01", "to": "2009-01-01"}, DESIGN, YAML, 400),
        ({"from": "never"}, DESIGN, YAML, 400),
        # Numbers are no days: not even of the seconds since 1970.
        ({"from": "1230768000"}, DESIGN, YAML, 400),
        ({"from": "2009-01-01", "to": "0"}, DESIGN, YAML, 400),
        ({"from": "2009-01-01T00:00:00"}, DESIGN, YAML, 400),
        ({"pack": "nope"}, DESIGN, YAML, 400),
        ({}, "machines: [{id: a, kind: nope}]", YAML, 422),
        ({}, "[", YAML, 400),
        ({}, DESIGN, {"Content-Type": "text/csv"}, 415),
    ],
)
def test_what_has_no_timeline_is_refused(
    client: httpx.Client, query: dict[str, str], content: str, headers: dict[str, str], status: int
) -> None:
    answer = client.post("/v1/timeline", params=query, content=content, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text


# -- verdicts ---------------------------------------------------------------------------------------------------------


def checked(client: httpx.Client, body: dict[str, Any], **query: str) -> dict[str, Any]:
    answer = client.post("/v1/verify", params=query, json=body)
    assert answer.status_code == 200, answer.text
    got: dict[str, Any] = answer.json()
    return got


def test_a_true_verdict_holds_with_its_text(client: httpx.Client, verdict: dict[str, Any]) -> None:
    assert checked(client, {"verdict": verdict, "design": DESIGN}) == {"ok": True, "total": 0, "faults": []}


def test_a_true_verdict_holds_with_the_content_of_its_text(
    client: httpx.Client, packs: PackSet, verdict: dict[str, Any]
) -> None:
    root: Any = read_text(DESIGN, "design.yaml").root
    content = json.loads(written(root, "json", packs.vocabulary))
    assert checked(client, {"verdict": verdict, "design": content})["ok"] is True


def test_what_the_service_answered_holds(client: httpx.Client) -> None:
    query = {"as_of": "2009-05-01", "record": "false"}
    answer = client.post("/v1/evaluations", params=query, content=DESIGN, headers=YAML)
    assert checked(client, {"verdict": answer.json()["verdict"], "design": DESIGN})["ok"] is True


def test_a_verdict_in_which_anything_was_altered_does_not_hold(client: httpx.Client, verdict: dict[str, Any]) -> None:
    def altered(change: Any) -> dict[str, Any]:
        made: dict[str, Any] = json.loads(json.dumps(verdict))
        change(made)
        return made

    changes: dict[str, Any] = {
        "status": lambda it: it.update(status="unsupported"),
        "digest": lambda it: it.update(digest="sha256:" + "0" * 64),
        "line": lambda it: it["subjects"][0]["at"].update(line=1),
        "citation": lambda it: it["subjects"][-1]["findings"][0]["citations"][0].update(section="Elsewhere"),
        "pack": lambda it: it["packs"][0].update(version="0.9.0"),
        "missing": lambda it: it["missing"].append({"kind": "fact"}),
    }
    for name, change in changes.items():
        got = checked(client, {"verdict": altered(change), "design": DESIGN})
        assert (got["ok"], got["total"] > 0, bool(got["faults"])) == (False, True, True), name


def test_the_small_checker_alone_finds_an_altered_reason(client: httpx.Client, verdict: dict[str, Any]) -> None:
    body = {"verdict": verdict | {"status": "limited"}, "design": DESIGN}
    assert checked(client, body, independent="true")["ok"] is False


@pytest.mark.parametrize(
    ("body", "status", "codes"),
    [
        (b"{}", 400, ["SUP780", "SUP781"]),
        (b"[]", 400, ["SUP780", "SUP781"]),
        (b'{"verdict": {}, "design": "machines: []", "desing": 1}', 400, ["SUP780"]),
        (b'{"verdict": 1, "design": 2}', 400, ["SUP780", "SUP781"]),
        (b'{"verdict": null, "design": null}', 400, ["SUP780", "SUP781"]),
        (b'{"verdict": {}, "design": "", "design_media_type": "text/csv"}', 400, ["SUP781"]),
        (b'{"verdict": {}, "design": "", "design_media_type": ["application/yaml"]}', 400, ["SUP781"]),
        (b'{"verdict": {"n": %b}, "design": ""}' % (b"1" * 4301), 400, ["SUP780"]),
        (b'{"verdict": {}, "design": {"n": %b}}' % (b"1" * 4301), 400, ["SUP780"]),
        (b'{"verdict": {"a": 1, "a": 2}, "design": {}}', 400, None),
        (b'{"verdict": {}, "design": "machines: [{id: a, kind: nope}]"}', 422, None),
        (b"{", 400, None),
    ],
)
def test_what_cannot_be_checked_is_refused(
    client: httpx.Client, body: bytes, status: int, codes: list[str] | None
) -> None:
    answer = client.post("/v1/verify", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == status, answer.text
    if codes is not None:
        assert [each["code"] for each in answer.json()["problems"]] == codes


def test_a_verdict_of_nothing_does_not_hold(client: httpx.Client) -> None:
    got = checked(client, {"verdict": {}, "design": DESIGN})
    assert (got["ok"], [each["code"] for each in got["faults"]]) == (False, ["SUP900"])
