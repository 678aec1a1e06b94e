"""A customer who wants to be forgotten: what the desk, the orders and the profile keep of them becomes nobody's.

Orders and conversations stay, because figures and the log's numbers rest on them; whose they were is gone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.customers.store import customer, customer_fact
from jinpai.desk.files import find_file, remove_file
from jinpai.desk.store import buyer, conversation, file, visitor_token
from jinpai.orders.model import Order
from jinpai.orders.store import order_fact, order_review, orders

NOBODY = "已删除的客户"
"""The name under which an erased customer's conversations and orders stand."""

UNFINISHED = ("unpaid", "paid", "shipped")


@dataclass(frozen=True, slots=True)
class Traces:
    """Where a person has left traces: their buyers, conversations, orders, pictures, and rows of the log."""

    shop: str
    buyers: tuple[str, ...]
    talks: tuple[str, ...]
    orders: tuple[Order, ...]
    files: tuple[str, ...]

    @property
    def order_ids(self) -> list[str]:
        """The orders' ids."""
        return [one.id for one in self.orders]


def find_places(connection: Connection, buyers: Sequence[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """The conversations of these buyers with their states, and the pictures in them."""
    talks = sa.select(conversation.c.id, conversation.c.status).where(conversation.c.buyer.in_(buyers))
    found = [(row.id, row.status) for row in connection.execute(talks)]
    pictures = sa.select(file.c.id).where(file.c.conversation.in_([id_ for id_, _ in found]))
    return found, list(connection.execute(pictures).scalars())


def find_order_facts(connection: Connection, order_ids: Sequence[str]) -> list[int]:
    """The rows of the log that are the history of these orders."""
    query = sa.select(order_fact.c.fact).where(order_fact.c.order_id.in_(order_ids))
    return list(connection.execute(query).scalars()) if order_ids else []


def erase_person(connection: Connection, traces: Traces, now: int) -> list[str]:
    """Empty everything of the desk, the orders and the profile that tells who this was.

    Returns the digests of pictures that nobody else has, for their bytes to be let go.
    """
    mine = traces.buyers
    _erase_buyers(connection, traces, now)
    changed: dict[str, object] = {"last_text": "", "tags": [], "knows": None}
    connection.execute(sa.update(conversation).where(conversation.c.buyer.in_(mine)).values(changed))
    if traces.orders:
        _erase_orders(connection, traces)
    digests: list[str] = []
    for id_ in traces.files:
        known = find_file(connection, id_)
        digests += remove_file(connection, known) if known is not None else []
    return sorted(set(digests))


def _erase_buyers(connection: Connection, traces: Traces, now: int) -> None:
    mine = traces.buyers
    nobody = {"name": NOBODY, "external_id": None, "phone": None, "phone_index": None, "phone_tail_index": None}
    connection.execute(sa.update(buyer).where(buyer.c.id.in_(mine)).values(nobody))
    connection.execute(sa.delete(visitor_token).where(visitor_token.c.buyer.in_(mine)))
    connection.execute(sa.delete(customer_fact).where(customer_fact.c.buyer.in_(mine)))
    connection.execute(sa.delete(customer).where(customer.c.buyer.in_(mine)))
    rows = [
        {"buyer": id_, "shop": traces.shop, "quiet": True, "note": "", "same_as": None, "erased_at": now}
        for id_ in mine
    ]
    connection.execute(sa.insert(customer), rows)


def _erase_orders(connection: Connection, traces: Traces) -> None:
    nobody = {
        "buyer": sa.func.coalesce(orders.c.buyer, traces.buyers[0]), "buyer_name": NOBODY, "receiver": None,
        "phone": None, "phone_index": None, "phone_tail_index": None, "address": None, "remark": "", "buyer_note": "",
    }  # fmt: skip
    connection.execute(sa.update(orders).where(orders.c.id.in_(traces.order_ids)).values(nobody))
    numbers = [one.number for one in traces.orders]
    reviews = sa.and_(order_review.c.shop == traces.shop, order_review.c.number.in_(numbers))
    words = {"buyer_name": NOBODY, "text": "", "addition": "", "reply": ""}
    connection.execute(sa.update(order_review).where(reviews).values(words))
