"""What the clients do when the service is busy, silent, or not there at all."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest
from anyio.from_thread import start_blocking_portal

from supportable.client import ApiError, AsyncClient, Client, DesignText, NoAnswerError, Retries, Upload
from supportable.client.wire import CHUNK
from supportable.errors import Problem, UsageError
from supportable.origin import Origin
from tests.client.in_turn import InTurn

Answer = httpx.Response | Exception
Play = Callable[[list[Answer]], tuple[Client, list[httpx.Request]]]

DESIGN: dict[str, Any] = {"machines": []}
VERDICT = {"id": None, "verdict": {"status": "supported"}}
QUICK = Retries(first=0.0, longest=0.5)


def ok(content: object = VERDICT, **headers: str) -> httpx.Response:
    return httpx.Response(200, json=content, headers=headers)


def problem(status: int, code: str = "SUP723", **headers: str) -> httpx.Response:
    document = {
        "type": f"urn:supportable:problem:{code}",
        "title": "Too Many Requests",
        "status": status,
        "detail": "busy",
        "problems": [
            {
                "code": code,
                "message": "busy",
                "hint": "wait",
                "move": "us",
                "file": "d.yaml",
                "line": 3,
                "column": 4,
                "pointer": "/machines/0/kind",
            }
        ],
    }
    kind = {"Content-Type": "application/problem+json"}
    return httpx.Response(status, content=json.dumps(document), headers={**kind, **headers})


@pytest.fixture(params=["waiting", "awaited"])
def play(request: pytest.FixtureRequest) -> Iterator[Play]:
    """A client that gets these answers one after another, and the requests that it sent."""
    with start_blocking_portal() as portal:
        closing: list[Callable[[], object]] = []

        def made(answers: list[Answer]) -> tuple[Client, list[httpx.Request]]:
            sent: list[httpx.Request] = []
            left = iter(answers)

            def answer(asked: httpx.Request) -> httpx.Response:
                sent.append(asked)
                found = next(left)
                if isinstance(found, Exception):
                    raise found
                # A response can be read once, and these are asked for by several tests.
                return httpx.Response(found.status_code, headers=found.headers, content=found.content)

            transport = httpx.MockTransport(answer)
            if request.param == "waiting":
                client = Client("http://there", "secret", retries=QUICK, transport=transport)
                closing.append(client.close)
                return client, sent
            awaited = AsyncClient("http://there", "secret", retries=QUICK, transport=transport)
            closing.append(lambda: portal.call(awaited.close))
            return InTurn(portal, awaited).as_client(), sent

        yield made
        for close in closing:
            close()


def moment(seconds: float) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(
    "busy",
    [
        problem(429),
        problem(429, **{"Retry-After": "0"}),
        problem(503, **{"Retry-After": moment(-5)}),
        problem(503, **{"Retry-After": "soon"}),
        problem(409, **{"Retry-After": "0"}),
    ],
)
def test_what_was_too_busy_is_asked_again_with_the_same_key_and_bytes(play: Play, busy: httpx.Response) -> None:
    client, sent = play([busy, busy, ok(ETag='"t"')])
    found = client.evaluate(DESIGN, name="n")
    assert (found.status, found.etag, len(sent)) == ("supported", "t", 3)
    assert len({request.headers["idempotency-key"] for request in sent}) == 1
    assert {(request.method, request.content, str(request.url)) for request in sent} == {
        ("POST", b'{"machines":[]}', "http://there/v1/evaluations?name=n&record=true")
    }
    assert {request.headers["authorization"] for request in sent} == {"Bearer secret"}


@pytest.mark.parametrize(
    ("bad", "hint"),
    [
        ("schlüssel", "ASCII"),
        ("\ud800", "ASCII"),
        ("a\nX-Api-Key: b", "one line"),
        ("spk_x\n", "strip"),
        ("a\x00b", "ASCII"),
        ("a\x7fb", "ASCII"),
    ],
)
def test_what_no_header_can_hold_is_told_before_anything_is_sent(play: Play, bad: str, hint: str) -> None:
    client, sent = play([])
    calls: list[Callable[[], object]] = [
        lambda: Client("http://there", bad),
        lambda: AsyncClient("http://there", bad),
        lambda: client.evaluate(DESIGN, idempotency_key=bad),
        lambda: client.evaluate(DesignText("{}", bad)),
        lambda: client.delete_design("a", etag=bad),
        lambda: client.put_design("a", DESIGN, replaces=f'"{bad}"' if bad.strip() == bad else bad),
    ]
    for call in calls:
        with pytest.raises(UsageError) as caught:
            call()
        assert [each.code for each in caught.value.problems] == ["SUP788"]
        assert "cannot be sent" in str(caught.value)
        assert bad.strip() not in str(caught.value), "it may be a secret"
    with pytest.raises(UsageError, match=hint):
        client.evaluate(DESIGN, idempotency_key=bad)
    assert sent == []


def test_half_a_surrogate_pair_is_told_before_anything_is_sent(play: Play) -> None:
    client, sent = play([])
    half = "a\ud800"
    calls: list[Callable[[], object]] = [
        lambda: client.evaluate({"machines": [{"id": half}]}),
        lambda: client.evaluate(DesignText(half)),
        lambda: client.evaluate(DESIGN, name=half),
        lambda: client.evaluation(half),
        lambda: client.search(half),
        lambda: client.evidence(Upload(b"", "f"), cluster=half),
        lambda: list(client.batch([{"machines": [{"id": half}]}])),
    ]
    for call in calls:
        with pytest.raises(UsageError, match="U\\+D800") as caught:
            call()
        assert [each.code for each in caught.value.problems] == ["SUP788"]
    assert sent == []


def test_a_file_whose_name_is_no_text_is_sent_under_another(play: Play) -> None:
    client, sent = play([ok({})])
    client.evidence(Upload(b"report", "a\ud800.xml"))
    assert b'filename="a?.xml"' in sent[0].content


def test_every_post_has_a_key_of_its_own(play: Play) -> None:
    client, sent = play([ok(), ok()])
    client.evaluate(DESIGN)
    client.evaluate(DESIGN)
    assert len({request.headers["idempotency-key"] for request in sent}) == 2


def test_after_the_last_try_the_refusal_is_raised_with_its_problems(play: Play) -> None:
    client, sent = play([problem(429, **{"Retry-After": "0", "X-Request-Id": "r1"})] * 4)
    with pytest.raises(ApiError) as caught:
        client.evaluate(DESIGN)
    error = caught.value
    assert len(sent) == 4
    assert (error.status, error.title, error.retry_after, error.request_id) == (429, "Too Many Requests", 0.0, "r1")
    assert error.problems == (Problem("SUP723", "busy", Origin("d.yaml", 3, 4), "wait", "us"),)
    assert [problem.pointer for problem in error.problems] == ["/machines/0/kind"]
    assert str(error) == "429 Too Many Requests\nd.yaml:3:4: SUP723 busy\n    wait"
    again = pickle.loads(pickle.dumps(error))
    assert (again.problems, again.status, again.retry_after) == (error.problems, 429, 0.0)
    assert again.problems[0].pointer == "/machines/0/kind"


@pytest.mark.parametrize("wait", ["36000", moment(36000)], ids=["seconds", "moment"])
def test_whoever_asks_for_too_long_a_wait_is_not_waited_for(play: Play, wait: str) -> None:
    client, sent = play([problem(503, **{"Retry-After": wait})])
    with pytest.raises(ApiError) as caught:
        client.packs()
    assert len(sent) == 1
    assert caught.value.retry_after is not None
    assert 1000 < caught.value.retry_after <= 36000


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 412, 422, 500])
def test_what_was_refused_for_good_is_not_asked_again(play: Play, status: int) -> None:
    client, sent = play([problem(status)])
    with pytest.raises(ApiError) as caught:
        client.evaluate(DESIGN)
    assert (len(sent), caught.value.status) == (1, status)


@pytest.mark.parametrize("trouble", [httpx.ConnectError("refused"), httpx.ReadTimeout("slow"), httpx.ReadError("gone")])
def test_silence_is_followed_by_another_try_where_that_does_no_harm(play: Play, trouble: Exception) -> None:
    client, sent = play([trouble, ok()])
    assert client.evaluate(DESIGN).status == "supported"
    assert len(sent) == 2
    client, sent = play([trouble, ok({"items": [], "broken": [], "digest": ""})])
    assert client.packs()["items"] == []
    assert len(sent) == 2


def test_what_may_have_been_done_is_not_done_again_after_silence(play: Play) -> None:
    for ask in (
        lambda client: client.put_design("d", DESIGN, replaces="t"),
        lambda client: client.delete_design("d", etag="t"),
        lambda client: list(client.batch([DESIGN])),
    ):
        client, sent = play([httpx.ReadTimeout("slow")])
        with pytest.raises(NoAnswerError, match="http://there does not answer: slow"):
            ask(client)
        assert len(sent) == 1


def test_an_address_where_nobody_is_says_so() -> None:
    with (
        Client("http://127.0.0.1:9", retries=Retries(tries=1)) as client,
        pytest.raises(NoAnswerError, match=r"SUP785 http://127\.0\.0\.1:9 does not answer"),
    ):
        client.packs()


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(200, text="<html>welcome to the proxy</html>"),
        httpx.Response(302, headers={"Location": "https://login.example"}),
        httpx.Response(200, json=[]),
        httpx.Response(200, json={"id": None}),
    ],
)
def test_what_is_no_answer_of_the_service_is_told_as_such(play: Play, answer: httpx.Response) -> None:
    client, _ = play([answer])
    with pytest.raises(NoAnswerError, match="SUP786"):
        client.evaluate(DESIGN)


def test_a_proxys_refusal_is_an_error_with_its_status(play: Play) -> None:
    client, _ = play([httpx.Response(502, text="<html>bad gateway</html>")])
    with pytest.raises(ApiError) as caught:
        client.packs()
    assert (caught.value.status, caught.value.title, caught.value.codes) == (502, "Bad Gateway", ("SUP786",))


def batch_answer(request_lines: list[int]) -> httpx.Response:
    lines = [{"line": n, "id": None, "evaluation": None, "verdict": {"status": "supported"}} for n in request_lines]
    return httpx.Response(200, text="".join(json.dumps(line) + "\n" for line in lines))


@pytest.mark.parametrize("lines", [[], [2], [1, 1], [1, 3], [2, 1], [1]])
def test_a_batch_whose_answer_is_cut_short_or_mixed_up_is_not_believed(play: Play, lines: list[int]) -> None:
    client, _ = play([batch_answer(lines)])
    with pytest.raises(NoAnswerError, match="SUP786"):
        list(client.batch([DESIGN, DESIGN]))


def test_a_batch_is_taken_and_sent_in_pieces_as_its_answers_are_asked_for() -> None:
    taken: list[int] = []
    sizes: list[int] = []
    design = {"design": "x" * 1000}

    def designs() -> Iterator[dict[str, Any]]:
        for place in range(1000):
            taken.append(place)
            yield design

    def answer(request: httpx.Request) -> httpx.Response:
        sizes.append(len(request.content))
        return batch_answer(list(range(1, request.content.count(b"\n") + 1)))

    with Client(transport=httpx.MockTransport(answer)) as client:
        answers = client.batch(designs())
        assert next(answers).line == 1
        assert len(taken) < 100, "no more is taken than fills one piece"
        assert [each.line for each in answers] == list(range(2, 1001))
    assert len(taken) == 1000
    assert max(sizes) <= CHUNK + 1


@contextmanager
def counting(pages: list[Any]) -> Iterator[tuple[Client, list[httpx.Request]]]:
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, json=pages[len(sent) - 1])

    with Client(transport=httpx.MockTransport(answer)) as client:
        yield client, sent


def test_pages_are_fetched_when_they_are_needed() -> None:
    pages = [{"items": [{"id": "1"}, {"id": "2"}], "next": "c"}, {"items": [{"id": "3"}], "next": None}]
    with counting(pages) as (client, sent):
        found = client.evaluations(page_size=2)
        assert sent == []
        assert next(found)["id"] == "1"
        assert len(sent) == 1
        assert [each["id"] for each in found] == ["2", "3"]
        assert sent[1].url.params["cursor"] == "c"
