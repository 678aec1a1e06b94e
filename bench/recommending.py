"""Goods bought together, guessed: one product of an order is left out, and three are recommended for the rest.

Nothing is learned from the buyer whose order is asked for: the orders of a fifth of the buyers are left out and asked,
five times. Beside it the three products most orders have, the simple baseline. The orders are those the demo shop
begins with, which we wrote ourselves: they prove that the way works, not how well it does elsewhere. With
JINPAI_BENCH_DATA also those of `ecom_bench`, too few of several goods to say anything, and nothing is said.
"""

import json
import os
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from zlib import crc32

from bench.figures import Figure, at_least, at_most, percentile, plain
from jinpai.copilot.recommending.choosing import recommend
from jinpai.copilot.recommending.content import RecommendingRules
from jinpai.copilot.recommending.model import Basket, Least, Pairs, Wishes
from jinpai.copilot.recommending.together import learn_pairs, share
from jinpai.flows.advising.last_words import Spoken
from jinpai.flows.advising.suggesting import look_around
from jinpai.flows.content.sections import ORDERS, RECOMMENDING, load_section, load_shop_pack
from jinpai.flows.content.shop import ShopContent, load_shop_content
from jinpai.flows.filling import Scene

DATA = "JINPAI_BENCH_DATA"
FOLDS, SHOWN, LARGE = 5, 3, 20_000
ENOUGH = 30
"""From so many questions on a figure has an aim."""


def measure() -> list[Figure]:
    """The demo shop, public orders where they are there, and what learning and recommending cost."""
    rules = next(iter(load_section(RECOMMENDING)), RecommendingRules(id="recommending"))
    return [*_demo(rules.least), *_public(rules.least), *_cost(rules.least)]


def left_out(baskets: Sequence[Basket], least: Least) -> tuple[float, float, int, int]:
    """Per cent of left-out products found by what belongs together and by popularity; how many asked, how many said."""
    found: Counter[str] = Counter()
    for fold in range(FOLDS):
        known = [one for one in baskets if crc32(one.buyer.encode()) % FOLDS != fold]
        asked = [one for one in baskets if crc32(one.buyer.encode()) % FOLDS == fold and len(one.products) > 1]
        pairs, popular = learn_pairs(known, least), _popular(known)
        for basket in asked:
            for gone in sorted(basket.products):
                rest = basket.products - {gone}
                guessed = _together(pairs, rest)
                found.update(asked=1, said=bool(guessed), hit=gone in guessed)
                found["popular"] += gone in [one for one in popular if one not in rest][:SHOWN]
    all_ = max(1, found["asked"])
    return 100 * found["hit"] / all_, 100 * found["popular"] / all_, found["asked"], found["said"]


def _together(pairs: Pairs, rest: frozenset[str]) -> list[str]:
    worth: dict[str, float] = {}
    for product in rest:
        for pair in pairs.get(product, ()):
            if pair.product not in rest:
                worth[pair.product] = worth.get(pair.product, 0.0) + share(pair)
    return [product for product, _ in sorted(worth.items(), key=lambda one: (-one[1], one[0]))[:SHOWN]]


def _popular(baskets: Sequence[Basket]) -> list[str]:
    counted = Counter(product for basket in baskets for product in basket.products)
    return [product for product, _ in sorted(counted.items(), key=lambda one: (-one[1], one[0]))]


def _told(name: str, baskets: Sequence[Basket], least: Least) -> Iterator[Figure]:
    several = sum(len(one.products) > 1 for one in baskets)
    hit, popular, asked, said = left_out(baskets, least)
    note = f"{len(baskets)} orders, {several} of several goods, {asked} left out one by one"
    if not asked:
        yield Figure(f"{name}: left-out product among three", "skipped", note=note)
        return
    title = f"{name}: left-out product among three"
    yield plain(title, hit, "%", note) if asked < ENOUGH else at_least(title, hit, popular, "%", note)
    yield plain(f"{name}: the three most bought", popular, "%", "baseline")
    yield plain(f"{name}: says something", 100 * said / asked, "%", "silent where too few orders speak")


def _demo(least: Least) -> Iterator[Figure]:
    pack = load_shop_pack("demo", {}, history=True).pack
    product_of = {sku.id: product.id for product in load_shop_content("demo").products for sku in product.skus}
    orders = [one for one in pack.entries(ORDERS) if one.ending not in ("unpaid", "cancelled")]
    baskets = [Basket(one.buyer, frozenset(product_of[sku] for sku in one.items)) for one in orders]
    yield from _told("demo shop", baskets, least)
    shuffled = [
        Basket(one.buyer, frozenset(_other(one, product, baskets) for product in one.products)) for one in baskets
    ]
    pairs = learn_pairs(shuffled, least)
    yield plain(
        "goods dealt out by chance: pairs learned", sum(map(len, pairs.values())) / 2, note="of the demo orders"
    )


def _other(one: Basket, product: str, baskets: Sequence[Basket]) -> str:
    """A product of some other order, the same every time: as often bought, and not together."""
    goods = [other for basket in baskets for other in sorted(basket.products)]
    return goods[crc32(f"{one.buyer}{product}{sorted(one.products)}".encode()) % len(goods)]


def _public(least: Least) -> Iterator[Figure]:
    folder = os.environ.get(DATA)
    if not folder:
        yield Figure("ecom_bench orders", "skipped", note=f"{DATA} is not set")
        return
    told = json.loads((Path(folder) / "ecom_bench" / "database" / "orders.json").read_text("utf-8"))
    baskets = [
        Basket(buyer, frozenset(str(item["商品ID"]) for item in order["订单商品列表"]))
        for shops in told.values()
        for buyers in shops.values()
        for buyer, orders in buyers.items()
        for order in orders.values()
    ]
    yield from _told("ecom_bench", baskets, least)


def _cost(least: Least) -> Iterator[Figure]:
    many = [
        Basket(str(number), frozenset(f"g{crc32(f'{number}.{at}'.encode()) % 400}" for at in range(1 + number % 4)))
        for number in range(LARGE)
    ]
    started = time.perf_counter()
    learn_pairs(many, least)
    yield at_most(f"learning from {LARGE:,} orders", time.perf_counter() - started, 1.0, "s")
    yield from _speed(load_shop_content("demo"))


def _speed(content: ShopContent) -> Iterator[Figure]:
    spent = []
    for product in content.products:
        scene = Scene(product=product, wishes=Wishes(owned=("pack-linxing-45",)))
        talk = [Spoken(is_buyer=True, text=f"{product.short}配什么好，周末去露营")]
        started = time.perf_counter()
        recommend(look_around(content, scene, talk, 1_795_399_200_000))
        spent.append(1000 * (time.perf_counter() - started))
    yield at_most("recommending, p95", percentile(spent[1:], 0.95), 50, "ms")
