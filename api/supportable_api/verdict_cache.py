"""Verdicts that were given, by what was asked: the same question has the same answer, byte for byte."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from typing import Final, Generic, TypeVar

Value = TypeVar("Value")

_OVERHEAD: Final = 1024
"""What an entry is taken to cost beside its bytes."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict as bytes, with what is told of it beside. `report` is the verdict in the form that was asked for, the
    same bytes as `verdict` where that was JSON. `digest` is the SHA-256 of `verdict`, in hex."""

    design: str
    as_of: date
    status: str
    at_worst: str
    at_best: str
    verdict: bytes
    digest: str
    report: bytes


class ByteCache(Generic[Value]):
    """At most `most` bytes of values, each of which takes what `cost` says; what was not asked for the longest goes
    first. Not safe across threads: it is used on the event loop only."""

    def __init__(self, most: int, cost: Callable[[Value], int]) -> None:
        self._most = most
        self._cost = cost
        self._kept: OrderedDict[Hashable, Value] = OrderedDict()
        self.bytes = 0
        self.hits = 0
        self.misses = 0

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> Value | None:
        """The value of that key, or None."""
        found = self._kept.get(key)
        if found is None:
            self.misses += 1
            return None
        self.hits += 1
        self._kept.move_to_end(key)
        return found

    def put(self, key: Hashable, value: Value) -> None:
        """Keep it, unless it alone is more than a quarter of all that may be kept."""
        cost = self._cost(value)
        if cost * 4 > self._most:
            return
        old = self._kept.pop(key, None)
        if old is not None:
            self.bytes -= self._cost(old)
        self._kept[key] = value
        self.bytes += cost
        while self.bytes > self._most:
            _, gone = self._kept.popitem(last=False)
            self.bytes -= self._cost(gone)

    def clear(self) -> None:
        """Keep nothing of what there is."""
        self._kept.clear()
        self.bytes = 0


def verdict_cache(most: int) -> ByteCache[Judgement]:
    """A cache of judgements, of at most so many bytes."""
    return ByteCache(most, _cost)


def _cost(judgement: Judgement) -> int:
    own = 0 if judgement.report is judgement.verdict else len(judgement.report)
    return len(judgement.verdict) + own + _OVERHEAD
