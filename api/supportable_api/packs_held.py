"""The packs that the service judges by: one value at a time, replaced as a whole by one that was judged first."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from supportable.packs import PackSet, load_packs


@dataclass(frozen=True, slots=True)
class Held:
    """A set of packs in use. `generation` counts from 1 and grows with every set that is taken."""

    packset: PackSet
    generation: int


class PacksHeld:
    """The current set of packs. A request takes `current` once, and ends by what it took."""

    def __init__(self, shelves: Sequence[Path], *, installed: bool) -> None:
        self._shelves = tuple(shelves)
        self._installed = installed
        self._turn = threading.Lock()
        self.current = Held(self._loaded(), 1)

    def _loaded(self) -> PackSet:
        return load_packs(self._shelves, discover=self._installed)
