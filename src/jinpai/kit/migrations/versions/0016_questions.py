"""What people decided about questions that many buyers ask."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build the table."""
    op.create_table(
        "question_decision",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "shop", "conversation", "state", "reason")),
        sa.Column("fact", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_question_decision_shop"),
        sa.PrimaryKeyConstraint("id", name="pk_question_decision"),
    )
    op.create_index("ix_question_decision_shop_at", "question_decision", ["shop", "at", "id"])
