"""What customer service hands over to other departments, and its history."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build the tables."""
    op.create_table(
        "task",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "shop", "kind", "title", "department")),
        *(sa.Column(name, sa.Text(), nullable=True) for name in ("conversation", "order_id")),
        sa.Column("asked_by", sa.Text(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("asked_at", "due_at")),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=True) for name in ("ended_at", "late_at")),
        sa.Column("fact", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.BigInteger(), nullable=True),
        sa.Column("offered", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("invoice", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_task_shop"),
        sa.ForeignKeyConstraint(["conversation"], ["conversation.id"], name="fk_task_conversation"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_task_order_id"),
        sa.PrimaryKeyConstraint("id", name="pk_task"),
    )
    op.create_index("ix_task_shop_state_due_at", "task", ["shop", "state", "due_at", "id"])
    op.create_index("ix_task_conversation", "task", ["conversation"])
    op.create_index("ix_task_order_id", "task", ["order_id"])
    op.create_table(
        "task_fact",
        sa.Column("task_id", sa.Text(), nullable=False),
        sa.Column("fact", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name="fk_task_fact_task_id"),
        sa.PrimaryKeyConstraint("task_id", "fact", name="pk_task_fact"),
    )
