"""The hash chain: what of an entry is hashed, and how. Pure: no database, no clock.

The hash of an entry is the SHA-256 of the hash before it and of the canonical JSON of all that the entry says. Who
asked and what the design is called are in it as the digest of both and of a random salt: so they can be erased later,
and the hash stays what it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Final

from supportable.document import canonical_json

START: Final = "0" * 64
"""What stands before the first entry of every chain."""

FORMAT: Final = 1

HASHED: Final = (
    "tenant",
    "sequence",
    "id",
    "kind",
    "recorded_at",
    "media_type",
    "design",
    "verdict",
    "packs",
    "as_of",
    "only",
    "status",
    "at_worst",
    "at_best",
    "engine",
    "version",
    "details",
    "personal",
)
"""The columns whose values a hash stands for."""

ERASED: Final = ("salt", "by", "name")
"""The columns that pruning empties; `personal` is their digest."""


def personal_digest(salt: str, by: str, name: str) -> str:
    """What `personal` must be while the three are still there."""
    return hashlib.sha256(canonical_json([salt, by, name])).hexdigest()


def hash_of(previous: str, row: Mapping[str, Any]) -> str:
    """The hash of the entry in `row`, which follows the entry with the hash `previous`.

    Raises TypeError for values that no entry has.
    """
    body = {column: row[column] for column in HASHED}
    return hashlib.sha256(canonical_json({"format": FORMAT, "previous": previous, "entry": body})).hexdigest()
