"""What every answer carries: headers that keep browsers from harm, an id, and fewer bytes for whoever takes gzip."""

from __future__ import annotations

import gzip
import json
import logging
from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI

from supportable_api import Settings, create_app
from supportable_api.telling import AsJson, AsText
from tests.api.core.asking import DAY, GUESTS, JSON, YAML, codes_of
from tests.api.in_process import serving

GUARDS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


@pytest.fixture(scope="module")
def broken() -> Iterator[httpx.Client]:
    """A service with a route that fails."""
    app: FastAPI = create_app(Settings(database="none"))

    @app.get("/fails")
    async def fails() -> None:
        raise RuntimeError("a secret path: /etc/passwd")

    with serving(app) as made:
        yield made


def guards(answer: httpx.Response) -> dict[str, str]:
    return {name: answer.headers.get(name, "") for name in GUARDS}


def test_every_answer_is_guarded_also_those_that_refuse(client: httpx.Client, broken: httpx.Client) -> None:
    answers = [
        client.get("/healthz"),
        client.post("/v1/evaluations", content=GUESTS, headers=YAML),
        client.post("/v1/evaluations", content=b"{", headers=JSON),
        client.get("/nowhere"),
        client.put("/healthz"),
        client.get("/v1/evaluations", params={"limit": "many"}),
        broken.get("/fails"),
    ]
    assert [answer.status_code for answer in answers] == [200, 201, 400, 404, 405, 400, 500]
    assert [guards(answer) for answer in answers] == [GUARDS] * len(answers)


def test_a_defect_is_told_without_what_it_was(broken: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    answer = broken.get("/fails")
    assert (answer.status_code, codes_of(answer.json())) == (500, ["SUP999"])
    assert "secret" not in answer.text
    assert "a secret path" in caplog.text


def test_no_other_origin_may_call_unless_it_is_named(client: httpx.Client) -> None:
    asking = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    preflight = client.options("/v1/evaluations", headers=asking)
    plain = client.get("/healthz", headers={"Origin": "https://evil.example"})
    for answer in (preflight, plain):
        assert [name for name in answer.headers if name.startswith("access-control")] == []
    with serving(create_app(Settings(database="none", cors_origins=("https://good.example",)))) as open_to_one:
        good = open_to_one.options("/v1/evaluations", headers={**asking, "Origin": "https://good.example"})
        evil = open_to_one.options("/v1/evaluations", headers=asking)
    assert good.headers["Access-Control-Allow-Origin"] == "https://good.example"
    assert "access-control-allow-origin" not in evil.headers


def test_an_answer_is_compressed_for_who_takes_it_and_has_a_tag_of_its_own(client: httpx.Client) -> None:
    def asked(**headers: str) -> httpx.Response:
        with client.stream("GET", place, headers=headers) as answer:
            answer.read()
            return answer

    place = client.post("/v1/evaluations", params={"as_of": DAY}, content=GUESTS, headers=YAML).headers["Location"]
    plain, packed = asked(), asked(**{"Accept-Encoding": "br, gzip"})
    assert packed.content == plain.content
    assert int(packed.headers["Content-Length"]) * 5 < len(plain.content)
    assert (packed.headers["Content-Encoding"], packed.headers["Vary"]) == ("gzip", "Accept, Accept-Encoding")
    assert packed.headers["ETag"] == plain.headers["ETag"][:-1] + '-gzip"'
    again = asked(**{"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "content-encoding" not in asked(**{"Accept-Encoding": "gzip;q=0, identity"}).headers


def test_small_answers_and_streams_are_not_compressed(client: httpx.Client) -> None:
    headers = {"Accept-Encoding": "gzip", "Content-Type": "application/x-ndjson"}
    answers = [
        client.get("/healthz", headers=headers),
        client.post("/v1/evaluations:batch", content=b"{}", headers=headers),
    ]
    assert ["content-encoding" in answer.headers for answer in answers] == [False, False]
    assert gzip.compress(answers[1].content) != answers[1].content


def test_a_request_is_found_by_its_id(client: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "supportable_api.requests")
    mine = client.get("/v1/evaluations", headers={"X-Request-Id": "my-request-17"})
    other = client.get("/v1/evaluations", headers={"X-Request-Id": "two\twords"})
    assert mine.headers["X-Request-Id"] == "my-request-17"
    assert len(other.headers["X-Request-Id"]) == 16
    told = [record.__dict__["told"] for record in caplog.records if "told" in record.__dict__]
    assert [(each["request"], each["method"], each["path"], each["status"], each["tenant"]) for each in told] == [
        ("my-request-17", "GET", "/v1/evaluations", 200, "local"),
        (other.headers["X-Request-Id"], "GET", "/v1/evaluations", 200, "local"),
    ]


def test_no_client_can_write_a_line_of_the_log(client: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "supportable_api.requests")
    client.get("/v1/%0A2026-01-01%20INFO%20all%20is%20well%1b[2J")
    (record,) = [record for record in caplog.records if "told" in record.__dict__]
    as_text, as_json = AsText().format(record), AsJson().format(record)
    assert (as_text.isprintable(), "\\n2026-01-01 INFO" in as_text) == (True, True)
    assert json.loads(as_json)["path"] == "/v1/\n2026-01-01 INFO all is well\x1b[2J"
    assert "\n" not in as_json


def test_what_is_done_is_counted(client: httpx.Client) -> None:
    def counted() -> dict[str, float]:
        lines = [line for line in client.get("/metrics").text.splitlines() if not line.startswith("#")]
        return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}

    before = counted()
    day = {"as_of": "2009-06-11"}
    for _ in range(2):
        assert client.post("/v1/evaluations", params=day, content=GUESTS, headers=YAML).status_code == 201
    client.post("/v1/evaluations", params=day, content=b"machines: 1", headers=YAML)
    after = counted()

    def grown(name: str) -> float:
        return after.get(name, 0) - before.get(name, 0)

    assert after["supportable_packs_loaded"] == 9
    assert after["supportable_packs_generation"] == 1
    names = {
        'supportable_evaluations_total{status="supported"}': 2,
        'supportable_evaluations_total{status="refused"}': 1,
        'supportable_ledger_writes_total{outcome="done"}': 2,
        "supportable_ledger_write_seconds_count": 2,
        "supportable_evaluation_seconds_count": 2,
        "supportable_verdict_cache_hits": 1,
        'supportable_requests_total{method="POST",route="/v1/evaluations",status="201"}': 2,
        'supportable_requests_total{method="POST",route="/v1/evaluations",status="422"}': 1,
        'supportable_request_seconds_count{route="/v1/evaluations"}': 3,
    }
    assert {name: grown(name) for name in names} == names
