"""The shop's whole stock at a glance: every variant with what is there, held, missing, and whether to buy more."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.engine import Connection

from jinpai.catalog.content import Product, Sku
from jinpai.flows.content.shop import ShopContent
from jinpai.stock.model import REORDER_AT, Level, level_id
from jinpai.stock.purchase_store import count_incoming
from jinpai.stock.store import count_missing, read_levels

View = Literal["all", "low", "missing"]
"""low: at or below its line, or orders wait for it · missing: orders wait for it."""


@dataclass(frozen=True, slots=True)
class Stocked:
    """A variant's stock: `missing` pieces are waited for by orders, `incoming` were bought and are not shelved yet.

    `title` is the product's short name, empty with the name where the shop sells it no more.
    """

    level: Level
    title: str
    name: str
    category: str
    missing: int
    incoming: int

    @property
    def line(self) -> int:
        """The line at which it is bought again; zero means never."""
        return REORDER_AT if self.level.reorder_at is None else self.level.reorder_at

    @property
    def is_low(self) -> bool:
        """Whether somebody should think of buying it."""
        return self.missing > 0 or (self.line > 0 and self.level.available <= self.line)

    @property
    def short_of(self) -> int:
        """The pieces to buy: what orders wait for, and twice the line on the shelf, less what is on its way."""
        if not self.is_low:
            return 0
        return max(0, self.missing + 2 * self.line - self.level.available - self.incoming)


def take_stock(connection: Connection, content: ShopContent, shop: str) -> list[Stocked]:
    """Every variant the shop sells, as its content lists them; at the end what it sells no more and still has."""
    levels, missing = read_levels(connection, shop), count_missing(connection, shop)
    incoming = count_incoming(connection, shop)
    found = []
    for product, sku in _variants(content):
        level = levels.pop(sku.id, None) or Level(level_id(shop, sku.id), shop, sku.id, sku.stock, 0, 0, 0)
        counts = missing.get(sku.id, 0), incoming.get(sku.id, 0)
        found.append(Stocked(level, product.short, sku.name, product.category, *counts))
    return found + [_gone(levels[sku], missing, incoming) for sku in sorted(levels) if levels[sku].on_hand]


def choose(stock: Sequence[Stocked], view: View, words: str) -> list[Stocked]:
    """Those in this view that have all the words in their names."""
    wanted = words.casefold().split()
    return [one for one in stock if _is_in(one, view) and all(word in _text(one) for word in wanted)]


def _variants(content: ShopContent) -> Iterator[tuple[Product, Sku]]:
    for product in content.products:
        for sku in product.skus:
            yield product, sku


def _gone(level: Level, missing: Mapping[str, int], incoming: Mapping[str, int]) -> Stocked:
    return Stocked(level, "", "", "", missing.get(level.sku, 0), incoming.get(level.sku, 0))


def _is_in(one: Stocked, view: View) -> bool:
    return view == "all" or (one.is_low if view == "low" else one.missing > 0)


def _text(one: Stocked) -> str:
    return f"{one.title} {one.name} {one.category} {one.level.sku}".casefold()
