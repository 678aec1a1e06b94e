"""Stock that lives: levels, what orders hold, every movement; purchases, and goods that come back."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build the tables."""
    _stock()
    _purchases()
    op.create_table(
        "goods_return",
        *(_text(name) for name in ("id", "shop", "sku", "title")),
        _text("order_id", nullable=True),
        _text("number"),
        _count("pieces"),
        _count("good", nullable=True),
        *(_text(name) for name in ("state", "note", "received_by")),
        *(_count(name) for name in ("received_at", "changed_at")),
        sa.CheckConstraint(
            "pieces > 0 AND (good IS NULL OR (good >= 0 AND good <= pieces))", name="ck_goods_return_in_order"
        ),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_goods_return_shop"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_goods_return_order_id"),
        sa.PrimaryKeyConstraint("id", name="pk_goods_return"),
    )
    op.create_index("ix_goods_return_order_id", "goods_return", ["order_id"])
    op.create_index("ix_goods_return_shop_state_changed_at", "goods_return", ["shop", "state", "changed_at"])


def _stock() -> None:
    op.create_table(
        "stock_level",
        *(_text(name) for name in ("id", "shop", "sku")),
        *(_count(name) for name in ("on_hand", "reserved", "opened_at", "changed_at", "moves")),
        _count("reorder_at", nullable=True),
        sa.CheckConstraint("reserved >= 0 AND on_hand >= reserved", name="ck_stock_level_never_negative"),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_stock_level_shop"),
        sa.PrimaryKeyConstraint("id", name="pk_stock_level"),
        sa.UniqueConstraint("shop", "sku", name="uq_stock_level_shop_sku"),
    )
    op.create_table(
        "stock_hold",
        *(_text(name) for name in ("id", "shop", "sku", "order_id", "number")),
        *(_count(name) for name in ("wanted", "held", "since")),
        _count("sent_at", nullable=True),
        _text("live", nullable=True),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_stock_hold_shop"),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name="fk_stock_hold_order_id"),
        sa.PrimaryKeyConstraint("id", name="pk_stock_hold"),
    )
    op.create_index("ix_stock_hold_order_id", "stock_hold", ["order_id"])
    op.create_index("ix_stock_hold_live", "stock_hold", ["live"])
    op.create_table(
        "stock_movement",
        *(_text(name) for name in ("shop", "sku")),
        sa.Column("place", sa.BigInteger(), autoincrement=False, nullable=False),
        _count("at"),
        _text("kind"),
        *(_count(name) for name in ("pieces", "held", "on_hand", "reserved", "short")),
        _text("author"),
        _count("fact"),
        _text("order_id", nullable=True),
        _text("number"),
        _text("purchase", nullable=True),
        _text("reason"),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_stock_movement_shop"),
        sa.PrimaryKeyConstraint("shop", "sku", "place", name="pk_stock_movement"),
    )


def _purchases() -> None:
    op.create_table(
        "purchase",
        *(_text(name) for name in ("id", "shop", "number", "supplier", "state", "asked_by")),
        _count("asked_at"),
        _text("approved_by", nullable=True),
        _count("changed_at"),
        _count("ended_at", nullable=True),
        _count("steps"),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_purchase_shop"),
        sa.PrimaryKeyConstraint("id", name="pk_purchase"),
        sa.UniqueConstraint("shop", "number", name="uq_purchase_shop_number"),
    )
    op.create_index("ix_purchase_shop_state_changed_at", "purchase", ["shop", "state", "changed_at", "id"])
    op.create_table(
        "purchase_line",
        *(_text(name) for name in ("id", "purchase_id", "shop", "sku", "title")),
        *(_count(name) for name in ("ordered", "received", "good", "defective", "shelved")),
        _count("price", nullable=True),
        sa.CheckConstraint(
            "shelved >= 0 AND good >= shelved AND defective >= 0 AND received >= good + defective",
            name="ck_purchase_line_in_order",
        ),
        sa.ForeignKeyConstraint(["purchase_id"], ["purchase.id"], name="fk_purchase_line_purchase_id"),
        sa.ForeignKeyConstraint(["shop"], ["shop.id"], name="fk_purchase_line_shop"),
        sa.PrimaryKeyConstraint("id", name="pk_purchase_line"),
    )
    op.create_index("ix_purchase_line_purchase_id", "purchase_line", ["purchase_id"])
    op.create_table(
        "purchase_fact",
        _text("purchase_id"),
        sa.Column("fact", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["purchase_id"], ["purchase.id"], name="fk_purchase_fact_purchase_id"),
        sa.PrimaryKeyConstraint("purchase_id", "fact", name="pk_purchase_fact"),
    )


def _text(name: str, *, nullable: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.Text(), nullable=nullable)


def _count(name: str, *, nullable: bool = False) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger(), nullable=nullable)
