"""Each problem says by a JSON Pointer what it is about, and that leads to its line and column."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from supportable.document import Document, read_text
from supportable_api.media import DESIGNS
from tests.api.core.asking import DAY, JSON, NDJSON, YAML

TOML = {"Content-Type": "application/toml"}


def pointers(told: dict[str, Any]) -> list[tuple[str, str]]:
    return [(problem["code"], problem["pointer"]) for problem in told["problems"]]


def leads(document: Document, problem: dict[str, Any]) -> bool:
    """Whether a pointer leads to the place: of a value, or of its key."""
    place = (problem["line"], problem["column"])
    found = (document.origin_of(problem["pointer"]), document.origin_of_key(problem["pointer"]))
    return place in [(each.line, each.column) for each in found]


CASES: list[tuple[bytes, dict[str, str], list[tuple[str, str]]]] = [
    (
        b"machines:\n  - {id: a, kind: ethereal}\n  - {id: a, colour: red}\n",
        YAML,
        [("SUP523", "/machines/0/kind"), ("SUP513", "/machines/1/id"), ("SUP520", "/machines/1/colour")],
    ),
    (b'{"machines": [{"id": "a", "a/b~c": 1}]}', JSON, [("SUP520", "/machines/0/a~1b~0c")]),
    (b'[[machines]]\nid = "a"\nkind = "ethereal"\n', TOML, [("SUP523", "/machines/0/kind")]),
    (b"machine: []\n", YAML, [("SUP501", "/machine")]),
    (b"design: [a]\n", YAML, [("SUP502", "/design")]),
    (b"[]", JSON, [("SUP500", "")]),
    # What cannot be read has lines, and no parts yet.
    (b'{"machines": [], "machines": []}', JSON, [("SUP116", "")]),
]


@pytest.mark.parametrize(("content", "kind", "expected"), CASES)
def test_a_pointer_leads_to_the_place_of_its_problem(
    client: httpx.Client, content: bytes, kind: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    told = client.post("/v1/evaluations", params={"as_of": DAY}, content=content, headers=kind).json()
    assert pointers(told) == expected
    if told["status"] == 422:
        document = read_text(content, DESIGNS[kind["Content-Type"]])
        assert all(leads(document, problem) for problem in told["problems"])


def test_a_report_that_is_only_named_is_pointed_at(client: httpx.Client) -> None:
    content = b"clusters:\n  - {id: a, kind: nlb}\n  - {id: c, kind: failover, validation: {report: a.xml}}\n"
    told = client.post("/v1/evaluations", content=content, headers=YAML).json()
    assert [pointer for _, pointer in pointers(told)] == ["/clusters/1/validation/report"]
    assert leads(read_text(content, "design.yaml"), told["problems"][0])


def test_the_lines_of_a_batch_are_pointed_into(client: httpx.Client) -> None:
    """Into the design, where that is what is wrong; into the line, where the line is."""
    lines = [
        b'{"machines": [{"id": "a", "kind": "ethereal"}]}',
        b'{"id": 1, "design": {"machines": [{"id": "a", "kind": "ethereal"}]}}',
        b'{"id": 1, "design": {}, "as_of": "never", "an/other": 1}',
    ]
    answer = client.post("/v1/evaluations:batch", content=b"\n".join(lines), headers=NDJSON)
    told = [json.loads(line)["problem"] for line in answer.content.splitlines()]
    assert [pointers(each) for each in told] == [
        [("SUP523", "/machines/0/kind")],
        [("SUP523", "/machines/0/kind")],
        [("SUP722", "/an~1other"), ("SUP703", "/as_of")],
    ]
    assert [{problem["file"] for problem in each["problems"]} for each in told] == [
        {"design.json"}, {"design.json"}, {"batch.ndjson"},
    ]  # fmt: skip


def test_a_design_inside_a_request_is_pointed_at_from_its_top(client: httpx.Client) -> None:
    design = {"machines": [{"id": "a", "kind": "ethereal"}]}
    within = client.post("/v1/verify", json={"verdict": {}, "design": design})
    assert pointers(within.json()) == [("SUP523", "/design/machines/0/kind")]
    assert leads(read_text(within.request.content, "request.json"), within.json()["problems"][0])
    apart = client.post("/v1/verify", json={"verdict": {}, "design": json.dumps(design)})
    assert pointers(apart.json()) == [("SUP523", "/machines/0/kind")]
    unknown = client.post("/v1/verify", json={"verdict": {}, "design": {}, "de/sign": 1})
    assert pointers(unknown.json()) == [("SUP780", "/de~1sign")]


def test_the_faults_of_a_verdict_point_into_it(client: httpx.Client) -> None:
    judged = client.post("/v1/evaluations", params={"as_of": DAY}, content=b"{}", headers=JSON).json()["verdict"]
    for change, expected in (
        ({"status": "unsupported"}, "/status"),
        ({"digest": "sha256:0"}, "/digest"),
        ({"engine": {**judged["engine"], "version": "0"}}, "/engine/version"),
        ({"packs": [{**judged["packs"][0], "version": "0"}, *judged["packs"][1:]]}, "/packs/0"),
    ):
        told = client.post("/v1/verify", json={"verdict": judged | change, "design": {}}).json()
        assert [fault["pointer"] for fault in told["faults"]] == [expected]


def test_what_is_in_no_document_points_nowhere(client: httpx.Client) -> None:
    assert pointers(client.get("/v1/evaluations", params={"limit": "many"}).json()) == [("SUP722", "")]
