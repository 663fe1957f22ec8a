"""API keys of the database, as callers."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from supportable.ledger import KeyInfo, Ledger
from supportable_api.auth.caller import SCOPES, Caller
from supportable_api.auth.refusals import unaccepted

PREFIX: Final = "spk_"
"""What every API key begins with, so that it is known for one wherever it turns up."""

REMEMBERED: Final = 5.0
"""Seconds for which a key that was found is not looked up again: so long a revoked one may still be accepted."""

_MOST: Final = 1024
_MOST_CHARACTERS: Final = 200


class KeyRing:
    """The keys of one ledger. What was found is remembered for `REMEMBERED` seconds; what was not, never."""

    def __init__(self, ledger: Ledger, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._ledger = ledger
        self._clock = clock
        self._found: OrderedDict[bytes, tuple[KeyInfo, float]] = OrderedDict()

    async def caller(self, secret: str) -> Caller:
        """Who holds this key. Raises Refused (401): it is unknown, expired or revoked, and nobody is told which."""
        if len(secret) > _MOST_CHARACTERS:
            raise unaccepted()
        # By digest, so that no dictionary compares secrets letter by letter and none lies about in memory.
        digest = hashlib.sha256(secret.encode()).digest()
        info, until = self._found.get(digest, (None, 0.0))
        if info is None or self._clock() >= until:
            info = await asyncio.to_thread(self._ledger.find_key, secret)
            self._remember(digest, info)
        if info is None or (info.expires_at is not None and datetime.now(UTC) >= info.expires_at):
            raise unaccepted()
        return Caller(info.tenant, f"key:{info.prefix}", frozenset(scope for scope in SCOPES if scope in info.scopes))

    def _remember(self, digest: bytes, info: KeyInfo | None) -> None:
        self._found.pop(digest, None)
        if info is not None:
            self._found[digest] = (info, self._clock() + REMEMBERED)
            if len(self._found) > _MOST:
                self._found.popitem(last=False)
