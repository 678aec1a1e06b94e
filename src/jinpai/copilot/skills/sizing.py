"""Live advice on size: what the table names for the measures told, the nearest row where none fits, what is left."""

import re
from collections.abc import Mapping, Sequence

from jinpai.catalog.content import Product, SizeTable, Sku
from jinpai.copilot.hearing.choices import find_size
from jinpai.copilot.hearing.measures import find_bodies
from jinpai.copilot.skills.answers import Fact
from jinpai.copilot.skills.bounds import COLOUR, bounds_in, is_within
from jinpai.copilot.skills.ground import Facts, Ground

_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?")
_FEET, _INCH = re.compile(r"([1-4])\s*尺\s*(\d)?(?!\d)\s*寸?"), 10 / 3
"""市尺 and 市寸, of which one is a third of a decimetre."""
_WITHIN = re.compile(r"(\d+(?:\.\d+)?)\s*\S{0,3}\s*(?:以内|以下)")
_MEASURES: Mapping[str, str] = {"身高": "height", "体重": "weight", "脚长": "foot"}
_USUAL = re.compile(
    r"(?:平时|平常|一般|日常|习惯)(?:都)?(?:[^，,。？?\d]{0,6})?(?:穿|买|拿|是)?(?:的)?\s*(\d{2}(?:\.5)?)(?!\d|\s*(?:斤|公斤|kg|厘米|cm))"
)
USUAL = "平时"
"""What begins a cell that tells which usual size the row is for."""

LARGER = "选大"
"""What tells in a size table's note that a larger size is advised."""
_PARTS = re.compile(r"[；;，。]")
_PECULIAR: Mapping[str, re.Pattern[str]] = {
    "脚背高": re.compile(r"脚背.{0,3}高"),
    "脚宽": re.compile(r"脚.{0,4}宽"),
    "厚袜": re.compile(r"厚.{0,2}袜"),
    "毛衣": re.compile(r"毛衣"),
}
"""What such a note is about, and how a buyer tells that of themselves."""

Cells = Sequence[tuple[int, str, float]]
"""Columns of a table by place, with the name and the value of what was told for them."""


def size(ground: Ground) -> Facts:
    """The size that the table names for the measures the buyer told; without measures the question for them."""
    product = ground.product
    if product is None:
        return []
    table = product.size_table
    if table is None:
        return _in_ranges(ground, product)
    columns = [(place, name) for place, column in enumerate(table.columns) for name in _MEASURES if name in column]
    source = f"商品资料：{product.short}尺码表"
    if len(bodies := find_bodies(ground.text)) > 1:
        return _for_each(ground, product, table, columns, bodies)
    told = {name: ground.slots[slot] for name, slot in _MEASURES.items() if slot in ground.slots}
    asked = [(place, name, float(told[name])) for place, name in columns if name in told] or _own(ground, table)
    if not asked:
        return _by_usual(ground, product, table.rows, source) or _question(
            ground, [name for _, name in columns], source
        )
    rows = [row for row in table.rows if all(_holds(row[place], value) for place, _, value in asked)]
    if len(rows) > 2:
        return []
    values = {"商品": product.short, "身材": _body(asked)}
    if not rows:
        return _nearest(table.columns, table.rows, asked, values, source)
    values["尺码"] = "、".join(_called(table.columns, row) for row in rows)
    if len(rows) == 1 and _is_gone(ground, product, rows[0][0]):
        return [Fact("size.gone", source, values, asks=True)]
    if len(rows) > 1:
        return [Fact("size.between", source, values)]
    return [*_other_named(ground, table, rows[0], values, source), Fact("size.fits", source, values)]


