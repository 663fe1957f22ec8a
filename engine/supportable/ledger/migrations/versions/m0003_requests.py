"""Idempotency keys of requests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from supportable.ledger.migrations.columns import WHOLE, WORDS

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "ledger_requests",
        sa.Column("tenant", WORDS, nullable=False),
        sa.Column("key", WORDS, nullable=False),
        sa.Column("request_digest", WORDS, nullable=False),
        sa.Column("expires_at", WORDS, nullable=False),
        sa.Column("status", WHOLE),
        sa.Column("headers", WORDS),
        sa.Column("body", sa.LargeBinary),
        sa.PrimaryKeyConstraint("tenant", "key", name="ledger_requests_pk"),
    )
    op.create_index("ledger_requests_by_expiry", "ledger_requests", ["expires_at"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("ledger_requests")
