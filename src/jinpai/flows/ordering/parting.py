"""Orders rearranged before dispatch: one as several parcels, several of one buyer as one with one freight."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy.engine import Connection

from jinpai.catalog.freight_quotes import Parcel
from jinpai.desk.model import Author
from jinpai.flows.filling import read_scene
from jinpai.flows.ordering.deeds import BASE, first_goods_price
from jinpai.flows.ordering.freight import address_of, freight_book, weigh_items
from jinpai.flows.ports import House
from jinpai.flows.tasks import deadline
from jinpai.journal.writer import Action, Tx
from jinpai.kit.errors import BadInput
from jinpai.kit.money import yuan
from jinpai.orders.arranging import Freight, Seen, merge_orders, split
from jinpai.orders.changes import goods_price
from jinpai.orders.model import Order
from jinpai.orders.parts import Takes, overpaid
from jinpai.orders.store import get_orders
from jinpai.promises.store import find_by_orders, settle_pledges
from jinpai.reminders.store import find_talks
from jinpai.tasks.actions import Handing, hand_over


def split_order(house: House, order: Order, author: str, takes: Takes, seen: int) -> Action[tuple[Order, Order]]:
    """The action that makes a parcel of its own of these pieces; what its goods first cost is shared out with them."""
    with house.database.read() as connection:
        base = first_goods_price(connection, order)

    def why(before: Order, rest: Order) -> Mapping[str, Any]:
        return {BASE: base - (goods_price(before) - goods_price(rest))}

    return split(house.sealer, order.id, author, takes, seen, why)


def merge_for_buyer(
    house: House, connection: Connection, shop: str, by: Author, seen: Seen
) -> Action[tuple[Order, list[Order]]]:
    """The action that makes one parcel of these orders; what was promised for any of them is promised for it.

    Freight that was paid too much by that is handed over to be given back, once.
    """
    merge = merge_orders(house.sealer, by.key(), seen, parcel_freight(house, connection, shop))

    def act(tx: Tx) -> tuple[Order, list[Order]]:
        before = get_orders(tx.connection, house.sealer, seen)
        kept, gone = merge(tx)
        more = overpaid(kept) - sum(overpaid(order) for order in before.values())
        if more > 0:
            _give_back(house, tx, kept, gone, more, by)
        pledges = find_by_orders(tx.connection, [order.id for order in gone])
        settle_pledges(tx.connection, [replace(one, order_id=kept.id) for one in pledges])
        return kept, gone

    return act


def _give_back(house: House, tx: Tx, kept: Order, gone: Sequence[Order], more: int, by: Author) -> None:
    """Ask for `more` fen to be given back; whoever serves the buyer is handed the result to pass on."""
    content = house.content.shop(kept.shop)
    wanted = content.ordering.refund_task if content.ordering is not None else None
    kind = next((one for one in content.tasks if one.id == wanted), None)
    if kind is None:
        return
    due_at, note = deadline(house, kept.shop, kind, tx.now, None)
    numbers = "、".join(order.number for order in (kept, *gone))
    words = f"订单 {numbers} 合成一个包裹，运费只收一次，多收了 ¥{yuan(more)}，请退给买家"
    talk = find_talks(tx.connection, house.sealer, kept.shop, [kept]).get(kept.id)
    hand_over(house.sealer, Handing(kept.shop, kind, talk, kept.id, None, due_at, note, words), by)(tx)


def parcel_freight(house: House, connection: Connection, shop: str) -> Freight:
    """What one parcel of several orders costs by the shop's table, in fen; None where a weight is not known."""
    content = house.content.shop(shop)
    scene = read_scene(connection, house.sealer, content, None, shop, house.clock.now())
    book = freight_book(content.couriers, content.freight, content.shop, [one for one, _ in scene.running])

    def freight(orders: Sequence[Order]) -> int | None:
        grams, unweighed = weigh_items(content.products, [item for order in orders for item in order.items])
        if unweighed or not grams or all(order.freight_collect for order in orders):
            return None
        goods = sum(goods_price(order) for order in orders)
        try:
            quote = book.ask(address_of(orders[0]), Parcel(grams, goods=Decimal(goods) / 100))
        except BadInput:
            return None
        return None if quote.best is None else int(quote.best.price * 100)

    return freight
