"""The process in which the production engine runs, and the asker's end of the pipe to it.

Whatever happens there (a hang, a crash, no memory left) ends that process and nothing else; the asker gets an
EvaluationError that says what happened, and the next design a new process.
"""

from __future__ import annotations

import atexit
import json
import os
import selectors
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from typing import IO, Any, Final

from supportable.errors import EvaluationError, Problem
from supportable.readings import deadline
from supportable.readings.durable_rete.judging import FactGiven
from supportable.readings.durable_rete.places import Lowered

TOO_SLOW: Final = "SUP622"
CRASHED: Final = "SUP623"
FAILED: Final = "SUP624"

_START: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from supportable.readings.durable import serve; serve(sys.stdin, sys.stdout, int(sys.argv[2]))"
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a worker may use: `seconds` for one design, `memory` in bytes of address space; and after how many
    `designs` or `plans` it gives way to a new one, as the engine keeps some memory of every ruleset."""

    seconds: float = 30.0
    memory: int = 2 << 30
    designs: int = 2000
    plans: int = 60


class Worker:
    """One worker process, started when it is first needed. One design at a time: whoever comes second waits."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.owner = os.getpid()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._buffer = b""
        self._complaints: IO[bytes] | None = None
        self._plans: dict[int, tuple[str, Lowered]] = {}
        self._designs = 0
        self._until = 0.0

    # -- a design -----------------------------------------------------------------------------------------------------

    def open(self, lowered: Lowered) -> None:
        """Begin a design; the clock starts. To be followed by `close` or `abandon`."""
        self._lock.acquire()  # released by close and abandon
        try:
            self._until = min(time.monotonic() + self.limits.seconds, deadline.end())
            self._renew()
            known = self._plans.get(id(lowered))
            if known is None:
                known = (f"p{len(self._plans)}", lowered)
                self._ask({"do": "load", "plan": known[0], "rulesets": lowered.rulesets})
                self._plans[id(lowered)] = known
            self._ask({"do": "open", "plan": known[0]})
            self._designs += 1
        except BaseException:
            self.abandon()
            raise

    def give(self, runs: list[list[FactGiven]]) -> list[list[FactGiven]]:
        """Add facts to each run; what follows. Raises EvaluationError if the worker fails or is too slow."""
        answer = self._ask({"do": "give", "facts": runs})
        return [[(name, first, second) for name, first, second in run] for run in answer["derived"]]

    def close(self) -> None:
        """Have the worker forget the design."""
        try:
            self._ask({"do": "close"})
        except BaseException:
            self.abandon()
            raise
        self._lock.release()

    def abandon(self) -> None:
        """End the process, and with it the design."""
        self.stop()
        if self._lock.locked():
            self._lock.release()

    # -- the process --------------------------------------------------------------------------------------------------

    @property
    def pid(self) -> int | None:
        """The process at work, None where there is none."""
        return None if self._process is None else self._process.pid

    def stop(self) -> None:
        """End the process at once."""
        process, self._process = self._process, None
        self._plans.clear()
        self._buffer = b""
        self._designs = 0
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()
        if self._complaints is not None:
            self._complaints.close()
            self._complaints = None

    def _renew(self) -> None:
        """A process that is there and has not grown old."""
        if self._designs >= self.limits.designs or len(self._plans) >= self.limits.plans:
            self.stop()
        if self._process is None:
            self._complaints = tempfile.TemporaryFile()  # noqa: SIM115  closed with the process
            self._process = subprocess.Popen(
                [sys.executable, "-c", _START, json.dumps(sys.path), str(self.limits.memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._complaints,
            )
            assert self._process.stdout is not None
            os.set_blocking(self._process.stdout.fileno(), False)

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        process = self._process
        if process is None or process.stdin is None:
            raise self._crashed(None)
        try:
            answer = self._exchange(process, json.dumps(request, separators=(",", ":")).encode() + b"\n")
        except (BrokenPipeError, ConnectionError):
            answer = None
        if answer is None:
            self._process_gone(process)
        found: dict[str, Any] = json.loads(answer or b"{}")
        if "error" in found:
            raise EvaluationError([_problem(FAILED, f"the durable reading failed: {found['error']}")])
        return found

    def _exchange(self, process: subprocess.Popen[bytes], request: bytes) -> bytes | None:
        """Writes a request and reads one line; None where the process ended."""
        assert process.stdin is not None
        assert process.stdout is not None
        os.set_blocking(process.stdin.fileno(), False)
        left = memoryview(request)
        with selectors.DefaultSelector() as ready:
            ready.register(process.stdout, selectors.EVENT_READ)
            ready.register(process.stdin, selectors.EVENT_WRITE)
            while b"\n" not in self._buffer:
                seconds = self._until - time.monotonic()
                events = ready.select(seconds) if seconds > 0 else []
                if not events:
                    raise self._too_slow()
                for key, _ in events:
                    if key.fileobj is process.stdin:
                        left = left[os.write(process.stdin.fileno(), left[:65536]) :]
                        if not left:
                            ready.unregister(process.stdin)
                        continue
                    read = os.read(process.stdout.fileno(), 1 << 20)
                    if not read:
                        return None
                    self._buffer += read
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line

    def _process_gone(self, process: subprocess.Popen[bytes]) -> None:
        try:
            code = process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            code = None
        raise self._crashed(code)

    def _crashed(self, code: int | None) -> EvaluationError:
        how = "it is gone" if code is None else f"signal {-code}" if code < 0 else f"exit code {code}"
        complaint = ""
        if self._complaints is not None:
            self._complaints.seek(0)
            lines = self._complaints.read().decode(errors="replace").splitlines()
            complaint = f": {lines[-1][:500]}" if lines else ""
        return EvaluationError([_problem(CRASHED, f"the worker of the durable reading crashed ({how}){complaint}")])

    def _too_slow(self) -> EvaluationError:
        deadline.check()  # it may be the whole evaluation that is out of time
        seconds = f"{self.limits.seconds:g} s"
        return EvaluationError([_problem(TOO_SLOW, f"the worker of the durable reading took more than {seconds}")])


def _problem(code: str, message: str) -> Problem:
    return Problem(code, message, hint="the other readings are not touched by this: judge by one of them", move="us")


_shared: list[Worker] = []
_inherited: list[Worker] = []
"""Workers of the process that this one was forked from: kept so that nobody here closes their pipes."""


def shared_worker() -> Worker:
    """The worker of this process. A process that was forked gets its own."""
    if _shared and _shared[0].owner != os.getpid():
        _inherited.append(_shared.pop())
    if not _shared:
        _shared.append(Worker())
    return _shared[0]


@atexit.register
def _stop() -> None:
    for worker in _shared:
        if worker.owner == os.getpid():
            worker.stop()