def _other_named(
    ground: Ground, table: SizeTable, fitting: Sequence[str], values: Mapping[str, str], source: str
) -> Facts:
    """What the table says of a larger size than the fitting one: that the buyer asks for, or that it advises for what
    they tell of themselves."""
    rows: list[Sequence[str]] = list(table.rows)
    larger = rows[rows.index(fitting) + 1 :]
    advised = next((one.strip() for one in _PARTS.split(table.measured) if _is_about_buyer(one, ground.text)), "")
    named = find_size(ground.text.splitlines()[-1]) or ""
    if advised and larger:
        told = {**values, "大一码": larger[0][0], "建议": advised}
        gone = _is_gone(ground, ground.product, larger[0][0]) if ground.product is not None else True
        return [] if gone else [Fact("size.advised", source, told)]
    row = next((one for one in rows if one[0] == named and one is not fitting), None)
    if row is None:
        return []
    told_of = "，".join(f"{name} {cell}" for name, cell in zip(table.columns[1:], row[1:], strict=True))
    wording = "size.named" if rows.index(row) > rows.index(fitting) else "size.named_smaller"
    return [Fact(wording, source, {**values, "问的码": named, "表上": told_of})]


def _is_about_buyer(advice: str, text: str) -> bool:
    """Whether this piece of advice is to take a larger size for something that the buyer says."""
    peculiar = [pattern for name, pattern in _PECULIAR.items() if name in advice]
    return LARGER in advice and any(pattern.search(text) for pattern in peculiar)


def may_have_sizes(ground: Ground) -> bool:
    """Whether a size may be asked for: not of goods that have no size table and come in no choice but colours."""
    product = ground.product
    if product is None or product.size_table is not None:
        return True
    return any(name != COLOUR for sku in product.skus for name in sku.spec)


def _for_each(
    ground: Ground,
    product: Product,
    table: SizeTable,
    columns: Sequence[tuple[int, str]],
    bodies: Sequence[tuple[int, float]],
) -> Facts:
    """The size of each of several people; nothing unless the table has one for all of them."""
    told: list[str] = []
    for height, weight in bodies:
        measures = {"身高": float(height), "体重": weight}
        asked = [(place, name, measures[name]) for place, name in columns if name in measures]
        rows = [row for row in table.rows if asked and all(_holds(row[place], value) for place, _, value in asked)]
        if not asked or len(rows) > 2:
            return []
        if not rows:
            near = min(table.rows, key=lambda row: sum(_away(row[place], value) for place, _, value in asked))
            if any(_away(near[place], value) > _FAR for place, _, value in asked):
                return []
            told.append(f"{_body(asked)}的最接近 {near[0]}")
            continue
        names = "或 ".join(f"{row[0]}{'（这会儿没货）' if _is_gone(ground, product, row[0]) else ''} " for row in rows)
        told.append(f"{_body(asked)}的建议选 {names.strip()}")
    values = {"商品": product.short, "各人尺码": "；".join(told)}
    return [Fact("size.each", f"商品资料：{product.short}尺码表", values)]


def _own(ground: Ground, table: SizeTable) -> list[tuple[int, str, float]]:
    """A measure that only this table asks for (`手掌围`), where it was named: the last number that can be it.

    Who names it leaves out what lies between its ends: `手围`.
    """
    for place, name in enumerate(table.columns[1:], 1):
        bounds = [end for row in table.rows for end in bounds_in(row[place]) or ()]
        named = name in ground.text or (len(name) > 2 and name[0] + name[-1] in ground.text)
        if not named or name in _MEASURES or not bounds:
            continue
        numbers = [float(found[0]) for found in _NUMBER.finditer(_in_centimetres(ground.text))]
        likely = [one for one in numbers if min(bounds) * (1 - _FAR) <= one <= max(bounds) * (1 + _FAR)]
        if likely:
            return [(place, name, likely[-1])]
    return []


def _in_centimetres(text: str) -> str:
    """The text with 尺 and 寸 as centimetres, as waists are told: `2尺5` is 83."""
    return _FEET.sub(lambda found: str(round((int(found[1]) * 10 + int(found[2] or 0)) * _INCH)), text)


def _question(ground: Ground, names: Sequence[str], source: str) -> Facts:
    if ground.order is not None and ground.order.state in ("delivered", "completed"):
        return []  # What does not fit at home is exchanged; the measures come after.
    return [Fact("size.ask", source, {"要问": "和".join(names)}, asks=True)] if names else []


