"""Retention."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from supportable.ledger.database import Database


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was erased."""

    entries: int
    contents: int


def prune(database: Database, tenant: str, *, before: datetime, reason: str, by: str, designs: bool) -> Pruned:
    """Erase what is older."""
    raise NotImplementedError
