"""Whether what entries refer to is there, is what was stored, and is all there is."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, type_coerce
from sqlalchemy.engine import Connection
from sqlalchemy.types import NullType

from supportable.errors import LedgerError
from supportable.ledger.faults import Fault
from supportable.ledger.pack_contents import read_manifest
from supportable.ledger.packing import Packed, is_whole, unpack
from supportable.ledger.tables import contents, entries

_AT_ONCE = 50
_ROLES = {"design": entries.c.design, "verdict": entries.c.verdict, "packs": entries.c.packs}


def content_faults(connection: Connection, tenant: str) -> list[Fault]:
    """What is wrong with the contents of a tenant."""
    faults, there = _damaged(connection, tenant)
    wanted = _missing(connection, tenant, faults)
    files = _pack_files(connection, tenant, wanted["packs"], there, faults)
    needed = {*wanted["design"], *wanted["verdict"], *wanted["packs"], *files}
    faults += [
        Fault(tenant, None, "inserted", f"no entry speaks of the content {digest}")
        for digest in sorted(there - needed, key=str)
    ]
    return faults


def _damaged(connection: Connection, tenant: str) -> tuple[list[Fault], set[str]]:
    """What is not whole, and the digests of all there is."""
    # As the database has it: a value of another type must be seen, not refused on the way.
    packed = contents.c.packed if connection.dialect.name != "sqlite" else type_coerce(contents.c.packed, NullType())
    found = select(contents.c.digest, contents.c.size, packed.label("packed"), contents.c.seal)
    found = found.where(contents.c.tenant == tenant).order_by(contents.c.digest)
    faults: list[Fault] = []
    there: set[str] = set()
    for row in connection.execution_options(yield_per=_AT_ONCE).execute(found):
        there.add(row.digest)
        if not _whole(row):
            faults.append(Fault(tenant, None, "content", f"the content {row.digest} is not what was stored"))
    return faults, there


def _whole(row: Any) -> bool:
    if not isinstance(row.packed, (bytes, memoryview)) or not isinstance(row.size, int):
        return False
    try:
        return is_whole(Packed(row.digest, row.size, bytes(row.packed), row.seal))
    except (ValueError, TypeError):
        return False


def _missing(connection: Connection, tenant: str, faults: list[Fault]) -> dict[str, set[str]]:
    """What entries speak of, by the part it plays; what of it is missing is noted."""
    wanted: dict[str, set[str]] = {role: set() for role in _ROLES}
    for role, column in _ROLES.items():
        held = contents.c.digest.label("held")
        joined = entries.outerjoin(contents, (contents.c.tenant == tenant) & (contents.c.digest == column))
        found = select(entries.c.sequence, column.label("digest"), held).select_from(joined)
        found = found.where(entries.c.tenant == tenant, entries.c.pruned_by.is_(None), column != "")
        for row in connection.execution_options(yield_per=_AT_ONCE).execute(found.order_by(entries.c.sequence)):
            wanted[role].add(row.digest)
            if row.held is None:
                faults.append(Fault(tenant, row.sequence, "content", f"its {role} {row.digest} is missing"))
    return wanted


def _pack_files(
    connection: Connection, tenant: str, manifests: set[str], there: set[str], faults: list[Fault]
) -> set[str]:
    """The digests of all files that the manifests name; those that are missing are noted."""
    files: set[str] = set()
    for manifest in sorted(manifests & there):
        found = select(contents).where(contents.c.tenant == tenant, contents.c.digest == manifest)
        try:
            row = connection.execute(found).one()
            listed = read_manifest(unpack(bytes(row.packed), row.size)).files
        except (ValueError, TypeError, LedgerError):
            # That it is damaged was noted; what it names cannot be known.
            continue
        files |= {digest for _, _, digest in listed}
        faults += [
            Fault(tenant, None, "content", f"the pack file {name} ({digest}) is missing")
            for _, name, digest in listed
            if digest not in there
        ]
    return files
