"""The service over loopback: evaluations a second and how long each took, beside a bare echo in the same run.

Both are served by the same uvicorn with the same protocol, in processes of their own; this process is the client, which
counts what comes and keeps nothing of it. `server ms` is the processor time that the server spent on each answer, which
a busy machine changes less than the rest. The requests say that they take gzip, as those of HTTP libraries and browsers
do, unless it is written otherwise: an echo answers with 1.6 kB, a verdict with 12 kB, or 175 kB without.
What is measured takes turns (one round of each, then the next round), so that a busy machine is busy for all of them.

    python bench/api.py [--save api] [--seconds 3] [--rounds 3]
    python bench/api.py --soak 100000     memory of the server over so many evaluations, the ledger on
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import uvloop
from serving import free_port, process, serve

from supportable.document import Plain, read_file

ROOT: Final = Path(__file__).parents[1]
DESIGN: Final = ROOT / "examples" / "sql-guest-cluster.yaml"
DAY: Final = "2009-07-01"
CONNECTIONS: Final = (1, 16, 64)

ECHO: Final = """
import sys
import uvicorn
from fastapi import FastAPI, Request, Response
from supportable_api import Settings
from supportable_api.serve import configured

app = FastAPI()

@app.post("/v1/evaluations")
async def echo(request: Request) -> Response:
    return Response(await request.body(), media_type="application/json")

config = configured(app, Settings(port=int(sys.argv[1])))
uvicorn.Server(config).run()
"""


def design_bytes() -> bytes:
    """The example as JSON."""
    return json.dumps(typed(read_file(DESIGN).root)).encode()


def typed(value: Any) -> Any:
    """The same with numbers and truths as JSON has them."""
    if isinstance(value, dict):
        return {str(key): typed(each) for key, each in value.items()}
    if isinstance(value, list):
        return [typed(each) for each in value]
    if isinstance(value, Plain) and value in ("true", "false"):
        return value == "true"
    if isinstance(value, Plain) and value.isdigit():
        return int(value)
    return value if value is None else str(value)


class Connection(asyncio.BufferedProtocol):
    """One connection on which requests are sent one after another. What comes is counted, not kept: the client should
    cost little."""

    def __init__(self, load: Load, until: float, times: list[float]) -> None:
        self._load, self._until, self._times = load, until, times
        self._buffer = bytearray(1 << 18)
        self._head = b""
        self._left = -1
        self._begun = 0.0
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the first time."""
        self._transport = cast(asyncio.WriteTransport, transport)
        self._ask()

    def get_buffer(self, _sizehint: int) -> bytearray:
        """Where what comes is put, over what came before."""
        return self._buffer

    def buffer_updated(self, count: int) -> None:
        """Count, and ask again once the answer is whole."""
        if self._left < 0:
            self._head += bytes(memoryview(self._buffer)[:count])
            head, end, body = self._head.partition(b"\r\n\r\n")
            if not end:
                return
            if head[9:12] not in (b"200", b"201"):
                self.ended.set_exception(SystemExit(f"unexpected answer: {head!r}"))
                return
            self._left = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]) - len(body)
        else:
            self._left -= count
        if self._left == 0:
            self._times.append(time.perf_counter() - self._begun)
            if time.perf_counter() < self._until:
                self._ask()
            else:
                self._transport.close()

    def connection_lost(self, _exc: Exception | None) -> None:
        """Let the round end."""
        if not self.ended.done():
            self.ended.set_result(None)

    def _ask(self) -> None:
        self._head, self._left, self._begun = b"", -1, time.perf_counter()
        self._transport.write(self._load.request())


class Load:
    """Requests to one address on some connections, one after another on each."""

    def __init__(self, port: int, pid: int, bodies: Callable[[int], bytes], coding: bytes = b"gzip, deflate") -> None:
        self.port, self.pid, self.bodies, self.coding = port, pid, bodies, coding
        self.count = 0

    def request(self) -> bytes:
        """The next request, whole."""
        body = self.bodies(self.count)
        self.count += 1
        return (
            b"POST /v1/evaluations?as_of=%b HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            b"Accept-Encoding: %b\r\nContent-Length: %d\r\n\r\n%b" % (DAY.encode(), self.coding, len(body), body)
        )

    def round(self, connections: int, seconds: float) -> Round:
        """What came of asking for so long on so many connections."""
        return uvloop.run(self._round(connections, seconds))

    async def _round(self, connections: int, seconds: float) -> Round:
        times: list[float] = []
        begun, busy = time.perf_counter(), processor_of(self.pid)
        loop = asyncio.get_running_loop()
        made = [
            await loop.create_connection(lambda: Connection(self, begun + seconds, times), "127.0.0.1", self.port)
            for _ in range(connections)
        ]
        await asyncio.gather(*(protocol.ended for _, protocol in made))
        taken = time.perf_counter() - begun
        return Round(len(times) / taken, times, (processor_of(self.pid) - busy) / len(times))


