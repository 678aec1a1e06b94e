"""What each shop's buyers buy together, as this process remembers it: learned from the orders, now and then anew.

The first to ask waits for it once; later it is learned beside, and what was known holds until then.
"""

import threading
from collections.abc import Sequence

import structlog
from sqlalchemy.exc import SQLAlchemyError

from jinpai.catalog.content import Product
from jinpai.copilot.recommending.content import RecommendingRules
from jinpai.copilot.recommending.model import Basket, Pairs
from jinpai.copilot.recommending.together import learn_pairs
from jinpai.flows.content import ShopContent
from jinpai.kit.database import Database
from jinpai.orders.baskets import read_baskets
from jinpai.orders.model import Item

DAY = 86_400_000
FRESH = 600_000
"""For so long (ms) what was learned last is good enough."""
MOST = 20_000
"""So many orders are learned from, the newest."""

_log = structlog.get_logger()


class Habits:
    """Remembers what belongs together in each shop. Safe in threads."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, ShopContent, Pairs]] = {}
        self._learning: set[str] = set()
        self._lock = threading.Lock()

    def of(self, database: Database, shop: str, content: ShopContent, now: int) -> Pairs:
        """The shop's goods that are bought together, as known at `now` (ms)."""
        known = self._known.get(shop)
        if known is None or known[1] is not content:
            return self._learn(database, shop, content, now)
        if not 0 <= now - known[0] < FRESH and self._begin(shop):
            work = (database, shop, content, now)
            threading.Thread(target=self._learn_beside, args=work, name="habits", daemon=True).start()
        return known[2]

    def forget(self, shop: str) -> None:
        """Learn anew when the shop's habits are next asked for."""
        self._known.pop(shop, None)

    def _begin(self, shop: str) -> bool:
        with self._lock:
            if shop in self._learning:
                return False
            self._learning.add(shop)
            return True

    def _learn(self, database: Database, shop: str, content: ShopContent, now: int) -> Pairs:
        pairs = read_pairs(database, shop, content.recommending, content.products, now)
        self._known[shop] = (now, content, pairs)
        return pairs

    def _learn_beside(self, database: Database, shop: str, content: ShopContent, now: int) -> None:
        try:
            self._learn(database, shop, content, now)
        except SQLAlchemyError as error:
            _log.warning("habits_not_learned", shop=shop, error=type(error).__name__)
        finally:
            with self._lock:
                self._learning.discard(shop)


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
