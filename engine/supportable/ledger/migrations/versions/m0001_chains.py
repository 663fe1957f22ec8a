"""Chains of entries, and their contents."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from supportable.ledger.migrations.columns import WHOLE, WORDS

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "ledger_heads",
        sa.Column("tenant", WORDS, nullable=False),
        sa.Column("sequence", WHOLE, nullable=False),
        sa.Column("hash", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("tenant", name="ledger_heads_pk"),
    )
    op.create_table(
        "ledger_entries",
        sa.Column("tenant", WORDS, nullable=False),
        sa.Column("sequence", WHOLE, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("kind", WORDS, nullable=False),
        sa.Column("recorded_at", WORDS, nullable=False),
        sa.Column("media_type", WORDS, nullable=False),
        sa.Column("design", WORDS, nullable=False),
        sa.Column("verdict", WORDS, nullable=False),
        sa.Column("packs", WORDS, nullable=False),
        sa.Column("as_of", WORDS),
        sa.Column("only", WORDS),
        sa.Column("status", WORDS, nullable=False),
        sa.Column("at_worst", WORDS, nullable=False),
        sa.Column("at_best", WORDS, nullable=False),
        sa.Column("engine", WORDS, nullable=False),
        sa.Column("version", WHOLE),
        sa.Column("details", WORDS, nullable=False),
        sa.Column("personal", WORDS, nullable=False),
        sa.Column("salt", WORDS),
        sa.Column("by", WORDS),
        sa.Column("name", WORDS),
        sa.Column("pruned_by", WHOLE),
        sa.Column("previous", WORDS, nullable=False),
        sa.Column("hash", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "sequence", name="ledger_entries_pk"),
        sa.UniqueConstraint("tenant", "id", name="ledger_entries_id"),
    )
    op.create_index("ledger_entries_by_name", "ledger_entries", ["tenant", "kind", "name", "sequence"])
    op.create_index("ledger_entries_by_design", "ledger_entries", ["tenant", "design"])
    op.create_index("ledger_entries_by_verdict", "ledger_entries", ["tenant", "verdict"])
    op.create_table(
        "ledger_contents",
        sa.Column("tenant", WORDS, nullable=False),
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("size", WHOLE, nullable=False),
        sa.Column("packed", sa.LargeBinary, nullable=False),
        sa.Column("seal", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("tenant", "digest", name="ledger_contents_pk"),
    )


def downgrade() -> None:
    """Drop them, with everything in them."""
    op.drop_table("ledger_contents")
    op.drop_table("ledger_entries")
    op.drop_table("ledger_heads")