@dataclass(frozen=True, slots=True)
class Round:
    """Answers a second; the seconds of each; the seconds of processor that the server spent on each."""

    rate: float
    times: list[float]
    processor: float


def processor_of(pid: int) -> float:
    """The seconds of processor that a process has spent."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_of(pid: int) -> int:
    """What a process holds now, in kB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])


def different(content: bytes) -> Callable[[int], bytes]:
    """A design that nobody asked about before: the same with another name each time."""
    design = json.loads(content)
    stamp = f"{os.getpid()}-{time.time_ns()}"
    return lambda count: json.dumps({**design, "design": f"{stamp}-{count}"}).encode()


def measure(seconds: float, rounds: int) -> dict[str, Any]:
    """All figures, by what was measured and how many connections there were."""
    content = design_bytes()
    found: dict[str, Any] = {}
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        ports = {name: free_port() for name in ("echo", "plain", "ledger")}
        commands = {
            "echo": [sys.executable, "-c", ECHO, str(ports["echo"])],
            "plain": serve(ports["plain"], "none"),
            "ledger": serve(ports["ledger"], f"sqlite:///{folder}/ledger.db"),
        }
        pids = {name: stack.enter_context(process(command, ports[name])) for name, command in commands.items()}

        def load(name: str, bodies: Callable[[int], bytes], *coding: bytes) -> Load:
            return Load(ports[name], pids[name], bodies, *coding)

        loads = {
            "echo": load("echo", lambda _: content),
            "same design": load("plain", lambda _: content),
            "same design, ledger": load("ledger", lambda _: content),
            "same design, no gzip": load("plain", lambda _: content, b"identity"),
            "same, ledger, no gzip": load("ledger", lambda _: content, b"identity"),
            "different designs": load("plain", different(content)),
            "different designs, ledger": load("ledger", different(content)),
        }
        for each in loads.values():
            each.round(2, 0.5)
        for connections in CONNECTIONS:
            for number in range(rounds):
                for name, each in loads.items():
                    came = each.round(connections, seconds)
                    empty: dict[str, list[float]] = {"rates": [], "processor_ms": [], "milliseconds": []}
                    kept = found.setdefault(name, {}).setdefault(str(connections), empty)
                    kept["rates"].append(round(came.rate, 1))
                    kept["processor_ms"].append(round(came.processor * 1000, 3))
                    kept["milliseconds"] += [round(taken * 1000, 1) for taken in came.times]
                print(f"{connections} connections, round {number + 1} of {rounds}", file=sys.stderr)
    return found


def table(found: dict[str, Any]) -> str:
    """The figures in words."""
    lines = [f"{'':28}{'connections':>12}{'a second':>12}{'of echo':>9}{'p50 ms':>9}{'p99 ms':>9}{'server ms':>11}"]
    for name, by_connections in found.items():
        for connections, kept in by_connections.items():
            rate = statistics.median(kept["rates"])
            echo = statistics.median(found["echo"][connections]["rates"])
            times = sorted(kept["milliseconds"])
            middle, late = times[len(times) // 2], times[min(len(times) - 1, len(times) * 99 // 100)]
            spent = statistics.median(kept["processor_ms"])
            words = (
                f"{name:28}{connections:>12}{rate:>12.0f}{rate / echo:>9.0%}{middle:>9.1f}{late:>9.1f}{spent:>11.2f}"
            )
            lines.append(words)
    return "\n".join(lines)


def soak(total: int) -> dict[str, Any]:
    """The server's memory over so many evaluations, every tenth of a design of its own, recorded."""
    content = design_bytes()
    other = different(content)
    samples = []
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        with process(serve(port, f"sqlite:///{folder}/ledger.db"), port) as pid:
            load = Load(port, pid, lambda count: other(count) if count % 10 == 0 else content)
            while load.count < total:
                load.round(16, 5.0)
                samples.append((load.count, memory_of(pid)))
                print(f"{load.count:>9,} evaluations  {memory_of(pid) / 1024:8.1f} MiB", flush=True)
    return {"evaluations": load.count, "memory_kb": samples}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--save", metavar="NAME", help="keep every single time in results/NAME.json")
    parser.add_argument("--seconds", type=float, default=3.0, help="of one round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--soak", type=int, metavar="N", help="memory over N evaluations instead")
    asked = parser.parse_args()
    found = soak(asked.soak) if asked.soak else measure(asked.seconds, asked.rounds)
    if not asked.soak:
        print(table(found))
    if asked.save:
        place = ROOT / "bench" / "results" / f"{asked.save}.json"
        kept = {"python": sys.version.split()[0], "processors": os.cpu_count(), "figures": found}
        place.write_text(json.dumps(kept, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
