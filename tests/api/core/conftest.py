"""Our packs, loaded once for all who compare with them."""

from __future__ import annotations

import pytest

from supportable.packs import PackSet, load_packs


@pytest.fixture(scope="session")
def packs() -> PackSet:
    return load_packs()
