"""Whether the shop has what is asked for: the living stock, less what other orders hold."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from jinpai.catalog.content import Product, Sku
from jinpai.kit.errors import Conflict
from jinpai.stock.store import read_available


@dataclass(frozen=True, slots=True)
class Shortage:
    """A variant of which fewer pieces can be sold now (`left`) than are wanted."""

    sku: str
    name: str
    wanted: int
    left: int


def find_shortages(
    connection: Connection, shop: str, goods: Mapping[str, tuple[Product, Sku]], lines: Mapping[str, int]
) -> tuple[Shortage, ...]:
    """Of which of these variants (pieces by SKU) there are too few now, in the order they were asked for."""
    available = read_available(connection, shop)
    found = []
    for sku, wanted in lines.items():
        product, variant = goods[sku]
        left = max(0, available.of(variant))
        if left < wanted:
            found.append(Shortage(sku, " ".join(filter(None, (product.short, variant.name))), wanted, left))
    return tuple(found)


def check_enough(short: Sequence[Shortage]) -> None:
    """Conflict that says how many there are, so that whoever orders decides knowing it."""
    if short:
        told = "；".join(f"{one.name} 要 {one.wanted} 件，现在能卖的只有 {one.left} 件" for one in short)
        raise Conflict(f"{told}。可以先下单等货，请勾选“缺的等到货”并跟买家说清楚，或者改件数")
