"""Evaluations off the event loop: so many threads, so many that wait, and a refusal for those beyond."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

from supportable.readings.deadline import within
from supportable_api import codes
from supportable_api.problems import refused
from supportable_api.settings import Settings

P = ParamSpec("P")
T = TypeVar("T")


class Judging:
    """The threads in which designs are judged."""

    def __init__(self, settings: Settings) -> None:
        self.deadline = settings.deadline
        self._queue = settings.queue
        self._threads = ThreadPoolExecutor(settings.concurrency, thread_name_prefix="judging")
        self._slots = asyncio.Semaphore(settings.concurrency)
        self.waiting = 0

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `work` answers, done in a thread within the deadline. Refused with 429 where too many wait already."""
        if self._slots.locked() and self.waiting >= self._queue:
            raise refused(
                429, codes.TOO_BUSY, "too many evaluations are waiting", hint="try again", headers={"Retry-After": "1"}
            )
        return await self.run_when_free(work, *args, **kwargs)

    async def run_when_free(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same, however many wait: for streams, which wait rather than fail."""
        self.waiting += 1
        try:
            await self._slots.acquire()
        finally:
            self.waiting -= 1
        try:
            context = contextvars.copy_context()
            bound = partial(self._within_deadline, partial(work, *args, **kwargs))
            return await asyncio.get_running_loop().run_in_executor(self._threads, context.run, bound)
        finally:
            self._slots.release()

    def _within_deadline(self, work: Callable[[], T]) -> T:
        with within(self.deadline):
            return work()

    def close(self) -> None:
        """End the threads once they have done what they do."""
        self._threads.shutdown()
