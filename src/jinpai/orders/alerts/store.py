"""What the radar found: one row per order and kind, for as long as both exist."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, Final, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.kit.bulk import insert_many
from jinpai.kit.database import metadata
from jinpai.orders.alerts.content import Kind
from jinpai.orders.alerts.model import Watched
from jinpai.orders.store import order_parcel, orders
from jinpai.orders.tracking.store import parcel_track

ALARMED: Final = "parcel_alarmed"
SETTLED: Final = "parcel_settled"
"""The kinds of the facts that the radar found something, and that a person has dealt with it."""

FACTS: Final = "facts"
"""Who settled an alert of which the order itself says that it is over."""

MAX_WHY: Final = 200

parcel_alert = sa.Table(
    "parcel_alert",
    metadata,
    sa.Column("order_id", sa.Text, sa.ForeignKey("orders.id"), primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("since", sa.BigInteger, nullable=False),
    sa.Column("found_at", sa.BigInteger, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("settled_at", sa.BigInteger),
    sa.Column("settled_by", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("task", sa.Text),
    sa.Column("conversation", sa.Text),
    sa.Column("offered", sa.Integer),
    sa.Index("ix_parcel_alert_shop_state", "shop", "state", "found_at"),
)
"""The hand-over that was opened, and the draft that was laid before the agent, are never opened or laid again."""


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that needs somebody; times in ms, `settled_by` is `facts` or an author, `why` their words.

    `task` is the hand-over it opened, `offered` the number of the draft in the buyer's conversation.
    """

    order_id: str
    kind: Kind
    shop: str
    number: str
    since: int
    found_at: int
    state: Literal["open", "settled"] = "open"
    settled_at: int | None = None
    settled_by: str = ""
    why: str = ""
    task: str | None = None
    conversation: str | None = None
    offered: int | None = None


_COLUMNS = tuple(part.name for part in fields(Alert))
_VALUES = attrgetter(*_COLUMNS)
_READ = sa.select(*(parcel_alert.c[name] for name in _COLUMNS))
_TROUBLED = ("stuck", "refused", "returned", "lost")


def add_alert(connection: Connection, new: Alert) -> None:
    """Keep a new alert."""
    insert_many(connection, parcel_alert, _COLUMNS, [_VALUES(new)])


def put_alert(connection: Connection, changed: Alert) -> None:
    """Keep how it stands now."""
    mine = sa.and_(parcel_alert.c.order_id == changed.order_id, parcel_alert.c.kind == changed.kind)
    values = dict(zip(_COLUMNS, _VALUES(changed), strict=True))
    connection.execute(sa.update(parcel_alert).where(mine).values(values))


def find_alerts(connection: Connection, ids: Collection[str]) -> dict[tuple[str, Kind], Alert]:
    """The alerts of these orders, by order and kind."""
    query = _READ.where(parcel_alert.c.order_id.in_(ids))
    return {(row.order_id, row.kind): Alert(*row) for row in connection.execute(query)} if ids else {}


def find_open(connection: Connection, shops: Sequence[str], limit: int) -> list[Alert]:
    """What waits for somebody in these shops, the oldest first."""
    query = _READ.where(parcel_alert.c.shop.in_(shops), parcel_alert.c.state == "open")
    query = query.order_by(parcel_alert.c.since, parcel_alert.c.order_id, parcel_alert.c.kind).limit(limit)
    return [Alert(*row) for row in connection.execute(query)]


def find_settled(connection: Connection, shops: Sequence[str], limit: int) -> list[Alert]:
    """What was settled in these shops, the latest first."""
    query = _READ.where(parcel_alert.c.shop.in_(shops), parcel_alert.c.state == "settled")
    query = query.order_by(parcel_alert.c.settled_at.desc(), parcel_alert.c.order_id, parcel_alert.c.kind).limit(limit)
    return [Alert(*row) for row in connection.execute(query)]


def last_heard(connection: Connection, shop: str) -> int | None:
    """When anything was last told of a parcel of this shop, in ms; None if never."""
    query = sa.select(sa.func.max(parcel_track.c.last_at)).where(parcel_track.c.shop == shop)
    return connection.execute(query).scalar_one()  # type: ignore[no-any-return]


def find_watched(connection: Connection, shop: str, since: int, late: int, silent: int, limit: int) -> list[Watched]:
    """What may be in trouble among the shop's orders since this time: paid by `late`, silent by `silent` (ms), or told
    to be stuck, refused, returned or lost."""
    paid_at = sa.func.coalesce(orders.c.paid_at, orders.c.listed_at)
    told = sa.func.coalesce(parcel_track.c.last_at, orders.c.shipped_at, paid_at)
    waits = sa.and_(orders.c.state == "paid", paid_at <= late)
    quiet = sa.and_(orders.c.state == "shipped", told <= silent)
    query = _watched().where(orders.c.shop == shop, orders.c.state.in_(("paid", "shipped", "delivered")))
    query = query.where(paid_at >= since, sa.or_(waits, quiet, parcel_track.c.state.in_(_TROUBLED)))
    found = connection.execute(query.order_by(paid_at.desc(), orders.c.id, order_parcel.c.number).limit(limit))
    return [Watched(*row) for row in found]


def find_watched_of(connection: Connection, ids: Collection[str]) -> list[Watched]:
    """These orders with their parcels, whatever state they are in."""
    query = _watched().where(orders.c.id.in_(ids)).order_by(orders.c.id, order_parcel.c.number)
    return [Watched(*row) for row in connection.execute(query)] if ids else []


def _watched() -> sa.Select[Any]:
    """Orders of goods with their parcels: freight that was still missing is paid for, and nothing leaves."""
    paid_at = sa.func.coalesce(orders.c.paid_at, orders.c.listed_at)
    shipped_at = sa.func.coalesce(orders.c.shipped_at, paid_at)
    number, track = order_parcel.c.number, parcel_track.c
    joined = orders.outerjoin(order_parcel, sa.and_(order_parcel.c.order_id == orders.c.id, number != ""))
    joined = joined.outerjoin(parcel_track, sa.and_(track.shop == orders.c.shop, track.number == number))
    columns = (orders.c.id, orders.c.state, orders.c.refund, paid_at, shipped_at)
    query = sa.select(*columns, number, track.state, track.since, track.last_at).select_from(joined)
    return query.where(orders.c.origin != "freight")
