"""Promotions as they stand after what was ordered: gifts that are all given, and what one buyer has had of each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy.engine import Connection

from jinpai.catalog.pricing import settle
from jinpai.catalog.promotions import Coupon, Gift, LimitedPrice, Promotion, is_running
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.ordering.freight import stock_of
from jinpai.flows.stocking.stock import sku_of
from jinpai.kit.clock import SHOP_TIME, local_date
from jinpai.kit.money import fen_from
from jinpai.orders.given import Giving, find_given
from jinpai.orders.model import Item, Order


def given_with(
    connection: Connection, content: ShopContent, shop: str, gift: Promotion, opened: date
) -> frozenset[str]:
    """The ids of the orders this gift goes with, in a shop that was set up on the day `opened`; none of other kinds."""
    rule = gift.rule
    if not isinstance(rule, Gift):
        return frozenset()
    first, last = gift.period.on(opened)
    named = [one for one in content.products if one.id in gift.products]
    goods = [*gift.products, *(one.title for one in named)]
    giving = Giving(
        _begin(first), _begin(last + timedelta(days=1)), fen_from(rule.threshold), rule.stock, gift.per_buyer, goods
    )
    return find_given(connection, shop, giving) if rule.stock else frozenset()


def is_left(connection: Connection, content: ShopContent, shop: str, promotion: Promotion, opened: date) -> bool:
    """Whether there is anything left to give; promotions that give nothing of which there are so many always have."""
    rule = promotion.rule
    if not isinstance(rule, Gift):
        return True
    return rule.stock > len(given_with(connection, content, shop, promotion, opened))


def had_before(
    content: ShopContent, bought: Sequence[Order], running: Sequence[Promotion], opened: date
) -> Mapping[str, int]:
    """Promotion → how often the buyer's orders `bought` had it, reckoned by what ran on their days.

    Of limited prices the pieces are counted; coupons are the buyer's own matter.
    """
    had: Counter[str] = Counter()
    stock = stock_of(content.products)
    for order in bought:
        day = local_date(order.listed_at)
        then = [one for one in running if is_running(one, opened, day) and not isinstance(one.rule, Coupon)]
        basket = _basket(content, order.items) if order.state != "closed" and then else {}
        if not basket:
            continue
        for id_ in settle(basket, stock, then).applied:
            rule = next(one.rule for one in then if one.id == id_)
            limited = rule.prices if isinstance(rule, LimitedPrice) else None
            had[id_] += 1 if limited is None else sum(basket[sku] for sku in basket if sku in limited)
    return had


def _basket(content: ShopContent, items: Sequence[Item]) -> dict[str, int]:
    """SKU → pieces of what the shop sells; what it does not know is left out."""
    found: Counter[str] = Counter()
    for item in items:
        sku = sku_of(content, item)
        if sku is not None:
            found[sku.id] += item.quantity
    return found


def _begin(day: date) -> int:
    return int(datetime.combine(day, time(), SHOP_TIME).timestamp() * 1000)
