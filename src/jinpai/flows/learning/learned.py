"""What each shop's orders teach, as this process remembers it: learned now and then anew.

The first to ask waits for it once; later it is learned beside, and what was known holds until then.
"""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError

from jinpai.flows.content.shop import ShopContent
from jinpai.kit.database import Database

T = TypeVar("T")

FRESH = 600_000
"""For so long (ms) what was learned last is good enough."""

_log = structlog.get_logger()


class Learned(Generic[T]):
    """Remembers one kind of lesson of each shop; `read` learns it from the orders as of now (ms). Safe in threads."""

    def __init__(self, name: str, read: Callable[[Database, str, ShopContent, int], T]) -> None:
        self._name = name
        self._read = read
        self._known: dict[str, tuple[int, ShopContent, T]] = {}
        self._learning: set[str] = set()
        self._lock = threading.Lock()

    def of(self, database: Database, shop: str, content: ShopContent, now: int) -> T:
        """What the shop's orders teach, as known at `now` (ms)."""
        known = self._known.get(shop)
        if known is None or known[1] is not content:
            return self._learn(database, shop, content, now)
        if not 0 <= now - known[0] < FRESH and self._begin(shop):
            work = (database, shop, content, now)
            threading.Thread(target=self._learn_beside, args=work, name=self._name, daemon=True).start()
        return known[2]

    def forget(self, shop: str) -> None:
        """Learn anew when the shop is next asked for."""
        self._known.pop(shop, None)

    def _begin(self, shop: str) -> bool:
        with self._lock:
            if shop in self._learning:
                return False
            self._learning.add(shop)
            return True

    def _learn(self, database: Database, shop: str, content: ShopContent, now: int) -> T:
        lesson = self._read(database, shop, content, now)
        self._known[shop] = (now, content, lesson)
        return lesson

    def _learn_beside(self, database: Database, shop: str, content: ShopContent, now: int) -> None:
        try:
            self._learn(database, shop, content, now)
        except SQLAlchemyError as error:
            _log.warning("not_learned", kind=self._name, shop=shop, error=type(error).__name__)
        finally:
            with self._lock:
                self._learning.discard(shop)
