"""Whether the ledger is still what was written: every row is read, every hash made again."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select, union
from sqlalchemy.engine import Connection

from supportable.ledger.chain import ERASED, START, hash_of, personal_digest
from supportable.ledger.database import Database
from supportable.ledger.faults import Fault, Kind
from supportable.ledger.model import PRUNING
from supportable.ledger.ranges import extend
from supportable.ledger.tables import contents, entries, heads, keys
from supportable.ledger.verifying_contents import content_faults
from supportable.ledger.verifying_keys import key_faults

_AT_ONCE = 500


def verify(database: Database, tenant: str | None, *, expect: Collection[str]) -> list[Fault]:
    """What is not as it was written, by tenant and in order of the chain."""
    with database.inspecting() as connection:
        faults = [Fault("", None, "database", said) for said in database.damage(connection)]
        missing = set(expect)
        for each in [tenant] if tenant is not None else _tenants(connection):
            if not _is_name(each):
                faults.append(Fault(ascii(each), None, "altered", "a row belongs to a tenant whose name is no text"))
                continue
            walk = _Walk(each, missing)
            rows = select(entries).where(entries.c.tenant == each).order_by(entries.c.sequence)
            for row in connection.execution_options(yield_per=_AT_ONCE).execute(rows).mappings():
                walk.step(row)
            walk.close(connection.execute(select(heads).where(heads.c.tenant == each)).mappings().first())
            faults += walk.faults
            faults += content_faults(connection, each)
            faults += key_faults(connection, each)
        faults += [Fault(tenant or "", None, "anchor", f"no entry has the hash {each}") for each in sorted(missing)]
        return faults


def _tenants(connection: Connection) -> list[Any]:
    """Everyone of whom there is anything: a row that was moved to a tenant of its own is found too."""
    named = union(select(heads.c.tenant), select(entries.c.tenant), select(contents.c.tenant), select(keys.c.tenant))
    return sorted(connection.scalars(named).all(), key=str)


def _is_name(tenant: Any) -> bool:
    return isinstance(tenant, str) and not any("\ud800" <= character <= "\udfff" for character in tenant)


@dataclass(slots=True)
class _Walk:
    """The way along one chain. Hashes that it comes by are taken out of `missing`."""

    tenant: str
    missing: set[str]
    faults: list[Fault] = field(default_factory=list)
    sequence: int = 0
    hash: str = START
    erased: dict[Any, list[list[int]]] = field(default_factory=dict)
    """By the sequence of the pruning: the entries that name it as what erased them."""
    prunings: dict[int, Any] = field(default_factory=dict)
    """By the sequence of the pruning: the entries that it says it erased."""

    def step(self, row: Mapping[Any, Any]) -> None:
        """Look at the next entry."""
        sequence = row["sequence"]
        if not isinstance(sequence, int):
            self._note(None, "altered", f"the place of an entry is no number: {sequence!r}")
            return
        gap = sequence - self.sequence - 1
        if gap > 0:
            which = f"entry {sequence - 1} is" if gap == 1 else f"entries {self.sequence + 1} to {sequence - 1} are"
            self._note(sequence - 1, "removed", f"{which} missing")
        elif gap < 0:
            self._note(sequence, "inserted", "chains begin with 1")
        elif row["previous"] != self.hash:
            self._note(sequence, "moved", "it does not follow the entry before it")
        self.missing.discard(row["hash"])
        try:
            if row["hash"] != hash_of(row["previous"], row):
                self._note(sequence, "altered", "its hash is not that of what it says")
            self._personal(row)
        except (ValueError, TypeError):
            self._note(sequence, "altered", "it says what no entry says")
        self.sequence, self.hash = sequence, row["hash"]

    def _personal(self, row: Mapping[Any, Any]) -> None:
        sequence = row["sequence"]
        if row["kind"] == PRUNING:
            self.prunings[sequence] = _ranges_said(row["details"])
        if row["pruned_by"] is None:
            if personal_digest(*(row[column] for column in ERASED)) != row["personal"]:
                self._note(sequence, "altered", "who asked, or what the design is called, is not what was written")
            return
        extend(self.erased.setdefault(row["pruned_by"], []), sequence)
        if any(row[column] is not None for column in ERASED):
            self._note(sequence, "altered", "it was pruned, and says still who asked")

    def close(self, head: Mapping[Any, Any] | None) -> None:
        """Hold the end of the chain, and what was pruned, to what the ledger says of them."""
        if head is None:
            if self.sequence:
                self._note(None, "removed", "the head of the chain is missing")
        elif head["sequence"] != self.sequence:
            self._ends_elsewhere(head["sequence"])
        elif head["hash"] != self.hash:
            self._note(None, "altered", "the head is not the hash of the last entry")
        for pruning in sorted({*self.erased, *self.prunings}, key=str):
            if self.erased.get(pruning, []) != self.prunings.get(pruning):
                number = pruning if isinstance(pruning, int) else None
                self._note(number, "altered", "what was pruned is not what the entry about it says")

    def _ends_elsewhere(self, said: Any) -> None:
        if not isinstance(said, int):
            self._note(None, "altered", "the head's place is no number")
        elif said > self.sequence:
            self._note(self.sequence + 1, "removed", f"the chain ends with {self.sequence}; its head says {said}")
        else:
            self._note(said + 1, "inserted", f"the chain goes on to {self.sequence}; its head says {said}")

    def _note(self, sequence: int | None, kind: Kind, message: str) -> None:
        self.faults.append(Fault(self.tenant, sequence, kind, message))


def _ranges_said(details: str) -> Any:
    held = json.loads(details)
    return held.get("ranges") if isinstance(held, dict) else None
