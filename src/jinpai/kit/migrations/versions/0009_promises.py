"""The promise ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build the table."""
    op.create_table(
        "promise",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "shop", "conversation", "kind", "author")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("state", "settled_by", "why")),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("fact", "made_at")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("seq", "starts", "ends")),
        sa.Column("order_id", sa.Text(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_promise_shop"),
        sa.PrimaryKeyConstraint("id", name="pk_promise"),
        sa.UniqueConstraint("fact", "kind", name="uq_promise_fact_kind"),
    )
    op.create_index("ix_promise_shop_made_at", "promise", ["shop", "made_at", "id"])
    op.create_index("ix_promise_conversation", "promise", ["conversation"])
    is_open = sa.text("state = 'open'")
    op.create_index("ix_promise_open_due_at", "promise", ["due_at"], sqlite_where=is_open, postgresql_where=is_open)
