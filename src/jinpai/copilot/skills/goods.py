"""Live answers about goods: stock, price, pictures, flaws, care; exact from the product's record, or none."""

import re
from collections.abc import Mapping, Sequence

from jinpai.catalog.content import Product, Sku
from jinpai.catalog.pricing import settle
from jinpai.catalog.promotions import Coupon
from jinpai.copilot.skills.answers import SAYING, Fact
from jinpai.copilot.skills.baskets import together
from jinpai.copilot.skills.bounds import SIZE, bounds_of, is_within, number_in
from jinpai.copilot.skills.ground import Facts, Ground
from jinpai.kit.money import short_yuan

_NUMBERS = re.compile(r"\d+(?:\.\d+)?")
MOST_PIECES = 9
"""More pieces than these are wholesale, whose price a person names."""
FEW = 5
"""From here on the number left is told."""


def stock(ground: Ground) -> Facts:
    """What is there of the variant spoken of, or of all."""
    product, sku = ground.product, ground.sku
    if product is None:
        return []
    there = [one for one in product.skus if ground.stock.of(one) > 0]
    size = str(ground.slots.get("size") or "")
    sku = sku or _in_colour(product, str(ground.slots.get("colour") or ""), size)
    values = {"商品": product.short, "有货规格": "、".join(one.name for one in there[:4])}
    source = f"商品资料：{product.short}库存"
    if not there:
        others = (one for one in ground.products if one.category == product.category and one.id != product.id)
        other = next((one.short for one in others if any(ground.stock.of(sku) > 0 for sku in one.skus)), "")
        return [Fact("stock.gone", source, {**values, "替代商品": other})]
    if sku is None and size and not any(is_size(one, size) for one in product.skus) and _has_sizes(product):
        near = "、".join(one.name for one in _nearest(there, {**there[0].spec, SIZE: size})[:2])
        return [Fact("stock.no_size", source, {**values, "尺码": size, "有货规格": near})]
    if sku is None:
        return [Fact("stock.overview", source, values)]
    left = ground.stock.of(sku)
    if left == 0:
        values["有货规格"] = "、".join(one.name for one in _nearest(there, sku.spec)[:2])
    values |= {"规格": sku.name, "库存": str(left)}
    return [Fact("stock.none" if left == 0 else "stock.few" if left <= FEW else "stock.some", source, values)]


def _nearest(there: Sequence[Sku], wanted: Mapping[str, str]) -> list[Sku]:
    """The variants that come nearest to the choices wanted: in most of them the same, then the nearest size."""
    size = number_in(wanted.get(SIZE, ""))

    def away(one: Sku) -> tuple[int, float]:
        differing = sum(one.spec.get(name) != value for name, value in wanted.items())
        its = number_in(one.spec.get(SIZE, ""))
        return differing, abs(its - size) if its is not None and size is not None else 0.0

    return sorted(there, key=away)


def price(ground: Ground) -> Facts:
    """The price on the page; what several goods named together come to."""
    if several_goods := together(ground):
        return several_goods
    product, sku = ground.product, ground.sku
    if product is None:
        return []
    if (several := _several(ground, product)) is not None:
        return [several]
    sku = sku or _superlative(product, ground.text)
    prices = sorted({one.price for one in ([sku] if sku else product.skus)}, key=float)
    values = {"商品": product.short, "规格": sku.name if sku else "现在", "价格": prices[0]}
    source = f"商品资料：{product.short}标价"
    if len(prices) == 1:
        return [Fact("price.one", source, values)]
    return [Fact("price.range", source, {**values, "最低价": prices[0], "最高价": prices[-1]})]


def _superlative(product: Product, text: str) -> Sku | None:
    """The variant spoken of as the largest, the smallest, the cheapest; None where none is, or sizes are not told."""
    by_price = sorted(product.skus, key=lambda one: float(one.price))
    for words, place in (("最便宜", "最低"), 0), (("最贵",), -1):
        if any(word in text for word in words):
            return by_price[place]
    sizes = {one.id: [float(number) for number in _NUMBERS.findall(one.name)] for one in product.skus}
    if not all(sizes.values()) or len({one.price for one in product.skus}) == 1:
        return None
    by_size = sorted(product.skus, key=lambda one: sizes[one.id])
    return by_size[-1] if "最大" in text else by_size[0] if "最小" in text else None


def _several(ground: Ground, product: Product) -> Fact | None:
    """What so many pieces cost under the promotions that need no coupon, where all variants meant cost the same."""
    pieces, skus = int(ground.slots.get("quantity") or 1), [ground.sku] if ground.sku else list(product.skus)
    if not 1 < pieces <= MOST_PIECES or len({one.price for one in skus}) > 1:
        return None
    running = [one for one, _ in ground.running if not isinstance(one.rule, Coupon)]
    settled = settle({skus[0].id: pieces}, {skus[0].id: (product, skus[0])}, running)
    values = {"商品": product.short, "件数": str(pieces), "合计": short_yuan(settled.goods)}
    return Fact("price.several", f"商品资料：{product.short}标价；进行中的活动", values)


def _has_sizes(product: Product) -> bool:
    """Whether every variant has a size."""
    return all(SIZE in sku.spec for sku in product.skus)


def is_size(sku: Sku, size: str) -> bool:
    """Whether the variant is of this size, or of a range that holds it (`43` in `43–45`)."""
    told = sku.spec.get(SIZE, "")
    return size == told or (size.isdecimal() and is_within(float(size), bounds_of(told)))


def _in_colour(product: Product, colour: str, size: str = "") -> Sku | None:
    """The one variant whose name has this colour, where the buyer says it shorter (`棕色` for `松木棕`)."""
    short = colour.removesuffix("色")
    found = [sku for sku in product.skus if short and any(short in value for value in sku.spec.values())]
    if size and len(found) > 1:
        found = [sku for sku in found if is_size(sku, size)]
    return found[0] if len(found) == 1 and len(product.skus) > 1 else None


def picture(ground: Ground) -> Facts:
    """The card of the goods spoken of, for a buyer who wants to see them."""
    product, sku = ground.product, ground.sku
    if product is None:
        return []
    sku = sku or _in_colour(product, str(ground.slots.get("colour") or ""))
    values = {"商品": product.short, "规格": sku.name if sku is not None and len(product.skus) > 1 else ""}
    name = f"{SAYING}picture.variant" if values["规格"] else f"{SAYING}picture.goods"
    card = (product.id, sku.id if sku is not None else "")
    return [Fact(name, f"商品资料：{product.short}链接", values, card=card)]


def flaws(ground: Ground) -> Facts:
    """What the record owns up to."""
    product = ground.product
    if product is None or not product.flaws:
        return []
    told = "；".join(one.rstrip("。") for one in product.flaws)
    values = {"商品": product.short, "条数": "一两三四五六七八九"[min(len(product.flaws), 9) - 1], "不足": told}
    return [Fact("flaws.told", f"商品资料：{product.short}的不足", values)]


def care(ground: Ground) -> Facts:
    """How to keep the product well."""
    product = ground.product
    if product is None or product.care is None:
        return []
    values = {"清洗": product.care.clean, "存放": product.care.store, "避免": product.care.avoid}
    return [Fact("care.how", f"商品资料：{product.short}保养", {"商品": product.short, **values})]


def variant(product: Product | None, name: str | None) -> Sku | None:
    """The variant with this id; the only one where there is but one."""
    if product is None:
        return None
    if len(product.skus) == 1:
        return product.skus[0]
    return next((sku for sku in product.skus if sku.id == name), None)
