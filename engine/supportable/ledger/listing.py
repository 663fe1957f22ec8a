"""Entries, contents and heads, found again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from supportable.errors import LedgerError, Problem, UsageError
from supportable.ledger import codes
from supportable.ledger.database import Database
from supportable.ledger.model import EVALUATION, Entry, Filter, Head, Page
from supportable.ledger.packing import Packed, is_whole, unpack
from supportable.ledger.rows import entry_of
from supportable.ledger.tables import contents, entries, heads
from supportable.ledger.times import written

MOST_ON_A_PAGE = 1000


def entry(database: Database, tenant: str, id: str) -> Entry | None:
    """The tenant's entry of that id."""
    found = select(entries).where(entries.c.tenant == tenant, entries.c.id == id)
    row = database.read(lambda connection: connection.execute(found).mappings().first())
    return None if row is None else entry_from(row)


def entry_from(row: Mapping[Any, Any]) -> Entry:
    """The entry in a row. Raises LedgerError for what the ledger never wrote."""
    try:
        return entry_of(row)
    except (ValueError, TypeError):
        message = f"entry {row['sequence']} of “{row['tenant']}” is not what was written"
        raise altered(message) from None


def altered(message: str) -> LedgerError:
    """The error for something that was changed behind the ledger's back."""
    return LedgerError([Problem(codes.LEDGER_ALTERED, message, hint="run: supportable ledger verify")])


def content(database: Database, tenant: str, digest: str) -> bytes | None:
    """The content of that digest."""
    return database.read(lambda connection: content_on(connection, tenant, digest))


def content_on(connection: Connection, tenant: str, digest: str) -> bytes | None:
    """The same on a connection."""
    found = select(contents).where(contents.c.tenant == tenant, contents.c.digest == digest)
    row = connection.execute(found).first()
    if row is None:
        return None
    if not is_whole(Packed(row.digest, row.size, bytes(row.packed), row.seal)):
        raise altered(f"the content {digest} is not what was stored")
    return unpack(bytes(row.packed), row.size)


def entries_found(filter: Filter) -> list[Any]:
    """The conditions that a filter stands for."""
    conditions = []
    if filter.status is not None:
        conditions.append(entries.c.status == filter.status)
    if filter.as_of is not None:
        conditions.append(entries.c.as_of == filter.as_of.isoformat())
    if filter.name is not None:
        conditions.append(entries.c.name == filter.name)
    if filter.since is not None:
        conditions.append(entries.c.recorded_at >= written(filter.since))
    if filter.until is not None:
        conditions.append(entries.c.recorded_at < written(filter.until))
    if filter.design is not None:
        conditions.append(entries.c.design == filter.design)
    return conditions


def entries_page(database: Database, tenant: str, filter: Filter, *, limit: int, cursor: str | None) -> Page:
    """The tenant's evaluations, newest first."""
    limit = max(1, min(limit, MOST_ON_A_PAGE))
    found = select(entries).where(entries.c.tenant == tenant, entries.c.kind == EVALUATION, *entries_found(filter))
    if cursor is not None:
        found = found.where(entries.c.sequence < _sequence_of(cursor))
    found = found.order_by(entries.c.sequence.desc()).limit(limit + 1)
    rows = database.read(lambda connection: connection.execute(found).mappings().all())
    items = tuple(entry_from(row) for row in rows[:limit])
    return Page(items, f"e{items[-1].sequence}" if len(rows) > limit else None)


def _sequence_of(cursor: str) -> int:
    number = cursor.removeprefix("e")
    if not (cursor.startswith("e") and number.isascii() and number.isdecimal() and len(number) <= 18):
        message = "this is no cursor of ours"
        raise UsageError([Problem(codes.BAD_CURSOR, message, hint="take `next` of the page before as it is")])
    return int(number)


def head(database: Database, tenant: str) -> Head | None:
    """The end of the tenant's chain."""
    found = select(heads).where(heads.c.tenant == tenant)
    row = database.read(lambda connection: connection.execute(found).first())
    return None if row is None else Head(row.tenant, row.sequence, row.hash)


def all_heads(database: Database) -> tuple[Head, ...]:
    """The ends of all chains."""
    found = select(heads).order_by(heads.c.tenant)
    rows = database.read(lambda connection: connection.execute(found).all())
    return tuple(Head(row.tenant, row.sequence, row.hash) for row in rows)
