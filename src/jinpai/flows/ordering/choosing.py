"""Another colour or size in an order that has not left: what it costs under the promotions, and never below the floor.

The difference is that of the whole basket under the promotions of the day it was ordered, so that a threshold reached
or missed by the other choice counts. Where a line's variant is not known, the unit prices of the line tell it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection

from jinpai.catalog.content import Product, Sku
from jinpai.catalog.promotions import Coupon, Promotion
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.filling import read_scene
from jinpai.flows.ordering.deeds import BASE, Limits, check_price, first_goods_price
from jinpai.flows.ordering.freight import goods_price as settled_price
from jinpai.flows.ordering.freight import stock_of
from jinpai.flows.stocking.stock import sku_of
from jinpai.kit.errors import BadInput, Refusal
from jinpai.kit.money import fen_from
from jinpai.kit.sealing import Sealer
from jinpai.orders.changes import Change, dearer, goods_price, list_price, put_sku
from jinpai.orders.model import Item, Order
from jinpai.stock.store import read_available


@dataclass(frozen=True, slots=True)
class Choice:
    """Another choice of a line: `left` pieces can be sold now, and what the whole order would then cost, in fen.

    Without a `total` it cannot be had, for the reason in `problem`.
    """

    sku: Sku
    left: int
    total: int | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What is the same for every choice: the promotions of that day, the price before any haggling in fen, whose."""

    running: Sequence[Promotion]
    base: int
    limits: Limits


def change_sku(
    connection: Connection, sealer: Sealer, content: ShopContent, order: Order, line: int, sku: str, limits: Limits
) -> tuple[Change, Mapping[str, Any]]:
    """The change to another choice of the same product, and what history keeps beside it.

    What the goods cost before anybody changed the price moves with it, so that authority is reckoned as before;
    NotAllowed when a price agreed by hand would be too low for the other choice.
    """
    if sku not in (stock := stock_of(content.products)):
        raise BadInput(f"店里没有规格“{sku}”，请从商品里选")
    product, chosen = stock[sku]
    old = _line(order, line)
    named = content.names.find(old.title)
    if product.id != old.product and (named is None or named.id != product.id):
        raise BadInput("只能换同一件商品的颜色、尺码；换成别的商品请另下一单")
    return _change(content, order, line, chosen, _surroundings(connection, sealer, content, order, limits), product)


def list_choices(
    connection: Connection, sealer: Sealer, content: ShopContent, order: Order, line: int, limits: Limits, now: int
) -> list[Choice]:
    """The other choices of a line's product, as `change_sku` would have them now (ms); none for unknown goods."""
    old = _line(order, line)
    named = content.names.find(old.title)
    product = next((one for one in content.products if one.id == old.product), None)
    product = product or next((one for one in content.products if named is not None and one.id == named.id), None)
    if product is None:
        return []
    around = _surroundings(connection, sealer, content, order, limits)
    stock = read_available(connection, order.shop)
    choices = []
    for sku in product.skus:
        if sku.name == old.sku:
            continue
        try:
            change, _ = _change(content, order, line, sku, around, product)
            choices.append(Choice(sku, stock.of(sku), change(order, now).total))
        except Refusal as refusal:
            choices.append(Choice(sku, stock.of(sku), None, refusal.message))
    return choices


def _line(order: Order, line: int) -> Item:
    if line >= len(order.items):
        raise BadInput("这个订单里没有这一行商品，请刷新后重新选")
    return order.items[line]


def _surroundings(
    connection: Connection, sealer: Sealer, content: ShopContent, order: Order, limits: Limits
) -> _Surroundings:
    scene = read_scene(connection, sealer, content, None, order.shop, order.listed_at)
    running = [one for one, _ in scene.running if not isinstance(one.rule, Coupon)]
    return _Surroundings(running, first_goods_price(connection, order), limits)


def _change(
    content: ShopContent, order: Order, line: int, sku: Sku, around: _Surroundings, product: Product
) -> tuple[Change, Mapping[str, Any]]:
    old, base = order.items[line], around.base
    item = Item(old.title, sku.name, old.quantity, fen_from(sku.price), product.id)
    more = _more(content, order, line, item, around.running)
    change = put_sku(line, item, more)

    def checked(current: Order, now: int) -> Order:
        after = change(current, now)
        if after is not current:
            _check_agreed(around.limits, current, after, base, base + more)
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
