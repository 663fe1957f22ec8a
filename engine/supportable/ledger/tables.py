"""The tables as this version knows them. `migrations` makes them; a test holds the two together.

Times are text, `2026-11-23T07:36:38.000001Z`, days too: so both databases keep the same bytes, and the chain hashes
what is stored.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeEngine

WHOLE: Final[TypeEngine[int]] = BigInteger().with_variant(Integer(), "sqlite")
"""64 bits on either database; SQLite has but the one type."""

WORDS: Final[TypeEngine[str]] = Text().with_variant(Text(collation="C"), "postgresql")
"""Text in order of its code points, whatever the locale of the database."""

VERSION_TABLE: Final = "ledger_version"

metadata: Final = MetaData()

heads: Final = Table(
    "ledger_heads",
    metadata,
    Column("tenant", WORDS, nullable=False),
    Column("sequence", WHOLE, nullable=False),
    Column("hash", WORDS, nullable=False),
    PrimaryKeyConstraint("tenant", name="ledger_heads_pk"),
)
"""The end of each tenant's chain; its row is what writers of one tenant wait for."""

entries: Final = Table(
    "ledger_entries",
    metadata,
    Column("tenant", WORDS, nullable=False),
    Column("sequence", WHOLE, nullable=False),
    Column("id", WORDS, nullable=False),
    Column("kind", WORDS, nullable=False),
    Column("recorded_at", WORDS, nullable=False),
    Column("media_type", WORDS, nullable=False),
    Column("design", WORDS, nullable=False),
    Column("verdict", WORDS, nullable=False),
    Column("packs", WORDS, nullable=False),
    Column("as_of", WORDS),
    Column("only", WORDS),
    Column("status", WORDS, nullable=False),
    Column("at_worst", WORDS, nullable=False),
    Column("at_best", WORDS, nullable=False),
    Column("engine", WORDS, nullable=False),
    Column("version", WHOLE),
    Column("details", WORDS, nullable=False),
    Column("personal", WORDS, nullable=False),
    Column("salt", WORDS),
    Column("by", WORDS),
    Column("name", WORDS),
    Column("pruned_by", WHOLE),
    Column("previous", WORDS, nullable=False),
    Column("hash", WORDS, nullable=False),
    PrimaryKeyConstraint("tenant", "sequence", name="ledger_entries_pk"),
    UniqueConstraint("tenant", "id", name="ledger_entries_id"),
)
"""The chains. Nothing here is ever changed but by pruning, which empties salt, by and name and sets pruned_by."""

Index("ledger_entries_by_name", entries.c.tenant, entries.c.kind, entries.c.name, entries.c.sequence)
Index("ledger_entries_by_design", entries.c.tenant, entries.c.design)
Index("ledger_entries_by_verdict", entries.c.tenant, entries.c.verdict)

contents: Final = Table(
    "ledger_contents",
    metadata,
    Column("tenant", WORDS, nullable=False),
    Column("digest", WORDS, nullable=False),
    Column("size", WHOLE, nullable=False),
    Column("packed", LargeBinary, nullable=False),
    Column("seal", WORDS, nullable=False),
    PrimaryKeyConstraint("tenant", "digest", name="ledger_contents_pk"),
)
"""Designs, verdicts, pack files and their manifests by digest, each once for each tenant that has it."""

keys: Final = Table(
    "ledger_keys",
    metadata,
    Column("prefix", WORDS, nullable=False),
    Column("tenant", WORDS, nullable=False),
    Column("label", WORDS, nullable=False),
    Column("scopes", WORDS, nullable=False),
    Column("secret_digest", WORDS, nullable=False),
    Column("created_at", WORDS, nullable=False),
    Column("expires_at", WORDS),
    Column("revoked_at", WORDS),
    PrimaryKeyConstraint("prefix", name="ledger_keys_pk"),
)
"""API keys; of the secret only its digest is here."""

requests: Final = Table(
    "ledger_requests",
    metadata,
    Column("tenant", WORDS, nullable=False),
    Column("key", WORDS, nullable=False),
    Column("request_digest", WORDS, nullable=False),
    Column("expires_at", WORDS, nullable=False),
    Column("status", WHOLE),
    Column("headers", WORDS),
    Column("body", LargeBinary),
    PrimaryKeyConstraint("tenant", "key", name="ledger_requests_pk"),
)
"""Idempotency keys: claimed while `status` is null, answered after. Working state: it is no part of the chain."""

Index("ledger_requests_by_expiry", requests.c.expires_at)
