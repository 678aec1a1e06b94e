"""A customer who wants to be forgotten: what the desk, the orders and the profile keep of them becomes nobody's.

Orders and conversations stay, because figures and the log's numbers rest on them; whose they were is gone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.customers.store import customer, customer_fact
from jinpai.desk.files import find_file, remove_file
from jinpai.desk.store import buyer, conversation, file, visitor_token
from jinpai.kit.emptying import empty_out
from jinpai.orders.model import Order
from jinpai.orders.store import order_fact, order_review, orders

NOBODY = "已删除的客户"
"""The name under which an erased customer's conversations and orders stand."""

UNFINISHED = ("unpaid", "paid", "shipped")

ORDER_OF_NOBODY: Mapping[str, object] = {
    "buyer_name": NOBODY, "receiver": None, "phone": None, "phone_index": None, "phone_tail_index": None,
    "address": None, "remark": "", "buyer_note": "",
}  # fmt: skip
REVIEW_OF_NOBODY: Mapping[str, object] = {"buyer_name": NOBODY, "text": "", "addition": "", "reply": ""}
"""What an erased customer's orders, and the reviews of them, have in the columns that told whose they were."""


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


@dataclass(frozen=True, slots=True)
class Emptied:
    """How many orders, reviews and things beside them still told something; `digests` of pictures nobody else has,
    for their bytes to be let go."""

    orders: int
    reviews: int
    beside: int
    digests: tuple[str, ...]


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


def erase_person(connection: Connection, traces: Traces, now: int) -> Emptied:
    """Empty everything of the desk, the orders and the profile that tells who this was; done again, what came since."""
    mine = traces.buyers
    beside = _erase_buyers(connection, traces, now)
    shown: Mapping[str, object] = {"last_text": "", "tags": [], "knows": None}
    beside += empty_out(connection, conversation, conversation.c.buyer.in_(mine), shown)
    orders_, reviews = _erase_orders(connection, traces) if traces.orders else (0, 0)
    digests: list[str] = []
    for id_ in traces.files:
        known = find_file(connection, id_)
        digests += remove_file(connection, known) if known is not None else []
    return Emptied(orders_, reviews, beside, tuple(sorted(set(digests))))


def _erase_buyers(connection: Connection, traces: Traces, now: int) -> int:
    mine = traces.buyers
    nobody = {"name": NOBODY, "external_id": None, "phone": None, "phone_index": None, "phone_tail_index": None}
    many = empty_out(connection, buyer, buyer.c.id.in_(mine), nobody)
    for table in (visitor_token, customer_fact):
        many += connection.execute(sa.delete(table).where(table.c.buyer.in_(mine))).rowcount
    gone = sa.select(customer.c.buyer).where(customer.c.buyer.in_(mine), customer.c.erased_at.is_not(None))
    before = set(connection.execute(gone).scalars())
    new = [id_ for id_ in mine if id_ not in before]
    connection.execute(sa.delete(customer).where(customer.c.buyer.in_(new)))
    rows = [_forgotten(traces, id_, now) for id_ in new]
    if rows:
        connection.execute(sa.insert(customer), rows)
    return many + len(rows)


def _forgotten(traces: Traces, id_: str, now: int) -> dict[str, object]:
    """The row of an erased name. Which names were one person stays: erased again, all of them are."""
    root = traces.buyers[0]
    return {
        "buyer": id_, "shop": traces.shop, "quiet": True, "note": "", "same_as": None if id_ == root else root,
        "erased_at": now,
    }  # fmt: skip


def _erase_orders(connection: Connection, traces: Traces) -> tuple[int, int]:
    placed = {"buyer": sa.func.coalesce(orders.c.buyer, traces.buyers[0])}
    changed = empty_out(connection, orders, orders.c.id.in_(traces.order_ids), ORDER_OF_NOBODY, placed)
    numbers = [one.number for one in traces.orders]
    reviews = sa.and_(order_review.c.shop == traces.shop, order_review.c.number.in_(numbers))
    return changed, empty_out(connection, order_review, reviews, REVIEW_OF_NOBODY)
