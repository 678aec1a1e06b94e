"""The register of payment reminders: its table and how to read it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.desk.model import COMPANION, HISTORY
from jinpai.desk.store import buyer, channel, conversation
from jinpai.kit.bulk import insert_many, select_in, update_many
from jinpai.kit.database import metadata
from jinpai.kit.sealing import Sealer
from jinpai.orders.model import Order
from jinpai.orders.store import orders as orders_table
from jinpai.orders.store import phone_indexes

State = Literal["planned", "todo", "sending", "sent", "cancelled", "skipped", "failed"]
"""planned: has a time · todo: a person must act · sending: on its way outside · cancelled: no longer right, the house
decided · skipped: an agent decided · failed: the outside would not take it."""

OPEN: tuple[State, ...] = ("planned", "todo")

reminder = sa.Table(
    "reminder",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("order_id", sa.Text, sa.ForeignKey("orders.id"), nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("buyer_name", sa.Text, nullable=False),
    sa.Column("round", sa.Integer, nullable=False),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("due_at", sa.BigInteger, nullable=False),
    sa.Column("closes_at", sa.BigInteger, nullable=False),
    sa.Column("moved", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("means", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("script", sa.Text, nullable=False),
    sa.Column("conversation", sa.Text),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("fact", sa.BigInteger),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("sent_at", sa.BigInteger),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sa.UniqueConstraint("order_id", "round"),
)
"""One row per reminder planned or given; `fact` is the journal row that has its words, `author` who gave it, `outcome`
what came of a call."""
sa.Index("ix_reminder_shop_due_at", reminder.c.shop, reminder.c.due_at, reminder.c.id)
sa.Index("ix_reminder_shop_state_due_at", reminder.c.shop, reminder.c.state, reminder.c.due_at, reminder.c.id)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder as the register has it; times in ms, `round` counts from 1, empty text = not known yet."""

    id: str
    shop: str
    order_id: str
    number: str
    buyer_name: str
    round: int
    rule: str
    due_at: int
    closes_at: int
    moved: str
    state: State
    why: str
    means: str
    reason: str
    script: str
    conversation: str | None
    author: str
    fact: int | None
    outcome: str
    sent_at: int | None
    created_at: int


COLUMNS = tuple(part.name for part in fields(Reminder))
_VALUES = attrgetter(*COLUMNS)
_KEPT = ("id", "shop", "order_id", "number", "buyer_name", "round", "created_at")
_CHANGING = tuple(name for name in COLUMNS if name not in _KEPT)
_CHANGED = attrgetter("id", *_CHANGING)
_BY = f"SELECT {', '.join(COLUMNS)} FROM reminder WHERE {{}} IN :values"
_OPEN_OF = "SELECT id, state FROM reminder WHERE order_id IN :values"


def add_reminders(connection: Connection, new: Sequence[Reminder]) -> None:
    """Store new reminders."""
    insert_many(connection, reminder, COLUMNS, [_VALUES(one) for one in new])


def put_reminders(connection: Connection, changed: Sequence[Reminder]) -> None:
    """Store these reminders as they are now."""
    update_many(connection, reminder, "id", _CHANGING, [_CHANGED(one) for one in changed])


def find_reminders(connection: Connection, ids: Sequence[str]) -> dict[str, Reminder]:
    """The reminders with these ids, by id."""
    return {row[0]: Reminder(*row) for row in select_in(connection, _BY.format("id"), ids)}


def find_of_orders(connection: Connection, orders: Sequence[str]) -> dict[str, list[Reminder]]:
    """The reminders of each of these orders, in the order of their rounds; an order without any is absent."""
    found: dict[str, list[Reminder]] = {}
    rows = (Reminder(*row) for row in select_in(connection, _BY.format("order_id"), orders))
    for one in sorted(rows, key=lambda one: one.round):
        found.setdefault(one.order_id, []).append(one)
    return found


def cancel_open(connection: Connection, orders: Sequence[str], texts: Sequence[str], why: str) -> None:
    """Cancel what is planned or to be done for these orders, and `texts`: short messages that still wait to go."""
    found = [id_ for id_, state in select_in(connection, _OPEN_OF, orders) if state in OPEN]
    cancelled = [(id_, "cancelled", why) for id_ in dict.fromkeys([*found, *texts])]
    update_many(connection, reminder, "id", ("state", "why"), cancelled)


def find_talks(connection: Connection, sealer: Sealer, shop: str, orders: Sequence[Order]) -> dict[str, str]:
    """Order id → the conversation its buyer last moved in, where something may be said by itself.

    The buyer is who placed the order; else whom the shop's site vouched for under this name, or with this phone.
    """
    unknown = [order for order in orders if order.buyer is None]
    phones = {order.id: phone_indexes(sealer, order.phone)[0] for order in unknown if order.phone}
    ids = _newest(connection, shop, buyer.c.id, {order.buyer for order in orders if order.buyer})
    names = _newest(connection, shop, buyer.c.external_id, {order.buyer_name for order in unknown if order.buyer_name})
    numbers = _newest(connection, shop, buyer.c.phone_index, {index for index in phones.values() if index})
    found = {
        order.id: ids.get(order.buyer) or names.get(order.buyer_name) or numbers.get(phones.get(order.id))
        if order.buyer is None
        else ids.get(order.buyer)
        for order in orders
    }
    return {order: talk for order, talk in found.items() if talk is not None}


def count_purchases(connection: Connection, shop: str, orders: Sequence[Order]) -> dict[str, int]:
    """Order id → the how-manieth purchase of its buyer it is: paid ones before it, and itself."""
    names = {order.buyer_name for order in orders if order.buyer_name}
    query = sa.select(orders_table.c.buyer_name, sa.func.count().label("paid"))
    query = query.where(orders_table.c.shop == shop, orders_table.c.buyer_name.in_(names))
    query = query.where(orders_table.c.state.not_in(("unpaid", "closed"))).group_by(orders_table.c.buyer_name)
    paid = {row.buyer_name: row.paid for row in connection.execute(query)} if names else {}
    return {order.id: paid.get(order.buyer_name, 0) + 1 for order in orders}


def _newest(connection: Connection, shop: str, column: sa.Column[Any], values: Collection[Any]) -> dict[Any, str]:
    """The value of each buyer → their newest conversation that reaches them: no companion's, no history."""
    if not values:
        return {}
    query = sa.select(column, conversation.c.id).join_from(buyer, conversation, conversation.c.buyer == buyer.c.id)
    is_reached = channel.c.kind.not_in((COMPANION, HISTORY))
    query = query.join(channel, sa.and_(channel.c.id == conversation.c.channel, is_reached))
    query = query.where(buyer.c.shop == shop, column.in_(values)).order_by(conversation.c.last_at)
    return {row[0]: row[1] for row in connection.execute(query)}
