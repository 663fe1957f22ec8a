"""Which database a text names."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from supportable.errors import Problem, UsageError
from supportable.ledger import codes

VARIABLE: Final = "SUPPORTABLE_DATABASE"
"""The environment variable that names the database."""

_DRIVERS: Final = {
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
}
_HINT: Final = "such as sqlite:////var/lib/supportable/ledger.db or postgresql://user@host/name"


def database_url(text: str) -> URL:
    """The address of a database: `sqlite:///path` (relative), `sqlite:////path` (absolute), `postgresql://…`.

    Raises UsageError for anything else, a SQLite database in memory included; no password is in its words.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise UsageError([Problem(codes.BAD_DATABASE, "this names no database", hint=_HINT)]) from None
    driver = _DRIVERS.get(url.drivername)
    if driver is None:
        message = f"there is no ledger on “{url.drivername}”; it is kept in SQLite or PostgreSQL"
        raise UsageError([Problem(codes.BAD_DATABASE, message, hint=_HINT)])
    url = url.set(drivername=driver)
    if driver == "sqlite":
        if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
            message = "a ledger in memory would forget everything; name a file"
            raise UsageError([Problem(codes.BAD_DATABASE, message, hint=_HINT)])
    elif not url.database:
        raise UsageError([Problem(codes.BAD_DATABASE, "the name of the database is missing", hint=_HINT)])
    return url


def default_database(environ: Mapping[str, str] = os.environ) -> str:
    """The database that is meant where none is named: that of SUPPORTABLE_DATABASE, else a SQLite file `ledger.db` in
    the folder `supportable` of the user's data folder ($XDG_DATA_HOME, or ~/.local/share)."""
    named = environ.get(VARIABLE, "")
    if named:
        return named
    base = environ.get("XDG_DATA_HOME", "")
    folder = Path(base) if base.startswith("/") else Path.home() / ".local" / "share"
    return f"sqlite:///{folder / 'supportable' / 'ledger.db'}"
