"""Promotions as orders leave them: which run and have something left, whom a gift goes to, what a buyer may still have.

What an order had is reckoned from its goods and its day: exports do not tell which promotions took part.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.engine import Connection

from jinpai.catalog.pricing import settle
from jinpai.catalog.promotions import Coupon, Gift, LimitedPrice, Promotion, is_running
from jinpai.desk.store import when_opened
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.ordering.freight import stock_of
from jinpai.flows.stocking.stock import sku_of
from jinpai.kit.clock import local_date, midnight
from jinpai.kit.money import fen_from
from jinpai.orders.given import Giving, find_given
from jinpai.orders.model import Item, Order


def running_now(connection: Connection, content: ShopContent, shop: str, now: int) -> list[tuple[Promotion, date]]:
    """The promotions of this day (`now` in ms) of which there is something left, each with its last day."""
    opened, today = local_date(when_opened(connection, shop) or now), local_date(now)
    return [
        (one, one.period.on(opened)[1])
        for one in content.promotions
        if is_running(one, opened, today) and _is_left(connection, content, shop, one, opened)
    ]


def gifts_of(
    connection: Connection, content: ShopContent, shop: str, orders: Sequence[Order], now: int
) -> dict[str, list[str]]:
    """Order id → what the promotions of the day it was placed give with it; orders without anything are absent."""
    opened, days = local_date(when_opened(connection, shop) or now), {local_date(order.listed_at) for order in orders}
    found: dict[str, list[str]] = {}
    for one in content.promotions:
        if isinstance(one.rule, Gift) and any(is_running(one, opened, day) for day in days):
            for id_ in _given_with(connection, content, shop, one, one.rule, opened):
                found.setdefault(id_, []).append(one.rule.gift)
    return found


def left_for(
    content: ShopContent, running: Sequence[Promotion], bought: Sequence[Order], opened: date
) -> list[Promotion]:
    """What a buyer may still have of these after the orders `bought`: fewer pieces of some, others not at all.

    Coupons are the buyer's own matter: theirs to spend, whatever was bought.
    """
    if all(one.per_buyer is None for one in running):
        return [*running]
    had = _had(content, running, bought, opened)
    left = {one.id: one.per_buyer - had[one.id] for one in running if one.per_buyer is not None}
    fewer = (one.model_copy(update={"per_buyer": left[one.id]}) if one.id in left else one for one in running)
    return [one for one in fewer if left.get(one.id, 1) > 0]


def _is_left(connection: Connection, content: ShopContent, shop: str, promotion: Promotion, opened: date) -> bool:
    rule = promotion.rule
    if not isinstance(rule, Gift):
        return True
    return len(_given_with(connection, content, shop, promotion, rule, opened)) < rule.stock


def _given_with(
    connection: Connection, content: ShopContent, shop: str, promotion: Promotion, rule: Gift, opened: date
) -> frozenset[str]:
    first, last = promotion.period.on(opened)
    ends = midnight(last + timedelta(days=1))
    giving = Giving(midnight(first), ends, fen_from(rule.threshold), rule.stock, promotion.per_buyer)

    def is_meant(items: Sequence[Item]) -> bool:
        named = (content.names.find(item.title) for item in items)
        goods = {item.product for item in items} | {one.id for one in named if one is not None}
        return not goods.isdisjoint(promotion.products)

    return find_given(connection, shop, giving, is_meant if promotion.products else None)


def _had(content: ShopContent, running: Sequence[Promotion], bought: Sequence[Order], opened: date) -> Counter[str]:
    """How often the orders had each: of limited prices the pieces, of others the orders."""
    had: Counter[str] = Counter()
    stock = stock_of(content.products)
    for order in bought:
        day = local_date(order.listed_at)
        then = {one.id: one for one in running if is_running(one, opened, day) and not isinstance(one.rule, Coupon)}
        if order.state == "closed" or not then:
            continue
        basket = _basket(content, order.items)
        for id_ in settle(basket, stock, [*then.values()]).applied:
            rule = then[id_].rule
            had[id_] += sum(basket.get(sku, 0) for sku in rule.prices) if isinstance(rule, LimitedPrice) else 1
    return had


def _basket(content: ShopContent, items: Sequence[Item]) -> dict[str, int]:
    """SKU → pieces of what the shop sells; what it does not know is left out."""
    found: Counter[str] = Counter()
    for item in items:
        sku = sku_of(content, item)
        if sku is not None:
            found[sku.id] += item.quantity
    return found
