"""Clients that send too much, too slowly, or do not read: each is told so, or let go, and others are still served."""

from __future__ import annotations

import json
import logging
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from supportable_api import Settings, batches, create_app
from tests.api.core.asking import GUESTS, YAML, codes_of
from tests.api.running import running

LEAST = Settings(
    database="none",
    max_body=4096,
    max_file=8192,
    header_timeout=0.3,
    body_timeout=0.3,
    send_timeout=0.3,
    keep_alive=1.0,
)


@pytest.fixture(scope="module")
def strict() -> Iterator[str]:
    """A server that has little patience."""
    with running(create_app(LEAST)) as address:
        yield address


@contextmanager
def connected(server: str) -> Iterator[socket.socket]:
    host, port = server.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 20) as connection:
        yield connection


def told(connection: socket.socket) -> bytes:
    """All that comes until the connection is closed."""
    parts = []
    while part := connection.recv(1 << 16):
        parts.append(part)
    return b"".join(parts)


def status_and_codes(answer: bytes) -> tuple[int, list[str]]:
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head[9:12]), codes_of(json.loads(body))


HEAD = b"POST %b HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"


def test_a_body_that_says_it_is_too_large_is_refused(strict: str) -> None:
    answer = httpx.post(f"{strict}/v1/evaluations", content=b" " * 4097, headers=YAML)
    assert (answer.status_code, codes_of(answer.json())) == (413, ["SUP716"])
    assert answer.headers["Connection"] == "close"
    assert httpx.post(f"{strict}/v1/evaluations", content=GUESTS.ljust(4096), headers=YAML).status_code == 200


def test_one_who_asks_before_sending_need_not_send(strict: str) -> None:
    with connected(strict) as connection:
        connection.sendall(HEAD % b"/v1/evaluations" + b"Expect: 100-continue\r\nContent-Length: 1000000000000\r\n\r\n")
        assert status_and_codes(told(connection)) == (413, ["SUP716"])


@pytest.mark.parametrize("path", [b"/v1/evaluations", b"/v1/timeline", b"/v1/boms"])
def test_a_body_of_no_said_length_is_counted_as_it_comes(strict: str, path: bytes) -> None:
    with connected(strict) as connection:
        head = HEAD.replace(b"application/json", b"multipart/form-data; boundary=x") if b"boms" in path else HEAD
        connection.sendall(head % path + b"Transfer-Encoding: chunked\r\n\r\n")
        begun = (
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n' if b"boms" in path else b" "
        )
        connection.sendall(b"%x\r\n%b\r\n" % (len(begun), begun))
        for _ in range(9):
            connection.sendall(b"400\r\n" + b" " * 1024 + b"\r\n")
        connection.sendall(b"0\r\n\r\n")
        assert status_and_codes(told(connection)) == (413, ["SUP716"])


def test_a_body_that_does_not_come_is_not_waited_for(strict: str) -> None:
    with connected(strict) as connection:
        connection.sendall(HEAD % b"/v1/evaluations" + b"Content-Length: 100\r\n\r\n{")
        assert status_and_codes(told(connection)) == (408, ["SUP717"])


def test_a_batch_may_take_long_but_not_between_two_pieces(strict: str) -> None:
    with connected(strict) as connection:
        connection.sendall(
            (HEAD % b"/v1/evaluations:batch").replace(b"json", b"x-ndjson") + b"Transfer-Encoding: chunked\r\n\r\n"
        )
        connection.sendall(b"4\r\n{}\n \r\n")
        lines = [line for line in told(connection).split(b"\r\n") if line.startswith(b"{")]
        problem = json.loads(lines[-1])
        assert (problem["line"], codes_of(problem["problem"])) == (2, ["SUP717"])
        assert json.loads(lines[0])["line"] == 1


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "])
def test_headers_that_do_not_come_are_not_waited_for(strict: str, begun: bytes) -> None:
    with connected(strict) as connection:
        connection.sendall(begun)
        assert told(connection).startswith(b"HTTP/1.1 408 ")


def test_headers_that_never_end_are_refused(strict: str) -> None:
    with connected(strict) as connection:
        answer = b""
        try:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")
            for _ in range(200):
                connection.sendall(b"X-Many: " + b"x" * 1000 + b"\r\n")
        except OSError:
            pass
        try:
            answer = told(connection)
        except ConnectionResetError:
            # It was closed while we still wrote; what was said may be lost then.
            answer = b"HTTP/1.1 431 "
        assert answer.startswith(b"HTTP/1.1 431 ")


def test_one_who_does_not_read_is_let_go(strict: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "MOST_WAITING", 1 << 16)
    # The same each time: made once, so that it is sending that takes the time.
    line = b'{"machines": [{"id": "a", "kind": "virtual"}]}' + b" " * 3000 + b"\n"
    with connected(strict) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(
            (HEAD % b"/v1/evaluations:batch").replace(b"json", b"x-ndjson") + b"Transfer-Encoding: chunked\r\n\r\n"
        )
        # It is closed under our hands once the room for unread answers is full: then writing fails.
        with pytest.raises(OSError, match=r"."):
            _send_for_ever(connection, b"%x\r\n%b\r\n" % (len(line), line))
    assert httpx.get(f"{strict}/healthz").text == "ok\n"


def _send_for_ever(connection: socket.socket, piece: bytes) -> None:
    for _ in range(100_000):
        connection.sendall(piece)


def test_many_who_say_nothing_do_not_keep_others_out(strict: str) -> None:
    host, port = strict.removeprefix("http://").split(":")
    idle = [socket.create_connection((host, int(port)), 20) for _ in range(100)]
    try:
        assert httpx.get(f"{strict}/healthz").text == "ok\n"
    finally:
        for each in idle:
            each.close()


def test_too_many_at_once_are_told_to_come_again() -> None:
    app = create_app(Settings(database="none", concurrency=1, queue=0, cache=0))
    gate = threading.Event()
    with running(app) as server:
        portal_free = threading.Event()

        def hold() -> None:
            portal_free.set()
            gate.wait()

        # One takes the only thread; the next finds neither a thread nor room to wait.
        app.state.judging._threads.submit(hold)
        portal_free.wait()
        with httpx.Client(base_url=server, timeout=30) as client:
            first = threading.Thread(
                target=client.post, args=("/v1/evaluations",), kwargs={"content": GUESTS, "headers": YAML}
            )
            first.start()
            while app.state.metrics.registry.get_sample_value("supportable_evaluations_running") == 0:
                pass
            answer = httpx.post(f"{server}/v1/evaluations?as_of=2009-05-01", content=GUESTS, headers=YAML)
            gate.set()
            first.join()
    assert (answer.status_code, codes_of(answer.json()), answer.headers["Retry-After"]) == (429, ["SUP723"], "1")


@pytest.mark.parametrize("path", [b"/v1/evaluations", b"/v1/evaluations?pack=svvp", b"/v1/timeline", b"/v1/verify"])
def test_a_client_that_goes_away_over_its_own_body_is_no_defect(
    strict: str, path: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "supportable_api")
    with connected(strict) as connection:
        connection.sendall(HEAD % path + b"Content-Length: 1000\r\n\r\n{")
        time.sleep(0.05)
    until = time.monotonic() + 10
    while not (told := [record for record in caplog.records if "told" in record.__dict__]):
        assert time.monotonic() < until
        time.sleep(0.01)
    assert [record.__dict__["told"]["status"] for record in told] == [499]
    assert [record for record in caplog.records if record.levelno > logging.INFO] == []
