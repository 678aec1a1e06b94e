"""Orders with their parcels and history, what columns of exports mean, and imports under way."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build the tables."""
    op.create_table(
        "orders",
        *_order_columns(),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_orders_shop"),
        sa.ForeignKeyConstraint(["buyer"], ["buyer.id"], name="fk_orders_buyer"),
        sa.PrimaryKeyConstraint("id", name="pk_orders"),
        sa.UniqueConstraint("shop", "number", name="uq_orders_shop_number"),
    )
    for columns in (
        ["buyer"],
        ["phone_index"],
        ["phone_tail_index"],
        ["shop", "listed_at", "id"],
        ["shop", "state", "listed_at", "id"],
        ["shop", "buyer_name"],
    ):
        op.create_index("_".join(("ix_orders", *(name for name in columns if name != "id"))), "orders", columns)
    _parts()
    _imports()


def _order_columns() -> list[sa.Column[Any]]:
    told = ("id", "shop", "number", "buyer_name", "state", "refund", "title", "items", "parcels", "region")
    words = (*told, "remark", "flag", "buyer_note", "close_reason")
    moments = ("created_at", "changed_at", "listed_at")
    return [
        *(sa.Column(name, sa.Text(), nullable=False) for name in words),
        sa.Column("buyer", sa.Text(), nullable=True),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in moments),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("total", "paid", "freight", "refunded")),
        sa.Column("quantity", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.LargeBinary(), nullable=True)
            for name in ("receiver", "phone", "phone_index", "phone_tail_index", "address")
        ),
        *(
            sa.Column(name, sa.BigInteger(), nullable=True)
            for name in ("ordered_at", "paid_at", "shipped_at", "completed_at")
        ),
    ]


def _parts() -> None:
    op.create_table(
        "order_parcel",
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_order_parcel_order_id"),
        sa.PrimaryKeyConstraint("order_id", "number", name="pk_order_parcel"),
    )
    op.create_index("ix_order_parcel_number", "order_parcel", ["number"])
    op.create_table(
        "order_fact",
        sa.Column("order_id", sa.Text(), nullable=False),
        sa.Column("fact", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_order_fact_order_id"),
        sa.PrimaryKeyConstraint("order_id", "fact", name="pk_order_fact"),
    )


def _imports() -> None:
    op.create_table(
        "order_mapping",
        sa.Column("shop", sa.Text(), nullable=False),
        sa.Column("header", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_order_mapping_shop"),
        sa.PrimaryKeyConstraint("shop", "header", name="pk_order_mapping"),
    )
    op.create_table(
        "order_import",
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("id", "shop", "author", "name", "state", "fields", "rejected", "problem")
        ),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("created_at", "changed_at")),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("rows", "done", "created", "updated", "unchanged")
        ),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_order_import_shop"),
        sa.PrimaryKeyConstraint("id", name="pk_order_import"),
    )
