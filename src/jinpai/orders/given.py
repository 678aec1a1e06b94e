"""Which orders a promotion's gift goes to: the first that reach its amount in its time, while there is any left."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.orders.store import orders


@dataclass(frozen=True, slots=True)
class Giving:
    """A gift with orders placed from `since` to before `until` (ms), of goods for `least` (fen) and more.

    `pieces` in all, `per_buyer` to one buyer (None: as many as they order); `goods` are names and ids of those it
    comes with, any of them (none named: whatever the order is of).
    """

    since: int
    until: int
    least: int
    pieces: int
    per_buyer: int | None = None
    goods: Collection[str] = ()


def find_given(connection: Connection, shop: str, giving: Giving) -> frozenset[str]:
    """The ids of the shop's orders the gift goes with: those placed first. What was closed gives its place free.

    An order not paid yet counts with what it comes to.
    """
    c = orders.c
    worth = sa.case((c.paid > 0, c.paid), else_=c.total) - c.freight
    fits = [c.listed_at >= giving.since, c.listed_at < giving.until, worth >= giving.least]
    if giving.goods:
        text = sa.cast(c["items"], sa.Text)
        fits.append(sa.or_(*(text.contains(f'"{name}"', autoescape=True) for name in giving.goods)))
    buyer = sa.func.coalesce(c.buyer, sa.func.nullif(c.buyer_name, ""), c.id)
    place = sa.func.row_number().over(partition_by=buyer, order_by=(c.listed_at, c.id)).label("place")
    reach = sa.select(c.id, c.listed_at, place).where(c.shop == shop, c.state != "closed", c.origin != "freight", *fits)
    among = reach.subquery()
    query = sa.select(among.c.id).order_by(among.c.listed_at, among.c.id).limit(giving.pieces)
    if giving.per_buyer is not None:
        query = query.where(among.c.place <= giving.per_buyer)
    return frozenset(connection.execute(query).scalars())
