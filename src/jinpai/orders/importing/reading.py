"""From a table and its layout to orders: every line either tells of an order, or is refused with its reason."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from jinpai.orders.importing import cells
from jinpai.orders.importing.cells import Unreadable, clean
from jinpai.orders.importing.columns import FIELDS, GOODS, Layout, check_complete
from jinpai.orders.importing.tables import MAX_CELL, Table
from jinpai.orders.model import Item, OrderRow, is_same_order

REGIONS = (
    "北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建", "江西",
    "山东", "河南", "湖北", "湖南", "广东", "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海", "台湾", "内蒙古",
    "广西", "西藏", "宁夏", "新疆", "香港", "澳门",
)  # fmt: skip

_READERS: dict[str, Callable[[str, str], Any]] = {
    "number": cells.number,
    "state": cells.state,
    "phone": cells.phone,
    "telephone": cells.phone,
    "quantity": cells.count,
    **dict.fromkeys(("total", "paid", "freight", "refunded", "price"), cells.money),
    **dict.fromkeys(("ordered_at", "paid_at", "shipped_at", "completed_at"), cells.moment),
}
_MOBILE = re.compile(r"(?<!\d)(?:\+?86)?(1[3-9]\d{9}(?:-\d{1,6})?)(?!\d)")
_AS_TOLD = (
    "buyer_name", "total", "paid", "freight", "refunded", "ordered_at", "paid_at", "shipped_at", "completed_at",
    "remark", "buyer_note", "close_reason", "receiver",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line that was not taken, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file tells: `lines` with their orders, and the rest; together they are all `count` lines of the file."""

    count: int
    lines: Sequence[tuple[int, OrderRow]]
    rejected: Sequence[Rejected]


def read_plan(table: Table, layout: Layout) -> Plan:
    """Read every line; BadInput when no column is the order's number."""
    check_complete(layout)
    fields = [(at, column.field) for at, column in enumerate(layout.columns) if column.field is not None]
    readers = [(at, field, _READERS.get(field), FIELDS[field][0]) for at, field in fields]
    has_goods = any(field in GOODS for _, field in fields)
    tells_payment = any(field in ("paid", "paid_at") for _, field in fields)
    finish = partial(_order, has_goods=has_goods, tells_payment=tells_payment)
    lines: list[tuple[int, OrderRow]] = []
    rejected: list[Rejected] = []
    first: dict[str, tuple[int, OrderRow]] = {}
    for line, row in table.rows[layout.start :]:
        try:
            _check_shape(row, len(layout.columns))
            order = finish(_values(row, readers))
            before = first.setdefault(order.number, (line, order))
            if before[1] is not order and not is_same_order(before[1], order):
                raise Unreadable(f"和第 {before[0]} 行的订单编号相同，内容却不一样，请核对后只留一行")
            lines.append((line, order))
        except Unreadable as error:
            rejected.append(Rejected(line, str(error)))
    return Plan(len(table.rows) - layout.start, lines, rejected)


def _check_shape(row: Sequence[str], width: int) -> None:
    if len(row) > width and any(cell.strip() for cell in row[width:]):
        raise Unreadable(f"这一行有 {len(row)} 列，表头只有 {width} 列，可能有内容里的逗号没有加引号，请核对")
    if any(len(cell) > MAX_CELL for cell in row):
        raise Unreadable(f"有一格超过 {MAX_CELL} 字，不像订单内容，请核对这一行")


def _values(row: Sequence[str], readers: Sequence[tuple[int, str, Callable[[str, str], Any] | None, str]]) -> Any:
    values: dict[str, Any] = {}
    width = len(row)
    for at, field, read, name in readers:
        text = clean(row[at]) if at < width else ""
        if text:
            if "\0" in text:
                raise Unreadable(f"{name}里有空字符，文件可能传坏了，请重新导出")
            values[field] = text if read is None else read(text, name)
    if "number" not in values:
        raise Unreadable("没有订单编号；合计行可以忽略，其他行请补上编号再导入")
    return values


def _order(values: dict[str, Any], *, has_goods: bool, tells_payment: bool) -> OrderRow:
    state, refund = values.get("state", (None, None))
    refunded, total = values.get("refunded", 0), values.get("total")
    if refunded:
        refund = refund or "done"
    if state is None and "state" not in values:
        state = _guess_state(values, tells_payment=tells_payment, is_refunded=bool(total and refunded >= total))
    told = {name: values[name] for name in _AS_TOLD if name in values}
    tracking, courier = values.get("tracking", ""), values.get("courier", "")
    if tracking or courier:
        told["parcels"] = cells.parcels(tracking, courier, FIELDS["tracking"][0])
    told |= _goods(values) if has_goods else {name: values[name] for name in ("title", "quantity") if name in values}
    told |= _place(values)
    return OrderRow(number=values["number"], state=state, refund=refund, **told)


def _guess_state(values: dict[str, Any], *, tells_payment: bool, is_refunded: bool) -> Any:
    """The state a file without states shows by its times and amounts."""
    if is_refunded:
        return "closed"
    if "completed_at" in values:
        return "completed"
    if "shipped_at" in values or "tracking" in values:
        return "shipped"
    if "paid_at" in values or values.get("paid"):
        return "paid"
    return "unpaid" if tells_payment else None


def _goods(values: dict[str, Any]) -> dict[str, Any]:
    title = values.get("title") or values.get("product")
    if title is None:
        return {}
    sku, product = values.get("sku", ""), values.get("product", "")
    return {"items": (Item(title, sku, values.get("quantity", 1), values.get("price"), product),)}


def _place(values: dict[str, Any]) -> dict[str, Any]:
    """Phone, address and region; a phone and a name written into the address are taken out of it."""
    told = {"phone": values.get("phone") or values.get("telephone")}
    address = values.get("address", "")
    if told["phone"] is None and (mobile := _MOBILE.search(address)):
        told["phone"] = mobile[1]
        parts = [part for part in re.split(r"[,;，；\s]+", _MOBILE.sub(" ", address)) if part]
        name = next((part for part in parts if len(part) <= 5 and _region(part) is None), None)
        if name is not None and "receiver" not in values:
            told["receiver"] = name
            parts.remove(name)
        address = " ".join(parts)
    above = [values[name] for name in ("province", "city", "district") if name in values]
    missing = [part for part in above if part not in address]
    address = " ".join([*missing, address]).strip()
    if address:
        told |= {"address": address, "region": _region(values.get("province") or address)}
    return told


def _region(text: str) -> str | None:
    return next((region for region in REGIONS if text.startswith(region)), None)
