"""Whether the ledger is still what was written."""

from __future__ import annotations

from dataclasses import dataclass

from supportable.ledger.database import Database


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it was written."""

    tenant: str
    sequence: int | None
    kind: str
    message: str


def verify(database: Database, tenant: str | None, *, expect: str | None) -> list[Fault]:
    """What is not as it was written."""
    raise NotImplementedError
