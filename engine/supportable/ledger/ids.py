"""Names for entries: UUIDs of version 7, so that they sort roughly by time. Nothing relies on that order."""

from __future__ import annotations

import secrets
import uuid
from datetime import datetime


def new_id(now: datetime) -> str:
    """A new name, as in 01936c1e-7d3a-7c52-9a51-3f2b8f6a1c44."""
    milliseconds = max(0, int(now.timestamp() * 1000)) & ((1 << 48) - 1)
    value = milliseconds << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=value))
