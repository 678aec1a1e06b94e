"""Customers as the shop knows them across visits: what was decided about them, and how to find them."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.customers.model import Axis, FactKind
from jinpai.desk.store import buyer, conversation
from jinpai.kit.database import metadata
from jinpai.kit.sealing import Sealer
from jinpai.orders.model import Order
from jinpai.orders.store import phone_indexes

Kind = Axis | FactKind
State = Literal["accepted", "struck"]

customer = sa.Table(
    "customer",
    metadata,
    sa.Column("buyer", sa.Text, sa.ForeignKey("buyer.id"), primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("quiet", sa.Boolean, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("same_as", sa.Text, sa.ForeignKey("buyer.id"), index=True),
    sa.Column("quiet_at", sa.BigInteger),
    sa.Column("quiet_by", sa.Text),
    sa.Column("quiet_conversation", sa.Text),
    sa.Column("quiet_seq", sa.Integer),
    sa.Column("erased_at", sa.BigInteger),
)
"""What people wrote about a buyer: `quiet` wants no reminders or care (`quiet_…`: since when, who set it, and the
message that says so), `same_as` is the buyer this one was merged into, `erased_at` when they were forgotten on request.
A buyer nobody wrote about has no row."""

customer_fact = sa.Table(
    "customer_fact",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("buyer", sa.Text, sa.ForeignKey("buyer.id"), nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("conversation", sa.Text),
    sa.Column("seq", sa.Integer),
    sa.Column("judged_by", sa.Text, nullable=False),
    sa.Column("judged_at", sa.BigInteger, nullable=False),
    sa.UniqueConstraint("buyer", "kind", "value"),
)
"""What a person accepted of what buyers tell, or struck out: facts of the profile, and types (the kind is the axis).
`conversation` and `seq` are the message that says so; what nobody judged is worked out anew from the talk."""
sa.Index("ix_customer_fact_shop_kind", customer_fact.c.shop, customer_fact.c.kind)


@dataclass(frozen=True, slots=True)
class Customer:
    """What people wrote about a buyer; times in ms."""

    buyer: str
    shop: str
    quiet: bool = False
    note: str = ""
    same_as: str | None = None
    quiet_at: int | None = None
    quiet_by: str | None = None
    quiet_conversation: str | None = None
    quiet_seq: int | None = None
    erased_at: int | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """Something a person accepted or struck out; times in ms."""

    id: str
    shop: str
    buyer: str
    kind: Kind
    value: str
    state: State
    conversation: str | None
    seq: int | None
    judged_by: str
    judged_at: int


_JUDGED = sa.select(*(customer_fact.c[part.name] for part in fields(Judged)))
_CUSTOMER = sa.select(*(customer.c[part.name] for part in fields(Customer)))


def find_judged(connection: Connection, buyers: Sequence[str]) -> list[Judged]:
    """What was accepted and struck out for these buyers, the oldest judgement first; of the same thing the newest."""
    query = _JUDGED.where(customer_fact.c.buyer.in_(buyers)).order_by(customer_fact.c.judged_at, customer_fact.c.id)
    found: dict[tuple[str, str], Judged] = {}
    for row in connection.execute(query):
        one = Judged(*row)
        found.pop((one.kind, one.value), None)
        found[one.kind, one.value] = one
    return list(found.values())


def find_known(connection: Connection, buyer_id: str) -> dict[Kind, str]:
    """What is known of the person this buyer is: each kind's value that was accepted last."""
    judged = find_judged(connection, find_person(connection, buyer_id))
    return {one.kind: one.value for one in judged if one.state == "accepted"}


def has_profiles(connection: Connection, shop: str) -> bool:
    """Whether anything is known of any customer of this shop, or written about one."""
    facts = sa.select(customer_fact.c.buyer).where(customer_fact.c.shop == shop)
    notes = sa.select(customer.c.buyer).where(customer.c.shop == shop, customer.c.note != "")
    return connection.execute(sa.union_all(facts, notes).limit(1)).first() is not None


