"""Live answers about promotions: what runs for these goods, what so many pieces come to, coupons, gifts, until when."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from jinpai.catalog.pricing import settle
from jinpai.catalog.promotions import AmountOff, Coupon, FreeShipping, Gift, Promotion
from jinpai.copilot.skills.answers import Fact
from jinpai.copilot.skills.boxes import in_box
from jinpai.copilot.skills.goods import MOST_PIECES
from jinpai.copilot.skills.ground import Facts, Ground, day_words
from jinpai.kit.money import short_yuan

_ENDS = (
    "到几号",
    "到哪天",
    "到什么时候",
    "几号结束",
    "哪天结束",
    "什么时候结束",
    "啥时候结束",
    "截止",
    "还有几天",
    "多久结束",
)
"""What asks until when a promotion holds."""
_REFUSED = (
    "用不了",
    "不能用",
    "没法用",
    "不满足",
    "不可用",
    "用不上",
    "不让用",
    "使用不了",
    "抵不了",
    "没抵扣",
    "没减",
)
_FOR_WHOM: Mapping[str, tuple[str, ...]] = {"首次": ("新人", "新客", "新用户", "首单", "第一次买"), "关注": ("关注",)}
"""What a promotion asks of the buyer, and by which words it is asked for."""


def promotion(ground: Ground) -> Facts:
    """What runs now and holds for these goods, in the words of the promotion."""
    if any(word in ground.text for word in _ENDS) and (until := _until(ground)):
        return until
    if told := for_so_many(ground):
        return told
    goods = ground.product.id if ground.product is not None else None
    fitting = [
        one
        for one, _ in ground.running
        if not isinstance(one.rule, FreeShipping) and (not one.products or goods is None or goods in one.products)
    ]
    if not fitting:
        return [] if ground.running else [Fact("promotion.none", "活动：没有进行中的")]
    fitting.sort(key=lambda one: (not _is_asked_for(ground, one), bool(one.products) == (goods is None)))
    return [Fact(f"promotion.{one.id}", f"活动：{one.title}", text=one.wording[0]) for one in fitting[:2]]


def for_so_many(ground: Ground) -> Facts:
    """What so many pieces of these goods come to, or how far they are from the amount from which there is something
    off; nothing where the pieces or their one price are not known."""
    product, pieces = ground.product, int(ground.slots.get("quantity") or 0)
    skus = [ground.sku] if ground.sku is not None else [] if product is None else list(product.skus)
    if product is None or not 1 < pieces <= MOST_PIECES or len({one.price for one in skus}) != 1:
        return []
    running = [one for one, _ in ground.running if not isinstance(one.rule, Coupon | Gift | FreeShipping)]
    total = Decimal(skus[0].price) * pieces
    paid = settle({skus[0].id: pieces}, {skus[0].id: (product, skus[0])}, running).goods
    values = {"商品": product.short, "件数": str(pieces), "合计": short_yuan(total)}
    if paid < total:
        values |= {"减免": short_yuan(total - paid), "现价": short_yuan(paid)}
        return [Fact("promotion.reached", f"商品资料：{product.short}标价；进行中的活动", values)]
    for one in running:
        if isinstance(one.rule, AmountOff) and not one.products and Decimal(one.rule.threshold) > total:
            threshold = Decimal(one.rule.threshold)
            off = {
                "门槛": short_yuan(threshold),
                "还差": short_yuan(threshold - total),
                "减免": short_yuan(Decimal(one.rule.off)),
            }
            return [Fact("promotion.short", f"商品资料：{product.short}标价；活动：{one.title}", {**values, **off})]
    return []


def price_trend(ground: Ground) -> Facts:
    """Until when what is running for these goods holds; without anything the promotions there are."""
    return _until(ground) or promotion(ground)


def _until(ground: Ground) -> Facts:
    """Until when the promotion holds that the goods are in, else the shop's own; nothing without one."""
    goods = ground.product.id if ground.product is not None else None
    lasting = [
        (one, last)
        for one, last in ground.running
        if (goods is not None and goods in one.products) or (not one.products and isinstance(one.rule, AmountOff))
    ]
    if not lasting:
        return []
    one, last = min(lasting, key=lambda pair: not pair[0].products)
    return [Fact("price_trend.until", f"活动：{one.title}", {"活动": one.title, "活动期限": day_words(last)})]


def coupon(ground: Ground) -> Facts:
    """The coupons that can be taken now, and where one does not work, what it asks for."""
    refused = any(word in ground.text for word in _REFUSED)
    if refused and (limits := [f"{one.title}（{'、'.join(one.limits)}）" for one, _ in _coupons(ground) if one.limits]):
        return [Fact("coupon.limits", "活动：优惠券的条件", {"券条件": "；".join(limits)}, asks=True)]
    return [
        Fact("coupon.running", f"活动：{one.title}", {"券": one.title, "券期限": day_words(last)})
        for one, last in _coupons(ground)
    ][:1]


def _coupons(ground: Ground) -> list[tuple[Promotion, date]]:
    found = [(one, last) for one, last in ground.running if isinstance(one.rule, Coupon)]
    return sorted(found, key=lambda pair: not _is_asked_for(ground, pair[0]))


def _is_asked_for(ground: Ground, promotion: Promotion) -> bool:
    """Whether the words are about what this promotion asks of the buyer, such as being new here."""
    asked = [name for name, words in _FOR_WHOM.items() if any(word in ground.text for word in words)]
    return any(name in limit for name in asked for limit in promotion.limits)


def gift(ground: Ground) -> Facts:
    """What comes with an order now; what comes with these goods anyway, where that is asked for."""
    return (
        in_box(ground)
        or [
            Fact(
                "gift.running",
                f"活动：{one.title}",
                {"赠品活动": one.title, "赠品": one.rule.gift, "赠品期限": day_words(last)},
            )
            for one, last in ground.running
            if isinstance(one.rule, Gift) and one.rule.stock > 0
        ][:1]
    )
