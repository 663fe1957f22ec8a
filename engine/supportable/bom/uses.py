"""What people could do with what a bill lists: tried out, use by use, from the catalogue `bill-uses`."""

from __future__ import annotations

import json
from typing import Any, Final

from supportable.bom.asking import Asked, Told, places_of, told
from supportable.bom.imply import Implied
from supportable.bom.model import Bom, Statement

MOST_TRIED: Final = 24
"""How many uses are tried at most."""

_ALLOWED: Final = ("supported", "conditional")
_FORBIDDEN: Final = ("unsupported", "limited")


def uses(
    document: dict[str, Any], implied: Implied, bom: Bom, asked: Asked
) -> tuple[list[Statement], list[Statement], list[Statement]]:
    """What could be done with each kind of machine and workload: what the bill allows, forbids, and leaves open."""
    held = asked.packs.catalogues.get("bill-uses")
    allows: list[Statement] = []
    forbids: list[Statement] = []
    left_open: list[Statement] = []
    tried: set[tuple[str, str]] = set()
    passed_over: set[tuple[str, str]] = set()
    for section in ("machines", "workloads"):
        for entry in document.get(section, ()):
            for row in held.rows if held is not None and isinstance(entry, dict) else ():
                title, of = str(row.values["title"]), str(row.values["of"]).replace("workload", "product")
                change = json.loads(str(row.values["change"]))
                if not _fits(entry, of, change) or (title, entry[of]) in tried:
                    continue
                if len(tried) >= MOST_TRIED:
                    passed_over.add((title, entry[of]))
                    continue
                tried.add((title, entry[of]))
                added = json.loads(str(row.values["add"]).replace("$id", entry["id"]))
                said = _tried(section, {"id": entry["id"], of: entry[of], **change}, added, asked)
                if said is None:
                    continue
                places = implied.origins.get(_name(section, entry["id"]), ())
                statement = Statement(f"{title}: {entry[of]}", *said, places_of(bom, places))
                status = said[0]
                target = allows if status in _ALLOWED else forbids if status in _FORBIDDEN else left_open
                target.append(statement)
    if passed_over:
        of_these = ", ".join(sorted({title for title, _ in passed_over}))
        reason = f"only the first {MOST_TRIED} uses are tried: {of_these}"
        left_open.append(Statement(f"{len(passed_over)} more uses", "undetermined", (reason,)))
    return allows, forbids, left_open


def _fits(entry: dict[str, Any], of: str, change: dict[str, Any]) -> bool:
    """Whether the use can be tried on the entity: it has what the use is of, and says nothing else than the change."""
    return of in entry and all(entry.get(key, value) == value for key, value in change.items() if key != "count")


def _tried(section: str, subject: dict[str, Any], added: dict[str, Any], asked: Asked) -> Told | None:
    trial: dict[str, Any] = {"design": "trial", section: [subject]}
    for name, entities in added.items():
        trial[name] = [*trial.get(name, ()), *entities]
    asks = "cluster/" + added["clusters"][0]["id"] if "clusters" in added else _name(section, subject["id"])
    found = [one for one in asked.judged(trial).subjects if one.subject == asks]
    return told(tuple(found)) if found else None


def _name(section: str, id: str) -> str:
    return f"{'workload' if section == 'workloads' else 'machine'}/{id}"
