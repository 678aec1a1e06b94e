"""Another colour or size in an order that has not left: what it costs under the promotions, and never below the floor.

The difference is that of the whole basket under the promotions of the day it was ordered, so that a threshold reached
or missed by the other choice counts. Where a line's variant is not known, the unit prices of the line tell it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.engine import Connection

from jinpai.catalog.promotions import Coupon, Promotion
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.filling import read_scene
from jinpai.flows.ordering.deeds import BASE, Limits, check_price, first_goods_price
from jinpai.flows.ordering.freight import goods_price as settled_price
from jinpai.flows.ordering.freight import stock_of
from jinpai.flows.stocking.stock import sku_of
from jinpai.kit.errors import BadInput
from jinpai.kit.money import fen_from
from jinpai.kit.sealing import Sealer
from jinpai.orders.changes import Change, dearer, goods_price, list_price, put_sku
from jinpai.orders.model import Item, Order


def change_sku(
    connection: Connection, sealer: Sealer, content: ShopContent, order: Order, line: int, sku: str, limits: Limits
) -> tuple[Change, Mapping[str, Any]]:
    """The change to another choice of the same product, and what history keeps beside it.

    What the goods cost before anybody changed the price moves with it, so that authority is reckoned as before;
    NotAllowed when a price agreed by hand would be too low for the other choice.
    """
    if sku not in (stock := stock_of(content.products)):
        raise BadInput(f"店里没有规格“{sku}”，请从商品里选")
    if line >= len(order.items):
        raise BadInput("这个订单里没有这一行商品，请刷新后重新选")
    product, chosen = stock[sku]
    old = order.items[line]
    named = content.names.find(old.title)
    if product.id != old.product and (named is None or named.id != product.id):
        raise BadInput("只能换同一件商品的颜色、尺码；换成别的商品请另下一单")
    item = Item(old.title, chosen.name, old.quantity, fen_from(chosen.price), product.id)
    scene = read_scene(connection, sealer, content, None, order.shop, order.listed_at)
    running = [one for one, _ in scene.running if not isinstance(one.rule, Coupon)]
    more = _more(content, order, line, item, running)
    base = first_goods_price(connection, order)
    change = put_sku(line, item, more)

    def checked(current: Order, now: int) -> Order:
        after = change(current, now)
        if after is not current:
            _check_agreed(limits, current, after, base, base + more)
        return after

    return checked, {BASE: base + more}


def _more(content: ShopContent, order: Order, line: int, item: Item, running: Sequence[Promotion]) -> int:
    """What the order costs more with this choice, in fen; negative where it costs less."""
    before = _basket(content, order.items)
    after = _basket(content, [item if at == line else one for at, one in enumerate(order.items)])
    if before is None or after is None:
        return dearer(order.items[line], item)
    prices = [settled_price(content.products, running, basket) for basket in (before, after)]
    return int((prices[1] - prices[0]) * 100)


def _basket(content: ShopContent, items: Sequence[Item]) -> dict[str, int] | None:
    """SKU → pieces; None where one of the lines does not say which variant it is."""
    basket: dict[str, int] = {}
    for item in items:
        sku = sku_of(content, item)
        if sku is None:
            return None
        basket[sku.id] = basket.get(sku.id, 0) + item.quantity
    return basket


def _check_agreed(limits: Limits, before: Order, after: Order, base: int, new_base: int) -> None:
    """NotAllowed when less was agreed by hand than may be given for the other choice; its own price is always right.

    A reduction given before may stay where the other choice costs no less.
    """
    given = new_base - goods_price(after)
    is_cheaper = new_base < base or (list_price(after) or new_base) < (list_price(before) or base)
    if given > 0 and (is_cheaper or given > base - goods_price(before)):
        check_price(limits, after, new_base, goods_price(after), after.freight)
