"""A service that takes its time: a busy machine is no defect, and what takes too long has tests of its own."""

from __future__ import annotations

import pytest

from supportable_api import Settings


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """As ever, with a deadline that nothing here comes near."""
    return Settings(database=f"sqlite:///{tmp_path_factory.mktemp('ledger') / 'ledger.db'}", deadline=120.0)
