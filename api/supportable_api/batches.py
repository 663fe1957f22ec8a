"""A batch: lines in, lines out, in the same order, with no more in memory than a bounded part of either.

A line holds a design, or a design with what is to be told apart by: `{"id": anything, "as_of": day, "design": {…}}`.
Reading stops while as many are judged as may be at a time, or while much of what came out was not read by the client.
"""

from __future__ import annotations

import asyncio
import json
import math
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from types import NoneType
from typing import Any, Final

import orjson

from supportable.document import Document, Map, Seq, read_line
from supportable.errors import Problem, SupportableError, UsageError
from supportable.intake.faults import below
from supportable.origin import Origin
from supportable_api import codes
from supportable_api.auth import Refused
from supportable_api.days import written_in_full
from supportable_api.problems import response_to
from supportable_api.safety.refusals import BodyRefused

FILE: Final = "batch.ndjson"
MOST_WAITING: Final = 8 * 1024 * 1024
"""Bytes that may lie ready for a client that does not read: so much can be sent by one that reads at the end only."""

_MOST_ID: Final = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """One line that holds anything, without its end; `number` counts from 1. `error` says why it could not be had, None
    if it could."""

    number: int
    content: bytes
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """What a line asks: the design as JSON, the day if it names one, what it is to be told apart by, as JSON; and why
    it cannot be answered, None if it can."""

    design: bytes
    as_of: date | None = None
    id: bytes = b"null"
    error: Exception | None = None


async def lines_of(pieces: AsyncIterator[bytes], most: int) -> AsyncIterator[Line]:
    """The lines in a stream, of which no more than one, of `most` bytes, is ever held. Empty ones are passed over.

    A longer one is passed over with an error, and so is the rest where the stream ends by one.
    """
    held = bytearray()
    number, skipping = 1, False
    try:
        async for piece in pieces:
            start = 0
            while (end := piece.find(b"\n", start)) >= 0:
                held += piece[start:end]
                if skipping or len(held) > most:
                    yield _too_long(number, most)
                elif held.strip():
                    yield Line(number, bytes(held))
                held.clear()
                number, skipping, start = number + 1, False, end + 1
            held += piece[start:]
            if len(held) > most:
                held.clear()
                skipping = True
    except BodyRefused as error:
        yield Line(number, b"", Refused(error.status_code, error.problem))
        return
    if skipping:
        yield _too_long(number, most)
    elif held.strip():
        yield Line(number, bytes(held))


def _too_long(number: int, most: int) -> Line:
    message = f"the line is longer than {most:,} bytes"
    return Line(number, b"", Refused(413, Problem(codes.BODY_TOO_LARGE, message, Origin(FILE, number, 1))))


def item_of(line: Line) -> Item:
    """What a line asks; errors tell of the line's number."""
    if line.error is not None:
        return Item(b"", error=line.error)
    plain = _plain(line.content)
    if not isinstance(plain, dict) or not isinstance(plain.get("design"), dict):
        # A bare design, or nothing that can be read: whatever it is, judging it will say so.
        return Item(line.content)
    identity = _identity(plain.get("id"))
    if identity is not None and len(identity) > _MOST_ID:
        message = f"an id of {len(identity):,} bytes; {_MOST_ID:,} at most"
        return Item(b"", error=UsageError([Problem(codes.BAD_PARAMETER, message, Origin(FILE, line.number, 1))]))
    try:
        document = read_line(line.content, FILE, line.number)
        if identity is None:
            message, hint = "an id that no answer could repeat", f"send a text, of up to {_MOST_ID:,} bytes"
            raise UsageError([Problem(codes.BAD_PARAMETER, message, document.origin_of("/id"), hint, pointer="/id")])
        return Item(_slice(line.content, document), _day_of(document), identity)
    except SupportableError as error:
        return Item(b"", id=identity or b"null", error=error)


