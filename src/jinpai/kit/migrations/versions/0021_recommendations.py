"""What was recommended to whom, and what came of it."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_TEXTS = ("id", "shop", "conversation", "buyer", "person", "product", "sku", "source", "wording")


def upgrade() -> None:
    """Build the table."""
    op.create_table(
        "recommendation",
        *(sa.Column(name, sa.Text(), nullable=False) for name in _TEXTS),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("message", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_recommendation_shop"),
        sa.PrimaryKeyConstraint("id", name="pk_recommendation"),
    )
    op.create_index("ix_recommendation_shop_at", "recommendation", ["shop", "at"])
    op.create_index("ix_recommendation_conversation", "recommendation", ["conversation"])
    op.create_index("ix_recommendation_buyer", "recommendation", ["buyer"])
