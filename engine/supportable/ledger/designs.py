"""Stored designs: every version an entry of the chain, the latest of a name the current one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from supportable.errors import LedgerError, Problem, UsageError
from supportable.ledger import codes
from supportable.ledger.appending import NO_VALUES, Record, add, lock, write_one
from supportable.ledger.database import Database
from supportable.ledger.errors import DesignChanged
from supportable.ledger.ids import new_id
from supportable.ledger.limits import check_media_type, check_name, check_text
from supportable.ledger.listing import MOST_ON_A_PAGE, entry_from
from supportable.ledger.model import (
    ABSENT,
    DESIGN,
    DESIGN_DELETED,
    DOCUMENT_NAMES,
    PRESENT,
    DesignPage,
    DesignVersion,
    Entry,
    Expectation,
)
from supportable.ledger.packing import pack
from supportable.ledger.tables import entries

_KINDS = (DESIGN, DESIGN_DELETED)


def put(
    database: Database,
    tenant: str,
    name: str,
    content: bytes,
    media_type: str,
    *,
    by: str,
    expect: str | Expectation | None,
) -> DesignVersion:
    """Store a version of a design."""
    check_name("name", name)
    check_media_type(media_type, DOCUMENT_NAMES)
    id = _checked_id(database, tenant, by)
    packed = pack(content)

    def work(connection: Connection) -> DesignVersion:
        lock(connection, tenant)
        now = _latest(connection, tenant, name)
        _check(name, now, expect)
        if now is not None and (now.digest, now.media_type) == (packed.digest, media_type):
            return now
        values = {**NO_VALUES, "media_type": media_type, "design": packed.digest, "version": _next(now)}
        return _add(connection, database, Record(tenant, id, DESIGN, by, name, values, (packed,)))

    return write_one(database, tenant, id, work, lambda connection: _of_id(connection, tenant, id))


def delete(database: Database, tenant: str, name: str, *, by: str, expect: str | Expectation | None) -> DesignVersion:
    """Mark a design deleted."""
    check_name("name", name)
    id = _checked_id(database, tenant, by)

    def work(connection: Connection) -> DesignVersion:
        lock(connection, tenant)
        now = _latest(connection, tenant, name)
        _check(name, now, PRESENT if expect is None else expect)
        values = {**NO_VALUES, "version": _next(now)}
        return _add(connection, database, Record(tenant, id, DESIGN_DELETED, by, name, values))

    return write_one(database, tenant, id, work, lambda connection: _of_id(connection, tenant, id))


def find(database: Database, tenant: str, name: str, version: int | None) -> DesignVersion | None:
    """The current version, or the one of that number."""
    if version is None:
        return database.read(lambda connection: _latest(connection, tenant, name))
    found = _versions(tenant, name).where(entries.c.version == version)
    row = database.read(lambda connection: connection.execute(found).mappings().first())
    return None if row is None else _version_of(row)


def history(database: Database, tenant: str, name: str) -> tuple[DesignVersion, ...]:
    """All versions, newest first."""
    found = _versions(tenant, name).order_by(entries.c.sequence.desc())
    rows = database.read(lambda connection: connection.execute(found).mappings().all())
    return tuple(_version_of(row) for row in rows)


def current(database: Database, tenant: str, *, limit: int, cursor: str | None) -> DesignPage:
    """The current versions of all that are not deleted, by name."""
    limit = max(1, min(limit, MOST_ON_A_PAGE))
    own = (entries.c.tenant == tenant, entries.c.kind.in_(_KINDS), entries.c.name.is_not(None))
    latest = select(func.max(entries.c.sequence)).where(*own).group_by(entries.c.name)
    found = select(entries).where(entries.c.tenant == tenant, entries.c.sequence.in_(latest))
    found = found.where(entries.c.kind == DESIGN)
    if cursor is not None:
        found = found.where(entries.c.name > _name_of(cursor))
    found = found.order_by(entries.c.name).limit(limit + 1)
    rows = database.read(lambda connection: connection.execute(found).mappings().all())
    items = tuple(_version_of(row) for row in rows[:limit])
    return DesignPage(items, f"d{items[-1].name}" if len(rows) > limit else None)


def _name_of(cursor: str) -> str:
    if not cursor.startswith("d") or "\0" in cursor:
        message = "this is no cursor of ours"
        raise UsageError([Problem(codes.BAD_CURSOR, message, hint="take `next` of the page before as it is")])
    return cursor[1:]


def _versions(tenant: str, name: str) -> Any:
    return select(entries).where(entries.c.tenant == tenant, entries.c.kind.in_(_KINDS), entries.c.name == name)


def _latest(connection: Connection, tenant: str, name: str) -> DesignVersion | None:
    found = _versions(tenant, name).order_by(entries.c.sequence.desc()).limit(1)
    row = connection.execute(found).mappings().first()
    return None if row is None else _version_of(row)


def _of_id(connection: Connection, tenant: str, id: str) -> DesignVersion:
    found = select(entries).where(entries.c.tenant == tenant, entries.c.id == id)
    return _version_of(connection.execute(found).mappings().one())


def _version_of(row: Mapping[Any, Any]) -> DesignVersion:
    return version_of(entry_from(row))


def version_of(entry: Entry) -> DesignVersion:
    """The version that an entry records."""
    if entry.version is None:
        raise LedgerError([Problem(codes.LEDGER_ALTERED, f"entry {entry.sequence} is no version of a design")])
    return DesignVersion(
        name=entry.name,
        version=entry.version,
        # A design that returns to what it was is another version all the same.
        etag=f"{entry.version}-{entry.design[:32] or 'deleted'}",
        digest=entry.design,
        media_type=entry.media_type,
        by=entry.by,
        at=entry.recorded_at,
        deleted=entry.kind == DESIGN_DELETED,
        id=entry.id,
    )


def _check(name: str, now: DesignVersion | None, expect: str | Expectation | None) -> None:
    there = None if now is None or now.deleted else now.etag
    if expect is None or (expect is ABSENT and there is None) or (expect is PRESENT and there is not None):
        return
    if expect is ABSENT or expect is PRESENT or expect != there:
        raise DesignChanged(name, there)


def _checked_id(database: Database, tenant: str, by: str) -> str:
    check_name("tenant", tenant)
    check_text("caller", by)
    return new_id(database.clock())


def _next(now: DesignVersion | None) -> int:
    return 1 if now is None else now.version + 1


def _add(connection: Connection, database: Database, record: Record) -> DesignVersion:
    (entry,) = add(connection, database.clock, [record])
    return version_of(entry)
