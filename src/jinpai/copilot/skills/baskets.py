"""What several goods named together cost, under the promotions that need no coupon."""

from collections.abc import Sequence

from jinpai.catalog.content import Product, Sku
from jinpai.catalog.kinds import goods_named
from jinpai.catalog.pricing import settle
from jinpai.catalog.promotions import Bundle, Coupon
from jinpai.copilot.skills.answers import Fact
from jinpai.copilot.skills.ground import Facts, Ground
from jinpai.kit.money import short_yuan

_TOGETHER = ("一起", "一套", "全套", "整套", "加起来", "一共", "总共", "都要", "都买", "合计", "拿下")
"""What tells that goods are asked for together."""
MOST_GOODS = 5


def together(ground: Ground) -> Facts:
    """What one of each of the goods named costs with what is running, the cheapest variant of each and named so."""
    if not any(word in ground.text for word in _TOGETHER):
        return []
    goods = _set_named(ground) or goods_named(ground.text, ground.products)
    if not 1 < len(goods) <= MOST_GOODS:
        return []
    chosen = {product.id: _cheapest(ground, product) for product in goods}
    stock = {sku.id: (product, sku) for product in goods for sku in (chosen[product.id],)}
    running = [one for one, _ in ground.running if not isinstance(one.rule, Coupon)]
    settled = settle(dict.fromkeys(stock, 1), stock, running)
    values = {"各样": "、".join(_called(one, chosen[one.id]) for one in goods), "合计": short_yuan(settled.goods)}
    return [Fact("price.together", "商品资料：标价；进行中的活动", values)]


def _set_named(ground: Ground) -> Sequence[Product]:
    """The goods of a running set all of whose kinds the words name."""
    by_id = {one.id: one for one in ground.products}
    for promotion, _ in ground.running:
        rule = promotion.rule
        if isinstance(rule, Bundle) and all(
            id_ in by_id and _is_named(by_id[id_], ground.text) for id_ in rule.together
        ):
            return [by_id[id_] for id_ in rule.together]
    return ()


def _is_named(product: Product, text: str) -> bool:
    return any(name in text for name in (product.category, product.short, *product.also_called))


def _cheapest(ground: Ground, product: Product) -> Sku:
    there = [sku for sku in product.skus if ground.stock.of(sku) > 0] or product.skus
    return min(there, key=lambda sku: float(sku.price))


def _called(product: Product, sku: Sku) -> str:
    is_told = len({one.price for one in product.skus}) > 1
    return f"{product.short}（{sku.name}）" if is_told else product.short
