"""What Alembic runs: the steps, on the connection that it is handed, in the transaction that is open there."""

from __future__ import annotations

from alembic import context

from supportable.ledger.tables import VERSION_TABLE, metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transaction_per_migration=False,
)
context.run_migrations()
