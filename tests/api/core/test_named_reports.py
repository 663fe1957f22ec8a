"""Reports that a design names by path: nothing opens them, and nothing passes them over as if they were not named."""

from __future__ import annotations

import httpx
import pytest

from supportable_api import codes
from tests.api.core.asking import YAML, codes_of

BILL = {"file": ("b.csv", b"qty;description\n1;HP ProLiant DL380 G5\n")}


def design(validation: str) -> bytes:
    return (
        b"machines: [{id: a, kind: physical}, {id: b, kind: physical}]\n"
        b"clusters: [{id: c, nodes: [a, b], validation: {%b}}]\n"
    ) % validation.encode()


def answers(client: httpx.Client, content: bytes) -> list[httpx.Response]:
    """What each door says to the design."""
    return [
        client.post("/v1/evaluations", params={"record": "false"}, content=content, headers=YAML),
        client.post("/v1/timeline", params={"from": "2009-01-01", "to": "2009-01-02"}, content=content, headers=YAML),
        client.post("/v1/boms", files={**BILL, "design": ("d.yaml", content)}),
    ]


@pytest.mark.parametrize("outcome", ["", ", outcome: null", ", outcome: unknown"])
def test_a_cluster_that_rests_on_a_file_alone_is_refused_at_every_door(client: httpx.Client, outcome: str) -> None:
    for answer in answers(client, design(f"report: a.xml{outcome}")):
        assert (answer.status_code, codes_of(answer.json())) == (422, [codes.REPORT_BY_NAME]), answer.text
        assert (answer.json()["problems"][0]["line"], answer.json()["problems"][0]["column"]) == (2, 56)


@pytest.mark.parametrize(
    "validation", ["report: a.xml, outcome: passed", "report: null", "report: unknown", "report: none, outcome: null"]
)
def test_where_the_outcome_is_said_or_no_file_is_named_it_is_judged(client: httpx.Client, validation: str) -> None:
    for answer in answers(client, design(validation)):
        assert answer.status_code == 200, answer.text
