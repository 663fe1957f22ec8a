"""Which step a database is at, and how it comes to another. One transaction: all of it happens, or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

from supportable.errors import LedgerError, Problem
from supportable.ledger import codes
from supportable.ledger.database import Database
from supportable.ledger.tables import VERSION_TABLE

NEWEST: Final = "0003"
"""The step that this version of the engine works with."""

NOTHING: Final = ""
"""The step of a database without a ledger."""

_STEPS: Final = Path(__file__).parent / "migrations"
_LOCK: Final = 0x7375_7070_6C65_6467
"""A number for PostgreSQL's advisory lock: one process migrates, the others wait."""


def step_of(database: Database) -> str:
    """The step that the database is at, NOTHING if it holds no ledger. Raises LedgerError if it cannot be read."""
    return database.read(_step)


def _step(connection: Connection) -> str:
    if not inspect(connection).has_table(VERSION_TABLE):
        return NOTHING
    return connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}")) or NOTHING


def migrate(database: Database, to: str = NEWEST) -> bool:
    """Bring the database to a step, up or down; going down drops what later steps brought. Whether anything was done.

    Raises LedgerError if the database is of a later version than this, or cannot be written.
    """
    if to == NEWEST and step_of(database) == NEWEST:
        return False
    with database.writing() as connection:
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        # Once more: another process may have been first.
        step = _step(connection)
        if step == to:
            return False
        _refuse_later(step, database)
        _walk(connection, step, to)
    return True


def check_step(database: Database) -> None:
    """Raises LedgerError if the database is not at the newest step."""
    step = step_of(database)
    if step != NEWEST:
        _refuse_later(step, database)
        what = "holds no ledger yet" if step == NOTHING else "is of an earlier version"
        message = f"the database {what} ({database.shown})"
        raise LedgerError([Problem(codes.DATABASE_IS_OLDER, message, hint="run: supportable ledger upgrade")])


def _refuse_later(step: str, database: Database) -> None:
    if step > NEWEST:
        message = f"the database was written by a later version of supportable: step {step} ({database.shown})"
        raise LedgerError([Problem(codes.DATABASE_IS_NEWER, message, hint="install that version, or a later one")])


def _walk(connection: Connection, step: str, to: str) -> None:
    # Only here: most processes find their database ready, and Alembic is slow to load.
    from alembic import command  # noqa: PLC0415  see above
    from alembic.config import Config  # noqa: PLC0415  see above

    config = Config()
    config.set_main_option("script_location", str(_STEPS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    if to > step:
        command.upgrade(config, to)
    else:
        command.downgrade(config, to or "base")
