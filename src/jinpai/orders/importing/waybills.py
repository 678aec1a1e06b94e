"""Waybills: which parcel an order left with, from a courier's or printer's table, or pasted line by line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from jinpai.importing import cells
from jinpai.importing.cells import Unreadable, clean
from jinpai.importing.columns import check_complete, guess
from jinpai.importing.model import Form, Layout, Plan, Rejected, told_by
from jinpai.importing.rows import check_shape, find_readers, read_values
from jinpai.importing.tables import Table, read_table
from jinpai.kit.sheets.texts import decode
from jinpai.orders.importing.cells import parcels

WAYBILLS: Final = Form(
    "waybills",
    "运单号",
    {
        "number": told_by(
            "订单编号", "订单编号 订单号 主订单编号 订单id 交易编号 平台单号 商家订单号 客户订单号 ordernumber orderid"
        ),
        "courier": told_by("物流公司", "物流公司 快递公司 承运商 承运公司 快递 物流 快递名称 courier carrier"),
        "tracking": told_by(
            "运单号", "运单号 快递单号 物流单号 运单号码 运单编号 面单号 物流编号 trackingnumber waybill"
        ),
    },
    (("number",), ("courier",), ("tracking",)),
)

_BINARY = (
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
)
_MARKS = re.compile(r"\s*[\t,，;；|]\s*")
_HEADERS = ("订单编号", "物流公司", "运单号")
_KNOWN = 2
"""How many headers a first line must have to be one of headers."""


@dataclass(frozen=True, slots=True)
class Waybill:
    """The order's number, the courier as written, and the tracking numbers of its parcels."""

    number: str
    courier: str
    tracking: tuple[str, ...]


def read_waybill_table(content: bytes) -> Table:
    """The table of a file, or of lines `order number, courier, tracking number` without headers."""
    if not content.strip() or content.startswith(_BINARY):
        return read_table(content)
    lines = decode(content)[0].lstrip("\ufeff").splitlines()
    told = [(at, cells_) for at, line in enumerate(lines, 1) if (cells_ := _split(line))]
    if not told:
        return read_table(content)
    if sum(column.field is not None for column in guess(WAYBILLS, told[0][1], {})) < _KNOWN:
        return Table("文字", [(0, _HEADERS), *told])
    return read_table(content) if any(map(_MARKS.search, lines)) else Table("文字", told)


def read_waybills(table: Table, layout: Layout) -> Plan[Waybill]:
    """Read every line; BadInput when one of the three columns is missing."""
    check_complete(layout)
    readers = find_readers(layout, {"number": cells.number})
    lines: list[tuple[int, Waybill]] = []
    rejected: list[Rejected] = []
    heard: dict[str, tuple[int, Waybill]] = {}
    for line, row in table.rows[layout.start :]:
        try:
            check_shape(row, len(layout.columns))
            waybill = _waybill(read_values(row, readers))
            first, told = heard.setdefault(waybill.number, (line, waybill))
            if told is not waybill:
                raise Unreadable(_twice(first, same=told == waybill))
            lines.append((line, waybill))
        except Unreadable as error:
            rejected.append(Rejected(line, str(error)))
    return Plan(len(table.rows) - layout.start, lines, rejected)


def _twice(first: int, *, same: bool) -> str:
    if same:
        return f"和第 {first} 行一模一样，只算一次"
    return f"和第 {first} 行是同一个订单，运单却不一样；一单有几个包裹的，请把单号写在同一格，用顿号隔开"


def _waybill(values: dict[str, str]) -> Waybill:
    missing = [WAYBILLS.name_of(name) for name in WAYBILLS.fields if name not in values]
    if missing:
        raise Unreadable(f"没有{'和'.join(missing)}；一行要有订单编号、快递公司、运单号")
    found = parcels(values["tracking"], "", WAYBILLS.name_of("tracking"))
    return Waybill(values["number"], values["courier"], tuple(parcel.number for parcel in found))


def _split(line: str) -> Sequence[str]:
    """The cells of a line that was typed or pasted; blanks part them where nothing else does."""
    told = line.strip()
    return tuple(clean(cell) for cell in (_MARKS.split(told) if _MARKS.search(told) else told.split()))
