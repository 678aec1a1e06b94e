"""At which number a customer may be reached by phone: one that stands in their record today.

their own numbers ──then──▶ those told with orders placed as them, or under their member name

An order that is theirs only because it has their number tells none of its own: once the number has left their record,
the order must not bring it back.
"""

from collections.abc import Sequence
from itertools import takewhile

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.customers.finding import get_listed
from jinpai.customers.store import customer, find_person
from jinpai.desk.model import PHONE
from jinpai.desk.store import buyer
from jinpai.flows.ports import House
from jinpai.flows.profiling.portrait import find_orders_of
from jinpai.orders.model import Order, is_mobile, phone_digits
from jinpai.orders.store import orders as order_table
from jinpai.orders.store import phone_indexes


def find_numbers(house: House, connection: Connection, person: Sequence[str], orders: Sequence[Order]) -> list[str]:
    """The whole numbers of this person as they were told, the best first; empty if none.

    Their own, of several names that of the one that moved last first; then their orders', the newest first. A newer
    order that shows its number masked ends those of older ones: who hides it now no longer lends what was told then.
    """
    listed = sorted(get_listed(connection, person).values(), key=lambda one: (-one.moved_at, one.id))
    own = [house.sealer.open(PHONE, one.phone) for one in listed if one.phone is not None]
    names = {one.external_id for one in listed if one.external_id}
    placed = [
        order
        for order in sorted(orders, key=lambda order: -order.listed_at)
        if order.phone and (order.buyer in person or (order.buyer is None and order.buyer_name in names))
    ]
    return [*own, *takewhile(lambda phone: "*" not in phone, (order.phone for order in placed))]


def find_phone(house: House, connection: Connection, person: Sequence[str], orders: Sequence[Order]) -> str:
    """The mobile number of this person in digits; empty if none."""
    told = find_numbers(house, connection, person, orders)
    return next((phone_digits(phone) for phone in told if is_mobile(phone)), "")


def phone_of(house: House, connection: Connection, shop: str, buyer_id: str) -> str:
    """The mobile number of this customer of the shop in digits; empty if none."""
    person = find_person(connection, buyer_id)
    return find_phone(house, connection, person, find_orders_of(connection, house.sealer, shop, person))


def is_unwanted(house: House, connection: Connection, shop: str, phone: str) -> bool:
    """Whether somebody whom the shop knows with this number wants to be written to no more, under whatever name."""
    index = phone_indexes(house.sealer, phone)[0]
    named = sa.and_(order_table.c.shop == buyer.c.shop, order_table.c.buyer_name == buyer.c.external_id)
    of_orders = sa.and_(order_table.c.shop == shop, order_table.c.phone_index == index)
    owners = sa.union(
        sa.select(buyer.c.id).where(buyer.c.shop == shop, buyer.c.phone_index == index),
        sa.select(order_table.c.buyer).where(of_orders, order_table.c.buyer.is_not(None)),
        sa.select(buyer.c.id).join(order_table, named).where(of_orders, order_table.c.buyer.is_(None)),
    ).subquery()
    other = customer.alias()
    roots = sa.select(other.c.same_as).where(other.c.buyer.in_(sa.select(owners)), other.c.same_as.is_not(None))
    quiet = sa.select(customer.c.buyer).where(
        customer.c.quiet.is_(True), sa.or_(customer.c.buyer.in_(sa.select(owners)), customer.c.buyer.in_(roots))
    )
    return connection.execute(quiet.limit(1)).first() is not None
