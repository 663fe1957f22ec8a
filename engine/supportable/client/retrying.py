"""When to try again, and how long to wait before."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

import httpx

from supportable.client.calls import Call
from supportable.client.errors import retry_after

BUSY: Final = frozenset((429, 503))
"""Nothing was done: the service had too much to do."""
UNDER_WAY: Final = 409
"""With Retry-After: an earlier request with the same idempotency key has not ended yet."""


@dataclass(frozen=True, slots=True)
class Retries:
    """How often a call is tried in all (from 1), and how long it may wait, in seconds, before any one try.

    Where the service says how long to wait, that counts; if it asks for longer than `longest`, its refusal is raised.
    Else the wait doubles from `first` on, less a random part, so that many clients do not come back together.
    """

    tries: int = 4
    first: float = 0.25
    longest: float = 30.0

    def wait_after(self, answer: httpx.Response, tried: int) -> float | None:
        """Seconds to wait before the next try after `tried` ones ended in `answer`; None to leave it at that."""
        asked = retry_after(answer)
        busy = answer.status_code in BUSY or (answer.status_code == UNDER_WAY and asked is not None)
        if not busy or tried >= self.tries:
            return None
        if asked is None:
            return self._wait(tried)
        return asked if asked <= self.longest else None

    def wait_after_silence(self, call: Call[object], tried: int) -> float | None:
        """The same where no answer came: tried again only if doing it twice is as good as doing it once."""
        return self._wait(tried) if call.repeatable and tried < self.tries else None

    def _wait(self, tried: int) -> float:
        longest = min(self.longest, self.first * (1 << (tried - 1)))
        return longest * random.uniform(0.5, 1.0)
