"""One application in this process, and one real server; both with a ledger of their own, kept for a whole module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from supportable_api import Settings, create_app
from tests.api.in_process import serving
from tests.api.running import running


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Override in a module that needs others."""
    return Settings(database=f"sqlite:///{tmp_path_factory.mktemp('ledger') / 'ledger.db'}")


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[httpx.Client]:
    """A client of a real application in this process."""
    with serving(create_app(settings)) as made:
        yield made


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Iterator[str]:
    """The address of a real server, with a database beside that of `client`."""
    folder: Path = tmp_path_factory.mktemp("server")
    with running(create_app(settings.with_options(database=f"sqlite:///{folder / 'ledger.db'}"))) as address:
        yield address