def _by_usual(ground: Ground, product: Product, rows: Sequence[Sequence[str]], source: str) -> Facts:
    """The row for the size usually worn, where the table tells it."""
    usual = _usual(ground)
    if not usual.replace(".", "", 1).isdecimal():
        return []
    fitting = [row for row in rows if any(USUAL in cell and _holds(cell, float(usual)) for cell in row)]
    if len(fitting) != 1:
        return []
    values = {"商品": product.short, "身材": f"平时穿 {usual} 码", "尺码": fitting[0][0]}
    advised = _other_named(ground, product.size_table, fitting[0], values, source) if product.size_table else []
    return [*[one for one in advised if one.wording == "size.advised"], Fact("size.fits", source, values)]


def _usual(ground: Ground) -> str:
    """The size usually worn, where one was told; else empty."""
    found = _USUAL.search(ground.text)
    return found[1] if found else str(ground.slots.get("size") or "")


def _in_ranges(ground: Ground, product: Product) -> Facts:
    """The one variant whose size is a range that holds the size usually worn (`39–42`)."""
    usual = _usual(ground)
    if not usual.replace(".", "", 1).isdecimal():
        return []
    skus = [one for one in product.skus if any(_holds(value, float(usual)) for value in one.spec.values())]
    if len(skus) != 1:
        return []
    values = {"商品": product.short, "身材": f"平时穿 {usual} 码", "尺码": skus[0].name}
    gone = ground.stock.of(skus[0]) == 0
    return [Fact("size.gone" if gone else "size.fits", f"商品资料：{product.short}规格", values, asks=gone)]


def _nearest(
    columns: Sequence[str], rows: Sequence[Sequence[str]], asked: Cells, values: Mapping[str, str], source: str
) -> Facts:
    """The row that comes nearest to the measures, said to be no more than that."""
    ranked = sorted(rows, key=lambda row: sum(_away(row[place], value) for place, _, value in asked))
    if not ranked or any(_away(ranked[0][place], value) > _FAR for place, _, value in asked):
        return []
    table = "，".join(f"{name} {ranked[0][place]}" for place, name, _ in asked)
    return [Fact("size.nearest", source, {**values, "尺码": _called(columns, ranked[0]), "表上": table}, asks=True)]


_FAR = 0.12
"""How far from a row, as a share of the measure, nothing is said of it any more."""


def _away(cell: str, number: float) -> float:
    """How far the number is from what the cell says, as a share of it; 1 where the cell names no range."""
    if _holds(cell, number):
        return 0.0
    return min((abs(number - end) / number for end in bounds_in(cell) or _most(cell)), default=1.0)


def _body(asked: Cells) -> str:
    return "、".join(f"{name} {value:g} {'千克' if name == '体重' else '厘米'}" for _, name, value in asked)


def _is_gone(ground: Ground, product: Product, name: str) -> bool:
    """Whether all variants of this size are sold out; a size that no variant is named by is not."""
    words = name.split()
    there: list[Sku] = [one for one in product.skus if all(word in one.name.split() for word in words)]
    return bool(there) and all(ground.stock.of(one) == 0 for one in there)


def _holds(cell: str, number: float) -> bool:
    """Whether the number lies within what the cell says."""
    if (bounds := bounds_in(cell)) is not None:
        return is_within(number, bounds)
    return any(number <= most for most in _most(cell))


def _most(cell: str) -> Sequence[float]:
    """Up to what a cell goes that names its upper end alone (`60 千克以内`)."""
    return [float(found[1])] if (found := _WITHIN.search(cell)) else []


def _called(columns: Sequence[str], row: Sequence[str]) -> str:
    """How a row's size is called: its first cell, or where that is a measure itself, what stands beside it."""
    if bounds_in(row[0]) is None:
        return row[0]
    return "、".join(f"{name}{cell}" for name, cell in zip(columns[1:], row[1:], strict=True))
