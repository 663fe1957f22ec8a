from __future__ import annotations

import pytest

from supportable import PackSet, load_packs


@pytest.fixture(scope="session")
def packs() -> PackSet:
    """The shipped packs."""
    return load_packs()
