"""Finding customers: those whom all words fit, with what they have bought."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.customers.model import FACT_KINDS
from jinpai.customers.returned import of_returned
from jinpai.customers.segments import Bought
from jinpai.customers.store import customer, customer_fact
from jinpai.desk.search.buyers import fits
from jinpai.desk.store import buyer, conversation
from jinpai.kit.sealing import Sealer
from jinpai.kit.text import split_words
from jinpai.orders.store import orders

Which = Literal["all", "known", "quiet", "bought", "returned"]
"""Everybody · those with a profile · those who want no reminders · those who have ordered under their own name · those
who were forgotten, and of whom a file has brought something back."""

_PAID = ("paid", "shipped", "delivered", "completed")


@dataclass(frozen=True, slots=True)
class Listed:
    """A customer as a list shows them; `moved_at` (ms) is when they last did something, or came to be known."""

    id: str
    shop: str
    name: str
    external_id: str | None
    phone: bytes | None
    phone_index: bytes | None
    quiet: bool
    moved_at: int


_LAST = (
    sa.select(sa.func.max(conversation.c.last_at))
    .where(conversation.c.buyer == buyer.c.id, conversation.c.status != "new")
    .scalar_subquery()
)
_MOVED = sa.func.coalesce(_LAST, buyer.c.created_at)
_LISTED = sa.select(
    buyer.c.id,
    buyer.c.shop,
    buyer.c.name,
    buyer.c.external_id,
    buyer.c.phone,
    buyer.c.phone_index,
    sa.func.coalesce(customer.c.quiet, sa.false()),
    _MOVED.label("moved_at"),
).outerjoin(customer, customer.c.buyer == buyer.c.id)


def find_customers(
    connection: Connection,
    sealer: Sealer,
    shops: Sequence[str],
    words: str,
    which: Which,
    cursor: tuple[int, str] | None,
    limit: int,
) -> list[Listed]:
    """The customers of these shops whom all words fit, those who moved last first.

    Those merged into another are left out, and those who were forgotten but where just they are asked for.
    """
    is_sqlite = connection.dialect.name == "sqlite"
    erased = customer.c.erased_at
    alive = erased.is_not(None) if which == "returned" else erased.is_(None)
    query = _LISTED.where(buyer.c.shop.in_(shops), customer.c.same_as.is_(None), alive)
    query = query.where(*(fits(word, sealer, is_sqlite=is_sqlite) for word in split_words(words)))
    if which == "known":
        mine = sa.and_(customer_fact.c.state == "accepted", customer_fact.c.kind.in_(FACT_KINDS))
        query = query.where(buyer.c.id.in_(sa.select(customer_fact.c.buyer).where(mine)))
    elif which == "quiet":
        query = query.where(customer.c.quiet.is_(True))
    elif which == "returned":
        query = query.where(buyer.c.id.in_(of_returned()))
    elif which == "bought":
        query = query.where(buyer.c.id.in_(_buyers()))
    if cursor is not None:
        query = query.where(sa.tuple_(_MOVED, buyer.c.id) < cursor)
    found = connection.execute(query.order_by(_MOVED.desc(), buyer.c.id.desc()).limit(limit))
    return [Listed(*row) for row in found]


def get_listed(connection: Connection, ids: Sequence[str]) -> dict[str, Listed]:
    """These customers, by id."""
    return {row[0]: Listed(*row) for row in connection.execute(_LISTED.where(buyer.c.id.in_(ids)))}


def sum_bought(connection: Connection, listed: Sequence[Listed]) -> dict[str, Bought]:
    """Customer → what they bought: orders placed as them, under their member id, or with their phone."""
    ids = {one.id: one.id for one in listed}
    names = {(one.shop, one.external_id): one.id for one in listed if one.external_id}
    phones = {(one.shop, bytes(one.phone_index)): one.id for one in listed if one.phone_index}
    nobody = orders.c.buyer.is_(None)
    query = sa.select(
        orders.c.shop, orders.c.buyer, orders.c.buyer_name, orders.c.phone_index, orders.c.paid, orders.c.refunded,
        orders.c.listed_at,
    ).where(
        orders.c.shop.in_({one.shop for one in listed}),
        orders.c.state.in_(_PAID),
        sa.or_(
            orders.c.buyer.in_(ids),
            sa.and_(nobody, orders.c.buyer_name.in_({name for _, name in names})),
            sa.and_(nobody, orders.c.phone_index.in_({phone for _, phone in phones})),
        ),
    )  # fmt: skip
    found: dict[str, Bought] = {}
    for row in connection.execute(query) if listed else ():
        phone = bytes(row.phone_index) if row.phone_index is not None else b""
        owner = ids.get(row.buyer or "") or names.get((row.shop, row.buyer_name)) or phones.get((row.shop, phone))
        if owner is not None:
            found[owner] = found.get(owner, Bought()).plus(row.paid - row.refunded, row.listed_at)
    return found


def _buyers() -> sa.CompoundSelect[tuple[str]]:
    """Those who have an order of their own, by each way an order is known to be somebody's."""
    paid, nobody = orders.c.state.in_(_PAID), orders.c.buyer.is_(None)
    placed = sa.select(orders.c.buyer).where(paid, orders.c.buyer.is_not(None))
    named = sa.and_(orders.c.shop == buyer.c.shop, orders.c.buyer_name == buyer.c.external_id)
    called = sa.and_(orders.c.shop == buyer.c.shop, orders.c.phone_index == buyer.c.phone_index)
    named_ = sa.select(buyer.c.id).join(orders, named).where(paid, nobody)
    called_ = sa.select(buyer.c.id).join(orders, called).where(paid, nobody)
    return sa.union(placed, named_, called_)
