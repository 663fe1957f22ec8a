"""How entries get into a chain."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, TypeVar

from sqlalchemy import BindParameter, Table, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from supportable.document import canonical_json
from supportable.errors import LedgerError, SupportableError, UsageError
from supportable.ledger.chain import START, hash_of, personal_digest
from supportable.ledger.database import Database
from supportable.ledger.failures import met_all
from supportable.ledger.group import Group
from supportable.ledger.ids import new_id
from supportable.ledger.limits import check_media_type, check_name, check_text
from supportable.ledger.model import DOCUMENT_NAMES, EVALUATION, Entry, Evaluation, Head
from supportable.ledger.pack_contents import PackContents
from supportable.ledger.packing import Packed, Packer, pack_as
from supportable.ledger.rows import entry_of
from supportable.ledger.tables import contents, entries, heads
from supportable.ledger.times import Clock, written

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Record:
    """An entry to be: all that is known before it has its place in a chain, and what is to be kept with it."""

    tenant: str
    id: str
    kind: str
    by: str
    name: str
    values: dict[str, Any]
    kept: tuple[Packed, ...] = ()
    packs: PackContents | None = None


NO_VALUES: dict[str, Any] = {
    "media_type": "",
    "design": "",
    "verdict": "",
    "packs": "",
    "as_of": None,
    "only": None,
    "status": "",
    "at_worst": "",
    "at_best": "",
    "engine": "",
    "version": None,
    "details": "",
}
"""What the columns of an entry hold that has no use for them."""


# Made once: each is a tree that costs more to build than to run.
_OWN: BindParameter[str] = bindparam("own")
_HEAD = select(heads.c.sequence, heads.c.hash).where(heads.c.tenant == _OWN).with_for_update()
_MOVE = update(heads).where(heads.c.tenant == _OWN).values(sequence=bindparam("to"), hash=bindparam("last"))
_THERE = select(contents.c.size).where(contents.c.tenant == _OWN, contents.c.digest == bindparam("of"))
_ADD = insert(entries)


_PENDING: Final = SupportableError(())


class Appender:
    """Puts evaluations into chains, many in one transaction if many come at once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._packer = Packer()
        self._group: Group[Record, Entry] = Group(self._store)

    def append(self, tenant: str, evaluation: Evaluation) -> Entry:
        """The entry of an evaluation, once it is durable."""
        return self._group.put(_record(tenant, evaluation, new_id(self._database.clock()), self._packer))

    def append_all(self, asked: Sequence[tuple[str, Evaluation]]) -> list[Entry | SupportableError]:
        """What became of each, in their order: its entry, once it is durable, or why there is none. One transaction,
        unless that fails: then each has its own, so that none takes others with it."""
        made: list[Entry | SupportableError] = []
        records: dict[int, Record] = {}
        for place, (tenant, evaluation) in enumerate(asked):
            try:
                records[place] = _record(tenant, evaluation, new_id(self._database.clock()), self._packer)
                made.append(_PENDING)
            except UsageError as error:
                made.append(error)
        try:
            stored = self._store(list(records.values())) if records else []
        except (LedgerError, UsageError) as error:
            for place in records:
                made[place] = error if met_all(error) else self._one(*asked[place])
        else:
            for place, entry in zip(records, stored, strict=True):
                made[place] = entry
        return made

    def _one(self, tenant: str, evaluation: Evaluation) -> Entry | SupportableError:
        try:
            return self.append(tenant, evaluation)
        except SupportableError as error:
            return error

    def _store(self, records: Sequence[Record]) -> list[Entry]:
        return self._database.write(
            lambda connection: add(connection, self._database.clock, records),
            done_before=lambda connection: _stored(connection, records),
        )


def _record(tenant: str, evaluation: Evaluation, id: str, packer: Packer) -> Record:
    check_name("tenant", tenant)
    check_text("caller", evaluation.by)
    check_name("name", evaluation.name, may_be_empty=True)
    check_media_type(evaluation.media_type, DOCUMENT_NAMES)
    # Here, in the caller's thread: compressing is what takes time, and needs no turn.
    design, verdict = packer.pack(evaluation.design), packer.pack(evaluation.verdict)
    only = None if evaluation.only is None else canonical_json(list(evaluation.only)).decode()
    values = {
        **NO_VALUES,
        "media_type": evaluation.media_type,
        "design": design.digest,
        "verdict": verdict.digest,
        "packs": "" if evaluation.packs is None else evaluation.packs.digest,
        "as_of": evaluation.as_of.isoformat(),
        "only": only,
        "status": evaluation.status,
        "at_worst": evaluation.at_worst,
        "at_best": evaluation.at_best,
        "engine": evaluation.engine,
    }
    return Record(tenant, id, EVALUATION, evaluation.by, evaluation.name, values, (design, verdict), evaluation.packs)


