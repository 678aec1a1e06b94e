"""The tables of stock, of purchases and of goods that come back."""

import sqlalchemy as sa

from jinpai.kit.database import Json, metadata

stock_level = sa.Table(
    "stock_level",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("sku", sa.Text, nullable=False),
    sa.Column("on_hand", sa.BigInteger, nullable=False),
    sa.Column("reserved", sa.BigInteger, nullable=False),
    sa.Column("opened_at", sa.BigInteger, nullable=False),
    sa.Column("changed_at", sa.BigInteger, nullable=False),
    sa.Column("moves", sa.BigInteger, nullable=False),
    sa.Column("reorder_at", sa.BigInteger),
    sa.CheckConstraint("reserved >= 0 AND on_hand >= reserved", name="ck_stock_level_never_negative"),
    sa.UniqueConstraint("shop", "sku"),
)
"""One row per variant whose stock has moved; the rest is as content says."""

stock_hold = sa.Table(
    "stock_hold",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("sku", sa.Text, nullable=False),
    sa.Column("order_id", sa.Text, sa.ForeignKey("orders.id"), nullable=False, index=True),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("wanted", sa.BigInteger, nullable=False),
    sa.Column("held", sa.BigInteger, nullable=False),
    sa.Column("since", sa.BigInteger, nullable=False),
    sa.Column("sent_at", sa.BigInteger),
    sa.Column("live", sa.Text),
)
"""What each order needs of each variant; `live` is the level's key while it needs it, so that those are found fast."""
sa.Index("ix_stock_hold_live", stock_hold.c.live)

stock_movement = sa.Table(
    "stock_movement",
    metadata,
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), primary_key=True),
    sa.Column("sku", sa.Text, primary_key=True),
    sa.Column("place", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("pieces", sa.BigInteger, nullable=False),
    sa.Column("held", sa.BigInteger, nullable=False),
    sa.Column("on_hand", sa.BigInteger, nullable=False),
    sa.Column("reserved", sa.BigInteger, nullable=False),
    sa.Column("short", sa.BigInteger, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("fact", sa.BigInteger, nullable=False),
    sa.Column("order_id", sa.Text),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("purchase", sa.Text),
    sa.Column("reason", sa.Text, nullable=False),
)
"""Every movement of every variant, numbered without a gap; only ever added to."""

stock_count = sa.Table(
    "stock_count",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("sku", sa.Text, nullable=False),
    sa.Column("counted", sa.BigInteger, nullable=False),
    sa.Column("believed", sa.BigInteger),
    sa.Column("at", sa.BigInteger, nullable=False),
)
"""What a count sheet said last of each variant, one row per variant: the same line again is known by it."""

supplier = sa.Table(
    "supplier",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("contact", sa.LargeBinary),
    sa.Column("lead_days", sa.Integer, nullable=False),
    sa.Column("skus", Json, nullable=False),
    sa.Column("changed_at", sa.BigInteger, nullable=False),
    sa.UniqueConstraint("shop", "name"),
)
"""Whom the shop buys from: the contact sealed, and the variants bought there."""

purchase = sa.Table(
    "purchase",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("supplier", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("asked_by", sa.Text, nullable=False),
    sa.Column("asked_at", sa.BigInteger, nullable=False),
    sa.Column("approved_by", sa.Text),
    sa.Column("changed_at", sa.BigInteger, nullable=False),
    sa.Column("ended_at", sa.BigInteger),
    sa.Column("steps", sa.BigInteger, nullable=False),
    sa.Column("lead_days", sa.Integer),
    sa.Column("expected_at", sa.BigInteger),
    sa.UniqueConstraint("shop", "number"),
)
"""One row per purchase; `steps` counts what happened to it, so that nobody acts on what has changed meanwhile.

`expected_at` (ms) is the day the goods should be there, `lead_days` after it was asked for, then after it was ordered.
"""
sa.Index("ix_purchase_shop_state_changed_at", purchase.c.shop, purchase.c.state, purchase.c.changed_at, purchase.c.id)

purchase_line = sa.Table(
    "purchase_line",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("purchase_id", sa.Text, sa.ForeignKey("purchase.id"), nullable=False, index=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("sku", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("ordered", sa.BigInteger, nullable=False),
    sa.Column("received", sa.BigInteger, nullable=False),
    sa.Column("good", sa.BigInteger, nullable=False),
    sa.Column("defective", sa.BigInteger, nullable=False),
    sa.Column("shelved", sa.BigInteger, nullable=False),
    sa.Column("price", sa.BigInteger),
    sa.CheckConstraint(
        "shelved >= 0 AND good >= shelved AND defective >= 0 AND received >= good + defective",
        name="ck_purchase_line_in_order",
    ),
)
"""The variants of a purchase: pieces ordered, received, inspected good or defective, and shelved; `price` in fen."""

purchase_fact = sa.Table(
    "purchase_fact",
    metadata,
    sa.Column("purchase_id", sa.Text, sa.ForeignKey("purchase.id"), primary_key=True),
    sa.Column("fact", sa.BigInteger, primary_key=True, autoincrement=False),
)
"""The journal rows that make up the history of a purchase."""

goods_return = sa.Table(
    "goods_return",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("sku", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("order_id", sa.Text, sa.ForeignKey("orders.id"), index=True),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("pieces", sa.BigInteger, nullable=False),
    sa.Column("good", sa.BigInteger),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("received_by", sa.Text, nullable=False),
    sa.Column("received_at", sa.BigInteger, nullable=False),
    sa.Column("changed_at", sa.BigInteger, nullable=False),
    sa.CheckConstraint(
        "pieces > 0 AND (good IS NULL OR (good >= 0 AND good <= pieces))", name="ck_goods_return_in_order"
    ),
)
"""Goods of one kind that came back; `good` pieces can be sold again, unknown until somebody has looked."""
sa.Index("ix_goods_return_shop_state_changed_at", goods_return.c.shop, goods_return.c.state, goods_return.c.changed_at)
