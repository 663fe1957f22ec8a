"""The lines of a batch in pieces: each small enough to be taken in by a server that nobody reads from yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from supportable.client.model import BatchItem
from supportable.client.wire import CHUNK, batch_line

Lines = list[tuple[int, bytes]]


class Batching:
    """Designs in, pieces out. A design that is larger than a piece is a piece of its own."""

    def __init__(self) -> None:
        self._number = 0
        self._size = 0
        self._lines: Lines = []

    def add(self, item: BatchItem | Mapping[str, Any]) -> Lines:
        """Take one more design; the piece that is full by that, or an empty list."""
        line = batch_line(item)
        full = self.rest() if self._lines and self._size + len(line) > CHUNK else []
        self._number += 1
        self._size += len(line) + 1
        self._lines.append((self._number, line))
        return full

    def rest(self) -> Lines:
        """What was taken and not handed out; it is handed out by this."""
        lines, self._lines, self._size = self._lines, [], 0
        return lines
