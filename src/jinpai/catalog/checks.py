"""What products, promotions and couriers must agree on among each other."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations

from jinpai.catalog.content import Product, ShopEntry
from jinpai.catalog.freight import Courier, unreachable
from jinpai.catalog.freight_rules import FreightRules
from jinpai.catalog.pricing import wrong_examples
from jinpai.catalog.promotions import (
    AmountOff,
    Bundle,
    Coupon,
    Discount,
    FreeShipping,
    Gift,
    LimitedPrice,
    Promotion,
    Rule,
)

_LOOKS = (AmountOff, Coupon, Gift, FreeShipping)
_CHANGES = (LimitedPrice, Discount, Bundle, AmountOff, Coupon)
_ANY_DAY = date(2020, 1, 1)


def check_products(products: Sequence[Product]) -> list[tuple[str, str]]:
    """(product id, sentence with the fix) for every reference that leads nowhere and every SKU used twice."""
    known = {product.id for product in products}
    owner: dict[str, str] = {}
    found: list[tuple[str, str]] = []
    for product in products:
        for companion in product.goes_with:
            if companion.product not in known or companion.product == product.id:
                found.append((product.id, f"goes_with 里的商品“{companion.product}”不存在或就是它自己，请检查 id"))
        for sku in product.skus:
            other = owner.setdefault(sku.id, product.id)
            if other != product.id:
                found.append((product.id, f"规格编号“{sku.id}”已经用在“{other}”，请换一个"))
    return found


def check_promotions(promotions: Sequence[Promotion], products: Sequence[Product]) -> list[tuple[str, str]]:
    """(promotion id, sentence with the fix) for what is named and not there, and examples that come out otherwise."""
    goods = {product.id for product in products}
    stock = {sku.id: (product, sku) for product in products for sku in product.skus}
    known = {promotion.id for promotion in promotions}
    found: list[tuple[str, str]] = []
    for promotion in promotions:
        rule = promotion.rule
        named = {*promotion.products, *(rule.together if isinstance(rule, Bundle) else ())}
        found += [(promotion.id, f"没有商品“{id_}”，请检查 id") for id_ in sorted(named - goods)]
        prices = set(rule.prices) if isinstance(rule, LimitedPrice) else set()
        found += [(promotion.id, f"没有规格“{id_}”，请检查 prices") for id_ in sorted(prices - stock.keys())]
        others = {*promotion.not_with, *(id_ for example in promotion.examples for id_ in example.also)}
        found += [(promotion.id, f"没有活动“{id_}”，请检查 not_with 和 also") for id_ in sorted(others - known)]
        found += [(promotion.id, message) for message in wrong_examples(promotion, promotions, stock)]
        found += [(promotion.id, message) for message in _wrong_amounts(rule)]
    for one, other in combinations(promotions, 2):
        if one.step == other.step and _meet(one, other) and _depends_on_order(one, other):
            told = f"和活动“{other.id}”在同一步、时间和商品也重叠，先算哪个结果不一样；请改 step，不同享的写进 not_with"
            found.append((one.id, told))
    return found


def _wrong_amounts(rule: Rule) -> list[str]:
    if not isinstance(rule, AmountOff | Coupon):
        return []
    threshold = Decimal(rule.threshold)
    if threshold and Decimal(rule.off) >= threshold:
        return [f"满 {rule.threshold} 元减 {rule.off} 元，减的不比门槛少，请核对 off"]
    return ["每满 0 元没法算，请写上 threshold"] if isinstance(rule, AmountOff) and rule.each and not threshold else []


def _meet(one: Promotion, other: Promotion) -> bool:
    """Whether both may hold for the same goods on the same day; not where only one counts days from the first."""
    if other.id in one.not_with or one.id in other.not_with:
        return False
    if one.products and other.products and not set(one.products) & set(other.products):
        return False
    if isinstance(one.period.first, str) != isinstance(other.period.first, str):
        return False
    (first, last), (begins, ends) = one.period.on(_ANY_DAY), other.period.on(_ANY_DAY)
    return first <= ends and begins <= last


def _depends_on_order(one: Promotion, other: Promotion) -> bool:
    """Whether the two come out otherwise the other way round: what looks at an amount, and what changes it."""
    pairs = (one.rule, other.rule), (other.rule, one.rule)
    return any(
        (isinstance(a, _LOOKS) and isinstance(b, _CHANGES)) or (isinstance(a, LimitedPrice) and isinstance(b, Discount))
        for a, b in pairs
    )


def check_couriers(couriers: Sequence[Courier], shop: ShopEntry) -> list[str]:
    """Sentences with the fix: couriers the shop names without a price table, regions no courier goes to."""
    if not couriers:
        return []
    names = {courier.name for courier in couriers}
    found = [f"快递“{name}”还没有运费表，请在 couriers 里补上" for name in shop.service.couriers if name not in names]
    left = unreachable(couriers)
    return found + ([f"这些地区没有快递可到：{'、'.join(left)}，请在 couriers 里补上"] if left else [])


def check_freight(rules: FreightRules, couriers: Sequence[Courier], shop: ShopEntry | None) -> list[str]:
    """Sentences with the fix: couriers for remote regions that the shop lacks, lines of free shipping that disagree."""
    found: list[str] = []
    have = {name for courier in couriers for name in (courier.id, courier.name)}
    if couriers and rules.remote.regions and not have & set(rules.remote.couriers):
        found.append("remote.couriers 里的快递店里一家也没有，请写上 couriers 里有的，或清空 remote.regions")
    from_ = None if shop is None else shop.service.free_shipping_from
    lines = [Decimal(rule.least) for rule in rules.free_shipping]
    if lines and from_ is not None and Decimal(from_) not in lines:
        found.append(f"店铺资料写满 {from_} 元包邮，这里的 free_shipping 没有这条线，请对齐")
    return found
