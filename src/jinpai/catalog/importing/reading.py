"""From a table of products to variants: every line either tells of one, or is refused with its reason."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from jinpai.importing import cells
from jinpai.importing.cells import Unreadable, short
from jinpai.importing.columns import check_complete
from jinpai.importing.model import Layout, Plan, Rejected
from jinpai.importing.rows import Read, check_shape, find_readers, read_values
from jinpai.importing.tables import Table
from jinpai.kit.clock import local_date
from jinpai.kit.money import yuan
from jinpai.packs.model import ID_PATTERN

_PAIRS = re.compile(r"[;；\n|]+")
_COMMAS = re.compile(r"[,，、]+")
_WEIGHT = re.compile(r"(\d{1,6}(?:\.\d{1,4})?)\s*(kg|千克|公斤|g|克|斤)?")
_UNIT = re.compile(r"(kg|千克|公斤)|(g|克)")
_GRAMS: Mapping[str, int] = {"kg": 1000, "千克": 1000, "公斤": 1000, "斤": 500, "g": 1, "克": 1}
_NAMES = (("material", "材质"), ("brand", "品牌"), ("origin", "产地"))
_MAX_GRAMS, _MAX_STOCK = 1_000_000, 1_000_000
_READS: Mapping[str, Read] = {
    "code": cells.code,
    "sku": cells.code,
    "price": cells.money,
    "stock": cells.count,
    "listed": cells.moment,
}


@dataclass(frozen=True, slots=True)
class Goods:
    """What one line tells of a variant and its product; None or empty = it does not tell.

    `price` in yuan, written; `listed` the day it was put on sale, `2026-11-01`.
    """

    code: str = ""
    sku: str = ""
    title: str | None = None
    short: str | None = None
    category: str | None = None
    name: str = ""
    spec: Mapping[str, str] = field(default_factory=dict)
    price: str | None = None
    stock: int | None = None
    grams: int | None = None
    listed: str | None = None
    points: tuple[str, ...] = ()
    box: tuple[str, ...] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)


def read_goods(table: Table, layout: Layout) -> Plan[Goods]:
    """Read every line; BadInput when neither product nor variant has a column of codes."""
    check_complete(layout)
    headers = {column.field: column.header for column in layout.columns}
    scale = _scale(headers.get("weight", ""))
    readers = find_readers(layout, {**_READS, "weight": lambda text, name: _grams(text, name, scale)})
    lines: list[tuple[int, Goods]] = []
    rejected: list[Rejected] = []
    for line, row in table.rows[layout.start :]:
        try:
            check_shape(row, len(layout.columns))
            lines.append((line, _goods(read_values(row, readers))))
        except Unreadable as error:
            rejected.append(Rejected(line, str(error)))
    return Plan(len(table.rows) - layout.start, lines, rejected)


def id_of(code: str) -> str:
    """The id in content of what the seller calls so; what an id cannot hold is told apart by a fingerprint."""
    folded = unicodedata.normalize("NFKC", code).lower()
    if re.fullmatch(ID_PATTERN, folded) and len(folded) <= 64:
        return folded
    plain = re.sub(r"[^a-z0-9]+", "-", folded)[:50].strip("-")
    return f"{plain}-{fingerprint(folded)}".strip("-")


def fingerprint(text: str) -> str:
    """Eight letters and digits that stand for the text."""
    return blake2b(text.encode(), digest_size=4).hexdigest()


def _goods(values: dict[str, Any]) -> Goods:
    if not values.keys() & {"code", "sku"}:
        raise Unreadable("没有商品编码，也没有规格编码；合计行可以忽略，其他行请补上编码再导入")
    if values.get("stock", 0) > _MAX_STOCK:
        raise Unreadable(f"库存“{values['stock']}”太大了，请核对这一行")
    name, spec = _variant(values)
    told = {key: values[key] for key in ("code", "sku", "title", "short", "category", "stock") if key in values}
    return Goods(
        **told,
        name=name,
        spec=spec,
        price=yuan(values["price"]) if "price" in values else None,
        grams=values.get("weight"),
        listed=local_date(values["listed"]).isoformat() if "listed" in values else None,
        points=_items(values.get("points", "")),
        box=_items(values.get("box", "")),
        attributes=_attributes(values),
    )


def _variant(values: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    """The variant's name and its choices: from columns of their own, else as written in one cell."""
    text = values.get("variant", "")
    chosen = {word: values[key] for key, word in (("colour", "颜色"), ("size", "尺码")) if key in values}
    spec = chosen or _pairs(text, _COMMAS if ":" in text or "：" in text else None)
    name = " ".join(spec.values()) if spec else text
    return name, spec or ({"规格": text} if text else {})


def _pairs(text: str, more: re.Pattern[str] | None = None) -> dict[str, str]:
    """`颜色:红;尺码:L` as a mapping; parts without a colon are no pairs."""
    parts = [part for one in _PAIRS.split(text) for part in (more.split(one) if more else [one])]
    split = [re.split(r"[:：]", part, maxsplit=1) for part in parts]
    return {
        pair[0].strip(): pair[1].strip() for pair in split if len(pair) == 2 and pair[0].strip() and pair[1].strip()
    }


def _attributes(values: Mapping[str, Any]) -> dict[str, str]:
    named = {word: values[key] for key, word in _NAMES if key in values}
    return {**_pairs(values.get("attributes", "")), **named}


def _items(text: str) -> tuple[str, ...]:
    """The parts of a cell that lists several things, each on a line or between semicolons."""
    return tuple(part.strip() for part in _PAIRS.split(text) if part.strip())


def _scale(header: str) -> int | None:
    found = _UNIT.search(header.lower())
    return None if found is None else (1000 if found[1] else 1)


def _grams(text: str, name: str, scale: int | None) -> int:
    found = _WEIGHT.fullmatch(unicodedata.normalize("NFKC", text).strip().lower())
    if found is None:
        raise Unreadable(f"{name}“{short(text)}”不是重量，应写成 1.2kg 或 1200g 这样")
    unit = _GRAMS[found[2]] if found[2] else scale
    if unit is None:
        raise Unreadable(f"{name}“{short(text)}”没有单位，请把表头写成 重量(克) 或 重量(千克)")
    grams = round(Decimal(found[1]) * unit)
    if not 1 <= grams <= _MAX_GRAMS:
        raise Unreadable(f"{name}“{short(text)}”不像一件商品的重量，请核对这一行")
    return grams
