"""Answers to requests by their idempotency keys, so that a request that is sent twice is done once."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection

from supportable.ledger.appending import ignoring
from supportable.ledger.database import Database
from supportable.ledger.limits import check_name, check_text
from supportable.ledger.model import Claim, Remembered
from supportable.ledger.tables import requests
from supportable.ledger.times import written


def claim(database: Database, tenant: str, key: str, digest: str, *, lease: timedelta) -> Claim:
    """Claim a key, or learn what became of it."""
    check_name("tenant", tenant)
    check_text("key", key)

    def work(connection: Connection) -> Claim:
        now = database.clock()
        # What is over makes room for itself; a claim whose process died does too.
        connection.execute(delete(requests).where(*_at(tenant, key), requests.c.expires_at <= written(now)))
        row = {
            "tenant": tenant,
            "key": key,
            "request_digest": digest,
            "expires_at": written(now + lease),
            "status": None,
            "headers": None,
            "body": None,
        }
        if ignoring(connection, requests, [row]) == 1:
            return Claim("yours")
        held = connection.execute(select(requests).where(*_at(tenant, key))).mappings().first()
        if held is None:
            # Whoever had it gave it back in this very moment: whoever asks again gets it.
            return Claim("running")
        if held["request_digest"] != digest:
            return Claim("other")
        return Claim("running") if held["status"] is None else Claim("done", _answer(held))

    return database.write(work)


def remember(database: Database, tenant: str, key: str, answer: Remembered, ttl: timedelta) -> None:
    """Keep the answer to a request."""
    values = {
        "request_digest": answer.request_digest,
        "expires_at": written(database.clock() + ttl),
        "status": answer.status,
        "headers": json.dumps(answer.headers, ensure_ascii=False),
        "body": answer.body,
    }

    def work(connection: Connection) -> None:
        ignoring(connection, requests, [{"tenant": tenant, "key": key, **values}])
        same = requests.c.request_digest == answer.request_digest
        connection.execute(update(requests).where(*_at(tenant, key), same).values(values))

    database.write(work)


def recall(database: Database, tenant: str, key: str) -> Remembered | None:
    """The answer kept under a key."""
    found = select(requests).where(
        *_at(tenant, key), requests.c.status.is_not(None), requests.c.expires_at > written(database.clock())
    )
    row = database.read(lambda connection: connection.execute(found).mappings().first())
    return None if row is None else _answer(row)


def release(database: Database, tenant: str, key: str) -> None:
    """Give a claimed key back."""
    given = delete(requests).where(*_at(tenant, key), requests.c.status.is_(None))
    database.write(lambda connection: connection.execute(given).close())


def forget(database: Database) -> int:
    """Drop what is over."""
    over = delete(requests).where(requests.c.expires_at <= written(database.clock()))
    return database.write(lambda connection: connection.execute(over).rowcount)


def _at(tenant: str, key: str) -> tuple[Any, Any]:
    return (requests.c.tenant == tenant, requests.c.key == key)


def _answer(row: Any) -> Remembered:
    return Remembered(row["request_digest"], row["status"], json.loads(row["headers"]), bytes(row["body"]))
