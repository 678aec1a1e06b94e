"""What a basket costs under promotions: one by one in the order of their steps, each on what the ones before left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from jinpai.catalog.content import Product, Sku
from jinpai.catalog.promotions import (
    AmountOff,
    Bundle,
    Coupon,
    Discount,
    FreeShipping,
    Gift,
    LimitedPrice,
    Promotion,
)

CENT = Decimal("0.01")
Stock = Mapping[str, tuple[Product, Sku]]
"""SKU id → its product and itself."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What is to be paid for the goods in yuan, which promotions took part, and what comes with the order."""

    goods: Decimal
    applied: tuple[str, ...] = ()
    gifts: tuple[str, ...] = ()
    free_shipping: bool = False


@dataclass(slots=True)
class _Bill:
    lines: dict[str, Decimal]
    off: Decimal = Decimal(0)
    settled: Settled = field(default_factory=lambda: Settled(Decimal(0)))

    @property
    def goods(self) -> Decimal:
        return sum(self.lines.values(), Decimal(0)) - self.off


def settle(basket: Mapping[str, int], stock: Stock, promotions: Sequence[Promotion], region: str = "") -> Settled:
    """The basket (SKU → pieces) under these promotions; of those that exclude each other, the better for the buyer.

    Coupons count as taken: pass only those the buyer has. Free shipping that leaves out `region` takes no part.
    """
    settled = [_settle(basket, stock, way, region) for way in _ways(promotions)]
    return min(settled, key=lambda one: (one.goods, not one.free_shipping, -len(one.gifts)))


def _settle(basket: Mapping[str, int], stock: Stock, promotions: Sequence[Promotion], region: str) -> Settled:
    bill = _Bill({sku: Decimal(stock[sku][1].price) * pieces for sku, pieces in basket.items()})
    for promotion in sorted(promotions, key=lambda one: one.step):
        if not isinstance(promotion.rule, FreeShipping) or region not in promotion.rule.except_regions:
            _apply(bill, promotion, basket, stock)
    return replace(bill.settled, goods=bill.goods.quantize(CENT, ROUND_HALF_UP))


def _ways(promotions: Sequence[Promotion]) -> list[tuple[Promotion, ...]]:
    """The largest sets of promotions none of which excludes another."""
    open_, seen, found = [tuple(promotions)], set[tuple[str, ...]](), []
    while open_:
        way = open_.pop()
        ids = tuple(one.id for one in way)
        if ids in seen:
            continue
        seen.add(ids)
        clash = _clash(way)
        if clash is None:
            found.append(way)
        else:
            open_ += [tuple(one for one in way if one is not left_out) for left_out in clash]
    return found


def _clash(promotions: Sequence[Promotion]) -> tuple[Promotion, Promotion] | None:
    """The first two that never apply together."""
    for place, one in enumerate(promotions):
        for other in promotions[place + 1 :]:
            if other.id in one.not_with or one.id in other.not_with:
                return one, other
    return None


def _apply(bill: _Bill, promotion: Promotion, basket: Mapping[str, int], stock: Stock) -> None:
    rule, before = promotion.rule, bill.goods
    meant = [sku for sku in basket if not promotion.products or stock[sku][0].id in promotion.products]
    amount = sum((bill.lines[sku] for sku in meant), Decimal(0)) if promotion.products else bill.goods
    if isinstance(rule, LimitedPrice):
        _lower(bill, rule, promotion.per_buyer, basket)
    elif isinstance(rule, Discount) and sum(basket[sku] for sku in meant) >= rule.pieces:
        for sku in meant:
            bill.lines[sku] *= Decimal(rule.pay_percent) / 100
    elif isinstance(rule, Bundle):
        complete = set(rule.together) <= {stock[sku][0].id for sku in basket}
        bill.off += min(Decimal(rule.off), before) if complete else 0
    elif isinstance(rule, AmountOff | Coupon) and amount >= Decimal(rule.threshold):
        bill.off += min(_off(rule, amount), before)
    elif isinstance(rule, Gift | FreeShipping) and amount >= Decimal(rule.threshold):
        _give(bill, promotion.id, rule)
    if bill.goods != before:
        bill.settled = replace(bill.settled, applied=(*bill.settled.applied, promotion.id))


def _lower(bill: _Bill, rule: LimitedPrice, most: int | None, basket: Mapping[str, int]) -> None:
    """Take the pieces that save most down to their price, `most` pieces in all; a price that is lower already stays."""
    left = sum(basket.values()) if most is None else most
    saved = {sku: bill.lines[sku] / basket[sku] - Decimal(price) for sku, price in rule.prices.items() if sku in basket}
    for sku in sorted(saved, key=lambda one: -saved[one]):
        pieces = min(left, basket[sku])
        bill.lines[sku] -= max(saved[sku], Decimal(0)) * pieces
        left -= pieces


def _give(bill: _Bill, promotion: str, rule: Gift | FreeShipping) -> None:
    if isinstance(rule, Gift) and rule.stock == 0:
        return
    gifts = (*bill.settled.gifts, rule.gift) if isinstance(rule, Gift) else bill.settled.gifts
    free = bill.settled.free_shipping or isinstance(rule, FreeShipping)
    bill.settled = replace(bill.settled, applied=(*bill.settled.applied, promotion), gifts=gifts, free_shipping=free)


def _off(rule: AmountOff | Coupon, amount: Decimal) -> Decimal:
    if isinstance(rule, Coupon) or not rule.each or not Decimal(rule.threshold):
        return Decimal(rule.off)
    off = Decimal(rule.off) * (amount // Decimal(rule.threshold))
    return off if rule.most is None else min(off, Decimal(rule.most))


def wrong_examples(promotion: Promotion, promotions: Sequence[Promotion], stock: Stock) -> list[str]:
    """A sentence for each worked example of the promotion that does not come out as it says."""
    found: list[str] = []
    for number, example in enumerate(promotion.examples, 1):
        unknown = [sku for sku in example.items if sku not in stock]
        if unknown:
            found.append(f"第 {number} 个算例里没有规格“{'、'.join(unknown)}”，请检查 items")
            continue
        among = [one for one in promotions if one.id in (promotion.id, *example.also)]
        settled = settle(example.items, stock, among)
        if settled.goods != Decimal(example.pays):
            found.append(f"第 {number} 个算例算出来应付 {settled.goods} 元，写的是 {example.pays} 元，请核对规则或算例")
    return found
