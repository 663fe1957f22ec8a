"""Step by step, up and down, with data in the tables; all of a step or nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

import supportable.ledger
from supportable.errors import LedgerError, UsageError
from supportable.ledger import Entry, Ledger, Remembered, open_ledger
from supportable.ledger.database import Database
from supportable.ledger.migrate import NEWEST, NOTHING, migrate, step_of
from supportable.ledger.tables import VERSION_TABLE, metadata
from tests.ledger.evaluations import evaluation
from tests.ledger.postgresql import Server

STEPS = ("0001", "0002", "0003")


@pytest.fixture
def address(kind: str, address: str, request: pytest.FixtureRequest) -> str:
    """A database of the test's own, as it changes the tables."""
    if kind == "sqlite":
        return address
    server: Server = request.getfixturevalue("postgresql")
    return server.database("migrated")


def test_the_newest_step_is_the_last_there_is() -> None:
    steps = ScriptDirectory(str(Path(supportable.ledger.__path__[0]) / "migrations"))
    assert [step.revision for step in steps.walk_revisions()] == list(reversed(STEPS))
    assert steps.get_heads() == [NEWEST]


def test_the_steps_make_the_tables_that_the_code_knows(address: str) -> None:
    database = Database(address)
    with database.reading() as connection:
        options = {"version_table": VERSION_TABLE, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
    database.close()


def fill(ledger: Ledger) -> tuple[list[Entry], str]:
    made = [ledger.append(tenant, evaluation(f"{number}")) for number in range(3) for tenant in ("acme", "other")]
    ledger.put_design("acme", "sql", b"{}", "application/json", by="me")
    _, secret = ledger.create_key("acme", "ci", ("read",))
    ledger.claim("acme", "key", "digest")
    ledger.remember("acme", "key", Remembered("digest", 201, {}, b"answer"))
    return made, secret


@pytest.mark.parametrize("down_to", ["0002", "0001"])
def test_going_down_and_up_again_keeps_what_the_lower_step_has(address: str, down_to: str) -> None:
    with open_ledger(address) as ledger:
        made, secret = fill(ledger)
        heads = ledger.heads()
    database = Database(address)
    assert migrate(database, down_to)
    assert step_of(database) == down_to
    database.close()
    with open_ledger(address) as ledger:
        kept = down_to == "0002"
        # Nothing but the keys is missing, and that is told.
        faults = ledger.verify(expect=[head.hash for head in heads])
        assert [(fault.tenant, fault.kind) for fault in faults] == ([] if kept else [("acme", "removed")])
        assert [ledger.entry(entry.tenant, entry.id) for entry in made] == made
        assert ledger.content("acme", made[0].design) is not None
        # What a lower step does not have is gone.
        assert ledger.recall("acme", "key") is None
        assert (ledger.find_key(secret) is not None) == kept
        ledger.append("acme", evaluation("after"))
        assert ledger.verify() == faults


def test_every_step_up_keeps_what_is_there(fresh: Callable[[], str]) -> None:
    address = fresh()
    database = Database(address)
    migrate(database, "0001")
    database.close()
    # What needs later tables is not touched by these.
    unmigrated = Ledger(Database(address))
    made = [unmigrated.append("acme", evaluation(f"{number}")) for number in range(3)]
    unmigrated.close()
    for step in STEPS[1:]:
        database = Database(address)
        assert migrate(database, step)
        assert not migrate(database, step)
        database.close()
        with Ledger(Database(address)) as ledger:
            assert ledger.verify(expect=[made[-1].hash]) == []
            assert list(ledger.entries("acme").items) == made[::-1]


def test_down_to_nothing_and_up_is_an_empty_ledger(address: str) -> None:
    with open_ledger(address) as ledger:
        fill(ledger)
    database = Database(address)
    migrate(database, NOTHING)
    assert step_of(database) == NOTHING
    with database.reading() as connection:
        assert inspect(connection).get_table_names() == [VERSION_TABLE]
    database.close()
    with open_ledger(address) as ledger:
        assert ledger.heads() == ()
        ledger.append("acme", evaluation())
        assert ledger.verify() == []


def test_a_step_that_fails_changes_nothing(fresh: Callable[[], str]) -> None:
    database = Database(fresh())
    migrate(database, "0001")
    with database.writing() as connection:
        # In the way of the third step; the second, in the same run, has nothing in its way.
        connection.execute(text("CREATE TABLE ledger_requests (other INTEGER)"))
    with pytest.raises(LedgerError):
        migrate(database)
    assert step_of(database) == "0001"
    with database.reading() as connection:
        assert not inspect(connection).has_table("ledger_keys")
    database.close()


def test_a_database_of_a_later_version_is_left_alone(address: str) -> None:
    database = Database(address)
    with database.writing() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    database.close()
    for may_migrate in (True, False):
        with pytest.raises(LedgerError) as caught:
            open_ledger(address, migrate=may_migrate)
        assert caught.value.problems[0].code == "SUP746"


def test_a_database_that_is_behind_is_not_brought_up_unasked(address: str) -> None:
    database = Database(address)
    migrate(database, "0002")
    with pytest.raises(LedgerError) as caught:
        open_ledger(address, migrate=False)
    assert caught.value.problems[0].code == "SUP747"
    assert step_of(database) == "0002"
    database.close()


def test_a_database_without_a_ledger_is_not_given_one_unasked(fresh: Callable[[], str], kind: str) -> None:
    address = fresh()
    with pytest.raises((LedgerError, UsageError)) as caught:
        open_ledger(address, migrate=False)
    assert caught.value.problems[0].code == {"sqlite": "SUP730", "postgresql": "SUP747"}[kind]
    if kind == "sqlite":
        assert not Path(address.removeprefix("sqlite:///")).exists()


def test_many_may_open_a_new_database_at_once(fresh: Callable[[], str]) -> None:
    address = fresh()
    failures: list[BaseException] = []
    start = threading.Barrier(4)

    def use(number: int) -> None:
        start.wait()
        try:
            with open_ledger(address) as ledger:
                ledger.append("acme", evaluation(f"{number}"))
        except LedgerError as error:
            failures.append(error)

    threads = [threading.Thread(target=use, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with open_ledger(address) as ledger:
        assert len(ledger.entries("acme").items) == 4
        assert ledger.verify() == []
