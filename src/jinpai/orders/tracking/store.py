"""What couriers told of parcels, and where each stands: the tables and how to read them."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from operator import attrgetter

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.kit.bulk import insert_many, upsert_many
from jinpai.kit.database import metadata
from jinpai.orders.store import order_parcel, orders
from jinpai.orders.tracking.model import Trace, Track

parcel_trace = sa.Table(
    "parcel_trace",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("told_at", sa.BigInteger, nullable=False),
    sa.Index("ix_parcel_trace_shop_number", "shop", "number", "at"),
)
"""One row per thing told of a parcel; its id is the same for what is the same, so that nothing is kept twice."""

parcel_track = sa.Table(
    "parcel_track",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("since", sa.BigInteger, nullable=False),
    sa.Column("last_at", sa.BigInteger, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("changed_at", sa.BigInteger, nullable=False),
    sa.UniqueConstraint("shop", "number"),
)
"""Where each parcel stands by all its traces, one row per parcel anything was told of."""

courier_setting = sa.Table(
    "courier_setting",
    metadata,
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), primary_key=True),
    sa.Column("is_on", sa.Boolean, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("key", sa.LargeBinary),
    sa.Column("is_near", sa.Boolean, nullable=False),
    sa.Column("per_hour", sa.Integer, nullable=False),
    sa.Column("changed_by", sa.Text, nullable=False),
    sa.Column("changed_at", sa.BigInteger, nullable=False),
    sa.Column("asked_at", sa.BigInteger),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("told", sa.Integer, nullable=False),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("hour_calls", sa.Integer, nullable=False),
    sa.Column("hour_at", sa.BigInteger, nullable=False),
)
"""One row per shop that has its couriers asked over HTTP; the key is sealed and never told again."""

courier_asked = sa.Table(
    "courier_asked",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("asked_at", sa.BigInteger, nullable=False),
)
"""When each parcel was asked for last."""

_TRACE = tuple(part.name for part in fields(Trace))
_TRACK = tuple(part.name for part in fields(Track))
_TRACE_OF, _TRACK_OF = attrgetter(*_TRACE), attrgetter(*_TRACK)


def find_traces(connection: Connection, shop: str, numbers: Collection[str]) -> dict[str, list[Trace]]:
    """What was told of the parcels with these numbers, the oldest first; one nothing was told of is absent."""
    query = sa.select(*(parcel_trace.c[name] for name in _TRACE))
    query = query.where(parcel_trace.c.shop == shop, parcel_trace.c.number.in_(numbers))
    found: dict[str, list[Trace]] = {}
    for row in connection.execute(query.order_by(parcel_trace.c.at, parcel_trace.c.id)) if numbers else ():
        found.setdefault(row.number, []).append(Trace(*row))
    return found


def find_tracks(connection: Connection, shop: str, numbers: Collection[str]) -> dict[str, Track]:
    """Where the parcels with these numbers stand, by number."""
    query = sa.select(*(parcel_track.c[name] for name in _TRACK))
    query = query.where(parcel_track.c.shop == shop, parcel_track.c.number.in_(numbers))
    return {row.number: Track(*row) for row in connection.execute(query)} if numbers else {}


def lock_carried(connection: Connection, shop: str, numbers: Collection[str]) -> dict[str, list[str]]:
    """Tracking number → the shop's orders in that parcel, locked until the transaction ends."""
    query = sa.select(order_parcel.c.number, orders.c.id)
    query = query.join(orders, orders.c.id == order_parcel.c.order_id)
    query = query.where(orders.c.shop == shop, order_parcel.c.number.in_(numbers)).order_by(orders.c.id)
    found: dict[str, list[str]] = {}
    for number, order in connection.execute(query.with_for_update()) if numbers else ():
        found.setdefault(number, []).append(order)
    return found


def add_traces(connection: Connection, shop: str, new: Sequence[Trace], now: int) -> None:
    """Keep these traces."""
    rows = [(one.key(shop), shop, now, *_TRACE_OF(one)) for one in new]
    insert_many(connection, parcel_trace, ("id", "shop", "told_at", *_TRACE), rows)


def put_tracks(connection: Connection, shop: str, tracks: Sequence[Track], now: int) -> None:
    """Keep where these parcels stand now."""
    rows = [(f"{shop}/{one.number}", shop, now, *_TRACK_OF(one)) for one in tracks]
    upsert_many(connection, parcel_track, "id", ("shop", "changed_at", *_TRACK), rows)
