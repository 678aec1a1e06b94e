"""Orders, their parcels, history and reviews: the tables and how to read them."""

from collections.abc import Collection, Iterator, Sequence
from operator import attrgetter
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.desk.model import PHONE as BUYER_PHONE
from jinpai.desk.store import buyer as buyer_table
from jinpai.journal.store import journal
from jinpai.kit.bulk import insert_many
from jinpai.kit.database import Json, metadata
from jinpai.kit.sealing import Sealer
from jinpai.orders.model import ADDRESS, PHONE, RECEIVER, Item, Order, Parcel, phone_digits

orders = sa.Table(
    "orders",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sa.Column("changed_at", sa.BigInteger, nullable=False),
    sa.Column("listed_at", sa.BigInteger, nullable=False),
    sa.Column("buyer", sa.Text, sa.ForeignKey("buyer.id"), index=True),
    sa.Column("buyer_name", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("refund", sa.Text, nullable=False),
    sa.Column("total", sa.BigInteger, nullable=False),
    sa.Column("paid", sa.BigInteger, nullable=False),
    sa.Column("freight", sa.BigInteger, nullable=False),
    sa.Column("refunded", sa.BigInteger, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("quantity", sa.Integer, nullable=False),
    sa.Column("items", Json, nullable=False),
    sa.Column("parcels", Json, nullable=False),
    sa.Column("receiver", sa.LargeBinary),
    sa.Column("phone", sa.LargeBinary),
    sa.Column("phone_index", sa.LargeBinary, index=True),
    sa.Column("phone_tail_index", sa.LargeBinary, index=True),
    sa.Column("address", sa.LargeBinary),
    sa.Column("region", sa.Text, nullable=False),
    sa.Column("ordered_at", sa.BigInteger),
    sa.Column("paid_at", sa.BigInteger),
    sa.Column("shipped_at", sa.BigInteger),
    sa.Column("completed_at", sa.BigInteger),
    sa.Column("remark", sa.Text, nullable=False),
    sa.Column("flag", sa.Text, nullable=False),
    sa.Column("buyer_note", sa.Text, nullable=False),
    sa.Column("close_reason", sa.Text, nullable=False),
    sa.Column("origin", sa.Text, nullable=False),
    sa.Column("belongs_to", sa.Text, index=True),
    sa.Column("freight_collect", sa.Boolean, nullable=False),
    sa.UniqueConstraint("shop", "number"),
)
"""One row per order; amounts in fen; receiver, phone and address sealed, the phone found by blind index."""
sa.Index("ix_orders_shop_listed_at", orders.c.shop, orders.c.listed_at, orders.c.id)
sa.Index("ix_orders_shop_state_listed_at", orders.c.shop, orders.c.state, orders.c.listed_at, orders.c.id)
sa.Index("ix_orders_shop_buyer_name", orders.c.shop, orders.c.buyer_name)

order_parcel = sa.Table(
    "order_parcel",
    metadata,
    sa.Column("order_id", sa.Text, sa.ForeignKey("orders.id"), primary_key=True),
    sa.Column("number", sa.Text, primary_key=True, index=True),
)
"""The tracking numbers of an order, to find it by one."""

order_fact = sa.Table(
    "order_fact",
    metadata,
    sa.Column("order_id", sa.Text, sa.ForeignKey("orders.id"), primary_key=True),
    sa.Column("fact", sa.BigInteger, primary_key=True, autoincrement=False),
)
"""The journal rows that make up an order's history."""

order_review = sa.Table(
    "order_review",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("rating", sa.Text, nullable=False),
    sa.Column("stars", sa.Integer),
    sa.Column("buyer_name", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("addition", sa.Text, nullable=False),
    sa.Column("reply", sa.Text, nullable=False),
    sa.Column("reviewed_at", sa.BigInteger),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sa.Column("changed_at", sa.BigInteger, nullable=False),
    sa.UniqueConstraint("shop", "number", "title"),
)
"""What buyers said of an order afterwards, per kind of goods (empty: of all of it); the order may come later."""

_SEALED = (("receiver", RECEIVER), ("phone", PHONE), ("address", ADDRESS))
_APART = ("items", "parcels", *(name for name, _ in _SEALED), "phone_index", "phone_tail_index")
_PLAIN = tuple(column.name for column in orders.c if column.name not in _APART)
_PLAIN_OF = attrgetter(*_PLAIN)
_COLUMNS = (*_PLAIN, *_APART)


def find_by_numbers(connection: Connection, sealer: Sealer, shop: str, numbers: Sequence[str]) -> dict[str, Order]:
    """The shop's orders with these numbers, by number."""
    query = sa.select(orders).where(orders.c.shop == shop, orders.c.number.in_(numbers))
    return {order.number: order for order in read_orders(connection, sealer, query)}


def find_order(connection: Connection, sealer: Sealer, shop: str, number: str) -> Order | None:
    """The shop's order with this number."""
    return find_by_numbers(connection, sealer, shop, [number]).get(number)


def get_order(connection: Connection, sealer: Sealer, id_: str) -> Order | None:
    """The order with this id."""
    return get_orders(connection, sealer, [id_]).get(id_)


def get_orders(connection: Connection, sealer: Sealer, ids: Collection[str]) -> dict[str, Order]:
    """The orders with these ids, by id."""
    query = sa.select(orders).where(orders.c.id.in_(ids))
    return {order.id: order for order in read_orders(connection, sealer, query)} if ids else {}


def lock_order(connection: Connection, sealer: Sealer, id_: str) -> Order | None:
    """The order with this id, which no other process changes until the transaction ends."""
    return next(read_orders(connection, sealer, sa.select(orders).where(orders.c.id == id_).with_for_update()), None)


def find_by_tracking(
    connection: Connection, sealer: Sealer, shop: str, numbers: Sequence[str]
) -> dict[str, list[Order]]:
    """The shop's orders that left in the parcels with these numbers, by tracking number."""
    query = sa.select(order_parcel.c.number, order_parcel.c.order_id).where(order_parcel.c.number.in_(numbers))
    pairs = connection.execute(query.join(orders).where(orders.c.shop == shop)).all() if numbers else ()
    known = get_orders(connection, sealer, {pair.order_id for pair in pairs})
    found: dict[str, list[Order]] = {}
    for number, id_ in pairs:
        found.setdefault(number, []).append(known[id_])
    return found


def find_unsent_orders(connection: Connection, sealer: Sealer, shop: str, limit: int) -> list[Order]:
    """The shop's paid orders of goods that have not left yet, those paid first in front; `limit` at most."""
    query = sa.select(orders).where(orders.c.shop == shop, orders.c.state == "paid", orders.c.origin != "freight")
    query = query.order_by(sa.func.coalesce(orders.c.paid_at, orders.c.listed_at), orders.c.id).limit(limit)
    return list(read_orders(connection, sealer, query))


def find_overdue(connection: Connection, shop: str, placed_by: int, sent_by: int) -> list[str]:
    """Ids of the shop's orders placed by then (ms) and not paid, or sent by then and neither completed nor in a refund,
    the oldest first."""
    c = orders.c
    waits = sa.and_(c.state == "unpaid", c.paid == 0, c.listed_at <= placed_by)
    left = sa.and_(c.state.in_(("shipped", "delivered")), c.refund != "open", c.shipped_at <= sent_by)
    query = sa.select(c.id).where(c.shop == shop, sa.or_(waits, left)).order_by(c.listed_at, c.id)
    return list(connection.execute(query).scalars())


def find_buyer_orders(connection: Connection, sealer: Sealer, shop: str, buyer: str, limit: int = 50) -> list[Order]:
    """The orders of this buyer of the shop, newest first: placed as them, under their member name, or with their phone.

    Name and phone count only where the shop's own site vouched for them (a signed identity); a visitor has none.
    """
    row = connection.execute(
        sa.select(buyer_table.c.external_id, buyer_table.c.phone_index).where(
            buyer_table.c.id == buyer, buyer_table.c.shop == shop
        )
    ).one_or_none()
    if row is None:
        return []
    mine: list[sa.ColumnElement[bool]] = [orders.c.buyer == buyer]
    if row.external_id:
        mine.append(sa.and_(orders.c.buyer.is_(None), orders.c.buyer_name == row.external_id))
    if row.phone_index is not None:
        mine.append(sa.and_(orders.c.buyer.is_(None), orders.c.phone_index == row.phone_index))
    query = sa.select(orders).where(orders.c.shop == shop, sa.or_(*mine))
    query = query.order_by(orders.c.listed_at.desc(), orders.c.id.desc()).limit(limit)
    return list(read_orders(connection, sealer, query))


def count_states(connection: Connection, shops: Sequence[str]) -> dict[str, int]:
    """How many orders of these shops are in each state; a state without any is absent."""
    query = sa.select(orders.c.state, sa.func.count().label("orders")).where(orders.c.shop.in_(shops))
    return {row.state: row.orders for row in connection.execute(query.group_by(orders.c.state))}


def read_history(connection: Connection, id_: str) -> Sequence[Any]:
    """The facts of an order, oldest first: id, at, kind, author, data."""
    query = sa.select(journal.c.id, journal.c.at, journal.c.kind, journal.c.author, journal.c.data)
    query = query.join(order_fact, order_fact.c.fact == journal.c.id).where(order_fact.c.order_id == id_)
    return connection.execute(query.order_by(journal.c.id)).all()


def insert_orders(connection: Connection, sealer: Sealer, new: Sequence[Order]) -> None:
    """Store new orders; what is private is sealed, the phone's blind indexes stand beside it."""
    rows = [_values(sealer, order) for order in new]
    if connection.dialect.name == "sqlite":
        insert_many(connection, orders, _COLUMNS, rows)
    else:  # What is sealed cannot travel as JSON, which is how many rows go there otherwise.
        marks = ", ".join(["%s"] * len(_COLUMNS))
        connection.exec_driver_sql(f"INSERT INTO orders ({', '.join(_COLUMNS)}) VALUES ({marks})", rows)


def update_orders(connection: Connection, sealer: Sealer, changed: Sequence[Order]) -> None:
    """Store these orders as they are now."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    changes = ", ".join(f"{name} = {mark}" for name in _COLUMNS)
    statement = f"UPDATE orders SET {changes} WHERE id = {mark}"
    connection.exec_driver_sql(statement, [(*_values(sealer, order), order.id) for order in changed])


def phone_indexes(sealer: Sealer, phone: str) -> tuple[bytes | None, bytes | None]:
    """The blind indexes of a phone: the whole number (none while it is masked) and its last four digits.

    They are those of the buyers' table, so that a buyer's phone finds the orders.
    """
    tail = phone_digits(phone.rpartition("*")[2])[-4:]
    is_whole = bool(tail) and "*" not in phone
    return (
        sealer.blind(BUYER_PHONE, phone_digits(phone)) if is_whole else None,
        sealer.blind(BUYER_PHONE + ".tail", tail) if len(tail) == 4 else None,
    )


def _values(sealer: Sealer, order: Order) -> tuple[Any, ...]:
    """The order's row, column by column; past SQLAlchemy, which would take longer than the database."""
    goods = [[item.title, item.sku, item.quantity, item.price, item.product] for item in order.items]
    ways = [[parcel.number, parcel.courier] for parcel in order.parcels]
    texts = orjson.dumps(goods).decode() if goods else "[]", orjson.dumps(ways).decode() if ways else "[]"
    private = order.receiver, order.phone, order.address
    sealed = [sealer.seal(column, text) if text else None for text, (_, column) in zip(private, _SEALED, strict=True)]
    indexes = phone_indexes(sealer, order.phone) if order.phone else (None, None)
    return (*_PLAIN_OF(order), *texts, *sealed, *indexes)


def read_orders(connection: Connection, sealer: Sealer, query: sa.Select[Any]) -> Iterator[Order]:
    """The orders that this query of their table answers with, what is private opened."""
    for row in connection.execute(query).mappings():
        values = dict(row)
        for name in ("listed_at", "phone_index", "phone_tail_index"):
            del values[name]
        for name, column in _SEALED:
            values[name] = sealer.open(column, sealed) if (sealed := values[name]) else ""
        values["items"] = tuple(Item(*item) for item in values["items"])
        values["parcels"] = tuple(Parcel(*parcel) for parcel in values["parcels"])
        yield Order(**values)
