"""`supportable serve`, as a process: it starts or says why not, heeds signals, and ends in order."""

from __future__ import annotations

import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from supportable.errors import UsageError
from supportable_api.settings import Settings, settings_from
from tests.api.core.asking import DAY, GUESTS, YAML
from tests.packs.acme import ARRAYS, RULE, SHARED, shelf

COMMAND = [sys.executable, "-c", "from supportable.cli import main; main()", "serve"]


class Served:
    """A service in a process of its own. `address` is where it listens."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self.address = self.wait_for("listening on ").partition("listening on ")[2]

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.put(line.rstrip("\n"))
        self.lines.put("")

    def wait_for(self, words: str) -> str:
        """The next line of the log with these words."""
        while words not in (line := self.lines.get(timeout=60)):
            assert line, f"it ended without saying “{words}”"
        return line

    def end(self, number: signal.Signals) -> int:
        """The exit code after a signal."""
        self.process.send_signal(number)
        code = self.process.wait(timeout=60)
        self._reader.join()
        return code


@contextmanager
def served(*options: str) -> Iterator[Served]:
    with subprocess.Popen(
        [*COMMAND, "--port", "0", *options], stderr=subprocess.PIPE, text=True, env=environment()
    ) as process:
        try:
            yield Served(process)
        finally:
            process.kill()


def environment(**given: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SUPPORTABLE_")}
    return {**kept, "PYTHONUTF8": "1", **given}


def refused(*options: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *options], capture_output=True, text=True, check=False, timeout=60, env=environment(**variables)
    )


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="there is no such signal here")
def test_it_serves_reloads_when_it_is_told_to_and_ends_in_order(tmp_path: Path) -> None:
    packs = shelf(tmp_path / "shelf", SHARED, ARRAYS)
    database = f"sqlite:///{tmp_path / 'ledger.db'}"
    with served("--no-installed", "--packs", str(packs), "--database", database) as service:
        with httpx.Client(base_url=service.address) as client:

            def status() -> str:
                answer = client.post(
                    "/v1/evaluations", params={"as_of": "2023-01-01"}, headers={"Content-Type": "application/json"},
                    content=b'{"arrays": [{"id": "a", "mirrored": false}]}',
                )  # fmt: skip
                return str(answer.json()["verdict"]["status"])

            assert status() == "unsupported"
            shelf(
                packs, {"acme/arrays/rules/mirrors.yaml": RULE.replace("otherwise: unsupported", "otherwise: limited")}
            )
            service.process.send_signal(signal.SIGHUP)
            service.wait_for("1 packs in use, generation 2")
            assert status() == "limited"
            shelf(packs, {"acme/arrays/rules/mirrors.yaml": "rules: ["})
            service.process.send_signal(signal.SIGHUP)
            service.wait_for("packs not taken: ")
            assert status() == "limited"
            assert len(client.get("/v1/evaluations").json()["items"]) == 3
        assert service.end(signal.SIGTERM) == 0


def test_what_is_under_way_when_it_is_told_to_end_is_still_answered(tmp_path: Path) -> None:
    with served("--database", f"sqlite:///{tmp_path / 'l.db'}") as service:
        host, port = service.address.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), 60) as connection:
            connection.sendall(
                b"POST /v1/evaluations HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/yaml\r\n"
                b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(GUESTS)
            )
            told = connection.makefile("rb")
            # Now it has begun with the request, and waits for the body.
            assert told.readline() == b"HTTP/1.1 100 Continue\r\n"
            service.process.send_signal(signal.SIGTERM)
            service.wait_for("Shutting down")
            connection.sendall(GUESTS)
            assert (told.readline(), told.readline()) == (b"\r\n", b"HTTP/1.1 201 Created\r\n")
            assert b"connection: close\r\n" in told.read().partition(b"\r\n\r\n")[0] + b"\r\n"
        assert service.end(signal.SIGTERM) == 0


def test_its_log_can_be_json(tmp_path: Path) -> None:
    with served("--database", f"sqlite:///{tmp_path / 'l.db'}", "--log-format", "json") as service:
        service.address = service.address.rstrip('"}')
        answer = httpx.post(f"{service.address}/v1/evaluations?as_of={DAY}", content=GUESTS, headers=YAML, timeout=60)
        told = json.loads(service.wait_for("POST"))
        assert answer.status_code == 201
        assert {name: told[name] for name in ("method", "path", "status", "request", "tenant", "level")} == {
            "method": "POST",
            "path": "/v1/evaluations",
            "status": 201,
            "request": answer.headers["X-Request-Id"],
            "tenant": "local",
            "level": "info",
        }
        assert service.end(signal.SIGINT) == 0


def test_it_does_not_answer_to_the_network_without_asking_who_calls(tmp_path: Path) -> None:
    ended = refused("--host", "0.0.0.0", "--port", "0", "--database", f"sqlite:///{tmp_path / 'l.db'}")
    assert (ended.returncode, "SUP757" in ended.stderr) == (3, True), ended.stderr


def test_a_port_that_is_taken_is_said_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = refused("--port", str(taken.getsockname()[1]), "--database", "none")
    assert (ended.returncode, "SUP795" in ended.stderr) == (3, True), ended.stderr


def test_wrong_variables_are_told_all_at_once_and_nothing_starts() -> None:
    ended = refused(SUPPORTABLE_PORT="many", SUPPORTABLE_DEADLINE="soon", SUPPORTABLE_INSTALLED="perhaps")
    assert ended.returncode == 3
    assert [name for name in ("PORT", "DEADLINE", "INSTALLED") if f"SUPPORTABLE_{name} " not in ended.stderr] == []


def test_settings_come_from_variables_of_their_names() -> None:
    given = {
        "SUPPORTABLE_PORT": "9000",
        "SUPPORTABLE_PACKS": "one, two",
        "SUPPORTABLE_INSTALLED": "no",
        "SUPPORTABLE_DEADLINE": "2.5",
        "SUPPORTABLE_DATABASE": "none",
        "SUPPORTABLE_HOST": "",
    }
    expected = Settings(port=9000, packs=("one", "two"), installed=False, deadline=2.5, database="none")
    assert settings_from(given) == expected
    assert settings_from({}) == Settings()


@pytest.mark.parametrize("wrong", [{"concurrency": 0}, {"cache": -1}, {"log_format": "xml"}, {"auth": "maybe"}])
def test_settings_that_cannot_be_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError) as refused:
        Settings().with_options(**wrong)
    assert [problem.code for problem in refused.value.problems] == ["SUP790"]


@pytest.mark.parametrize(
    ("host", "own"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("127.9.9.9", True), ("0.0.0.0", False), ("::", False),
     ("192.0.2.1", False), ("localhost.example", False)],
)  # fmt: skip
def test_loopback_is_known_by_address_and_by_its_one_name(host: str, own: bool) -> None:
    assert Settings(host=host).on_loopback is own
