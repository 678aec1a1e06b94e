"""Looking after customers again: the tasks, each once for its occasion."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build the table."""
    texts = ("id", "shop", "buyer", "key", "plan", "occasion", "about")
    op.create_table(
        "care",
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        sa.Column("order_id", sa.Text(), nullable=True),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("due_at", "ends_at")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("state", "why", "means")),
        sa.Column("conversation", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=True) for name in ("fact", "done_at")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("outcome", "settled_by")),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_care_shop"),
        sa.ForeignKeyConstraint(["buyer"], ["buyer.id"], name="fk_care_buyer"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_care_order_id"),
        sa.PrimaryKeyConstraint("id", name="pk_care"),
        sa.UniqueConstraint("key", name="uq_care_key"),
    )
    op.create_index("ix_care_buyer", "care", ["buyer"])
    op.create_index("ix_care_shop_state_due_at", "care", ["shop", "state", "due_at", "id"])
