"""Entries, heads and faults of the ledger, as text and as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from supportable.ledger import Entry, Fault, Head


def entry_as_json(entry: Entry) -> dict[str, Any]:
    """An evaluation as plain values; `pruned` ones have lost `name` and `by`."""
    return {
        "tenant": entry.tenant,
        "sequence": entry.sequence,
        "id": entry.id,
        "recorded_at": entry.recorded_at.isoformat().replace("+00:00", "Z"),
        "by": entry.by,
        "name": entry.name,
        "media_type": entry.media_type,
        "as_of": None if entry.as_of is None else entry.as_of.isoformat(),
        "only": None if entry.only is None else list(entry.only),
        "status": entry.status,
        "at_worst": entry.at_worst,
        "at_best": entry.at_best,
        "engine": entry.engine,
        "design": f"sha256:{entry.design}",
        "verdict": f"sha256:{entry.verdict}",
        "packs": f"sha256:{entry.packs}" if entry.packs else None,
        "pruned": entry.pruned,
        "hash": entry.hash,
    }


def entry_as_text(entry: Entry) -> str:
    """An evaluation in a line: id, when, by which day, status, name, who asked."""
    name = "(erased)" if entry.pruned else entry.name
    when = entry.recorded_at.isoformat(sep=" ", timespec="seconds").removesuffix("+00:00")
    day = "" if entry.as_of is None else entry.as_of.isoformat()
    return f"{entry.id}  {when}  {day}  {entry.status:<12}  {name}  {entry.by}".rstrip()


def head_as_json(head: Head) -> dict[str, Any]:
    """The end of a chain as plain values."""
    return {"tenant": head.tenant, "sequence": head.sequence, "hash": head.hash}


def fault_as_json(fault: Fault) -> dict[str, Any]:
    """A fault as plain values."""
    return {"tenant": fault.tenant, "sequence": fault.sequence, "kind": fault.kind, "message": fault.message}
