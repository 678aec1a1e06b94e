"""What files brought back of customers who were forgotten: told to whoever erases again, and never a new profile.

An order keeps the customer it was erased under, so that it is found by them; with its name and phone back it is found
by whoever the shop knows under these by now, too.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.customers.erasing import NOBODY, ORDER_OF_NOBODY, REVIEW_OF_NOBODY
from jinpai.customers.store import customer
from jinpai.desk.store import buyer
from jinpai.kit.emptying import still_tells
from jinpai.orders.store import order_review, orders

_ERASED = sa.select(customer.c.buyer).where(customer.c.erased_at.is_not(None))
_REVIEWED = sa.and_(order_review.c.shop == orders.c.shop, order_review.c.number == orders.c.number)
_ORDER_TELLS = still_tells(orders, ORDER_OF_NOBODY)
_REVIEW_TELLS = still_tells(order_review, REVIEW_OF_NOBODY)


@dataclass(frozen=True, slots=True)
class Returned:
    """How many orders and reviews of a forgotten customer tell of them again."""

    orders: int = 0
    reviews: int = 0


def count_returned(connection: Connection, person: Sequence[str]) -> Returned:
    """What has come back of this person, who was forgotten; nothing of anybody else."""
    mine = sa.and_(orders.c.buyer.in_(person), orders.c.buyer.in_(_ERASED))
    told = sa.select(sa.func.count()).select_from(orders).where(mine, _ORDER_TELLS)
    reviewed = sa.select(sa.func.count()).select_from(order_review).join(orders, _REVIEWED).where(mine, _REVIEW_TELLS)
    return Returned(connection.execute(told).scalar_one(), connection.execute(reviewed).scalar_one())


def of_returned() -> sa.CompoundSelect[tuple[str]]:
    """Those forgotten customers of whom something has come back, each by the first of their names."""
    root = sa.func.coalesce(customer.c.same_as, customer.c.buyer)
    placed = sa.select(root).join(orders, orders.c.buyer == customer.c.buyer).where(customer.c.erased_at.is_not(None))
    return sa.union(placed.where(_ORDER_TELLS), placed.join(order_review, _REVIEWED).where(_REVIEW_TELLS))


def find_brought_back(connection: Connection, shop: str, person: Sequence[str]) -> list[str]:
    """The ids of orders erased under another customer that have a member name or the phone of this person again."""
    columns = sa.select(buyer.c.external_id, buyer.c.phone_index).where(buyer.c.id.in_(person))
    known = connection.execute(columns).all()
    names = {row.external_id for row in known if row.external_id} - {NOBODY}
    phones = {bytes(row.phone_index) for row in known if row.phone_index is not None}
    mine = sa.or_(orders.c.buyer_name.in_(names), orders.c.phone_index.in_(phones))
    erased = sa.and_(orders.c.shop == shop, orders.c.buyer.in_(_ERASED), orders.c.buyer.not_in(person))
    return list(connection.execute(sa.select(orders.c.id).where(erased, mine)).scalars()) if names or phones else []
