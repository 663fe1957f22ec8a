"""API keys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from supportable.ledger.migrations.columns import WORDS

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "ledger_keys",
        sa.Column("prefix", WORDS, nullable=False),
        sa.Column("tenant", WORDS, nullable=False),
        sa.Column("label", WORDS, nullable=False),
        sa.Column("scopes", WORDS, nullable=False),
        sa.Column("secret_digest", WORDS, nullable=False),
        sa.Column("created_at", WORDS, nullable=False),
        sa.Column("expires_at", WORDS),
        sa.Column("revoked_at", WORDS),
        sa.PrimaryKeyConstraint("prefix", name="ledger_keys_pk"),
    )


def downgrade() -> None:
    """Drop it: every key is void."""
    op.drop_table("ledger_keys")
