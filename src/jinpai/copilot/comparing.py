"""Two products side by side, by what their records say: prices, and what differs in attributes both have."""

from collections.abc import Sequence
from decimal import Decimal

from jinpai.catalog.content import Product
from jinpai.catalog.kinds import goods_named
from jinpai.copilot.answers import Fact
from jinpai.copilot.ground import Facts, Ground
from jinpai.copilot.recommending.fitting import price_now

DIFFERENCES = 4
"""So many attributes are put beside each other at most."""
_TOLD_FIRST = ("人数", "温度", "季节", "承重", "容量", "尺寸", "坐高", "厚度", "重")


def compare(ground: Ground) -> Facts:
    """What tells apart the two products the buyer named; nothing unless two are known."""
    pair = _pair(ground)
    if pair is None:
        return []
    one, other = pair
    names = [
        name for name in one.attributes if other.attributes.get(name, one.attributes[name]) != one.attributes[name]
    ]
    names.sort(key=_place)
    told = "；".join(_told(ground, product, names[:DIFFERENCES]) for product in pair)
    return [Fact("compare.two", f"商品资料：{one.short}、{other.short}", {"对比": told})]


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
    if len(named) == 1 and ground.product is not None and ground.product not in named:
        named.insert(0, ground.product)
    return (named[0], named[1]) if len(named) >= 2 else None


def _price(ground: Ground, product: Product) -> str:
    running = [promotion for promotion, _ in ground.running]
    prices: Sequence[Decimal] = sorted({price_now(product, sku, running) for sku in product.skus})
    ends = [f"{one:.2f}".removesuffix(".00") for one in dict.fromkeys((prices[0], prices[-1]))]
    return " 到 ".join(ends)


def _place(name: str) -> int:
    return next((at for at, word in enumerate(_TOLD_FIRST) if word in name), len(_TOLD_FIRST))
