"""What a database complains of, in our words and codes. No statement, value or password is ever part of it."""

from __future__ import annotations

from typing import Final

from sqlalchemy.exc import DBAPIError

from supportable.errors import LedgerError, Problem, SupportableError
from supportable.ledger import codes
from supportable.ledger.errors import LedgerUnavailable, LedgerUncertain

_HINTS: Final = {
    codes.DATABASE_UNREACHABLE: "is it running, and does the address say where? nothing was stored; try again",
    codes.DATABASE_FULL: "make room; nothing was stored, and nothing that was stored before is harmed",
    codes.DATABASE_BUSY: "another process holds it; try again",
    codes.DATABASE_READ_ONLY: "ask for the right to write to it",
    codes.DATABASE_DAMAGED: "restore the last backup, then run: supportable ledger verify",
    codes.DATABASE_FAILED: "nothing was stored",
}

_WORDS: Final = {
    codes.DATABASE_UNREACHABLE: "the database cannot be reached",
    codes.DATABASE_FULL: "the database has no room left",
    codes.DATABASE_BUSY: "the database is busy",
    codes.DATABASE_READ_ONLY: "the database cannot be written to",
    codes.DATABASE_DAMAGED: "the database is damaged, or is none",
    codes.DATABASE_FAILED: "the database refused",
}

_BY_SQLITE: Final = {
    "SQLITE_FULL": codes.DATABASE_FULL,
    "SQLITE_BUSY": codes.DATABASE_BUSY,
    "SQLITE_LOCKED": codes.DATABASE_BUSY,
    "SQLITE_READONLY": codes.DATABASE_READ_ONLY,
    "SQLITE_PERM": codes.DATABASE_READ_ONLY,
    "SQLITE_CORRUPT": codes.DATABASE_DAMAGED,
    "SQLITE_NOTADB": codes.DATABASE_DAMAGED,
    "SQLITE_CANTOPEN": codes.DATABASE_UNREACHABLE,
    # A write that fails is, but for broken disks, one for which there was no room: a quota, a limit on files.
    "SQLITE_IOERR_WRITE": codes.DATABASE_FULL,
    "SQLITE_IOERR_FSYNC": codes.DATABASE_FULL,
    "SQLITE_IOERR_TRUNCATE": codes.DATABASE_FULL,
    "SQLITE_IOERR_SHMSIZE": codes.DATABASE_FULL,
    "SQLITE_IOERR_SHMMAP": codes.DATABASE_FULL,
}

_BY_SQLSTATE: Final = {
    "08": codes.DATABASE_UNREACHABLE,
    "25006": codes.DATABASE_READ_ONLY,
    "28": codes.DATABASE_UNREACHABLE,
    "3D": codes.DATABASE_UNREACHABLE,
    "40": codes.DATABASE_BUSY,
    "42501": codes.DATABASE_READ_ONLY,
    "53": codes.DATABASE_FULL,
    "53300": codes.DATABASE_BUSY,
    "55P03": codes.DATABASE_BUSY,
    "57P": codes.DATABASE_UNREACHABLE,
    "58030": codes.DATABASE_FULL,
    "XX001": codes.DATABASE_DAMAGED,
    "XX002": codes.DATABASE_DAMAGED,
}

_PASSING: Final = frozenset((codes.DATABASE_UNREACHABLE, codes.DATABASE_BUSY))


def failure_of(error: DBAPIError | None, message: str, code: str, database: str) -> LedgerError:
    """The error for what the database raised, or for `message` under `code`. `database` is its address to show."""
    if error is not None:
        code = _code_of(error)
        said = _said(error)
        message = f"{_WORDS[code]}: {said}" if said else _WORDS[code]
    problem = Problem(code, f"{message} ({database})", hint=_HINTS[code])
    return LedgerUnavailable([problem])


def is_lost(error: LedgerError) -> bool:
    """Whether nobody answers any more: what was being stored may be stored."""
    return error.problems[0].code == codes.DATABASE_UNREACHABLE


def uncertain(error: LedgerError) -> LedgerUncertain:
    """What is to be raised where the connection was lost over work that had begun, and `error` was the end of it."""
    message = f"{error.problems[0].message}; the connection was lost while something was being stored"
    hint = "look whether it is stored before you try again"
    return LedgerUncertain([Problem(codes.OUTCOME_UNKNOWN, message, hint=hint)])


def is_passing(error: SupportableError) -> bool:
    """Whether the same may work in a moment."""
    return isinstance(error, LedgerUnavailable) and error.problems[0].code in _PASSING


def met_all(error: SupportableError) -> bool:
    """Whether what met many that were stored together would meet each by itself: then none is tried again alone.

    A database that is away is no fault of one of them, and would keep all of them waiting, one after the other. What
    may be stored already is not stored again.
    """
    return isinstance(error, LedgerUncertain) or is_passing(error)


def _code_of(error: DBAPIError) -> str:
    name = getattr(error.orig, "sqlite_errorname", None)
    if name:
        return _BY_SQLITE.get(name) or _BY_SQLITE.get("_".join(name.split("_")[:2]), codes.DATABASE_FAILED)
    if error.connection_invalidated:
        return codes.DATABASE_UNREACHABLE
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        # The driver has a state for all that the server says, and none where no server answers.
        return codes.DATABASE_UNREACHABLE if type(error.orig).__name__ == "OperationalError" else codes.DATABASE_FAILED
    for length in (5, 3, 2):
        if state[:length] in _BY_SQLSTATE:
            return _BY_SQLSTATE[state[:length]]
    return codes.DATABASE_FAILED


def _said(error: DBAPIError) -> str:
    """The database's own first line. PostgreSQL adds values of the row in further lines and fields."""
    diagnosed = getattr(error.orig, "diag", None)
    primary = getattr(diagnosed, "message_primary", None)
    if primary:
        return str(primary)
    lines = str(error.orig).strip().splitlines()
    return lines[0][:300] if lines else ""
