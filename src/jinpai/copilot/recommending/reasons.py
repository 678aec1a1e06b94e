"""The reasons there may be to recommend goods, each from a record of the shop: its content, its orders, the profile."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from jinpai.catalog.content import Product
from jinpai.catalog.pricing import settle
from jinpai.catalog.promotions import Bundle, Coupon, Promotion
from jinpai.copilot.recommending.asked import kind_asked
from jinpai.copilot.recommending.fitting import room_of
from jinpai.copilot.recommending.model import Source, Want
from jinpai.copilot.recommending.together import share
from jinpai.copilot.recommending.traits import comfort_of, degrees_in, is_said, trait_of
from jinpai.copilot.skills.ground import Ground

OWNED = 3
"""So many of the goods bought last are looked at for what goes with them."""
BY_NAME = 0.04
"""What it weighs more when the product bears in its name what it is for."""
FOR_SOMEBODY = 0.05
"""What it weighs more to know whom the goods are for than what for."""
_SEASONS = ("冬", "春", "夏", "秋")

Evidence: TypeAlias = Mapping[str, str | int | float]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a product: where that comes from, how much it weighs (0–1), the sentence's wording and values, as data."""

    product: str
    source: Source
    score: float
    wording: str
    values: Mapping[str, str]
    evidence: Evidence
    told_by: str


def find_reasons(ground: Ground) -> Iterator[Reason]:
    """Every reason the records give for any product, whether or not it fits this buyer."""
    goods = {product.id: product for product in ground.products}
    focus = ground.product
    if focus is not None and not _is_there(ground, focus):
        yield from _alternatives(ground, focus)
    elif focus is not None:
        yield from _bundles(ground, focus, goods)
        yield from _companions(focus, goods, is_owned=False)
        yield from _companion_of(focus, ground.products)
        yield from _bought_with(ground, focus, goods, is_owned=False)
    for id_ in ground.wishes.owned[:OWNED]:
        if id_ in goods and goods[id_] is not focus:
            yield from _companions(goods[id_], goods, is_owned=True)
            yield from _bought_with(ground, goods[id_], goods, is_owned=True)
    kind = kind_asked(ground)
    asked = {one.id for one in kind}
    fitting = [*_traits(ground, kind)]
    suited = {one.product for one in fitting}
    yield from fitting
    yield from _warm(ground, kind)
    for product in ground.products:
        yield from _needs(ground, product)
        yield from _roomy(ground, product)
        is_suited = product.id in suited or not ground.wishes.traits
        if product.id in asked and is_suited and point_of(product) and not _is_warned_of(ground, product):
            yield _of_kind(product)
        elif not asked and point_of(product):
            yield from _affordable(ground, product)
        if product.main_push and product.selling_points:
            yield _pushed(product)


