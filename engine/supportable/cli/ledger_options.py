"""Options of the commands about the ledger, and the ledger that they name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated

import typer

from supportable.cli import codes
from supportable.cli.options import HERE
from supportable.errors import Problem, UsageError

if TYPE_CHECKING:
    from supportable.ledger import Ledger

LOCAL = "local"
"""The tenant of a service that asks nobody who they are."""

Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        help="sqlite:///FILE or postgresql://USER@HOST/NAME; $SUPPORTABLE_DATABASE if left out, else the user's own.",
    ),
]
Tenant = Annotated[str, typer.Option("--tenant", metavar="TENANT", help="Whose.")]
AnyTenant = Annotated[
    str | None, typer.Option("--tenant", metavar="TENANT", help="Of this tenant only; of all if left out.")
]


def address_of(database: str | None) -> str:
    """The address that the option names, or what is meant without it. Raises UsageError without the extra."""
    missing = [name for name in ("sqlalchemy", "alembic") if find_spec(name) is None]
    if missing:
        is_or_are = "is" if len(missing) == 1 else "are"
        message = f"the ledger needs {' and '.join(missing)}, which {is_or_are} not installed"
        raise UsageError([Problem(codes.EXTRA_MISSING, message, HERE, "pip install 'supportable[ledger]'")])
    from supportable.ledger import default_database

    return database or default_database()


@contextmanager
def opened(database: str | None) -> Iterator[Ledger]:
    """The ledger that the option names, which must be there. Raises UsageError and LedgerError."""
    address = address_of(database)
    from supportable.ledger import open_ledger

    with open_ledger(address, migrate=False) as ledger:
        yield ledger
