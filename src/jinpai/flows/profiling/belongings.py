"""Every order that is a person's when they ask for all of it: to hand it over, or to erase it."""

from collections.abc import Sequence

from sqlalchemy.engine import Connection

from jinpai.customers.returned import find_brought_back
from jinpai.flows.ports import House
from jinpai.orders.model import Order
from jinpai.orders.store import find_buyer_orders, get_orders

ALL = 100_000


def find_all_orders(house: House, connection: Connection, shop: str, person: Sequence[str]) -> list[Order]:
    """The orders of these buyers, who are one person, the newest first.

    With those that were erased under another record of theirs and that a file brought back since.
    """
    found = {one.id: one for id_ in person for one in find_buyer_orders(connection, house.sealer, shop, id_, ALL)}
    found |= get_orders(connection, house.sealer, find_brought_back(connection, shop, person))
    return sorted(found.values(), key=lambda one: (-one.listed_at, one.id))
