"""A real server for all of these tests, and both clients of it behind one face."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from anyio.from_thread import start_blocking_portal

from supportable.client import AsyncClient, Client
from supportable_api import Settings, create_app
from tests.api.running import running
from tests.client.in_turn import InTurn


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the server is."""
    folder: Path = tmp_path_factory.mktemp("server")
    with running(create_app(Settings(database=f"sqlite:///{folder / 'ledger.db'}", deadline=120.0))) as found:
        yield found


@pytest.fixture(scope="session")
def plain(address: str) -> Iterator[Client]:
    """The client that waits."""
    with Client(address) as client:
        yield client


@pytest.fixture(params=["waiting", "awaited"])
def client(request: pytest.FixtureRequest, address: str) -> Iterator[Client]:
    """Either client; the awaited one looks like the other."""
    if request.param == "waiting":
        with Client(address) as client:
            yield client
        return
    with start_blocking_portal() as portal:
        awaited = AsyncClient(address)
        yield InTurn(portal, awaited).as_client()
        portal.call(awaited.close)
