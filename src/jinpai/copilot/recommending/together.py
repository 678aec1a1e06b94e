"""What buyers buy together, learned from the shop's own orders. Pure: the same orders teach the same, in any order.

A pair says something only when enough orders of enough different buyers have it, clearly more than chance would bring,
and chance would bring as many less than once in a hundred times.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from math import exp

from jinpai.copilot.recommending.model import Basket, Least, Pair, Pairs

WIDEST = 20
"""Products of one order; a larger order is a purchase for resale and tells nothing of what goes together."""
CHANCE = 0.01
"""How likely at most as many common orders are where two goods have nothing to do with each other."""
DOUBT = 5
"""As many further orders as are assumed to have gone without the other, so that few orders weigh little."""


def learn_pairs(baskets: Iterable[Basket], least: Least) -> Pairs:
    """Of each product what is bought with it, the most telling first."""
    counted = [basket for basket in baskets if 0 < len(basket.products) <= WIDEST]
    having = Counter(product for basket in counted for product in basket.products)
    both: Counter[tuple[str, str]] = Counter()
    buyers: dict[tuple[str, str], set[str]] = {}
    for basket in counted:
        for pair in combinations(sorted(basket.products), 2):
            both[pair] += 1
            buyers.setdefault(pair, set()).add(basket.buyer)
    found: dict[str, list[Pair]] = {}
    for (one, other), orders in both.items():
        expected = having[one] * having[other] / len(counted)
        by = len(buyers[one, other])
        if min(orders, by) < least.orders or orders < least.lift * expected or _chance(orders, expected) > CHANCE:
            continue
        lift = round(orders / expected, 2)
        found.setdefault(one, []).append(Pair(other, orders, having[one], by, lift))
        found.setdefault(other, []).append(Pair(one, orders, having[other], by, lift))
    return {product: tuple(sorted(pairs, key=_telling)) for product, pairs in sorted(found.items())}


def share(pair: Pair) -> float:
    """How often the other is bought along (0–1), cautiously."""
    return pair.orders / (pair.of + DOUBT)


def _telling(pair: Pair) -> tuple[float, str]:
    return -share(pair), pair.product


def _chance(orders: int, expected: float) -> float:
    """How likely at least so many common orders are where so many are expected by chance (Poisson)."""
    term = none = exp(-expected)
    below = none
    for number in range(1, orders):
        term *= expected / number
        below += term
    return max(0.0, 1.0 - below)
