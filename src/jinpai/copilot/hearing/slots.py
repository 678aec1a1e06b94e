"""The things a buyer's message names, each as a plain value; what is not named is left out."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from jinpai.catalog.content import Product
from jinpai.catalog.naming import Names, meant_skus
from jinpai.copilot.hearing.choices import find_colour, find_courier, find_size, find_time
from jinpai.copilot.hearing.measures import (
    find_foot,
    find_height,
    find_mobile,
    find_order_number,
    find_price,
    find_quantity,
    find_weight,
)
from jinpai.copilot.hearing.needs import find_budget, find_people
from jinpai.kit.addresses.regions import find_region

Value: TypeAlias = str | int | float
Slots: TypeAlias = Mapping[str, Value]
"""Slot → value: `height` and `foot` in centimetres, `weight` in kilograms, `price` and `budget` in yuan.

Products and SKUs are told by id.
"""

MOST = 500
"""How many characters are looked through."""

_FINDERS: Mapping[str, Callable[[str], Value | None]] = {
    "height": find_height,
    "weight": find_weight,
    "foot": find_foot,
    "quantity": find_quantity,
    "price": find_price,
    "budget": find_budget,
    "people": find_people,
    "colour": find_colour,
    "size": find_size,
    "courier": find_courier,
    "time": find_time,
    "order_number": find_order_number,
    "phone": find_mobile,
}


def find_slots(text: str, names: Names | None = None, product: Product | None = None) -> Slots:
    """Everything this message names; `product` is what the talk is about until the message names another."""
    text = text[:MOST]
    found = {name: value for name, find in _FINDERS.items() if (value := find(text)) is not None}
    if any("\u4e00" <= letter <= "\u9fff" for letter in text) and (region := find_region(text)) is not None:
        place = region.place
        found["place"] = "".join(dict.fromkeys(part for part in (place.province, place.city, place.district) if part))
    named = names.find(text) if names is not None else None
    meant = named or product
    if named is not None:
        found["product"] = named.id
    if meant is not None:
        variants = meant_skus(meant.skus, (text,))
        if len(variants) == 1 and len(meant.skus) > 1:
            found["sku"] = variants[0].id
    return found
