"""The points a platform took from a shop."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build the table."""
    op.create_table(
        "penalty",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "shop", "violation", "grade")),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("day_at", sa.BigInteger(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("agent", "note", "recorded_by")),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_by", sa.Text(), nullable=True),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_penalty_shop"),
        sa.PrimaryKeyConstraint("id", name="pk_penalty"),
    )
    op.create_index("ix_penalty_shop_day_at", "penalty", ["shop", "day_at", "id"])
