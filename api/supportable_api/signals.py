"""What a running service is told from outside: to load its packs anew (SIGHUP), and to end (SIGTERM, SIGINT)."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from fastapi import FastAPI

from supportable.errors import SupportableError
from supportable_api.metrics import Metrics, tell_packs
from supportable_api.packs_held import Held, PacksHeld

LOG = logging.getLogger("supportable_api")


def reload_packs(packs: PacksHeld, metrics: Metrics, *, removing: bool) -> Held:
    """Load the packs anew, counted and told. Raises what `PacksHeld.reload` raises."""
    try:
        held = packs.reload(removing=removing)
    except SupportableError as error:
        metrics.reloads.labels("refused").inc()
        for problem in error.problems:
            LOG.error("packs not taken: %s", problem)
        raise
    metrics.reloads.labels("taken").inc()
    tell_packs(metrics, held)
    LOG.info("%d packs in use, generation %d", len(held.packset.packs), held.generation)
    return held


@contextmanager
def heeding(app: FastAPI, end: Callable[[], None]) -> Iterator[None]:
    """Inside, on an event loop in the main thread, SIGHUP reloads the packs of `app`, and SIGTERM and SIGINT `end`."""
    loop = asyncio.get_running_loop()
    under_way: set[asyncio.Task[None]] = set()

    def hang_up() -> None:
        task = asyncio.create_task(_reload(app))
        under_way.add(task)
        task.add_done_callback(under_way.discard)

    heeded: dict[signal.Signals, Callable[[], None]] = {signal.SIGTERM: end, signal.SIGINT: end}
    if hasattr(signal, "SIGHUP"):
        heeded[signal.SIGHUP] = hang_up
    for number, act in heeded.items():
        try:
            loop.add_signal_handler(number, act)
        except NotImplementedError:
            # Windows: there the handler runs between two steps of the loop's own thread.
            signal.signal(number, _soon(loop, act))
    try:
        yield
    finally:
        for number in heeded:
            try:
                loop.remove_signal_handler(number)
            except NotImplementedError:
                signal.signal(number, signal.SIG_DFL)


def _soon(loop: asyncio.AbstractEventLoop, act: Callable[[], None]) -> Callable[[int, FrameType | None], None]:
    def handler(_number: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(act)

    return handler


async def _reload(app: FastAPI) -> None:
    try:
        await asyncio.to_thread(reload_packs, app.state.packs, app.state.metrics, removing=False)
    except SupportableError:
        # It is told already, and nothing has changed.
        return
