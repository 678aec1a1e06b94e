"""What a shop's own sales and dates say of its goods: which sell best, and which are new. Pure.

What they do not say stays unknown, and what is unknown nobody may claim.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from jinpai.catalog.content import Product

WINDOW_DAYS: Final = 30
"""What sells best is what sold in so many days."""

NEW_DAYS: Final = 90
"""So long after it was put on sale a product may be called new."""

ENOUGH: Final = 30
"""So many paid orders in the window say something about what sells well; fewer say nothing."""

LEAST: Final = 10
"""In so many of them a product has to be to sell well."""

BEST_SHARE, FAIR_SHARE = 5, 2
"""One in so many of the goods that sold is among the best, at least one, or sells at least fairly well."""


@dataclass(frozen=True, slots=True)
class Sales:
    """Which products sell best, None where too little was sold to say; and which were on sale long ago already.

    What sells `fair`ly well is neither borne out as a best-seller nor belied.
    """

    best: frozenset[str] | None = None
    fair: frozenset[str] = field(default_factory=frozenset)
    old: frozenset[str] = field(default_factory=frozenset)


def rank(orders: Iterable[Iterable[str]], old: Iterable[Iterable[str]] = ()) -> Sales:
    """What these orders say: the products of each order of the window, and of each order from before goods were new."""
    sold: Counter[str] = Counter()
    count = 0
    for products in orders:
        count += 1
        sold.update(set(products))
    known = frozenset(product for products in old for product in products)
    if count < ENOUGH:
        return Sales(old=known)
    best = _above(sold, max(LEAST, _bar(sold, BEST_SHARE)))
    return Sales(best, _above(sold, _bar(sold, FAIR_SHARE)) - best, known)


def is_best_seller(product: Product, sales: Sales) -> bool | None:
    """Whether it is among what sells best; unknown where little was sold, and in the upper half of the rest."""
    if sales.best is None or product.id in sales.fair:
        return None
    return product.id in sales.best


def is_new(product: Product, sales: Sales, today: date) -> bool | None:
    """Whether it may be called new today: by the day it was put on sale, else by what was sold long ago."""
    if product.listed_on is not None:
        return product.listed_on <= today < product.listed_on + timedelta(days=NEW_DAYS)
    return False if product.id in sales.old else None


def _bar(sold: Counter[str], share: int) -> int:
    """How often the last of the first one in `share` was sold, zero where nothing was."""
    times = sorted(sold.values(), reverse=True)
    return times[max(1, len(times) // share) - 1] if times else 0


def _above(sold: Counter[str], bar: int) -> frozenset[str]:
    return frozenset(product for product, times in sold.items() if times >= bar)
