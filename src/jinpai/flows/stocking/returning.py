"""Which order goods that come back belong to, and how many of them it had."""

from jinpai.desk.model import Author
from jinpai.flows.ports import House
from jinpai.flows.stocking.stock import opening_for, sku_of
from jinpai.journal.writer import Action
from jinpai.kit.errors import BadInput
from jinpai.orders.store import find_order
from jinpai.stock.return_actions import Arrival, receive, settle
from jinpai.stock.returning import Return


def take_back(
    house: House, by: Author, shop: str, key: str, sku: str, pieces: int, number: str, note: str
) -> Action[Return]:
    """The action that writes down what came back, of the order with this number or from where `note` says.

    NotFound for a variant the shop does not sell, BadInput for an order that is not there or never had it.
    """
    content = house.content.shop(shop)
    with house.database.read() as connection:
        opening_for(connection, content, shop, [sku])
        order = find_order(connection, house.sealer, shop, number) if number else None
    if number and order is None:
        raise BadInput(f"店里没有订单 {number}，请核对编号；不知道是哪个订单就留空，写一句从哪里来的")
    ordered = None
    if order is not None:
        meant = ((sku_of(content, item), item.quantity) for item in order.items)
        ordered = sum(count for found, count in meant if found is not None and found.id == sku)
        if not ordered:
            raise BadInput("这个订单里没有这个规格，请核对订单编号和规格")
    title = next(f"{one.short} {each.name}" for one in content.products for each in one.skus if each.id == sku)
    order_id = None if order is None else order.id
    return receive(Arrival(key, shop, sku, title, pieces, order_id, number, ordered, note), by)


def put_back(house: House, by: Author, known: Return) -> Action[Return]:
    """The action that shelves what is good of it and writes the rest off."""
    with house.database.read() as connection:
        opening = opening_for(connection, house.content.shop(known.shop), known.shop, ())
    return settle(opening, known.id, by)
