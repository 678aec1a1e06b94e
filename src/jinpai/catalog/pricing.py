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


def settle(basket: Mapping[str, int], stock: Stock, promotions: Sequence[Promotion]) -> Settled:
    """The basket (SKU → pieces) under these promotions; of two that exclude each other, the better one for the buyer.

    Coupons count as taken: pass only those the buyer has.
    """
    clash = _clash(promotions)
    if clash is not None:
        ways = [[one for one in promotions if one is not left_out] for left_out in clash]
        return min((settle(basket, stock, way) for way in ways), key=lambda settled: settled.goods)
    bill = _Bill({sku: Decimal(stock[sku][1].price) * pieces for sku, pieces in basket.items()})
    for promotion in sorted(promotions, key=lambda one: one.step):
        _apply(bill, promotion, basket, stock)
    return replace(bill.settled, goods=bill.goods.quantize(CENT, ROUND_HALF_UP))


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
        for sku in basket.keys() & rule.prices.keys():
            bill.lines[sku] = Decimal(rule.prices[sku]) * basket[sku]
    elif isinstance(rule, Discount) and sum(basket[sku] for sku in meant) >= rule.pieces:
        for sku in meant:
            bill.lines[sku] *= Decimal(rule.pay_percent) / 100
    elif isinstance(rule, Bundle):
        complete = set(rule.together) <= {stock[sku][0].id for sku in basket}
        bill.off += Decimal(rule.off) if complete else 0
    elif isinstance(rule, AmountOff | Coupon) and amount >= Decimal(rule.threshold):
        bill.off += _off(rule, amount)
    elif isinstance(rule, Gift | FreeShipping) and amount >= Decimal(rule.threshold):
        gifts = (*bill.settled.gifts, rule.gift) if isinstance(rule, Gift) else bill.settled.gifts
        free = bill.settled.free_shipping or isinstance(rule, FreeShipping)
        bill.settled = Settled(before, (*bill.settled.applied, promotion.id), gifts, free)
    if bill.goods != before:
        bill.settled = replace(bill.settled, applied=(*bill.settled.applied, promotion.id))


def _off(rule: AmountOff | Coupon, amount: Decimal) -> Decimal:
    if isinstance(rule, Coupon) or not rule.each:
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
