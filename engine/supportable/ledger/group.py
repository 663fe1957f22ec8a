"""Group commit: what many threads want to store at once goes into one transaction.

There is no thread of its own: whoever comes first stores its item and all that wait, while the next ones queue up. So
the cost of making a transaction durable, which is what appending takes, is shared by all that came meanwhile.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from supportable.errors import LedgerError

Item = TypeVar("Item")
Done = TypeVar("Done")

MOST_AT_ONCE = 128
"""Items in one transaction, inclusive."""


class _Waiting(Generic[Item, Done]):
    """An item, and what became of it."""

    __slots__ = ("done", "error", "finished", "item")

    def __init__(self, item: Item) -> None:
        self.item = item
        self.done: Done | None = None
        self.error: BaseException | None = None
        self.finished = threading.Event()


class Group(Generic[Item, Done]):
    """Items from many threads, stored together by `store`, which answers one result for each item, in their order, or
    raises and has then stored none."""

    def __init__(self, store: Callable[[Sequence[Item]], Sequence[Done]]) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._queue: deque[_Waiting[Item, Done]] = deque()
        self._led = False

    def put(self, item: Item) -> Done:
        """What `store` answered for the item, once it is stored. Raises what `store` raises."""
        own: _Waiting[Item, Done] = _Waiting(item)
        with self._lock:
            self._queue.append(own)
            leads, self._led = not self._led, True
        if leads:
            self._lead(own)
        else:
            own.finished.wait()
            if own.error is None and own.done is None:
                # Not stored but made leader: the one before went home with its own result.
                self._lead(own)
        if own.error is not None:
            raise own.error
        assert own.done is not None
        return own.done

    def _lead(self, own: _Waiting[Item, Done]) -> None:
        """Store until the own item is stored, then hand the lead to the first that waits."""
        try:
            while own.done is None and own.error is None:
                with self._lock:
                    batch = [self._queue.popleft() for _ in range(min(MOST_AT_ONCE, len(self._queue)))]
                self._store_all(batch)
                for waiting in batch:
                    waiting.finished.set()
        finally:
            with self._lock:
                if self._queue:
                    self._queue[0].finished.set()
                else:
                    self._led = False

    def _store_all(self, batch: list[_Waiting[Item, Done]]) -> None:
        try:
            for waiting, done in zip(batch, self._store([each.item for each in batch]), strict=True):
                waiting.done = done
        except LedgerError as error:
            if len(batch) == 1:
                batch[0].error = error
                return
            # One item too many, or too large, must not take the others with it.
            for waiting in batch:
                self._store_all([waiting])
        except BaseException as error:
            for waiting in batch:
                waiting.error = error
            raise
