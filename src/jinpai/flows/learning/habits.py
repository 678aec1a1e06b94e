"""What each shop's orders teach: what its buyers buy together, what sells best, what has been on sale for long."""

from collections.abc import Sequence

from jinpai.catalog.content import Product
from jinpai.catalog.sales import NEW_DAYS, WINDOW_DAYS, Sales, rank
from jinpai.copilot.recommending.content import RecommendingRules
from jinpai.copilot.recommending.model import Basket, Pairs
from jinpai.copilot.recommending.together import learn_pairs
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.learning.learned import Learned
from jinpai.kit.database import Database
from jinpai.orders.baskets import read_baskets
from jinpai.orders.model import Item

DAY = 86_400_000
MOST = 20_000
"""So many orders are learned from, the newest."""
MOST_OLD = 5_000
"""So many orders from before goods were new are looked at, the newest."""


def habits() -> Learned[Pairs]:
    """A memory of what is bought together in each shop."""
    return Learned("habits", _read_pairs)


def sales() -> Learned[Sales]:
    """A memory of what sells best in each shop."""
    return Learned("sales", read_sales)


def read_sales(database: Database, shop: str, content: ShopContent, now: int) -> Sales:
    """Which of the shop's goods sell best at `now` (ms), and which have been on sale for long."""
    titles = titles_of(content.products)
    with database.read() as connection:
        lately = list(read_baskets(connection, shop, now - WINDOW_DAYS * DAY, MOST))
        before = list(read_baskets(connection, shop, 0, MOST_OLD, now - NEW_DAYS * DAY))
    return rank((products_of(one.items, titles) for one in lately), (products_of(one.items, titles) for one in before))


def read_pairs(database: Database, shop: str, rules: RecommendingRules, products: Sequence[Product], now: int) -> Pairs:
    """What the shop's orders teach at `now` (ms)."""
    titles = titles_of(products)
    with database.read() as connection:
        found = list(read_baskets(connection, shop, now - rules.window_days * DAY, MOST))
    return learn_pairs((Basket(one.buyer, frozenset(products_of(one.items, titles))) for one in found), rules.least)


def titles_of(products: Sequence[Product]) -> dict[str, str]:
    """Title and id of each product → its id."""
    return {name: product.id for product in products for name in (product.title, product.id)}


def products_of(items: Sequence[Item], titles: dict[str, str]) -> list[str]:
    """The products of the shop that these are: by id, where an order names none by title."""
    return [titles[name] for item in items if (name := item.product or item.title) in titles]


def _read_pairs(database: Database, shop: str, content: ShopContent, now: int) -> Pairs:
    return read_pairs(database, shop, content.recommending, content.products, now)
