"""What the ledger holds of evaluations, as plain values."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from supportable.ledger.model import Entry


def time_as_text(moment: datetime) -> str:
    """A moment in UTC, as RFC 3339 writes it."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def entry_as_json(entry: Entry) -> dict[str, Any]:
    """An evaluation in a line. Of a pruned one, `name` and `by` are gone."""
    return {
        "id": entry.id,
        "name": entry.name,
        "status": entry.status,
        "at_worst": entry.at_worst,
        "at_best": entry.at_best,
        "as_of": None if entry.as_of is None else entry.as_of.isoformat(),
        "recorded_at": time_as_text(entry.recorded_at),
        "by": entry.by,
        "design_digest": f"sha256:{entry.design}",
        "verdict_digest": f"sha256:{entry.verdict}",
        "pruned": entry.pruned,
    }


def evaluation_as_json(entry: Entry, design: bytes, verdict: bytes) -> dict[str, Any]:
    """The whole of an evaluation. `design` is the text that was sent; its exact bytes are had at `/design`."""
    told: dict[str, Any] = json.loads(verdict)
    return {
        **entry_as_json(entry),
        "engine": entry.engine,
        "design": _text(design),
        "design_media_type": entry.media_type,
        "packs": told["packs"],
        "only": None if entry.only is None else list(entry.only),
        "verdict": told,
    }


def _text(design: bytes) -> str:
    encoding = "utf-16" if design[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return design.decode(encoding, "replace")
