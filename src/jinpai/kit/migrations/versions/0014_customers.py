"""What people wrote about buyers, and what they accepted or struck out of what talks tell of them."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build the tables."""
    op.create_table(
        "customer",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("buyer", "shop", "note")),
        sa.Column("quiet", sa.Boolean(), nullable=False),
        sa.Column("same_as", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["buyer"], ["buyer.id"], name="fk_customer_buyer"),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_customer_shop"),
        sa.ForeignKeyConstraint(["same_as"], ["buyer.id"], name="fk_customer_same_as"),
        sa.PrimaryKeyConstraint("buyer", name="pk_customer"),
    )
    op.create_index("ix_customer_same_as", "customer", ["same_as"])
    op.create_table(
        "customer_fact",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "shop", "buyer", "kind", "value", "state")),
        sa.Column("conversation", sa.Text(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=True),
        sa.Column("judged_by", sa.Text(), nullable=False),
        sa.Column("judged_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_customer_fact_shop"),
        sa.ForeignKeyConstraint(["buyer"], ["buyer.id"], name="fk_customer_fact_buyer"),
        sa.PrimaryKeyConstraint("id", name="pk_customer_fact"),
        sa.UniqueConstraint("buyer", "kind", "value", name="uq_customer_fact_buyer_kind_value"),
    )
    op.create_index("ix_customer_fact_shop_kind", "customer_fact", ["shop", "kind"])
