"""Goods of a kind that have what the buyer asks of them: light, rainproof, easy to pitch; told by the record alone."""

import re
from collections.abc import Iterator, Mapping, Sequence

from jinpai.catalog.content import Product
from jinpai.copilot.hearing.measures import read_numeral
from jinpai.copilot.recommending.fitting import price_now
from jinpai.copilot.recommending.model import Trait
from jinpai.copilot.skills.ground import Ground
from jinpai.kit.money import short_yuan

COMFORT = "舒适温度"
"""The attribute that says down to which temperature one is comfortable in it."""
WARMEST = 30
_DEGREES = re.compile(r"(零下|负|-)?\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?:来|几)?(?:度|℃)")
PRICE = "价格"
"""The attribute that stands for what goods cost now."""
_NUMBER = re.compile(r"零下\s*(\d+(?:\.\d+)?)|(\d+(?:\.\d+)?)")
_DENIALS = ("不", "别", "勿", "非", "无法", "慎", "除外", "怕")
_UNITS: Mapping[str, float] = {"千克": 1_000, "公斤": 1_000, "克": 1}


def trait_of(
    ground: Ground, trait: Trait, kind: Sequence[Product], *, leading: bool = False
) -> Iterator[tuple[Product, str, int]]:
    """The goods of this kind that have the trait, best first: what the record says of it, and its place from 0.

    Of those told apart by a number only the `leading` half may be called so.
    """
    measured = [(one, *told) for one in kind if (told := _measured(ground, trait, one)) is not None]
    measured.sort(key=lambda one: -one[1] if trait.most else one[1])
    for place, (product, _, said) in enumerate(measured[: (len(measured) + 1) // 2] if leading else measured):
        yield product, said, place
    known = {product.id for product, _, _ in measured}
    for product in kind:
        if product.id not in known and (said := _said(product, trait.words)):
            yield product, said, 0


def _measured(ground: Ground, trait: Trait, product: Product) -> tuple[float, str] | None:
    """The number that tells the trait, and the words for it."""
    if trait.attribute == PRICE:
        running = [one for one, _ in ground.running]
        prices = [price_now(product, sku, running) for sku in product.skus if ground.stock.of(sku) > 0]
        return (float(min(prices)), f"现在 {short_yuan(min(prices))} 元") if prices else None
    name = next((one for one in product.attributes if trait.attribute and trait.attribute in one), None)
    if name is None or (found := _NUMBER.search(product.attributes[name])) is None:
        return None
    value = product.attributes[name]
    unit = next((size for word, size in _UNITS.items() if word in value[found.end() : found.end() + 4]), 1.0)
    numbers = [-float(one[1]) if one[1] else float(one[2]) for one in _NUMBER.finditer(value)]
    return (max(numbers) if trait.most else numbers[0]) * unit, f"{name} {value}"


def degrees_in(text: str) -> int | None:
    """The temperature (℃) the goods are needed for; None where none is told, or it is not one of weather."""
    found = _DEGREES.search(text)
    if found is None:
        return None
    degrees = int(found[2]) if found[2].isdecimal() else read_numeral(found[2])
    return None if degrees is None or degrees > WARMEST else -degrees if found[1] else degrees


def comfort_of(product: Product) -> tuple[float, str] | None:
    """Down to which temperature (℃) the record calls the product comfortable, and how it says so."""
    told = next((value for name, value in product.attributes.items() if COMFORT in name), "")
    found = _NUMBER.search(told)
    return None if found is None else (-float(found[1]) if found[1] else float(found[2]), told)


def is_said(line: str, words: Sequence[str]) -> bool:
    """Whether a line of the record says one of these words of the goods, and not that it is not so (`不防水`)."""
    denied = (no for no in _DENIALS if no not in "".join(words))
    return any(word in line for word in words) and not any(no in line for no in denied)


def _said(product: Product, words: Sequence[str]) -> str:
    told = [f"{name} {value}" for name, value in product.attributes.items()]
    made = [f"{part.part}用的是{part.what}，{part.strengths}" for part in product.materials]
    for said in (*product.selling_points, *told, *made):
        if is_said(said, words):
            return said.rstrip("。")
    return ""
