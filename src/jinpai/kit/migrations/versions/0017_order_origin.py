"""Where an order comes from, which one it belongs to, and whether the courier collects its freight."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen orders; those there are were all told by a source."""
    for column in (
        sa.Column("origin", sa.Text(), nullable=False, server_default="told"),
        sa.Column("belongs_to", sa.Text(), nullable=True),
        sa.Column("freight_collect", sa.Boolean(), nullable=False, server_default=sa.false()),
    ):
        op.add_column("orders", column)
    op.create_index("ix_orders_belongs_to", "orders", ["belongs_to"])
