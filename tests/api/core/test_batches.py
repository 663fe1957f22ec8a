"""Lines in, lines out: in order, one bad line never stopping the rest, and no more held than may be."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Iterable
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supportable.errors import SupportableError
from supportable.packs import PackSet
from supportable.verdict import to_bytes
from supportable_api import batches
from supportable_api.batches import Line, answers, item_of, lines_of
from tests.api.core.asking import DAY, NDJSON, codes_of, judged

DESIGN = b'{"machines": [{"id": "a", "kind": "virtual"}]}'


async def streamed(pieces: Iterable[bytes]) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


def lines(pieces: Iterable[bytes], most: int) -> list[tuple[int, bytes | None]]:
    async def collected() -> list[Line]:
        return [line async for line in lines_of(streamed(pieces), most)]

    return [(line.number, None if line.error else line.content) for line in asyncio.run(collected())]


@settings(deadline=None)
@given(
    st.lists(st.binary(max_size=12).map(lambda line: line.replace(b"\n", b"")), max_size=8),
    st.booleans(),
    st.lists(st.integers(min_value=1, max_value=9), max_size=30),
)
def test_lines_do_not_depend_on_how_a_stream_is_cut(given_lines: list[bytes], ended: bool, cuts: list[int]) -> None:
    whole = b"\n".join(given_lines) + (b"\n" if ended else b"")
    pieces, rest = [], whole
    for cut in cuts:
        pieces.append(rest[:cut])
        rest = rest[cut:]
    pieces.append(rest)
    most = 6
    assert lines(pieces, most) == [
        (number, line if len(line) <= most else None)
        for number, line in enumerate(given_lines, start=1)
        if line.strip() or len(line) > most
    ]


def test_a_line_names_its_day_and_what_it_is_told_apart_by() -> None:
    line = b' {"design": %b, "as_of": "2009-07-01", "id": {"b": 1.5, "a": null}}' % DESIGN
    item = item_of(Line(3, line))
    assert (item.design, str(item.as_of), item.id) == (DESIGN, DAY, b'{"a":null,"b":1.5}')


@pytest.mark.parametrize(
    "id",
    [
        b"123456789012345678901234567890",
        b"-9223372036854775809",
        b"1" * 400,
        b"[123456789012345678901,{}]",
        b"1.5",
        b"true",
        b"null",
        '"ä😀"'.encode(),
    ],
)
def test_an_id_is_given_back_as_it_came(id: bytes) -> None:
    item = item_of(Line(1, b'{"id": %b, "design": %b}' % (id, DESIGN)))
    assert (item.id, item.design, item.error) == (id, DESIGN, None)


@pytest.mark.parametrize(
    ("id", "answered"),
    [
        (b"1e400", b"null"),
        (b"NaN", b"null"),
        (b'"\\ud800"', b"null"),
        (b"[" * 300 + b"]" * 300, b"[" * 300 + b"]" * 300),
    ],
    ids=["infinite", "no number", "no text", "too deep"],
)
def test_a_line_whose_id_cannot_be_read_is_refused_by_itself(id: bytes, answered: bytes) -> None:
    item = item_of(Line(7, b'{"id": %b, "design": %b}' % (id, DESIGN)))
    assert isinstance(item.error, SupportableError), item
    assert ([problem.origin.line for problem in item.error.problems], item.id) == ([7], answered)


def test_a_byte_order_mark_before_the_first_line_is_no_part_of_it() -> None:
    item = item_of(Line(1, b'\xef\xbb\xbf{"id": 1, "design": %b}' % DESIGN))
    assert (item.id, item.design, item.error) == (b"1", DESIGN, None)


def batch(client: httpx.Client, content: bytes, **asked: str) -> list[dict[str, Any]]:
    answer = client.post("/v1/evaluations:batch", params={"as_of": DAY, **asked}, content=content, headers=NDJSON)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "application/x-ndjson"
    return [json.loads(line) for line in answer.content.splitlines()]


def test_every_line_is_answered_in_its_place(client: httpx.Client, packs: PackSet) -> None:
    bare = b'{"machines": [{"id": "b"}]}'
    content = b"\n".join(
        [
            b'{"id": 7, "design": %b}' % DESIGN,
            b"nonsense",
            b"",
            bare,
            b'{"id": "day", "as_of": "2009-02-30", "design": {}, "colour": 1}',
            b'{"id": "key", "design": {"machines": [{"id": "a", "id": "a"}]}}',
            b'{"id": "past", "as_of": "2001-01-01", "design": %b}' % DESIGN,
            b"[]",
        ]
    )
    found = batch(client, content, record="false")
    one, other = (json.loads(to_bytes(judged(each, packs, name="design.json"))) for each in (DESIGN, bare))
    assert found[0] == {"evaluation": None, "id": 7, "line": 1, "verdict": one}
    assert found[2] == {"evaluation": None, "id": None, "line": 4, "verdict": other}
    assert found[5]["verdict"]["as_of"] == "2001-01-01"
    assert [(each["line"], each["id"], each.get("problem", {}).get("status")) for each in found] == [
        (1, 7, None),
        (2, None, 400),
        (4, None, None),
        (5, "day", 400),
        (6, "key", 400),
        (7, "past", None),
        (8, None, 422),
    ]
    assert codes_of(found[3]["problem"]) == ["SUP722", "SUP703"]
    assert [problem["line"] for problem in found[3]["problem"]["problems"]] == [5, 5]


@pytest.mark.parametrize("identity", [b"1" * 4301, b"-" + b"9" * 9000, b'{"a": [%b]}' % (b"1" * 4301)])
def test_an_id_of_more_digits_than_python_reads_is_one_problem_of_its_line(
    client: httpx.Client, identity: bytes
) -> None:
    first, second = batch(client, b'{"id": %b, "design": %b}\n%b' % (identity, DESIGN, DESIGN), record="false")
    assert (first["line"], first["id"], codes_of(first["problem"])) == (1, None, ["SUP722"])
    (problem,) = first["problem"]["problems"]
    assert (problem["message"], problem["pointer"], problem["line"]) == ("an id that no answer could repeat", "/id", 1)
    assert second["verdict"]["as_of"] == DAY


def test_a_number_of_very_many_digits_in_a_design_is_a_problem_of_the_design(client: httpx.Client) -> None:
    line = b'{"id": 1, "design": {"machines": [{"id": "a", "cores": %b}]}}' % (b"1" * 4301)
    (found,) = batch(client, line, record="false")
    assert (found["id"], [each["pointer"] for each in found["problem"]["problems"]]) == (1, ["/machines/0/cores"])


def test_what_a_batch_records_is_what_a_single_request_would(client: httpx.Client) -> None:
    (found,) = batch(client, b'{"id": 1, "design": %b}' % DESIGN)
    kept = client.get(f"/v1/evaluations/{found['evaluation']}").json()
    assert (kept["design"].encode(), kept["verdict"], kept["as_of"]) == (DESIGN, found["verdict"], DAY)
    single = client.post(
        "/v1/evaluations", params={"as_of": DAY}, content=DESIGN, headers={"Content-Type": "application/json"}
    )
    assert single.json()["verdict"] == found["verdict"]


def test_a_line_that_is_too_long_does_not_stop_the_rest(client: httpx.Client) -> None:
    found = batch(client, b"[" * (4 * 1024 * 1024 + 1) + b"\n" + DESIGN, record="false")
    assert codes_of(found[0]["problem"]) == ["SUP716"]
    assert (found[1]["line"], found[1]["verdict"]["as_of"]) == (2, DAY)


def test_only_lines_of_json_are_a_batch(client: httpx.Client) -> None:
    answer = client.post("/v1/evaluations:batch", content=DESIGN, headers={"Content-Type": "application/json"})
    assert (answer.status_code, codes_of(answer.json())) == (415, ["SUP718"])


def test_an_answer_comes_before_the_next_line_is_sent(server: str) -> None:
    host, port = server.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 20) as connection:
        connection.sendall(
            b"POST /v1/evaluations:batch?record=false HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            b"Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        told = connection.makefile("rb")
        for number in (b"1", b"2", b"3"):
            line = b'{"id": %b, "design": %b}\n' % (number, DESIGN)
            connection.sendall(b"%x\r\n%b\r\n" % (len(line), line))
            while b'"id":%b,' % number not in (came := told.readline()):
                assert came, "the connection was closed"
        connection.sendall(b"0\r\n\r\n")
        assert told.readline()[-2:] == b"\r\n"


def test_reading_stops_while_answers_lie_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "MOST_WAITING", 1000)
    taken = 0

    async def endless() -> AsyncIterator[Line]:
        nonlocal taken
        while True:
            taken += 1
            yield Line(taken, b"")
            await asyncio.sleep(0)

    async def answered(_line: Line) -> bytes:
        return b"x" * 100

    async def held_up() -> list[int]:
        made = answers(endless(), answered, at_a_time=2)
        seen = []
        for _ in range(3):
            await anext(made)
            for _ in range(200):
                await asyncio.sleep(0)
            seen.append(taken)
        await made.aclose()
        return seen

    seen = asyncio.run(held_up())
    # Ten answers fill the room; one more is taken out each time, and two more may have been on their way.
    assert [10 <= count <= 16 for count in seen] == [True, True, True]


def test_no_more_are_judged_at_a_time_than_may_be() -> None:
    running = most = 0

    async def answered(line: Line) -> bytes:
        nonlocal running, most
        running += 1
        most = max(most, running)
        # The later, the sooner done: order is kept all the same.
        for _ in range(30 - line.number):
            await asyncio.sleep(0)
        running -= 1
        return b"%d " % line.number

    async def twenty() -> AsyncIterator[Line]:
        for number in range(20):
            yield Line(number, b"")

    async def collected() -> bytes:
        return b"".join([made async for made in answers(twenty(), answered, at_a_time=3)])

    assert asyncio.run(collected()) == b"".join(b"%d " % number for number in range(20))
    assert most == 3