def _plain(content: bytes) -> Any:
    """What a line holds, as plain values; None for what cannot be read."""
    try:
        plain = orjson.loads(content)
        if not isinstance(plain, dict) or isinstance(plain.get("id"), (str, int, NoneType)):
            return plain
    except orjson.JSONDecodeError:
        pass
    # Slower, and more exact: whole numbers of any length, and a byte order mark before the first line.
    try:
        return json.loads(content.decode("utf-8-sig"), parse_int=_whole)
    except (ValueError, RecursionError):
        return None


def _whole(digits: str) -> int | float:
    """A whole number, infinite where it has more digits than Python makes one of: such an id cannot be answered, and
    in a design it is told of there."""
    try:
        return int(digits)
    except ValueError:
        return math.inf


def _identity(given: Any) -> bytes | None:
    """An id as it is answered; None for one that cannot be."""
    try:
        return json.dumps(given, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")).encode()
    except (ValueError, RecursionError):
        return None


def _day_of(document: Document) -> date | None:
    """The day that a line names, if it does. Raises UsageError with all that is wrong beside the design."""
    assert isinstance(document.root, Map)
    hint = "there are id, as_of and design"
    problems = [
        Problem(codes.BAD_PARAMETER, f"a line has no “{key}”", document.origin_of_key(at), hint, pointer=at)
        for key, at in ((key, below("", key)) for key in document.root)
        if key not in ("id", "as_of", "design")
    ]
    day = None
    given = document.root.get("as_of")
    if given is not None:
        try:
            day = written_in_full(str(given))
        except ValueError:
            what = "as_of is not a date" if isinstance(given, Map | Seq) else f"“{given}” is not a date"
            hint = "write it as YYYY-MM-DD, such as 2009-07-01"
            problems.append(Problem("SUP703", what, document.origin_of("/as_of"), hint, pointer="/as_of"))
    if problems:
        raise UsageError(problems)
    return day


def _slice(content: bytes, document: Document) -> bytes:
    """The design's own bytes within the line: what is judged, and what is recorded."""
    text = content.decode("utf-8-sig")
    start = document.origin_of("/design").column - 1
    _, end = json.JSONDecoder(parse_int=_whole).raw_decode(text, start)
    return text[start:end].encode()


def problem_line(number: int, identity: bytes, error: Exception) -> bytes:
    """What is answered to a line that was not judged."""
    return b'{"id":%b,"line":%d,"problem":%b}\n' % (identity, number, bytes(response_to(error).body))


Answer = Callable[[Line], Awaitable[bytes]]


async def answers(lines: AsyncIterator[Line], answer: Answer, *, at_a_time: int) -> AsyncGenerator[bytes]:
    """The answer to every line, in the order of the lines; `at_a_time` are made at once. Ended early, it ends them."""
    tasks: deque[asyncio.Task[bytes]] = deque()
    room = _Room()
    came = asyncio.Event()
    ended = False

    async def read() -> None:
        nonlocal ended
        try:
            async for line in lines:
                await room.wait()
                while sum(not task.done() for task in tasks) >= at_a_time:
                    await asyncio.wait([task for task in tasks if not task.done()], return_when="FIRST_COMPLETED")
                task = asyncio.create_task(_noted(answer(line), room))
                tasks.append(task)
                came.set()
        finally:
            ended = True
            came.set()

    reader = asyncio.create_task(read())
    try:
        while True:
            while not tasks and not ended:
                came.clear()
                await came.wait()
            if not tasks:
                break
            made = await tasks.popleft()
            yield made
            room.leave(len(made))
        await reader
    finally:
        for task in (reader, *tasks):
            task.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await asyncio.gather(reader, *tasks, return_exceptions=True)


class _Room:
    """How much was made and not yet taken."""

    def __init__(self) -> None:
        self._bytes = 0
        self._free = asyncio.Event()
        self._free.set()

    async def wait(self) -> None:
        await self._free.wait()

    def enter(self, count: int) -> None:
        self._bytes += count
        if self._bytes > MOST_WAITING:
            self._free.clear()

    def leave(self, count: int) -> None:
        self._bytes -= count
        if self._bytes <= MOST_WAITING:
            self._free.set()


async def _noted(answer: Awaitable[bytes], room: _Room) -> bytes:
    made = await answer
    room.enter(len(made))
    return made
