"""Requests to a supervisor for more off the price than an agent may give alone."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build the table."""
    op.create_table(
        "bargain_request",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "shop", "conversation", "kind", "product")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("title", "agent", "state", "answered_by")),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("price", "off", "asked_at", "closes_at")),
        sa.Column("fact", sa.BigInteger(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=True),
        *(sa.Column(name, sa.BigInteger(), nullable=True) for name in ("granted", "answered_at", "ends_at", "answer")),
        sa.Column("order_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_bargain_request_shop"),
        sa.ForeignKeyConstraint(["conversation"], ["conversation.id"], name="fk_bargain_request_conversation"),
        sa.PrimaryKeyConstraint("id", name="pk_bargain_request"),
    )
    op.create_index("ix_bargain_request_conversation", "bargain_request", ["conversation", "asked_at"])
    op.create_index("ix_bargain_request_shop", "bargain_request", ["shop", "asked_at"])
