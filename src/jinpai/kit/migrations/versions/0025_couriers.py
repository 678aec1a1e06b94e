"""Couriers asked over HTTP: where each shop asks, how that goes, and which parcels were asked for when."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build the tables."""
    op.create_table(
        "courier_setting",
        sa.Column("shop", sa.Text(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=True),
        sa.Column("is_near", sa.Boolean(), nullable=False),
        sa.Column("per_hour", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("told", "failures", "hour_calls")),
        sa.Column("hour_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_courier_setting_shop"),
        sa.PrimaryKeyConstraint("shop", name="pk_courier_setting"),
    )
    op.create_table(
        "courier_asked",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("id", "shop", "number")),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_courier_asked_shop"),
        sa.PrimaryKeyConstraint("id", name="pk_courier_asked"),
    )
