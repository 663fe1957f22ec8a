"""The database: connections as a ledger needs them, transactions to read and to write, and failures in our words."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, Connection, Engine
from sqlalchemy.exc import DataError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import QueuePool

from supportable.errors import LedgerError, Problem, UsageError
from supportable.ledger import codes
from supportable.ledger.failures import failure_of, is_lost, is_passing, uncertain
from supportable.ledger.times import Clock, utc_now
from supportable.ledger.urls import database_url

Result = TypeVar("Result")

BUSY_SECONDS: Final = 30.0
"""How long a writer waits for another process to finish."""

_LOG: Final = "wal_autocheckpoint = 4000"
"""Pages of SQLite's log, 16 MB, before they are moved into the file. At the usual 1000 one append in fifty waits."""

_WRITES: Final = "supportable_writes"
_FIRST_WAIT: Final = 0.02
_LONGEST_WAIT: Final = 0.5


class Database:
    """A SQLite file or a PostgreSQL database; safe to use from several threads.

    `clock` is what entries are dated by. `patience` is for how many seconds what fails because the connection is lost
    is tried again. Without `make`, a SQLite file that is not there is not made.
    """

    def __init__(
        self,
        text: str,
        *,
        clock: Clock = utc_now,
        patience: float = 5.0,
        connections: int = 16,
        make: bool = True,
    ) -> None:
        self.clock = clock
        self.url = database_url(text)
        self.patience = patience
        self.is_sqlite = self.url.drivername == "sqlite"
        if self.is_sqlite:
            _make_private(Path(self.url.database or ""), make=make)
        self.engine = _sqlite(self.url, connections) if self.is_sqlite else _postgresql(self.url, connections)

    def __repr__(self) -> str:
        return f"Database({self.shown!r})"

    @property
    def shown(self) -> str:
        """The address without its password."""
        return self.url.set(query={}).render_as_string(hide_password=True)

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the database until it is given back. Raises LedgerError."""
        with self._told():
            # PostgreSQL else shows to each statement what was committed before it.
            level = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
            with self.engine.connect().execution_options(**level) as connection, connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection in a transaction that is committed, durably, on leaving. Raises LedgerError; nothing of it is
        stored then, unless the connection was lost while it was being committed."""
        with (
            self._told(),
            self.engine.connect().execution_options(**{_WRITES: True}) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def inspecting(self) -> Iterator[Connection]:
        """The same, for rows that may hold anything: text that is none is read all the same, with surrogates in it."""
        with self.reading() as connection:
            held: Any = connection.connection.driver_connection
            if not self.is_sqlite:
                yield connection
                return
            held.text_factory = _any_text
            try:
                yield connection
            finally:
                held.text_factory = str

    def damage(self, connection: Connection) -> list[str]:
        """What the database itself finds wrong with its file: SQLite only, PostgreSQL looks after its own."""
        if not self.is_sqlite:
            return []
        found = connection.exec_driver_sql("PRAGMA integrity_check(10)").scalars().all()
        return [str(each) for each in found if each != "ok"]

    def take_in_log(self) -> None:
        """Have SQLite move what is in its log into its file and empty the log, which else holds what was erased."""
        if not self.is_sqlite:
            return
        with self._told():
            held = self.engine.raw_connection()
            try:
                cursor = held.cursor()
                # Where others read meanwhile it does what it can, and raises nothing.
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                cursor.fetchall()
                cursor.close()
            finally:
                held.close()

    def read(self, work: Callable[[Connection], Result]) -> Result:
        """What `work` finds; once more if the connection is lost. Raises LedgerError."""

        def once() -> Result:
            with self.reading() as connection:
                return work(connection)

        return self._patiently(once)

    def write(
        self,
        work: Callable[[Connection], Result],
        *,
        done_before: Callable[[Connection], Result | None] | None = None,
    ) -> Result:
        """What `work` answers after it was committed.

        If the connection is lost it is tried again, as then nothing of it may have been stored, or all of it:
        `done_before` finds that out, answering None if nothing was. Without it nothing is tried twice. Raises
        LedgerError: LedgerUncertain if the connection was lost once `work` was begun and it could not be found out what
        became of it, else nothing is stored.
        """
        lost = False

        def once() -> Result:
            nonlocal lost
            begun = False
            try:
                with self.writing() as connection:
                    if lost and done_before is not None:
                        known = done_before(connection)
                        if known is not None:
                            return known
                        lost = False
                    begun = True
                    return work(connection)
            except LedgerError as error:
                lost = lost or (begun and is_lost(error))
                raise

        try:
            return self._patiently(once) if done_before is not None else once()
        except LedgerError as error:
            # Whatever ended the last try: what was lost in one before may be stored.
            raise (uncertain(error) if lost else error) from None

    def _patiently(self, once: Callable[[], Result]) -> Result:
        until = time.monotonic() + self.patience
        wait = _FIRST_WAIT
        while True:
            try:
                return once()
            except LedgerError as error:
                if not is_passing(error) or time.monotonic() + wait > until:
                    raise
            time.sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Inside, what the database raises becomes a LedgerError without statements, values or passwords, and what it
        cannot be asked a UsageError."""
        try:
            yield
        except PoolTimeout:
            message = "no connection to the database became free"
            raise failure_of(None, message, codes.DATABASE_BUSY, self.shown) from None
        except (UnicodeEncodeError, OverflowError, DataError):
            # No fault of the database's: it can neither keep such a value nor look for it.
            message = "what is asked for has characters that are no text, or a number that is too large"
            raise UsageError([Problem(codes.BAD_RECORD, message)]) from None
        except DBAPIError as error:
            raise failure_of(error, "", "", self.shown) from None


def _any_text(stored: bytes) -> str:
    return stored.decode(errors="surrogateescape")


def _sqlite(url: URL, connections: int) -> Engine:
    engine = create_engine(
        url.set(query={}),
        poolclass=QueuePool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=BUSY_SECONDS,
        hide_parameters=True,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
    )

    def on_connect(connection: Any, record: object) -> None:
        del record
        # Transactions are begun by `on_begin`, not by the driver's guess at what a statement does.
        connection.isolation_level = None
        cursor = connection.cursor()
        try:
            # FULL: what is committed is on the disk before anyone is told. WAL: readers do not wait for writers.
            # What is deleted is overwritten: retention means erasing.
            for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", _LOG):
                cursor.execute(f"PRAGMA {pragma}")
                cursor.fetchall()
        finally:
            cursor.close()

    def on_begin(connection: Connection) -> None:
        # A transaction that begins with reading and then writes could find that another wrote in between.
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)
    return engine


def _make_private(path: Path, *, make: bool) -> None:
    """Make the file if it is not there, for its owner only: designs and digests of keys will be in it."""
    if path.exists():
        return
    if not make:
        message = f"there is no database {path}"
        hint = "name another with --database or SUPPORTABLE_DATABASE, or make one: supportable ledger upgrade"
        raise UsageError([Problem(codes.BAD_DATABASE, message, hint=hint)])
    try:
        if path.parent.name == "supportable":
            # Our own folder among the user's data is made; any other that is missing is more likely a slip.
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        message = f"the database {path} cannot be made: {error.strerror or error}"
        hint = "its folder must exist, and be writable"
        raise UsageError([Problem(codes.BAD_DATABASE, message, hint=hint)]) from None


def _postgresql(url: URL, connections: int) -> Engine:
    try:
        engine = create_engine(
            url,
            pool_size=connections,
            max_overflow=0,
            pool_timeout=BUSY_SECONDS,
            # A connection that did not outlive a restart of the server is found out before it is used.
            pool_pre_ping=True,
            hide_parameters=True,
            connect_args={"connect_timeout": 5, "application_name": "supportable"},
        )
    except ImportError:
        message = "PostgreSQL is not spoken here: psycopg is missing"
        hint = "pip install 'supportable[ledger,postgresql]'"
        raise UsageError([Problem(codes.POSTGRESQL_NOT_INSTALLED, message, hint=hint)]) from None

    def on_begin(connection: Connection) -> None:
        if connection.get_execution_options().get(_WRITES):
            # Whatever the server's default: an append that returned is on the disk.
            connection.exec_driver_sql(
                f"SELECT set_config('lock_timeout', '{int(BUSY_SECONDS * 1000)}', true),"
                " CASE WHEN current_setting('synchronous_commit') = 'off'"
                " THEN set_config('synchronous_commit', 'on', true) END"
            ).close()

    event.listen(engine, "begin", on_begin)
    return engine
