"""Whether API keys are what the chain says that they were given."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from supportable.document import canonical_json
from supportable.ledger.faults import Fault
from supportable.ledger.model import KEY
from supportable.ledger.tables import entries, keys


def key_faults(connection: Connection, tenant: str) -> list[Fault]:
    """What is wrong with the keys of a tenant."""
    said = _said(connection, tenant)
    faults: list[Fault] = []
    found = select(keys).where(keys.c.tenant == tenant).order_by(keys.c.prefix)
    for row in connection.execute(found).mappings():
        sequence, details = said.pop(row["prefix"], (None, ""))
        if sequence is None:
            faults.append(Fault(tenant, None, "inserted", f"no entry speaks of the key {row['prefix']!a}"))
        elif _written(dict(row)) != details:
            faults.append(Fault(tenant, sequence, "altered", f"the key {row['prefix']} is not what was given"))
    missing = sorted((sequence or 0, prefix) for prefix, (sequence, _) in said.items())
    return faults + [Fault(tenant, sequence, "removed", f"the key {prefix} is missing") for sequence, prefix in missing]


def _said(connection: Connection, tenant: str) -> dict[str, tuple[int | None, str]]:
    """What the chain says last of each key, by its prefix, and where."""
    said: dict[str, tuple[int | None, str]] = {}
    found = select(entries.c.sequence, entries.c.details).where(entries.c.tenant == tenant, entries.c.kind == KEY)
    for sequence, details in connection.execute(found.order_by(entries.c.sequence)):
        try:
            said[str(json.loads(details)["prefix"])] = (sequence, details)
        except (ValueError, TypeError, KeyError):
            # An altered entry: its hash told.
            continue
    return said


def _written(row: dict[str, Any]) -> str | None:
    try:
        return canonical_json(row).decode()
    except (ValueError, TypeError):
        return None
