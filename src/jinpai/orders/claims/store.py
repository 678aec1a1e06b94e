"""Claims against couriers: their table and how to read it."""

from collections.abc import Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.kit.bulk import insert_many
from jinpai.kit.database import metadata
from jinpai.orders.claims.model import RUNNING, Claim

parcel_claim = sa.Table(
    "parcel_claim",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("order_id", sa.Text, sa.ForeignKey("orders.id"), nullable=False, index=True),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("courier", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("evidence", sa.Text, nullable=False),
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("amount", sa.BigInteger, nullable=False),
    sa.Column("granted", sa.BigInteger),
    sa.Column("opened_at", sa.BigInteger, nullable=False),
    sa.Column("due_at", sa.BigInteger, nullable=False),
    sa.Column("changed_at", sa.BigInteger, nullable=False),
    sa.Column("opened_by", sa.Text, nullable=False),
    sa.Column("ended_at", sa.BigInteger),
    sa.UniqueConstraint("shop", "number"),
    sa.Index("ix_parcel_claim_shop_state_due_at", "shop", "state", "due_at", "id"),
)
"""One row per waybill somebody claimed for; amounts in fen."""

View = Literal["running", "ended"]

_COLUMNS = tuple(part.name for part in fields(Claim))
_VALUES = attrgetter(*_COLUMNS)
_READ = sa.select(*(parcel_claim.c[name] for name in _COLUMNS))


def add_claim(connection: Connection, new: Claim) -> None:
    """Keep a new claim."""
    insert_many(connection, parcel_claim, _COLUMNS, [_VALUES(new)])


def put_claim(connection: Connection, changed: Claim) -> None:
    """Keep how it stands now."""
    values = dict(zip(_COLUMNS, _VALUES(changed), strict=True))
    connection.execute(sa.update(parcel_claim).where(parcel_claim.c.id == changed.id).values(values))


def lock_claim(connection: Connection, id_: str) -> Claim | None:
    """The claim with this id, which no other process moves until the transaction ends."""
    row = connection.execute(_READ.where(parcel_claim.c.id == id_).with_for_update()).one_or_none()
    return None if row is None else Claim(*row)


def find_of_number(connection: Connection, shop: str, number: str) -> Claim | None:
    """The claim for this waybill."""
    mine = sa.and_(parcel_claim.c.shop == shop, parcel_claim.c.number == number)
    row = connection.execute(_READ.where(mine)).one_or_none()
    return None if row is None else Claim(*row)


def find_of_order(connection: Connection, order_id: str) -> list[Claim]:
    """The claims for the parcels of this order, the newest first."""
    query = _READ.where(parcel_claim.c.order_id == order_id).order_by(
        parcel_claim.c.opened_at.desc(), parcel_claim.c.id
    )
    return [Claim(*row) for row in connection.execute(query)]


def find_claims(
    connection: Connection, shops: Sequence[str], view: View, after: tuple[int, str] | None, limit: int
) -> list[Claim]:
    """A page of the claims of these shops: running ones by deadline, ended ones the latest first."""
    runs = parcel_claim.c.state.in_(RUNNING)
    query = _READ.where(parcel_claim.c.shop.in_(shops), runs if view == "running" else ~runs)
    at = parcel_claim.c.due_at if view == "running" else parcel_claim.c.changed_at
    place = sa.tuple_(at, parcel_claim.c.id)
    if after is not None:
        last = sa.tuple_(*map(sa.literal, after))
        query = query.where(place > last if view == "running" else place < last)
    order = (at, parcel_claim.c.id) if view == "running" else (at.desc(), parcel_claim.c.id.desc())
    return [Claim(*row) for row in connection.execute(query.order_by(*order).limit(limit))]
