"""What the guard remarked on what was said, and what people made of it."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build the table."""
    op.create_table(
        "guard_hit",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "shop", "conversation", "agent", "rule")),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("family", "severity", "why", "state")),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("message", "at")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("seq", "begins", "ends", "points")),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("confirmed", "after")),
        *(sa.Column(name, sa.BigInteger(), nullable=True) for name in ("appeal", "decision")),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_guard_hit_shop"),
        sa.ForeignKeyConstraint(["conversation"], ["conversation.id"], name="fk_guard_hit_conversation"),
        sa.PrimaryKeyConstraint("id", name="pk_guard_hit"),
    )
    op.create_index("ix_guard_hit_shop_at", "guard_hit", ["shop", "at", "id"])
    op.create_index("ix_guard_hit_agent_at", "guard_hit", ["agent", "at", "id"])
