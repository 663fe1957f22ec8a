"""API keys: a secret that is shown once, of which only the digest is kept. Each change of one is an entry of the chain,
so that nobody gives a key more than it was given."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import datetime
from hmac import compare_digest
from typing import Any, Final

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from supportable.document import canonical_json
from supportable.errors import Problem, UsageError
from supportable.ledger import codes
from supportable.ledger.appending import NO_VALUES, Record, add, lock, write_one
from supportable.ledger.database import Database
from supportable.ledger.ids import new_id
from supportable.ledger.limits import check_name, check_text
from supportable.ledger.model import KEY, KeyInfo
from supportable.ledger.tables import entries, keys
from supportable.ledger.times import read, written

SCHEME: Final = "spk"
"""What every secret begins with, so that it is known for one wherever it turns up: `spk_<prefix>_<rest>`."""

_LETTERS: Final = "23456789abcdefghjkmnpqrstuvwxyz"
_NO_DIGEST: Final = "-" * 64
NOBODY: Final = ("", "")
"""Who made and who revoked a key of which the chain says nothing."""


def create(
    database: Database, tenant: str, label: str, scopes: tuple[str, ...], *, expires: datetime | None, by: str
) -> tuple[KeyInfo, str]:
    """A new key and its secret."""
    check_text("caller", by, may_be_empty=True)
    check_name("tenant", tenant)
    check_text("label", label, may_be_empty=True)
    if not scopes or any(not scope or " " in scope for scope in scopes):
        raise UsageError([Problem(codes.BAD_RECORD, "a key has at least one scope, and no scope has spaces")])
    for scope in scopes:
        check_text("scope", scope)
    prefix = "".join(secrets.choice(_LETTERS) for _ in range(12))
    # 256 bits that nobody chose: a plain digest cannot be guessed back, and is cheap to make with each request.
    secret = f"{SCHEME}_{prefix}_{secrets.token_urlsafe(32)}"
    row = {
        "prefix": prefix,
        "tenant": tenant,
        "label": label,
        "scopes": " ".join(scopes),
        "secret_digest": _digest(secret),
        "created_at": written(database.clock()),
        "expires_at": None if expires is None else written(expires),
        "revoked_at": None,
    }
    id = new_id(database.clock())

    def work(connection: Connection) -> KeyInfo:
        connection.execute(insert(keys), [row])
        add(connection, database.clock, [_record(row, id, by)])
        return _info(row, (by, ""))

    return write_one(database, tenant, id, work, lambda _: _info(row, (by, ""))), secret


def find(database: Database, secret: str) -> KeyInfo | None:
    """The valid key with that secret."""
    scheme, _, rest = secret.partition("_")
    prefix = rest.partition("_")[0]
    row = None
    if scheme == SCHEME and len(prefix) == 12 and prefix.isascii() and prefix.isalnum():
        found = select(keys).where(keys.c.prefix == prefix)
        row = database.read(lambda connection: connection.execute(found).mappings().first())
    # Compared in any case, so that the time taken tells nothing of which keys there are.
    same = compare_digest(_digest(secret), _NO_DIGEST if row is None else row["secret_digest"])
    if row is None or not same:
        return None
    return _info(row) if _is_valid(row, written(database.clock())) else None


def any_valid(database: Database) -> bool:
    """Whether there is a key that would be accepted."""
    now = written(database.clock())
    found = select(keys).where(keys.c.revoked_at.is_(None), (keys.c.expires_at.is_(None)) | (keys.c.expires_at > now))
    return database.read(lambda connection: connection.execute(found.limit(1)).first()) is not None


def listed(database: Database, tenant: str | None) -> tuple[KeyInfo, ...]:
    """All keys of a tenant, or of all."""
    found = select(keys).order_by(keys.c.created_at, keys.c.prefix)
    if tenant is not None:
        found = found.where(keys.c.tenant == tenant)

    def work(connection: Connection) -> tuple[KeyInfo, ...]:
        rows = connection.execute(found).mappings().all()
        whose = _whose(connection, {row["tenant"] for row in rows})
        return tuple(_info(row, whose.get(row["prefix"], NOBODY)) for row in rows)

    return database.read(work)


def revoke(database: Database, tenant: str | None, prefix: str, *, by: str) -> KeyInfo | None:
    """Revoke a key."""
    check_text("caller", by, may_be_empty=True)
    found = select(keys).where(keys.c.prefix == prefix)
    if tenant is not None:
        found = found.where(keys.c.tenant == tenant)
    id = new_id(database.clock())

    def work(connection: Connection) -> KeyInfo | None:
        held = connection.execute(found).mappings().first()
        if held is None:
            return None
        # Now that the tenant is known: of two who revoke it at once the second finds it revoked.
        lock(connection, held["tenant"])
        row = dict(connection.execute(found).mappings().one())
        if row["revoked_at"] is None:
            row["revoked_at"] = written(database.clock())
            connection.execute(update(keys).where(keys.c.prefix == prefix).values(revoked_at=row["revoked_at"]))
            add(connection, database.clock, [_record(row, id, by)])
        return _info(row, _whose(connection, {row["tenant"]}).get(prefix, NOBODY))

    def done_before(connection: Connection) -> KeyInfo | None:
        held = connection.execute(found).mappings().first()
        if held is None:
            return None
        lock(connection, held["tenant"])
        stored = select(entries.c.sequence).where(entries.c.tenant == held["tenant"], entries.c.id == id)
        if connection.scalar(stored) is None:
            return None
        row = connection.execute(found).mappings().one()
        return _info(row, _whose(connection, {row["tenant"]}).get(prefix, NOBODY))

    return database.write(work, done_before=done_before)


def _record(row: dict[str, Any], id: str, by: str) -> Record:
    """What the chain says of a key: all that its row says."""
    values = {**NO_VALUES, "details": canonical_json(row).decode()}
    return Record(row["tenant"], id, KEY, by, "", values)


def _whose(connection: Connection, tenants: set[str]) -> dict[str, tuple[str, str]]:
    """Who made and who revoked each key, by its prefix, as the chains of these tenants say."""
    found = select(entries.c.details, entries.c.by).where(entries.c.tenant.in_(tenants), entries.c.kind == KEY)
    said: dict[str, tuple[str, str]] = {}
    for details, by in connection.execute(found.order_by(entries.c.tenant, entries.c.sequence)):
        try:
            row = json.loads(details)
            prefix, is_revoked = str(row["prefix"]), row["revoked_at"] is not None
        except (ValueError, TypeError, KeyError):
            # An altered entry: `verify` tells of it.
            continue
        made, revoked = said.get(prefix, NOBODY)
        said[prefix] = (made, by or "") if is_revoked else (by or "", revoked)
    return said


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def _is_valid(row: Any, now: str) -> bool:
    return row["revoked_at"] is None and (row["expires_at"] is None or now < row["expires_at"])


def _info(row: Any, whose: tuple[str, str] = NOBODY) -> KeyInfo:
    return KeyInfo(
        tenant=row["tenant"],
        prefix=row["prefix"],
        label=row["label"],
        scopes=tuple(row["scopes"].split(" ")),
        created_at=read(row["created_at"]),
        expires_at=None if row["expires_at"] is None else read(row["expires_at"]),
        revoked_at=None if row["revoked_at"] is None else read(row["revoked_at"]),
        created_by=whose[0],
        revoked_by=whose[1],
    )
