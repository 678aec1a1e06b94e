"""The register as people read it: pages of it, what came of each reminder, and sums by everything that matters."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.journal.store import body
from jinpai.orders.store import orders
from jinpai.reminders.curve import EDGES, Curve
from jinpai.reminders.store import COLUMNS, Reminder, State, reminder

Result = Literal["", "paid", "closed", "unpaid", "later"]
"""paid: it brought the payment · later: paid after another reminder · closed: never paid · unpaid: not yet."""

Dimension = Literal["slot", "means", "reason", "script", "author"]
DIMENSIONS: tuple[Dimension, ...] = ("slot", "means", "reason", "script", "author")

HOUR = 3_600_000
NEWEST = 50_000
_SHOP_HOURS = 8
"""The shop's time is eight hours ahead of UTC, all year."""

_UNPAID = ("unpaid", "closed")
_OTHER = reminder.alias("other")
_LATER = (
    sa.select(_OTHER.c.id)
    .where(_OTHER.c.order_id == reminder.c.order_id, _OTHER.c.state == "sent", _OTHER.c.sent_at > reminder.c.sent_at)
    .where(sa.or_(orders.c.paid_at.is_(None), _OTHER.c.sent_at <= orders.c.paid_at))
    .exists()
)
_IS_PAID = sa.and_(
    orders.c.state.not_in(_UNPAID), sa.or_(orders.c.paid_at.is_(None), orders.c.paid_at >= reminder.c.sent_at)
)
_RESULT = sa.case(
    (reminder.c.state != "sent", ""),
    (sa.and_(_IS_PAID, ~_LATER), "paid"),
    (orders.c.state == "unpaid", "unpaid"),
    (orders.c.state == "closed", "closed"),
    else_="later",
)


@dataclass(frozen=True, slots=True)
class Entered:
    """A reminder with its words (empty once erased or before there are any), its result, and what was paid (fen)."""

    reminder: Reminder
    text: str
    result: Result
    paid: int


@dataclass(frozen=True, slots=True)
class Sum:
    """Reminders given with one value of a dimension: how many, how many brought a payment, and how much (fen)."""

    by: Dimension
    key: str
    sent: int
    paid: int
    amount: int


def list_reminders(
    connection: Connection,
    shops: Sequence[str],
    states: Sequence[State],
    cursor: tuple[int, str] | None = None,
    limit: int = 50,
    *,
    soonest: bool = False,
) -> list[Entered]:
    """The reminders of these shops in these states (all when none is named), by their time, the latest first.

    `soonest` turns the order round; `cursor` is the last (due_at, id) seen.
    """
    columns = [reminder.c[name] for name in COLUMNS]
    query = sa.select(*columns, body.c.content, _RESULT.label("result"), orders.c.paid)
    query = query.join_from(reminder, orders, orders.c.id == reminder.c.order_id)
    query = query.outerjoin(body, body.c.id == reminder.c.fact).where(reminder.c.shop.in_(shops))
    if states:
        query = query.where(reminder.c.state.in_(states))
    place = sa.tuple_(reminder.c.due_at, reminder.c.id)
    if cursor is not None:
        query = query.where(place > cursor if soonest else place < cursor)
    order = (reminder.c.due_at, reminder.c.id) if soonest else (reminder.c.due_at.desc(), reminder.c.id.desc())
    return [_entered(row) for row in connection.execute(query.order_by(*order).limit(limit))]


def get_entered(connection: Connection, id_: str) -> Entered | None:
    """One reminder as the register shows it."""
    columns = [reminder.c[name] for name in COLUMNS]
    query = sa.select(*columns, body.c.content, _RESULT.label("result"), orders.c.paid)
    query = query.join_from(reminder, orders, orders.c.id == reminder.c.order_id)
    query = query.outerjoin(body, body.c.id == reminder.c.fact).where(reminder.c.id == id_)
    row = connection.execute(query).one_or_none()
    return None if row is None else _entered(row)


def count_states(connection: Connection, shops: Sequence[str]) -> dict[str, int]:
    """How many reminders of these shops are in each state; a state without any is absent."""
    query = sa.select(reminder.c.state, sa.func.count().label("many")).where(reminder.c.shop.in_(shops))
    return {row.state: row.many for row in connection.execute(query.group_by(reminder.c.state))}


def sum_up(connection: Connection, shop: str, since: int, until: int) -> list[Sum]:
    """Conversion of the reminders given from `since` to `until` (ms, not included), by each dimension."""
    slot = (sa.cast(reminder.c.sent_at, sa.BigInteger) // HOUR + _SHOP_HOURS) % 24
    dimensions = (slot.label("slot"), *(reminder.c[name] for name in DIMENSIONS[1:]))
    brought = _RESULT == "paid"
    query = sa.select(
        *dimensions,
        sa.func.count().label("sent"),
        sa.func.sum(sa.case((brought, 1), else_=0)).label("paid"),
        sa.func.sum(sa.case((brought, orders.c.paid), else_=0)).label("amount"),
    ).join_from(reminder, orders, orders.c.id == reminder.c.order_id)
    query = query.where(reminder.c.shop == shop, reminder.c.state == "sent")
    query = query.where(reminder.c.sent_at >= since, reminder.c.sent_at < until).group_by(*dimensions)
    sums: dict[tuple[Dimension, str], list[int]] = {}
    for row in connection.execute(query):
        for by in DIMENSIONS:
            known = sums.setdefault((by, str(getattr(row, by))), [0, 0, 0])
            for at, value in enumerate((row.sent, row.paid, row.amount)):
                known[at] += int(value)
    return [Sum(by, key, *values) for (by, key), values in sums.items()]


def read_curve(connection: Connection, shop: str, until: int) -> tuple[Curve, dict[int, int]]:
    """How long the shop's buyers took to pay for orders placed before `until` (ms), and orders by hour of the day.

    The newest fifty thousand tell; a shop with more is not asked about its beginnings.
    """
    query = sa.select(orders.c.ordered_at, orders.c.paid_at).where(orders.c.shop == shop, orders.c.listed_at < until)
    query = query.where(orders.c.ordered_at.is_not(None)).order_by(orders.c.listed_at.desc()).limit(NEWEST)
    counts, hours, ever, total = [0] * (len(EDGES) + 1), Counter[int](), 0, 0
    for ordered_at, paid_at in connection.execute(query):
        total += 1
        hours[(ordered_at // HOUR + _SHOP_HOURS) % 24] += 1
        if paid_at is not None:
            ever += 1
            counts[bisect_left(EDGES, paid_at - ordered_at)] += 1
    return Curve(total, tuple(accumulate(counts[:-1])), ever), dict(hours)


def _entered(row: Any) -> Entered:
    known = Reminder(*row[: len(COLUMNS)])
    text = (row.content or {}).get("text") or ""
    return Entered(known, text, row.result, row.paid if row.result == "paid" else 0)
