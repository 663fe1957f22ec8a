"""A POST that is sent twice is done once: the header, its errors, and what it is not."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import httpx
import pytest

from supportable.errors import Problem
from supportable.ledger import Ledger, LedgerUnavailable, LedgerUncertain, open_ledger
from supportable_api import Settings, create_app, idempotency
from supportable_api.idempotency import KEPT
from tests.api.in_process import serving
from tests.api.route_table import ROUTES

YAML = {"Content-Type": "application/yaml"}
KEYS = (f"key-{number}" for number in itertools.count())
DESIGN = "design: once\nmachines:\n  - {id: m, kind: physical, os: Windows Server 2008}\n"


@pytest.fixture
def key() -> str:
    return next(KEYS)


def post(
    client: httpx.Client, key: str, content: str | bytes = DESIGN, path: str = "/v1/evaluations", **headers: str
) -> httpx.Response:
    return client.post(path, content=content, headers={**YAML, "Idempotency-Key": key, **headers})


def code(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["problems"][0]["code"]


def recorded(client: httpx.Client) -> int:
    items = client.get("/v1/evaluations?limit=500").json()["items"]
    return len(items)


def own_headers(answer: httpx.Response) -> Mapping[str, str]:
    passing = {"idempotent-replayed", "x-request-id", "date", "server"}
    return {name: value for name, value in answer.headers.items() if name not in passing}


@pytest.mark.parametrize("accept", ["application/json", "text/html", "text/markdown", "application/sarif+json"])
def test_the_same_request_is_answered_as_before(client: httpx.Client, key: str, accept: str) -> None:
    first = post(client, key, Accept=accept)
    before = recorded(client)
    again = post(client, key, Accept=accept)
    assert (first.status_code, "Idempotent-Replayed" in first.headers) == (201, False)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert own_headers(again) == own_headers(first)
    assert recorded(client) == before


@pytest.mark.parametrize(
    "other",
    [
        {"content": DESIGN + "\n"},
        {"path": "/v1/evaluations?as_of=2010-01-01"},
        {"path": "/v1/timeline"},
        {"Accept": "text/html"},
        {"Content-Type": "text/x-yaml"},
    ],
    ids=str,
)
def test_another_request_under_the_key_is_refused(client: httpx.Client, key: str, other: dict[str, str]) -> None:
    post(client, key)
    before = recorded(client)
    assert code(post(client, key, **other)) == (422, "SUP762")
    assert recorded(client) == before


def test_other_keys_are_other_requests(client: httpx.Client, key: str) -> None:
    first, second = post(client, key), post(client, key + "x")
    assert first.json()["id"] != second.json()["id"]


@pytest.mark.parametrize(("given", "same"), [('"quoted"', "quoted"), ("  spaced ", "spaced"), ("a" * 255, "a" * 255)])
def test_a_key_may_stand_in_quotation_marks(client: httpx.Client, given: str, same: str) -> None:
    assert post(client, given).json() == post(client, same).json()


@pytest.mark.parametrize("given", ["", '""', "é", "a" * 256, "a\tb", '" x"'])
def test_a_key_that_is_none_is_refused(client: httpx.Client, given: str) -> None:
    headers = [(b"Content-Type", b"application/yaml"), (b"Idempotency-Key", given.encode())]
    answer = client.post("/v1/evaluations", content=DESIGN, headers=headers)
    assert code(answer) == (400, "SUP760")


def test_two_keys_are_none(client: httpx.Client) -> None:
    headers = [*YAML.items(), ("Idempotency-Key", "a"), ("Idempotency-Key", "b")]
    assert code(client.post("/v1/evaluations", content=DESIGN, headers=headers)) == (400, "SUP760")


@pytest.mark.parametrize(
    ("content", "status"), [("design: [", 400), ("- a\n", 422), ("design: a\nmachines: [{id: m, knd: x}]\n", 422)]
)
def test_what_was_refused_stored_nothing_and_frees_the_key(
    client: httpx.Client, key: str, content: str, status: int
) -> None:
    assert post(client, key, content).status_code == status
    again = post(client, key, content)
    assert (again.status_code, "Idempotent-Replayed" in again.headers) == (status, False)
    assert post(client, key).status_code == 201


def test_a_form_is_the_same_whatever_divides_it(client: httpx.Client, key: str) -> None:
    """Clients draw a new boundary each time they send."""
    bill = {"file": ("bill.csv", b"Qty,Part,Description\r\n1,x,Server\r\n", "text/csv")}
    other = {"file": ("bill.csv", b"Qty,Part,Description\r\n2,x,Server\r\n", "text/csv")}
    headers = {"Idempotency-Key": key}
    first = client.post("/v1/boms", files=bill, headers=headers)
    again = client.post("/v1/boms", files=bill, headers=headers)
    assert first.request.headers["content-type"] != again.request.headers["content-type"]
    assert (first.status_code, again.headers["Idempotent-Replayed"]) == (200, "true")
    assert again.content == first.content
    assert code(client.post("/v1/boms", files=other, headers=headers)) == (422, "SUP762")


def test_one_at_a_time_runs(settings: Settings, key: str) -> None:
    """A key that another process holds is waited for by the client, not by us; its time is limited."""
    with serving(create_app(settings)) as client, open_ledger(settings.database) as ledger:
        probe = post(client, key)
        assert probe.status_code == 201
        held = key + "-held"
        # As another server would, for the same request: told by the ledger as “other” or “running” by its digest.
        digest = digest_of(ledger.database, key)
        assert ledger.claim("local", held, digest).state == "yours"
        busy = post(client, held)
        assert code(busy) == (409, "SUP761")
        assert busy.headers["retry-after"] == "1"
        ledger.release("local", held)
        assert post(client, held).status_code == 201


def digest_of(database: str, key: str) -> str:
    with open_ledger(database) as ledger:
        answer = ledger.recall("local", key)
        assert answer is not None
        return answer.request_digest


def test_of_many_at_once_one_is_done(server: str, key: str) -> None:
    """On a real server: one runs, the others are told to wait or are given its answer."""
    answers: list[httpx.Response] = []

    def run() -> None:
        with httpx.Client(base_url=server) as http:
            answers.append(post(http, key))

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with httpx.Client(base_url=server) as http:
        last = post(http, key)
    done = [answer for answer in answers if answer.status_code == 201]
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert {answer.json()["id"] for answer in done} == {last.json()["id"]}
    assert sum("Idempotent-Replayed" not in answer.headers for answer in done) == 1


def shifted(later: timedelta) -> datetime:
    return datetime.now(UTC) + later


def test_an_answer_is_kept_for_a_day(tmp_path_factory: pytest.TempPathFactory, key: str) -> None:
    database = f"sqlite:///{tmp_path_factory.mktemp('day') / 'ledger.db'}"
    with serving(create_app(Settings(database=database))) as client:
        first = post(client, key).json()["id"]
        for later, kept in ((KEPT - timedelta(minutes=1), True), (KEPT + timedelta(minutes=1), False)):
            with open_ledger(database, clock=partial(shifted, later)) as ledger:
                assert (ledger.recall("local", key) is not None) is kept
        assert post(client, key).json()["id"] == first
    assert timedelta(hours=24) == KEPT


def test_what_is_over_is_cleared_away(
    client: httpx.Client, settings: Settings, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idempotency, "SWEEPING", "")
    with open_ledger(settings.database, clock=partial(shifted, timedelta(days=-3))) as past:
        past.claim("local", key, "old")
        past.claim("other", key, "old")
        assert post(client, key + "-now").status_code == 201
        assert past.claim("local", key, "new").state == "yours", "it is gone, though its own clock has not come so far"
        assert past.claim("other", key, "new").state == "yours"


def test_an_answer_that_cannot_be_kept_is_given_all_the_same(
    settings: Settings, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object, **_more: object) -> None:
        raise LedgerUnavailable([Problem("SUP741", "the disk is full")])

    with serving(create_app(settings)) as client:
        monkeypatch.setattr(Ledger, "remember", full)
        assert post(client, key).status_code == 201
        assert code(post(client, key)) == (409, "SUP761"), "better refused than done twice"


@pytest.mark.parametrize(
    ("error", "then"),
    [
        (LedgerUncertain([Problem("SUP749", "the connection was lost")]), (409, "SUP761")),
        (LedgerUnavailable([Problem("SUP742", "another process holds it")]), None),
    ],
    ids=["uncertain", "not stored"],
)
def test_a_key_is_free_again_only_where_nothing_was_stored(
    settings: Settings,
    key: str,
    monkeypatch: pytest.MonkeyPatch,
    error: LedgerUnavailable,
    then: tuple[int, str] | None,
) -> None:
    append_all = Ledger.append_all

    def stored_and_not_told(ledger: Ledger, asked: Any) -> list[Any]:
        if isinstance(error, LedgerUncertain):
            append_all(ledger, asked)
        return [error for _ in asked]

    with serving(create_app(settings)) as client:
        before = recorded(client)
        with monkeypatch.context() as lost:
            lost.setattr(Ledger, "append_all", stored_and_not_told)
            assert post(client, key).status_code == 503
        again = post(client, key)
        assert (None if again.status_code == 201 else code(again)) == then
        assert recorded(client) == before + 1


def test_without_a_database_the_header_means_nothing(key: str) -> None:
    with serving(create_app(Settings(database="none"))) as client:
        answers = [post(client, key), post(client, key, "design: other\n")]
    assert [(answer.status_code, answer.json()["id"]) for answer in answers] == [(200, None), (200, None)]


def test_the_header_is_told_of_where_it_is_heeded(client: httpx.Client) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    heeding = {
        path
        for path, methods in paths.items()
        for method, told in methods.items()
        if any(parameter["name"] == "Idempotency-Key" for parameter in told.get("parameters", ()))
    }
    posts = {path for (method, path), route in ROUTES.items() if method == "POST" and route.rows}
    assert heeding == posts - {"/v1/evaluations:batch"}, "a stream is not kept: its lines can be sent again one by one"
