"""Looking orders up, by any part of them that people know."""

from collections.abc import Sequence

import orjson
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.kit.sealing import Sealer
from jinpai.orders.model import Order, Search
from jinpai.orders.store import order_parcel, orders, phone_indexes, read_orders


def find_orders(
    connection: Connection,
    sealer: Sealer,
    shops: Sequence[str],
    search: Search,
    cursor: tuple[int, str] | None = None,
    limit: int = 50,
) -> list[Order]:
    """The orders of these shops that fit, the newest first; `cursor` is the last (listed_at, id) seen."""
    query = sa.select(orders).where(orders.c.shop.in_(shops), *_conditions(sealer, search))
    if cursor is not None:
        query = query.where(sa.tuple_(orders.c.listed_at, orders.c.id) < cursor)
    query = query.order_by(orders.c.listed_at.desc(), orders.c.id.desc()).limit(limit)
    return list(read_orders(connection, sealer, query))


def _conditions(sealer: Sealer, search: Search) -> list[sa.ColumnElement[bool]]:
    parts = (orders.c.state, search.state), (orders.c.refund, search.refund), (orders.c.number, search.number)
    found: list[sa.ColumnElement[bool]] = [column == value for column, value in parts if value]
    if search.buyer:
        found.append(orders.c.buyer_name == search.buyer)
    if search.phone:
        found.append(_has_phone(sealer, search.phone))
    if search.product:
        found.append(_has_goods(search.product))
    if search.tracking:
        found.append(_has_parcel(search.tracking))
    if search.since is not None:
        found.append(orders.c.listed_at >= search.since)
    if search.until is not None:
        found.append(orders.c.listed_at < search.until)
    if search.words:
        found.append(_anywhere(sealer, search.words))
    return found


def _anywhere(sealer: Sealer, words: str) -> sa.ColumnElement[bool]:
    """What one box finds: number or its beginning, buyer, goods, tracking number, phone or its last four digits."""
    ways = [
        orders.c.number.startswith(words, autoescape=True),
        orders.c.buyer_name.contains(words, autoescape=True),
        _has_goods(words),
        _has_parcel(words),
    ]
    if words.isdecimal() and len(words) in (4, 11):
        ways.append(_has_phone(sealer, words))
    return sa.or_(*ways)


def _has_goods(words: str) -> sa.ColumnElement[bool]:
    """Goods by what the order is called, or by the title, choice or code of a line.

    Lines are kept as JSON text: without a letter words would hit prices and pieces, as parts of `null` what is empty.
    """
    ways = [orders.c.title.contains(words, autoescape=True)]
    if any(one.isalpha() for one in words) and words.lower() not in "null":
        told = orjson.dumps(words).decode()[1:-1]
        ways.append(sa.type_coerce(orders.c["items"], sa.Text).contains(told, autoescape=True))
    return sa.or_(*ways)


def _has_phone(sealer: Sealer, digits: str) -> sa.ColumnElement[bool]:
    whole, tail = phone_indexes(sealer, digits)
    return orders.c.phone_tail_index == tail if len(digits) <= 4 else orders.c.phone_index == whole


def _has_parcel(number: str) -> sa.ColumnElement[bool]:
    return orders.c.id.in_(
        sa.select(order_parcel.c.order_id).where(order_parcel.c.number.in_((number, number.upper())))
    )
