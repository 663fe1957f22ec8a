"""Rows of the database as values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from supportable.ledger.model import Entry
from supportable.ledger.times import read


def entry_of(row: Mapping[Any, Any]) -> Entry:
    """The entry in a row. Raises ValueError or TypeError for what the ledger never wrote."""
    return Entry(
        tenant=row["tenant"],
        sequence=row["sequence"],
        id=row["id"],
        kind=row["kind"],
        recorded_at=read(row["recorded_at"]),
        by=row["by"] or "",
        name=row["name"] or "",
        media_type=row["media_type"],
        design=row["design"],
        verdict=row["verdict"],
        packs=row["packs"],
        as_of=None if row["as_of"] is None else date.fromisoformat(row["as_of"]),
        only=None if row["only"] is None else tuple(json.loads(row["only"])),
        status=row["status"],
        at_worst=row["at_worst"],
        at_best=row["at_best"],
        engine=row["engine"],
        version=row["version"],
        details=row["details"],
        pruned_by=row["pruned_by"],
        previous=row["previous"],
        hash=row["hash"],
    )
