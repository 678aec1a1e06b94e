"""Keeping where a shop has its couriers asked, and which of its parcels are to be asked for."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, fields, replace

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.journal.due import Due, cancel, schedule
from jinpai.journal.model import Entry
from jinpai.journal.writer import Action, Tx
from jinpai.kit.bulk import upsert_many
from jinpai.kit.ids import new_id
from jinpai.kit.sealing import Sealer
from jinpai.kit.urls import check_same_host
from jinpai.orders.model import Parcel
from jinpai.orders.store import order_parcel, orders
from jinpai.orders.tracking.provider import AGAIN, ASK, DROPPED, KEY, SET, CourierEndpoint, Setting, Wanted, tidy
from jinpai.orders.tracking.store import courier_asked, courier_setting, parcel_track

SINCE = 30 * 86_400_000
"""A parcel is asked for so long (ms) after it left."""

_ENDED = ("delivered", "returned", "lost")

_NAMES = tuple(part.name for part in fields(Setting))


def find_setting(connection: Connection, shop: str) -> Setting | None:
    """What this shop has set."""
    query = sa.select(*(courier_setting.c[name] for name in _NAMES)).where(courier_setting.c.shop == shop)
    row = connection.execute(query).one_or_none()
    return None if row is None else Setting(*row)


def put_setting(connection: Connection, new: Setting) -> None:
    """Store the setting and how it goes."""
    connection.execute(sa.delete(courier_setting).where(courier_setting.c.shop == new.shop))
    connection.execute(sa.insert(courier_setting).values(asdict(new)))


def endpoint_of(sealer: Sealer, known: Setting) -> CourierEndpoint:
    """Where to ask, with the key opened."""
    key = sealer.open(KEY, known.key) if known.key else None
    return CourierEndpoint(known.url, key, "near" if known.is_near else "public")


def set_couriers(sealer: Sealer, wanted: Wanted, author: str) -> Action[Setting]:
    """The action that sets it and begins to ask; BadInput where another host would be told the old one's key."""
    told = tidy(wanted)

    def act(tx: Tx) -> Setting:
        known = find_setting(tx.connection, told.shop)
        if told.key is None and known is not None and known.key:
            check_same_host(known.url, told.url)
        kept = None if known is None else known.key
        key = kept if told.key is None else sealer.seal(KEY, told.key) if told.key else None
        new = Setting(told.shop, told.is_on, told.url, key, told.is_near, told.per_hour, author, tx.now)
        if known is not None:
            new = replace(new, hour_calls=known.hour_calls, hour_at=known.hour_at)
        put_setting(tx.connection, new)
        cancel(tx.connection, (ASK,), [told.shop], "改了设置", tx.now)
        if told.is_on:
            work = Due(told.shop, ASK, told.shop, f"{ASK}:{new_id('d')}", tx.now, {"set": tx.now})
            schedule(tx.connection, [work], tx.now)
        data = {"url": told.url, "on": told.is_on, "near": told.is_near, "new_key": told.key is not None}
        tx.append(Entry(SET, author, told.shop, data=data))
        return new

    return act


def drop_couriers(shop: str, author: str) -> Action[None]:
    """The action that lets the setting and its key go; nobody is asked any more."""

    def act(tx: Tx) -> None:
        if find_setting(tx.connection, shop) is not None:
            tx.connection.execute(sa.delete(courier_setting).where(courier_setting.c.shop == shop))
            cancel(tx.connection, (ASK,), [shop], "删掉了设置", tx.now)
            tx.append(Entry(DROPPED, author, shop))

    return act


def find_to_ask(connection: Connection, shop: str, now: int, limit: int) -> list[Parcel]:
    """The shop's parcels on their way that nobody asked for lately, those never asked for first."""
    number, asked_at = order_parcel.c.number, courier_asked.c.asked_at
    joined = order_parcel.join(orders, orders.c.id == order_parcel.c.order_id)
    joined = joined.outerjoin(courier_asked, courier_asked.c.id == orders.c.shop + "/" + number)
    joined = joined.outerjoin(parcel_track, sa.and_(parcel_track.c.shop == shop, parcel_track.c.number == number))
    query = sa.select(number, orders.c.parcels).select_from(joined)
    query = query.where(orders.c.shop == shop, orders.c.state == "shipped", number != "")
    query = query.where(sa.func.coalesce(orders.c.shipped_at, orders.c.listed_at) >= now - SINCE)
    query = query.where(sa.func.coalesce(parcel_track.c.state, "").not_in(_ENDED))
    query = query.where(sa.func.coalesce(asked_at, 0) <= now - AGAIN)
    found = connection.execute(query.order_by(sa.func.coalesce(asked_at, 0), number).limit(limit))
    return list({row.number: Parcel(row.number, dict(row.parcels).get(row.number, "")) for row in found}.values())


def note_asked(connection: Connection, shop: str, numbers: Collection[str], now: int) -> None:
    """Keep that these parcels were asked for."""
    rows: Sequence[tuple[object, ...]] = [(f"{shop}/{number}", shop, number, now) for number in sorted(numbers)]
    upsert_many(connection, courier_asked, "id", ("shop", "number", "asked_at"), rows)
