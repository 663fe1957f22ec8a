"""The ledger for those who live on the event loop: every call is made in a thread of its own kind.

What is to be recorded while the disk is busy with what came before is recorded next, all in one transaction: so the
cost of making it durable is shared by all who wait, and one thread is enough for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

from supportable.ledger.model import Entry, Evaluation
from supportable.version import __version__
from supportable_api.auth import Caller
from supportable_api.judged import Asked
from supportable_api.metrics import Metrics
from supportable_api.packs_held import Held
from supportable_api.verdict_cache import Judgement

if TYPE_CHECKING:
    from supportable.ledger import Ledger

P = ParamSpec("P")
T = TypeVar("T")

THREADS: Final = 16
"""For all that is not recording."""

MOST_AT_ONCE: Final = 64
"""Evaluations in one transaction."""


class Storing:
    """The threads that speak with the ledger."""

    def __init__(self, ledger: Ledger, metrics: Metrics) -> None:
        self._ledger = ledger
        self._metrics = metrics
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="storing")
        self._recorder = ThreadPoolExecutor(1, thread_name_prefix="recording")
        self._waiting: list[tuple[str, Evaluation, asyncio.Future[Entry]]] = []
        self._recording: asyncio.Task[None] | None = None

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What a method of the ledger answers. Raises what it raises."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, partial(work, *args, **kwargs))

    async def record(self, asked: Asked, judgement: Judgement, held: Held, who: Caller, name: str) -> Entry:
        """The entry of an evaluation, durable when this returns."""
        evaluation = Evaluation(
            design=asked.content,
            media_type=asked.media_type,
            name=name or judgement.design,
            as_of=asked.as_of,
            only=asked.only,
            verdict=judgement.verdict,
            status=judgement.status,
            at_worst=judgement.at_worst,
            at_best=judgement.at_best,
            packs=held.contents,
            by=who.subject,
            engine=__version__,
        )
        with self._metrics.writing():
            made: asyncio.Future[Entry] = asyncio.get_running_loop().create_future()
            self._waiting.append((who.tenant, evaluation, made))
            if self._recording is None:
                self._recording = asyncio.create_task(self._record())
            return await made

    async def _record(self) -> None:
        """Record until nothing waits."""
        loop = asyncio.get_running_loop()
        try:
            while self._waiting:
                taken, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
                asked = [(tenant, evaluation) for tenant, evaluation, _ in taken]
                became: Sequence[Entry | Exception]
                try:
                    became = await loop.run_in_executor(self._recorder, self._ledger.append_all, asked)
                except Exception as error:  # noqa: BLE001  whatever it was, those who wait must hear of it
                    became = [error] * len(taken)
                for (_, _, made), entry in zip(taken, became, strict=True):
                    if made.done():
                        # Whoever asked went away; it is on record all the same.
                        continue
                    if isinstance(entry, Exception):
                        made.set_exception(entry)
                    else:
                        made.set_result(entry)
        finally:
            self._recording = None

    def close(self) -> None:
        """End the threads once they have done what they do."""
        self._threads.shutdown()
        self._recorder.shutdown()
