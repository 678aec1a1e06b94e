"""Which variants of a product could be this buyer's: in stock, of their size, in the colour they like; with the price.

What is not known of the buyer leaves every variant; what is known and fits none leaves none.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from jinpai.catalog.content import Product, Sku
from jinpai.catalog.pricing import settle
from jinpai.catalog.promotions import Discount, LimitedPrice, Promotion
from jinpai.copilot.skills.bounds import COLOUR, SIZE, Bounds, bounds_in, bounds_of, is_within, number_in
from jinpai.stock.model import Available

_MEASURES: Mapping[str, str] = {"身高": "height", "体重": "weight"}
FEET = (30.0, 50.0)
"""Between these a size is one of feet."""
_ROOM = re.compile(r"(\d+)(?:\s*[–—~-]\s*(\d+))?\s*人")


def fitting(product: Product, stock: Available, facts: Mapping[str, str]) -> tuple[Sku, ...]:
    """The variants in stock that fit these facts of a profile; those in a liked colour alone where there are any."""
    there = [sku for sku in product.skus if stock.of(sku) > 0]
    if facts.get("for_whom", "自己") == "自己":
        there = [sku for sku in there if _fits(product, sku, facts)]
    liked = facts.get("colour", "").removesuffix("色")
    in_colour = [sku for sku in there if liked and liked in sku.spec.get(COLOUR, "")]
    return tuple(in_colour or there)


def room_of(product: Product) -> int | None:
    """How many people the record says it is for at most; None where it does not say."""
    told = next((value for name, value in product.attributes.items() if "人数" in name), "")
    found = _ROOM.search(told)
    return int(found[2] or found[1]) if found else None


def price_now(product: Product, sku: Sku, running: Sequence[Promotion]) -> Decimal:
    """What one piece costs by itself under the promotions that need nothing else, in yuan."""
    rules = [
        one
        for one in running
        if isinstance(one.rule, LimitedPrice) or (isinstance(one.rule, Discount) and one.rule.pieces == 1)
    ]
    return settle({sku.id: 1}, {sku.id: (product, sku)}, rules).goods


def _fits(product: Product, sku: Sku, facts: Mapping[str, str]) -> bool:
    feet, size = number_in(facts.get("shoe_size", "")), sku.spec.get(SIZE, "")
    if feet is not None and (bounds := _feet(size)) is not None:
        return is_within(feet, bounds)
    table = product.size_table
    if table is None or not table.is_of_bodies:
        return True
    asked = [
        (place, number)
        for place, column in enumerate(table.columns)
        for word, name in _MEASURES.items()
        if word in column and (number := number_in(facts.get(name, ""))) is not None
    ]
    if asked:
        rows = [row for row in table.rows if _is_of(row[0], sku)]
        return not rows or any(all(_within(row[place], number) for place, number in asked) for row in rows)
    return size == facts["size"] if size and "size" in facts else True


def _is_of(name: str, sku: Sku) -> bool:
    """Whether a row of the size table, called so, speaks of this variant."""
    return set(name.split()) <= {word for value in sku.spec.values() for word in value.split()}


def _feet(size: str) -> Bounds | None:
    """From and to which size of shoe this fits; None when it is none."""
    bounds = bounds_of(size)
    if bounds is None and size.strip().replace(".", "", 1).isdecimal():
        bounds = float(size), float(size)
    return bounds if bounds is not None and FEET[0] <= bounds[0] and bounds[1] <= FEET[1] else None


def _within(cell: str, number: float) -> bool:
    """Whether the cell leaves this number room; one that names no range leaves all."""
    bounds = bounds_in(cell)
    return bounds is None or is_within(number, bounds)
