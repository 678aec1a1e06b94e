"""What is said outside conversations is found without walking through them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Index the few rows that belong to no conversation."""
    outside = sa.text("conversation IS NULL")
    op.create_index("ix_journal_outside", "journal", ["id"], sqlite_where=outside, postgresql_where=outside)
