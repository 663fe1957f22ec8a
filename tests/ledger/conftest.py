"""Every test of the ledger runs on both databases: SQLite, and a real PostgreSQL."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from supportable.ledger import Ledger, open_ledger
from tests.ledger.postgresql import REQUIRED, Server, binaries

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A server, with a template `migrated` that holds an empty ledger."""
    programs = binaries()
    if programs is None:
        reason = "PostgreSQL is not installed (apt-get install postgresql): half of the ledger's tests are not run"
        if os.environ.get(REQUIRED):
            pytest.fail(reason)
        pytest.skip(reason)
    server = Server(programs)
    server.start()
    try:
        server.execute("CREATE DATABASE migrated TEMPLATE template0")
        open_ledger(server.address("migrated")).close()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with an empty ledger."""
    path = tmp_path_factory.mktemp("migrated") / "ledger.db"
    open_ledger(f"sqlite:///{path}").close()
    return path


@pytest.fixture(params=DATABASES)
def kind(request: pytest.FixtureRequest) -> str:
    """Which database."""
    return str(request.param)


@pytest.fixture
def fresh(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes a database without any table, and answers its address."""
    made: list[str] = []

    def make() -> str:
        made.append("")
        if kind == "sqlite":
            return f"sqlite:///{tmp_path / f'fresh-{len(made)}.db'}"
        server: Server = request.getfixturevalue("postgresql")
        return server.database()

    return make


@pytest.fixture
def address(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database with an empty ledger."""
    if kind == "sqlite":
        shutil.copy(request.getfixturevalue("migrated"), tmp_path / "ledger.db")
        return f"sqlite:///{tmp_path / 'ledger.db'}"
    server: Server = request.getfixturevalue("postgresql")
    return server.emptied(request.getfixturevalue("shared"))


@pytest.fixture(scope="session")
def shared(postgresql: Server) -> str:
    """A database that one test after the other uses, emptied between them: to make one for each takes a second."""
    return postgresql.database("migrated")


@pytest.fixture
def ledger(address: str) -> Iterator[Ledger]:
    """An empty ledger."""
    with open_ledger(address) as opened:
        yield opened
