"""Since when and why a customer wants no reminders, and when one was forgotten on request."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen customers; nobody knows since when those who want quiet have wanted it."""
    for name in ("quiet_at", "erased_at"):
        op.add_column("customer", sa.Column(name, sa.BigInteger(), nullable=True))
    for name in ("quiet_by", "quiet_conversation"):
        op.add_column("customer", sa.Column(name, sa.Text(), nullable=True))
    op.add_column("customer", sa.Column("quiet_seq", sa.Integer(), nullable=True))
