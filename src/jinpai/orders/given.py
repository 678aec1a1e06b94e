"""Which orders a promotion's gift goes to: the first that reach its amount in its time, while there is any left."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.orders.model import Item
from jinpai.orders.store import orders


@dataclass(frozen=True, slots=True)
class Giving:
    """A gift with orders placed from `since` to before `until` (ms), of goods for `least` (fen) and more.

    There are `pieces` in all, and `per_buyer` for one buyer (None: as many as they order).
    """

    since: int
    until: int
    least: int
    pieces: int
    per_buyer: int | None = None


def find_given(
    connection: Connection, shop: str, giving: Giving, is_meant: Callable[[Sequence[Item]], bool] | None = None
) -> frozenset[str]:
    """The ids of the shop's orders the gift goes with, those placed first: what was closed makes room for the next.

    An order not paid yet counts with what it comes to. `is_meant` tells by its goods whether an order takes part.
    """
    c = orders.c
    worth = sa.case((c.paid > 0, c.paid), else_=c.total) - c.freight
    buyer = sa.func.coalesce(c.buyer, sa.func.nullif(c.buyer_name, ""), c.id)
    query = sa.select(c.id, buyer.label("buyer"), *([] if is_meant is None else [c["items"]])).where(
        c.shop == shop,
        c.listed_at >= giving.since,
        c.listed_at < giving.until,
        c.state != "closed",
        c.origin != "freight",
        worth >= giving.least,
    )
    given, had = set[str](), Counter[str]()
    for row in connection.execute(query.order_by(c.listed_at, c.id)):
        if len(given) == giving.pieces:
            break
        if giving.per_buyer is not None and had[row.buyer] >= giving.per_buyer:
            continue
        if is_meant is None or is_meant([Item(*item) for item in row[2]]):
            given.add(row.id)
            had[row.buyer] += 1
    return frozenset(given)
