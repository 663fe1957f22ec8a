"""Evaluations off the event loop: so many threads, so many that wait, and a refusal for those beyond.

The same question asked by many at a time is judged once, and once answered it is answered from memory.
"""

from __future__ import annotations

import asyncio
import contextvars
import hashlib
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final, ParamSpec, TypeVar

from supportable.errors import SupportableError
from supportable.readings.deadline import within
from supportable_api import codes
from supportable_api.judged import Asked, judge, limits_of
from supportable_api.metrics import Metrics
from supportable_api.packed import Packed
from supportable_api.packs_held import Held
from supportable_api.problems import refused
from supportable_api.settings import Settings
from supportable_api.verdict_cache import ByteCache, Judgement, verdict_cache

P = ParamSpec("P")
T = TypeVar("T")

_PACKED: Final = 8
"""Verdicts are kept compressed in so much less than they are kept in plain: most shrink to a tenth."""

_OFTEN: Final = 3
"""How often a verdict was sent when sending it again is prepared for."""

_LARGE: Final = 256 * 1024
"""Bodies beyond are not digested on the event loop."""


class Judging:
    """The threads in which designs are judged, and the verdicts that are kept. Used on the event loop only."""

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        self.limits = limits_of(settings)
        self.deadline = settings.deadline
        self.cache = verdict_cache(settings.cache)
        self._packed: ByteCache[Packed] = ByteCache(settings.cache // _PACKED, lambda packed: packed.cost)
        self._metrics = metrics
        self._queue = settings.queue
        self._threads = ThreadPoolExecutor(settings.concurrency, thread_name_prefix="judging")
        self._slots = asyncio.Semaphore(settings.concurrency)
        self._running = 0
        self._waiting = 0
        self._under_way: dict[Hashable, asyncio.Task[Judgement]] = {}
        metrics.watch(self.cache, lambda: self._running, lambda: self._waiting)

    async def judgement(self, asked: Asked, held: Held, *, patient: bool = False) -> Judgement:
        """The judgement of what is asked by the packs that are held.

        Raises what `judge` raises, and Refused (429) where too many wait already, unless it is `patient`.
        """
        if len(asked.content) > _LARGE:
            digest = await asyncio.to_thread(_digest, asked.content)
        else:
            digest = _digest(asked.content)
        key = (digest, asked.media_type, asked.as_of, asked.only, asked.form, held.generation)
        found = self.cache.get(key)
        if found is None:
            task = self._under_way.get(key)
            if task is None:
                if not patient:
                    self._refuse_beyond_queue()
                task = asyncio.create_task(self._judged(key, asked, held, patient=patient))
                self._under_way[key] = task
                task.add_done_callback(partial(self._ended, key))
            # A request that goes away must not take the answer from others who wait for the same.
            found = await asyncio.shield(task)
        self._metrics.evaluations.labels(found.status).inc()
        return found

    async def packed(self, tag: str, content: bytes) -> Packed:
        """What was answered, compressed; `tag` is its entity tag, which no other content has."""
        found = self._packed.get(tag)
        if found is None:
            found = await asyncio.to_thread(Packed, content)
            self._packed.put(tag, found)
        elif found.sent == _OFTEN:
            await asyncio.to_thread(found.prepare)
        return found

    def _ended(self, key: Hashable, task: asyncio.Task[Judgement]) -> None:
        self._under_way.pop(key, None)
        if not task.cancelled():
            # Whoever asked may have gone away: then nobody else looks at what went wrong.
            task.exception()

    async def _judged(self, key: Hashable, asked: Asked, held: Held, *, patient: bool) -> Judgement:
        try:
            made = await self._done(partial(judge, asked, held.packset, self.limits), patient=patient)
        except SupportableError:
            self._metrics.evaluations.labels("refused").inc()
            raise
        self.cache.put(key, made)
        return made

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `work` answers, done in a thread within the deadline. Raises Refused (429) where too many wait."""
        self._refuse_beyond_queue()
        return await self._done(partial(work, *args, **kwargs), patient=False)

    async def run_when_free(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same, however many wait: for streams, which wait rather than fail."""
        return await self._done(partial(work, *args, **kwargs), patient=True)

    async def _done(self, work: Callable[[], T], *, patient: bool) -> T:
        # A patient one does not count as waiting: a batch must not shut others out.
        counted = 0 if patient else 1
        self._waiting += counted
        try:
            await self._slots.acquire()
        finally:
            self._waiting -= counted
        # From here on the thread gives the slot back, not the request: work cannot be interrupted, and one that
        # nobody waits for any more still takes its thread.
        self._running += 1
        loop = asyncio.get_running_loop()
        job = partial(self._within_deadline, work)
        future = self._threads.submit(contextvars.copy_context().run, job)
        future.add_done_callback(lambda _: loop.call_soon_threadsafe(self._free))
        return await asyncio.wrap_future(future)

    def _free(self) -> None:
        self._running -= 1
        self._slots.release()

    def _within_deadline(self, work: Callable[[], T]) -> T:
        with self._metrics.evaluating(), within(self.deadline):
            return work()

    def _refuse_beyond_queue(self) -> None:
        if self._slots.locked() and self._waiting >= self._queue:
            self._metrics.busy.inc()
            hint = "try again shortly, or send many designs as one batch"
            raise refused(
                429, codes.TOO_BUSY, "too many evaluations are waiting", hint=hint, headers={"Retry-After": "1"}
            )

    def close(self) -> None:
        """End the threads once they have done what they do."""
        self._threads.shutdown(cancel_futures=True)


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
