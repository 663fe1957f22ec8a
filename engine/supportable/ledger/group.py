"""Group commit: what many threads want to store at once goes into one transaction.

There is no thread of its own: whoever comes first stores its item and all that wait, while the next ones queue up. So
the cost of making a transaction durable, which is what appending takes, is shared by all that came meanwhile.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Final, Generic, TypeVar

from supportable.errors import LedgerError, UsageError
from supportable.ledger.failures import met_all

Item = TypeVar("Item")
Done = TypeVar("Done")

MOST_AT_ONCE: Final = 128
"""Items in one transaction, inclusive."""


class _Waiting(Generic[Item, Done]):
    """An item, and what became of it. `awake` is set when it is stored, or when its thread is to lead."""

    __slots__ = ("awake", "done", "error", "item")

    def __init__(self, item: Item) -> None:
        self.item = item
        self.done: Done | None = None
        self.error: BaseException | None = None
        self.awake = threading.Event()

    @property
    def is_open(self) -> bool:
        """Whether it is neither stored nor refused yet."""
        return self.done is None and self.error is None


class Group(Generic[Item, Done]):
    """Items from many threads, stored together by `store`, which answers one result for each item, in their order, or
    raises and has then stored none."""

    def __init__(self, store: Callable[[Sequence[Item]], Sequence[Done]]) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._queue: deque[_Waiting[Item, Done]] = deque()
        self._is_led = False

    def put(self, item: Item) -> Done:
        """What `store` answered for the item, once it is stored. Raises what `store` raises."""
        own: _Waiting[Item, Done] = _Waiting(item)
        with self._lock:
            self._queue.append(own)
            leads, self._is_led = not self._is_led, True
        try:
            if not leads:
                own.awake.wait()
                leads = own.is_open
            if leads:
                self._lead(own)
        finally:
            self._leave(own, leads=leads)
        if own.error is not None:
            raise own.error
        assert own.done is not None
        return own.done

    def _lead(self, own: _Waiting[Item, Done]) -> None:
        """Store what waits until the own item is among it."""
        while own.is_open:
            with self._lock:
                batch = [self._queue.popleft() for _ in range(min(MOST_AT_ONCE, len(self._queue)))]
            try:
                self._store_all(batch)
            except BaseException as error:
                for waiting in batch:
                    if waiting.is_open:
                        waiting.error = error
                raise
            finally:
                for waiting in batch:
                    waiting.awake.set()

    def _leave(self, own: _Waiting[Item, Done], *, leads: bool) -> None:
        """Hand the lead to the first that waits. Whoever leaves early, by an interrupt, takes its item along."""
        if not leads and not own.is_open:
            return
        with self._lock:
            if own in self._queue:
                self._queue.remove(own)
            if not leads and not (own.awake.is_set() and own.is_open):
                return
            if self._queue:
                self._queue[0].awake.set()
            else:
                self._is_led = False

    def _store_all(self, batch: list[_Waiting[Item, Done]]) -> None:
        try:
            for waiting, done in zip(batch, self._store([each.item for each in batch]), strict=True):
                waiting.done = done
        except (LedgerError, UsageError) as error:
            if len(batch) == 1 or met_all(error):
                for waiting in batch:
                    waiting.error = error
                return
            # One item too many, or too large, must not take the others with it.
            for waiting in batch:
                self._store_all([waiting])
