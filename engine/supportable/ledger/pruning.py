"""Retention: what was judged is erased, and that it was judged stays.

A pruned entry keeps its place, its hash and what it says of digests and statuses; its design and verdict go, with the
packs that no other entry needs, and who asked and what the design was called. An entry of the same chain says which
entries were erased, when, by whom and why: without it, `verify` takes erased for altered.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, delete, exists, func, or_, select, update
from sqlalchemy.engine import Connection

from supportable.document import canonical_json
from supportable.ledger.appending import NO_VALUES, Record, add, lock, write_one
from supportable.ledger.database import Database
from supportable.ledger.ids import new_id
from supportable.ledger.limits import check_name, check_text
from supportable.ledger.listing import altered, content_on
from supportable.ledger.model import DESIGN, DESIGN_DELETED, EVALUATION, PRUNING
from supportable.ledger.pack_contents import read_manifest
from supportable.ledger.ranges import ranges_of
from supportable.ledger.tables import contents, entries, heads
from supportable.ledger.times import written

_AT_ONCE: Final = 2000
"""Entries in one transaction: others who append wait for it."""


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was erased: how many entries, and how many contents that none of the others needs.

    `held_back` counts entries that are older but stand behind one that is not: some clock was wrong, and nobody can say
    which.
    """

    entries: int
    contents: int
    held_back: int = 0


def prune(database: Database, tenant: str, *, before: datetime, reason: str, by: str, designs: bool = False) -> Pruned:
    """Erase what was recorded before a time, `_AT_ONCE` entries to a transaction."""
    check_name("tenant", tenant)
    check_text("reason", reason)
    check_text("caller", by)
    total = Pruned(0, 0)
    while True:
        some = _prune_some(database, tenant, before=before, reason=reason, by=by, designs=designs)
        total = Pruned(total.entries + some.entries, total.contents + some.contents)
        if some.entries < _AT_ONCE:
            break
    if total.entries:
        database.take_in_log()
    return Pruned(total.entries, total.contents, _held_back(database, tenant, before, designs=designs))


def _prune_some(database: Database, tenant: str, *, before: datetime, reason: str, by: str, designs: bool) -> Pruned:
    id = new_id(database.clock())

    def work(connection: Connection) -> Pruned:
        if connection.scalar(select(heads.c.sequence).where(heads.c.tenant == tenant)) is None:
            # To lock a chain is to begin it.
            return Pruned(0, 0)
        own = lock(connection, tenant).sequence + 1
        rows = connection.execute(_candidates(tenant, before, designs=designs).limit(_AT_ONCE)).all()
        if not rows:
            return Pruned(0, 0)
        sequences = [row.sequence for row in rows]
        gone = update(entries).where(entries.c.tenant == tenant, entries.c.sequence.in_(sequences))
        connection.execute(gone.values(salt=None, by=None, name=None, pruned_by=own))
        erased = _erase(connection, tenant, rows)
        details = {
            "before": written(before),
            "contents": erased,
            "entries": len(rows),
            "ranges": ranges_of(sequences),
            "reason": reason,
        }
        values = {**NO_VALUES, "details": canonical_json(details).decode()}
        add(connection, database.clock, [Record(tenant, id, PRUNING, by, "", values)])
        return Pruned(len(rows), erased)

    def again(connection: Connection) -> Pruned:
        at = (entries.c.tenant == tenant, entries.c.id == id)
        details = json.loads(connection.scalar(select(entries.c.details).where(*at)) or "{}")
        return Pruned(details["entries"], details["contents"])

    return write_one(database, tenant, id, work, again)


def _kinds(*, designs: bool) -> Any:
    """Which entries may go: evaluations and, with `designs`, versions of designs that were replaced or deleted."""
    if not designs:
        return entries.c.kind == EVALUATION
    later = entries.alias("later")
    replaced = exists(
        select(later.c.sequence).where(
            later.c.tenant == entries.c.tenant,
            later.c.kind.in_((DESIGN, DESIGN_DELETED)),
            later.c.name == entries.c.name,
            later.c.sequence > entries.c.sequence,
        )
    )
    return or_(
        entries.c.kind == EVALUATION,
        entries.c.kind == DESIGN_DELETED,
        and_(entries.c.kind == DESIGN, replaced),
    )


def _first_later(tenant: str, before: datetime) -> Any:
    """The sequence of the first entry that is not older."""
    return (
        select(func.min(entries.c.sequence))
        .where(entries.c.tenant == tenant, entries.c.recorded_at >= written(before))
        .scalar_subquery()
    )


def _candidates(tenant: str, before: datetime, *, designs: bool) -> Any:
    """The rows to erase, oldest first: all that stand before the first that is not older.

    Were each judged by its own time, a clock that stood in 1970 for a minute would have its entries erased at once.
    """
    cut = _first_later(tenant, before)
    return (
        select(entries.c.sequence, entries.c.design, entries.c.verdict, entries.c.packs)
        .where(
            entries.c.tenant == tenant,
            entries.c.pruned_by.is_(None),
            _kinds(designs=designs),
            or_(cut.is_(None), entries.c.sequence < cut),
        )
        .order_by(entries.c.sequence)
    )


def _held_back(database: Database, tenant: str, before: datetime, *, designs: bool) -> int:
    found = select(func.count()).where(
        entries.c.tenant == tenant,
        entries.c.pruned_by.is_(None),
        entries.c.recorded_at < written(before),
        entries.c.sequence > _first_later(tenant, before),
        _kinds(designs=designs),
    )
    return database.read(lambda connection: connection.scalar(found)) or 0


def _erase(connection: Connection, tenant: str, rows: Sequence[Any]) -> int:
    """Delete what only these entries needed, and say how many contents that were."""
    gone = {digest for row in rows for digest in (row.design, row.verdict) if digest}
    manifests = {row.packs for row in rows if row.packs}
    staying = select(entries.c.packs).where(entries.c.tenant == tenant, entries.c.pruned_by.is_(None)).distinct()
    kept = {digest for digest in connection.scalars(staying) if digest}
    if manifests - kept:
        gone |= manifests | _files(connection, tenant, manifests - kept)
    gone -= kept | _files(connection, tenant, kept)
    for column in (entries.c.design, entries.c.verdict):
        needed = select(column).where(
            entries.c.tenant == tenant, entries.c.pruned_by.is_(None), column.in_(sorted(gone))
        )
        gone -= set(connection.scalars(needed))
    if not gone:
        return 0
    return connection.execute(
        delete(contents).where(contents.c.tenant == tenant, contents.c.digest.in_(sorted(gone)))
    ).rowcount


def _files(connection: Connection, tenant: str, manifests: Iterable[str]) -> set[str]:
    """The digests of all files that the manifests name."""
    files: set[str] = set()
    for digest in manifests:
        manifest = content_on(connection, tenant, digest)
        if manifest is None:
            raise altered(f"the list of pack files {digest} is missing")
        files |= {file for _, _, file in read_manifest(manifest).files}
    return files
