"""Two products side by side, by what their records say: prices, and what differs in attributes both have."""

import re
from collections.abc import Sequence
from decimal import Decimal

from jinpai.catalog.content import Product, Sku
from jinpai.catalog.kinds import goods_named
from jinpai.copilot.recommending.asked import kind_asked
from jinpai.copilot.recommending.fitting import price_now, room_of
from jinpai.copilot.recommending.traits import trait_of
from jinpai.copilot.skills.answers import Fact
from jinpai.copilot.skills.bounds import COLOUR
from jinpai.copilot.skills.ground import Facts, Ground
from jinpai.kit.money import short_yuan

MOST_BY_TRAIT = 3
"""So many goods are told apart by one trait at most."""
DIFFERENCES = 4
"""So many attributes are put beside each other at most."""
_SAID_COLOURS = re.compile(r"([红橙黄绿青蓝紫黑白灰粉棕橘])(?=色|的|和|跟|、|还|哪|$)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_TOLD_FIRST = ("人数", "温度", "季节", "承重", "容量", "尺寸", "坐高", "厚度", "重")


def compare(ground: Ground) -> Facts:
    """What tells apart the two products the buyer named; nothing unless two are known."""
    pair = _pair(ground)
    if pair is None:
        kind = kind_asked(ground)
        return _variants(ground) or _by_trait(ground, kind, "、".join(one.short for one in kind))
    one, other = pair
    names = [
        name for name in one.attributes if other.attributes.get(name, one.attributes[name]) != one.attributes[name]
    ]
    names.sort(key=_place)
    told = "；".join(_told(ground, product, names[:DIFFERENCES]) for product in pair)
    source = f"商品资料：{one.short}、{other.short}"
    if by_trait := _by_trait(ground, pair, source):
        return by_trait
    people = int(ground.slots.get("people") or 0)
    fit = [product for product in pair if people and (room_of(product) or 0) >= people]
    if len(fit) == 1 and all(room_of(product) for product in pair):
        room = next(value for name, value in fit[0].attributes.items() if "人数" in name)
        values = {"对比": told, "人数": str(people), "更合适": fit[0].short, "依据": room}
        return [Fact("compare.for_people", source, values)]
    return [Fact("compare.two", source, {"对比": told})]


def _variants(ground: Ground) -> Facts:
    """What two variants of the goods spoken of cost, where the words name both; nothing else tells them apart."""
    product = ground.product
    if product is not None and (colours := _colours(ground, product)):
        return colours
    named = [] if product is None else [one for one in product.skus if _names_it(ground.text, one)]
    if product is None or len(named) != 2:
        return []
    running = [promotion for promotion, _ in ground.running]
    told = "，".join(f"{one.name} {price_now(product, one, running):.2f} 元".replace(".00 元", " 元") for one in named)
    return [Fact("compare.variants", f"商品资料：{product.short}规格", {"商品": product.short, "对比": told})]


def _by_trait(ground: Ground, pair: Sequence[Product], source: str) -> Facts:
    """The two by the one number that tells what the buyer asks of them (`哪个亮`)."""
    for trait in ground.wishes.traits:
        ranked = [(product, said) for product, said, _ in trait_of(ground, trait, pair)]
        if not 1 < len(ranked) <= MOST_BY_TRAIT or not trait.attribute or ranked[0][1] == ranked[1][1]:
            continue
        told = "，".join(f"{product.short}{said}" for product, said in ranked)
        return [Fact("compare.by_trait", source, {"对比": told, "需要": trait.name, "更合适": ranked[0][0].short})]
    return []


def _colours(ground: Ground, product: Product) -> Facts:
    """Two variants that only differ in colour, where the words name both."""
    colours = {sku.spec.get(COLOUR, ""): sku for sku in product.skus}
    said = _SAID_COLOURS.findall(ground.text)
    named = [sku for name, sku in colours.items() if any(one in name for one in said)]
    if len(named) != 2 or len({one.price for one in named}) > 1:
        return []
    if any({**one.spec, COLOUR: ""} != {**named[0].spec, COLOUR: ""} for one in named):
        return []
    gone = "".join(f"；{one.name}这会儿没有货" for one in named if ground.stock.of(one) == 0)
    note = f"。颜色上，{product.colour_note}" if product.colour_note else ""
    values = {"商品": product.short, "两色": "和".join(one.spec[COLOUR] for one in named), "说明": f"{gone}{note}"}
    values["价格"] = short_yuan(Decimal(named[0].price))
    return [Fact("compare.colours", f"商品资料：{product.short}规格", values)]


def _names_it(text: str, sku: Sku) -> bool:
    """Whether the text has one of the choices of this variant, or the number in it."""
    return any(value in text or _number_in(text, value) for value in sku.spec.values())


def _number_in(text: str, value: str) -> bool:
    found = _NUMBER.match(value)
    return found is not None and re.search(rf"(?<!\d){found[0]}(?!\d)", text) is not None


def asks_which(ground: Ground) -> bool:
    """Whether the buyer's words name two products of a kind to choose from."""
    named = goods_named(ground.text, ground.products)
    return len(named) == 2 and named[0].category == named[1].category


def _told(ground: Ground, product: Product, names: Sequence[str]) -> str:
    """What the record says of one of them: its price, the attributes, what the shop says first."""
    parts = [f"{_price(ground, product)} 元", *(f"{name} {product.attributes[name]}" for name in names)]
    if product.selling_points:
        parts.append(product.selling_points[0].rstrip("。"))
    return f"{product.short}现在 {'，'.join(parts)}"


def _pair(ground: Ground) -> tuple[Product, Product] | None:
    named = list(goods_named(ground.text, ground.products))
    if not named and ground.product is not None:
        alike = [one for one in ground.products if one.category == ground.product.category and one != ground.product]
        named = list(goods_named(ground.text, alike))[:1]
    if len(named) > 1 and ground.product is not None and ground.product not in named:
        named = [one for one in named if one.category == ground.product.category][:1] or named
    about = ground.product if ground.product not in named else ground.shown
    if len(named) == 1 and about is not None and about not in named:
        named.insert(0, about)
    return (named[0], named[1]) if len(named) >= 2 else None


def _price(ground: Ground, product: Product) -> str:
    running = [promotion for promotion, _ in ground.running]
    prices: Sequence[Decimal] = sorted({price_now(product, sku, running) for sku in product.skus})
    return " 到 ".join(map(short_yuan, dict.fromkeys((prices[0], prices[-1]))))


def _place(name: str) -> int:
    return next((at for at, word in enumerate(_TOLD_FIRST) if word in name), len(_TOLD_FIRST))
