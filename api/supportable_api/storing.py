"""The ledger for those who live on the event loop: every call is made in a thread of its own kind.

Writing waits for a disk, not for a processor, so there are many more of these threads than of those that judge; what
they write at the same time the ledger makes durable together.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
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

THREADS: Final = 64


class Storing:
    """The threads that speak with the ledger."""

    def __init__(self, ledger: Ledger, metrics: Metrics) -> None:
        self._ledger = ledger
        self._metrics = metrics
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="storing")

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
            return await self.run(self._ledger.append, who.tenant, evaluation)

    def close(self) -> None:
        """End the threads once they have done what they do."""
        self._threads.shutdown()
