"""Which database is meant, and that nothing tells its password."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from supportable.errors import LedgerError, UsageError
from supportable.ledger import default_database, open_ledger
from supportable.ledger.database import Database
from supportable.ledger.urls import database_url


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_goes_by_every_name_people_give_it(scheme: str) -> None:
    url = database_url(f"{scheme}://user:secret@host:5433/name?sslmode=require")
    assert url.drivername == "postgresql+psycopg"
    assert (url.username, url.host, url.port, url.database) == ("user", "host", 5433, "name")


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "nonsense",
        "ledger.db",
        "mysql://user:secret@host/name",
        "postgresql+asyncpg://user:secret@host/name",
        "postgresql://user:secret@host",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:x?mode=memory&uri=true",
    ],
)
def test_anything_else_is_refused_without_its_password(wrong: str) -> None:
    with pytest.raises(UsageError) as caught:
        database_url(wrong)
    assert [problem.code for problem in caught.value.problems] == ["SUP730"]
    assert "secret" not in str(caught.value)


def test_the_default_is_a_variable_else_a_file_of_the_user(tmp_path: Path) -> None:
    assert default_database({"SUPPORTABLE_DATABASE": "postgresql://host/name"}) == "postgresql://host/name"
    named = default_database({"XDG_DATA_HOME": str(tmp_path)})
    assert named == f"sqlite:///{tmp_path}/supportable/ledger.db"
    open_ledger(named).close()
    assert (tmp_path / "supportable" / "ledger.db").exists()


def test_a_new_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with open_ledger(f"sqlite:///{path}") as ledger:
        ledger.create_key("acme", "ci", ("read",))
        modes = {found.name: stat.S_IMODE(found.stat().st_mode) for found in tmp_path.iterdir()}
    assert modes == {"ledger.db": 0o600, "ledger.db-wal": 0o600, "ledger.db-shm": 0o600}


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        open_ledger(f"sqlite:///{tmp_path}/missing/ledger.db")
    assert "No such file or directory" in str(caught.value)


def test_a_file_that_is_no_database_is_said_so_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes(b"something else entirely, and long enough to be looked at" * 50)
    content = path.read_bytes()
    with pytest.raises(LedgerError) as caught:
        open_ledger(f"sqlite:///{path}")
    assert caught.value.problems[0].code == "SUP744"
    assert path.read_bytes() == content


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(LedgerError) as caught:
        open_ledger(f"sqlite:///{tmp_path}", patience=0.1)
    assert caught.value.problems[0].code == "SUP740"


def test_no_password_is_shown() -> None:
    database = Database("postgresql://user:secret@127.0.0.1:1/name?password=secret&sslpassword=secret", patience=0.1)
    assert "secret" not in repr(database) + database.shown
    with pytest.raises(LedgerError) as caught:
        database.read(lambda connection: connection)
    database.close()
    assert caught.value.problems[0].code == "SUP740"
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_server_that_is_not_there_is_said_so() -> None:
    with pytest.raises(LedgerError) as caught:
        open_ledger("postgresql://user:secret@127.0.0.1:1/name", patience=0.1)
    assert caught.value.problems[0].code == "SUP740"
    assert "secret" not in str(caught.value)
