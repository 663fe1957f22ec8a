"""An inventory that was read: the design it makes, and an account of every row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from supportable.errors import Problem


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the rows, or entries, of one kind: `read` is always `taken` and `left_out` together."""

    kind: str
    read: int
    taken: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Imported:
    """A design made from an inventory, as plain values, with the tallies of what it was made from.

    `notes` list what was left out (rows, entries, columns, properties) and what was not taken as it stands.
    """

    design: dict[str, Any]
    tallies: tuple[Tally, ...]
    notes: tuple[Problem, ...]
