"""No test writes to, or reads from, the cache of whoever runs it."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Packs are loaded anew."""
    monkeypatch.setenv("SUPPORTABLE_NO_CACHE", "1")