def season(month: int) -> str:
    """The season of a month: 春, 夏, 秋 or 冬."""
    return _SEASONS[month % 12 // 3]


def suits_season(product: Product, now: str) -> bool:
    """Whether the record does not keep the product for other seasons."""
    told = [value for name, value in product.attributes.items() if "季节" in name]
    return all(now in value or "四季" in value for value in told)


def point_of(product: Product) -> str:
    """What the shop says first of the product; empty when it says nothing."""
    return product.selling_points[0].rstrip("。") if product.selling_points else ""


def is_made_for(product: Product, words: Sequence[str]) -> bool:
    """Whether the record speaks of those for whom these are the words."""
    return bool(_said_of(product, words))


def _is_there(ground: Ground, product: Product) -> bool:
    return any(ground.stock.of(sku) > 0 for sku in product.skus)


def _alternatives(ground: Ground, gone: Product) -> Iterator[Reason]:
    for other in ground.products:
        if other.category == gone.category and other.id != gone.id and point_of(other):
            values = {"原商品": gone.short, "商品": other.short, "类目": other.category, "卖点": point_of(other)}
            yield Reason(
                other.id,
                "alternative",
                0.95,
                "recommend.alternative",
                values,
                {"instead_of": gone.id, "category": gone.category},
                f"商品资料：{gone.short}库存为零，{other.short}同属{other.category}",
            )


def _bundles(ground: Ground, focus: Product, goods: Mapping[str, Product]) -> Iterator[Reason]:
    """The sets that the product is part of, where the set's saving is what the buyer would really get; each with the
    first of its goods that is new to the buyer."""
    for promotion, _ in ground.running:
        rule = promotion.rule
        if not isinstance(rule, Bundle) or focus.id not in rule.together or not set(rule.together) <= goods.keys():
            continue
        together = [goods[id_] for id_ in rule.together]
        if not all(_is_there(ground, one) for one in together) or not _applies(ground, promotion, together):
            continue
        names = {"套装": "、".join(one.short for one in together), "立减": f"{Decimal(rule.off).normalize():f}"}
        left_out = {focus.id, *ground.wishes.owned, *ground.wishes.refused, *ground.wishes.seen}
        for other in [one for one in together if one.id not in left_out][:1]:
            values = {"原商品": focus.short, "商品": other.short, **names}
            evidence: Evidence = {"with": focus.id, "promotion": promotion.id, "off": rule.off}
            yield Reason(other.id, "bundle", 0.92, "recommend.bundle", values, evidence, f"活动：{promotion.title}")


def _applies(ground: Ground, promotion: Promotion, together: Sequence[Product]) -> bool:
    """Whether the promotion takes part when one of each is bought."""
    chosen = [(product, next(sku for sku in product.skus if ground.stock.of(sku) > 0)) for product in together]
    basket = {sku.id: 1 for _, sku in chosen}
    running = [one for one, _ in ground.running if not isinstance(one.rule, Coupon)]
    settled = settle(basket, {sku.id: (product, sku) for product, sku in chosen}, running)
    return promotion.id in settled.applied


def _companions(one: Product, goods: Mapping[str, Product], *, is_owned: bool) -> Iterator[Reason]:
    wording = "recommend.companion_owned" if is_owned else "recommend.companion"
    for place, companion in enumerate(one.goes_with):
        if companion.product in goods:
            other = goods[companion.product]
            values = {"原商品": one.short, "商品": other.short, "搭配": companion.effect.rstrip("。")}
            evidence: Evidence = {"with": one.id, "bought": int(is_owned)}
            score = (0.8 if is_owned else 0.9) - 0.01 * min(place, 9)
            yield Reason(other.id, "companion", score, wording, values, evidence, f"商品资料：{one.short}的搭配")


def _companion_of(focus: Product, products: Sequence[Product]) -> Iterator[Reason]:
    """The goods whose own record says that they go with these."""
    for other in products:
        effect = next((one.effect.rstrip("。") for one in other.goes_with if one.product == focus.id), "")
        if effect and all(one.product != other.id for one in focus.goes_with):
            values = {"原商品": focus.short, "商品": other.short, "搭配": effect}
            evidence: Evidence = {"with": focus.id, "bought": 0}
            told = f"商品资料：{other.short}的搭配"
            yield Reason(other.id, "companion", 0.75, "recommend.companion_of", values, evidence, told)


def _bought_with(ground: Ground, one: Product, goods: Mapping[str, Product], *, is_owned: bool) -> Iterator[Reason]:
    wording = "recommend.co_purchase_owned" if is_owned else "recommend.co_purchase"
    for pair in ground.wishes.pairs.get(one.id, ()):
        if pair.product in goods:
            other = goods[pair.product]
            values = {"原商品": one.short, "商品": other.short, "人数": str(pair.buyers)}
            evidence: Evidence = {
                "with": one.id,
                "bought": int(is_owned),
                "orders": pair.orders,
                "of": pair.of,
                "buyers": pair.buyers,
                "lift": pair.lift,
            }
            told = f"订单：{pair.of} 单{one.short}里 {pair.orders} 单一起买了{other.short}"
            score = (0.68 if is_owned else 0.78) + 0.2 * share(pair)
            yield Reason(other.id, "co_purchase", score, wording, values, evidence, told)


def _needs(ground: Ground, product: Product) -> Iterator[Reason]:
    """What the buyer needs goods for, where the product's record speaks of it."""
    for want in ground.wishes.wants:
        said = _said_of(product, want.words)
        if want.kind == "season":
            said = next((value for name, value in product.attributes.items() if "季节" in name), "") and said
        if not said:
            continue
        values = {"商品": product.short, "需要": want.value, "依据": said}
        evidence: Evidence = {"need": want.kind, "value": want.value, "record": said}
        source, score, wording = _weight(want)
        score += BY_NAME if any(word in product.title for word in want.words) else 0
        yield Reason(product.id, source, score, wording, values, evidence, f"{_told_by(want)}；商品资料：{said}")


def _traits(ground: Ground, kind: Sequence[Product]) -> Iterator[Reason]:
    """That goods of the kind asked for have what the buyer wants of them; what leads in it comes first."""
    for trait in ground.wishes.traits:
        for product, said, place in trait_of(ground, trait, kind, leading=True):
            values = {"商品": product.short, "需要": trait.name, "依据": said}
            evidence: Evidence = {"need": "trait", "value": trait.name, "record": said}
            score = 0.96 - 0.2 * min(place, 4)
            yield Reason(product.id, "need", score, "recommend.trait", values, evidence, f"商品资料：{said}")


def _warm(ground: Ground, kind: Sequence[Product]) -> Iterator[Reason]:
    """That one is comfortable in it at the temperature told; what is no warmer than it takes comes first."""
    degrees = degrees_in(ground.text)
    for product in kind if degrees is not None else ():
        comfort = comfort_of(product)
        if degrees is None or comfort is None or comfort[0] > degrees:
            continue
        values = {
            "商品": product.short,
            "度数": f"{'零下 ' if degrees < 0 else ''}{abs(degrees)} 度",
            "依据": comfort[1],
        }
        evidence: Evidence = {"need": "degrees", "value": degrees, "record": comfort[1]}
        score = 0.95 - 0.01 * min(degrees - comfort[0], 10)
        yield Reason(product.id, "need", score, "recommend.degrees", values, evidence, f"商品资料：{comfort[1]}")


def _roomy(ground: Ground, product: Product) -> Iterator[Reason]:
    """That it holds as many people as the buyer told."""
    people, room = int(ground.slots.get("people") or 0), room_of(product)
    if not people or room is None or room < people:
        return
    told = next(value for name, value in product.attributes.items() if "人数" in name)
    values = {"商品": product.short, "人数": str(people), "依据": told}
    evidence: Evidence = {"need": "people", "value": people, "record": told}
    score = 0.97 - 0.02 * min(room - people, 5)
    yield Reason(product.id, "need", score, "recommend.people", values, evidence, f"商品资料：适用人数 {told}")


def _is_warned_of(ground: Ground, product: Product) -> bool:
    """Whether the record owns up to a flaw for just what the buyer needs it for."""
    told = [word for want in ground.wishes.wants if want.is_told for word in want.words]
    return any(word in flaw for word in told for flaw in product.flaws)


def _affordable(ground: Ground, product: Product) -> Iterator[Reason]:
    """That it costs no more than the buyer wants to pay, the nearer to that the better; the weakest of all reasons."""
    limit = Decimal(str(ground.slots.get("budget") or 0))
    prices = [Decimal(sku.price) for sku in product.skus if ground.stock.of(sku) > 0 and Decimal(sku.price) <= limit]
    if prices:
        score = 0.3 + 0.1 * float(max(prices) / limit)
        values, told = {"商品": product.short, "依据": point_of(product)}, f"商品资料：{product.short}标价"
        yield Reason(product.id, "need", score, "recommend.kind", values, {"need": "budget", "value": str(limit)}, told)


def _of_kind(product: Product) -> Reason:
    values = {"商品": product.short, "类目": product.category, "依据": point_of(product)}
    told = f"商品资料：{product.short}属于{product.category}"
    return Reason(product.id, "need", 0.8, "recommend.kind", values, {"need": "kind", "value": product.category}, told)


def _weight(want: Want) -> tuple[Source, float, str]:
    if want.kind == "season":
        return "season", 0.5, "recommend.season"
    score, wording = (0.85, f"recommend.{want.kind}") if want.is_told else (0.72, f"recommend.{want.kind}_known")
    return "need", score + (FOR_SOMEBODY if want.kind == "for_whom" else 0), wording


def _told_by(want: Want) -> str:
    if want.kind == "season":
        return f"时令：{want.value}季"
    return f"{'这次会话' if want.is_told else '客户档案'}：{want.value}"


def _pushed(product: Product) -> Reason:
    values = {"商品": product.short, "卖点": point_of(product)}
    told = f"商品资料：{product.short}是店铺主推"
    return Reason(product.id, "main_push", 0.55, "recommend.main_push", values, {"main_push": 1}, told)


def _said_of(product: Product, words: Sequence[str]) -> str:
    """The sentence of the product's record that has one of these words and denies nothing; its first selling point
    where the name itself has one."""
    for said in (*product.selling_points, *product.attributes.values()):
        if is_said(said, words):
            return said.rstrip("。")
    named = f"{product.title} {product.category}"
    return point_of(product) if any(word in named for word in words) else ""