def add(connection: Connection, clock: Clock, records: Sequence[Record]) -> list[Entry]:
    """Put the records at the ends of their chains, in their order; the entries, once the transaction is committed."""
    by_tenant: dict[str, list[int]] = {}
    for place, record in enumerate(records):
        by_tenant.setdefault(record.tenant, []).append(place)
    made: dict[int, Entry] = {}
    # Always in this order: two processes that lock the same heads the other way round would wait for ever.
    for tenant in sorted(by_tenant):
        head = lock(connection, tenant)
        rows = []
        for place in by_tenant[tenant]:
            row = _row(records[place], head, written(clock()))
            head = Head(tenant, row["sequence"], row["hash"])
            rows.append(row)
            made[place] = entry_of(row)
        _keep(connection, tenant, [records[place] for place in by_tenant[tenant]])
        connection.execute(_ADD, rows)
        connection.execute(_MOVE, {"own": tenant, "to": head.sequence, "last": head.hash})
    return [made[place] for place in range(len(records))]


def lock(connection: Connection, tenant: str) -> Head:
    """The end of the tenant's chain, held until the transaction ends: nobody else adds to it meanwhile."""
    row = connection.execute(_HEAD, {"own": tenant}).first()
    if row is None:
        ignoring(connection, heads, [{"tenant": tenant, "sequence": 0, "hash": START}])
        row = connection.execute(_HEAD, {"own": tenant}).one()
    return Head(tenant, row.sequence, row.hash)


def write_one(
    database: Database,
    tenant: str,
    id: str,
    work: Callable[[Connection], Result],
    again: Callable[[Connection], Result],
) -> Result:
    """What `work` answers, which adds the entry `id` to the tenant's chain; what `again` answers, if the connection was
    lost and it turned out that the entry was stored."""

    def done_before(connection: Connection) -> Result | None:
        lock(connection, tenant)
        known = connection.scalar(select(entries.c.sequence).where(entries.c.tenant == tenant, entries.c.id == id))
        return None if known is None else again(connection)

    return database.write(work, done_before=done_before)


@cache
def _inserting_what_is_not_there(dialect: str, table: Table) -> Any:
    made = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    return made.on_conflict_do_nothing().execution_options(preserve_rowcount=True)


def ignoring(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> int:
    """Insert the rows that are not there yet, by their primary keys. For a single row, how many that are."""
    statement = _inserting_what_is_not_there(connection.dialect.name, table)
    # One row by itself: the drivers do not count for lists.
    return connection.execute(statement, rows if rows[1:] else rows[0]).rowcount


def _row(record: Record, head: Head, now: str) -> dict[str, Any]:
    salt = secrets.token_hex(16)
    row = {
        **record.values,
        "tenant": record.tenant,
        "sequence": head.sequence + 1,
        "id": record.id,
        "kind": record.kind,
        "recorded_at": now,
        "personal": personal_digest(salt, record.by, record.name),
        "salt": salt,
        "by": record.by,
        "name": record.name,
        "pruned_by": None,
        "previous": head.hash,
    }
    row["hash"] = hash_of(head.hash, row)
    return row


def _keep(connection: Connection, tenant: str, records: Sequence[Record]) -> None:
    """Store what the records bring along, as far as the tenant does not have it."""
    kept = {packed.digest: packed for record in records for packed in record.kept}
    sets = {record.packs.digest: record.packs for record in records if record.packs is not None}
    for digest, packs in sets.items():
        # Who has the manifest has the files: they come and go together, under the lock of the chain.
        if connection.scalar(_THERE, {"own": tenant, "of": digest}) is None:
            kept |= {each: pack_as(each, content) for each, content in packs.contents().items()}
    rows = [
        {"tenant": tenant, "digest": each.digest, "size": each.size, "packed": each.packed, "seal": each.seal}
        for each in kept.values()
    ]
    if rows:
        ignoring(connection, contents, rows)


def _stored(connection: Connection, records: Sequence[Record]) -> list[Entry] | None:
    """The entries of the records if they are stored: all are, or none."""
    for tenant in sorted({record.tenant for record in records}):
        # What was being committed when the connection was lost may be so still: its lock is waited for.
        lock(connection, tenant)
    found = []
    for record in records:
        at = (entries.c.tenant == record.tenant, entries.c.id == record.id)
        row = connection.execute(select(entries).where(*at)).mappings().first()
        if row is None:
            return None
        found.append(entry_of(row))
    return found
