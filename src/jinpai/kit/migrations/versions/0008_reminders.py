"""The register of payment reminders."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_TEXTS = ("id", "shop", "order_id", "number", "buyer_name", "rule", "moved", "state", "why", "means", "reason")


def upgrade() -> None:
    """Build the table."""
    op.create_table(
        "reminder",
        *(sa.Column(name, sa.Text(), nullable=False) for name in (*_TEXTS, "script", "author", "outcome")),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("due_at", "closes_at", "created_at")),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=True),
        sa.Column("fact", sa.BigInteger(), nullable=True),
        sa.Column("sent_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_reminder_shop"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_reminder_order_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reminder"),
        sa.UniqueConstraint("order_id", "round", name="uq_reminder_order_id_round"),
    )
    op.create_index("ix_reminder_shop_due_at", "reminder", ["shop", "due_at", "id"])
    op.create_index("ix_reminder_shop_state_due_at", "reminder", ["shop", "state", "due_at", "id"])