def find_name(connection: Connection, buyer_id: str) -> tuple[str, str] | None:
    """The shop and the name of this buyer."""
    row = connection.execute(sa.select(buyer.c.shop, buyer.c.name).where(buyer.c.id == buyer_id)).one_or_none()
    return None if row is None else (row.shop, row.name)


def get_customer(connection: Connection, buyer_id: str) -> Customer | None:
    """What is written about this buyer; None when there is no such buyer."""
    row = connection.execute(_CUSTOMER.where(customer.c.buyer == buyer_id)).one_or_none()
    if row is not None:
        return Customer(*row)
    shop = connection.execute(sa.select(buyer.c.shop).where(buyer.c.id == buyer_id)).scalar_one_or_none()
    return None if shop is None else Customer(buyer_id, shop)


def find_person(connection: Connection, buyer_id: str) -> tuple[str, ...]:
    """The buyers who are the same person as this one, the one they were merged into first."""
    root = connection.execute(sa.select(customer.c.same_as).where(customer.c.buyer == buyer_id)).scalar() or buyer_id
    others = connection.execute(sa.select(customer.c.buyer).where(customer.c.same_as == root)).scalars()
    return (root, *sorted(others))


def put_customer(connection: Connection, changed: Customer) -> None:
    """Store what is written about this buyer."""
    values = {part.name: getattr(changed, part.name) for part in fields(Customer)}
    done = connection.execute(sa.update(customer).where(customer.c.buyer == changed.buyer).values(values))
    if done.rowcount == 0:
        connection.execute(sa.insert(customer).values(values))


def put_judged(connection: Connection, one: Judged) -> None:
    """Store a judgement, in the place of the one on the same kind and value."""
    drop_judged(connection, one.buyer, one.kind, one.value)
    connection.execute(sa.insert(customer_fact).values({part.name: getattr(one, part.name) for part in fields(Judged)}))


def drop_judged(connection: Connection, buyer_id: str, kind: Kind, value: str) -> None:
    """Forget the judgement on this kind and value, so that the talk alone tells again."""
    mine = sa.and_(customer_fact.c.buyer == buyer_id, customer_fact.c.kind == kind, customer_fact.c.value == value)
    connection.execute(sa.delete(customer_fact).where(mine))


def find_talks(connection: Connection, buyers: Sequence[str]) -> list[str]:
    """The conversations of these buyers, the one that moved last first."""
    query = sa.select(conversation.c.id).where(conversation.c.buyer.in_(buyers), conversation.c.status != "new")
    return list(connection.execute(query.order_by(conversation.c.last_at.desc())).scalars())


def find_quiet(connection: Connection, sealer: Sealer, shop: str, wanted: Sequence[Order]) -> set[str]:
    """Those of these orders whose buyers want no reminders.

    The buyer is who placed the order; else whom the shop knows under this name, or with this phone. Whoever is merged
    with one who wants none wants none either.
    """
    root = sa.func.coalesce(customer.c.same_as, customer.c.buyer)
    roots = sa.select(root).where(customer.c.shop == shop, customer.c.quiet.is_(True))
    query = sa.select(buyer.c.id, buyer.c.external_id, buyer.c.phone_index)
    query = query.outerjoin(customer, customer.c.buyer == buyer.c.id)
    query = query.where(buyer.c.shop == shop, sa.or_(buyer.c.id.in_(roots), customer.c.same_as.in_(roots)))
    found = connection.execute(query).all()
    if not found:
        return set()
    ids, names = {row.id for row in found}, {row.external_id for row in found if row.external_id}
    phones = {bytes(row.phone_index) for row in found if row.phone_index is not None}
    return {
        order.id
        for order in wanted
        if order.buyer in ids
        or (order.buyer is None and (order.buyer_name in names or _phone(sealer, order) in phones))
    }


def _phone(sealer: Sealer, order: Order) -> bytes | None:
    return phone_indexes(sealer, order.phone)[0] if order.phone else None
