"""What a count sheet said last of each variant; suppliers, and the day a purchase is expected."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build the tables, and the columns of purchases: those made before name no day."""
    op.create_table(
        "stock_count",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "shop", "sku")),
        sa.Column("counted", sa.BigInteger(), nullable=False),
        sa.Column("believed", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_stock_count_shop"),
        sa.PrimaryKeyConstraint("id", name="pk_stock_count"),
    )
    op.create_table(
        "supplier",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "shop", "name")),
        sa.Column("contact", sa.LargeBinary(), nullable=True),
        sa.Column("lead_days", sa.Integer(), nullable=False),
        sa.Column("skus", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_supplier_shop"),
        sa.PrimaryKeyConstraint("id", name="pk_supplier"),
        sa.UniqueConstraint("shop", "name", name="uq_supplier_shop_name"),
    )
    op.add_column("purchase", sa.Column("lead_days", sa.Integer(), nullable=True))
    op.add_column("purchase", sa.Column("expected_at", sa.BigInteger(), nullable=True))
