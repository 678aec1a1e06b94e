"""Whose orders are whose: the customer who placed an order, else whom the shop knows by its member name or phone."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.customers.store import customer
from jinpai.desk.store import buyer
from jinpai.kit.sealing import Sealer
from jinpai.orders.model import Order
from jinpai.orders.store import phone_indexes


def find_owners(connection: Connection, sealer: Sealer, shop: str, orders: Sequence[Order]) -> dict[str, str]:
    """Order id → the person (the buyer others were merged into); an order of nobody the shop knows is absent."""
    names = {one.buyer_name for one in orders if one.buyer is None and one.buyer_name}
    phones = {one.id: phone_indexes(sealer, one.phone)[0] for one in orders if one.buyer is None and one.phone}
    columns = (buyer.c.id, buyer.c.external_id, buyer.c.phone_index)
    query = sa.select(*columns, sa.func.coalesce(customer.c.same_as, buyer.c.id).label("person"))
    query = query.outerjoin(customer, customer.c.buyer == buyer.c.id).where(
        buyer.c.shop == shop,
        sa.or_(
            buyer.c.id.in_({one.buyer for one in orders if one.buyer}),
            buyer.c.external_id.in_(names),
            buyer.c.phone_index.in_([index for index in phones.values() if index is not None]),
        ),
    )
    rows = connection.execute(query).all()
    by_id = {row.id: row.person for row in rows}
    by_name = {row.external_id: row.person for row in rows if row.external_id}
    by_phone = {bytes(row.phone_index): row.person for row in rows if row.phone_index is not None}
    found = {
        one.id: by_id.get(one.buyer)
        if one.buyer
        else by_name.get(one.buyer_name) or by_phone.get(phones.get(one.id) or b"")
        for one in orders
    }
    return {id_: person for id_, person in found.items() if person is not None}
