"""Verdicts that were given, by what was asked: the same question has the same answer, byte for byte."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Final

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


class VerdictCache:
    """At most `most` bytes of judgements; what was not asked for the longest goes first. Not safe across threads: it
    is used on the event loop only."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Judgement] = OrderedDict()
        self.bytes = 0
        self.hits = 0
        self.misses = 0

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> Judgement | None:
        """The judgement of that key, or None."""
        found = self._kept.get(key)
        if found is None:
            self.misses += 1
            return None
        self.hits += 1
        self._kept.move_to_end(key)
        return found

    def put(self, key: Hashable, judgement: Judgement) -> None:
        """Keep it, unless it alone is more than a quarter of all that may be kept."""
        cost = _cost(judgement)
        if cost * 4 > self._most:
            return
        old = self._kept.pop(key, None)
        if old is not None:
            self.bytes -= _cost(old)
        self._kept[key] = judgement
        self.bytes += cost
        while self.bytes > self._most:
            _, gone = self._kept.popitem(last=False)
            self.bytes -= _cost(gone)

    def clear(self) -> None:
        """Keep nothing of what there is."""
        self._kept.clear()
        self.bytes = 0


def _cost(judgement: Judgement) -> int:
    own = 0 if judgement.report is judgement.verdict else len(judgement.report)
    return len(judgement.verdict) + own + _OVERHEAD
