"""Which goods were paid for together: read past what is sealed, for learning what belongs together."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.orders.model import Item
from jinpai.orders.store import orders

_PAID = ("paid", "shipped", "delivered", "completed")


class Bought(NamedTuple):
    """The goods of an order, and who placed it: the buyer, else the member name, else nobody but the order itself."""

    buyer: str
    items: tuple[Item, ...]


def read_baskets(
    connection: Connection, shop: str, since: int, most: int, until: int | None = None
) -> Iterator[Bought]:
    """The goods of the shop's orders that were paid and not closed, listed from `since` to before `until` (ms).

    Of the newest `most`.
    """
    columns = (orders.c.id, orders.c.buyer, orders.c.buyer_name, orders.c["items"])
    query = sa.select(*columns).where(orders.c.shop == shop, orders.c.listed_at >= since, orders.c.state.in_(_PAID))
    if until is not None:
        query = query.where(orders.c.listed_at < until)
    query = query.order_by(orders.c.listed_at.desc(), orders.c.id.desc()).limit(most)
    for id_, buyer, name, items in connection.execute(query):
        yield Bought(buyer or name or id_, tuple(Item(*item) for item in items))


def read_bought(connection: Connection, shop: str, buyers: Collection[str], since: int) -> Iterator[tuple[int, Bought]]:
    """The goods of these buyers' orders since then (ms) that were not closed, each with when it was listed (ms)."""
    columns = (orders.c.buyer, orders.c.listed_at, orders.c["items"])
    query = sa.select(*columns).where(
        orders.c.shop == shop, orders.c.buyer.in_(buyers), orders.c.listed_at >= since, orders.c.state != "closed"
    )
    for buyer, at, items in connection.execute(query.order_by(orders.c.listed_at, orders.c.id)):
        yield at, Bought(buyer, tuple(Item(*item) for item in items))
