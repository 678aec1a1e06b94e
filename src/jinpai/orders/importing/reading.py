"""From a table and its layout to orders: every line either tells of an order, or is refused with its reason."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from jinpai.importing import cells
from jinpai.importing.cells import HOW_TO_EXPORT, Unreadable
from jinpai.importing.columns import check_complete
from jinpai.importing.model import Layout, Plan, Rejected
from jinpai.importing.rows import Reader, check_shape, find_readers, read_values
from jinpai.importing.tables import Table
from jinpai.kit.clock import local_date, local_time
from jinpai.orders.importing.cells import parcels, state
from jinpai.orders.importing.form import FIELDS, GOODS
from jinpai.orders.model import Item, OrderRow, is_same_order

REGIONS = (
    "北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建", "江西",
    "山东", "河南", "湖北", "湖南", "广东", "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海", "台湾", "内蒙古",
    "广西", "西藏", "宁夏", "新疆", "香港", "澳门",
)  # fmt: skip

_REGION = re.compile("|".join(REGIONS))

_READERS: dict[str, Callable[[str, str], Any]] = {
    "number": cells.number,
    "state": state,
    "phone": cells.phone,
    "telephone": cells.phone,
    "quantity": cells.count,
    **dict.fromkeys(("total", "paid", "freight", "refunded", "price"), cells.money),
    **dict.fromkeys(("ordered_at", "paid_at", "shipped_at", "completed_at"), cells.moment),
}
_MOBILE = re.compile(r"(?<!\d)(?:\+?86)?(1[3-9]\d{9}(?:-\d{1,6})?)(?!\d)")
_BLANKS = ",;，；:： \t\r\n\u3000\xa0"
_GAPS = re.compile(rf"[{_BLANKS}]+")
_NAME = re.compile(r"(?!.*[省市区县旗镇乡村街路道巷弄号楼室层座栋屯里店厦苑]$)[^\W\d_·][^\W\d_]{1,4}")
"""What may be a name where it stands beside a telephone number: short, and not the end of an address."""

_KEPT_DIGITS = 15
"""How many digits of a number Excel keeps; the others become zeros."""

_TELLING_ZEROS = 3
"""How many such zeros a file must have: so many are no accident."""

_LATER = ("paid_at", "shipped_at", "completed_at")

_AS_TOLD = (
    "buyer_name", "total", "paid", "freight", "refunded", "ordered_at", "paid_at", "shipped_at", "completed_at",
    "remark", "buyer_note", "close_reason", "receiver",
)  # fmt: skip


def read_plan(table: Table, layout: Layout) -> Plan[OrderRow]:
    """Read every line; BadInput when no column is the order's number."""
    check_complete(layout)
    readers = find_readers(layout, _READERS)
    fields = {column.field for column in layout.columns}
    has_goods = bool(fields & GOODS)
    tells_payment = bool(fields & {"paid", "paid_at"})
    finish = partial(_order, has_goods=has_goods, tells_payment=tells_payment)
    lines: list[tuple[int, OrderRow]] = []
    rejected: list[Rejected] = []
    heard = _Heard()
    for line, row in table.rows[layout.start :]:
        try:
            check_shape(row, len(layout.columns))
            order = finish(_values(row, readers))
            heard.check(line, order)
            lines.append((line, order))
        except Unreadable as error:
            rejected.append(Rejected(line, str(error)))
    return Plan(len(table.rows) - layout.start, *_without_lost_digits(lines, rejected))


@dataclass(frozen=True, slots=True)
class _Heard:
    """What the lines above told of each order, and of each kind of goods in it."""

    orders: dict[str, tuple[int, OrderRow]] = field(default_factory=dict)
    goods: dict[tuple[str, str, str], tuple[int, Item]] = field(default_factory=dict)

    def check(self, line: int, order: OrderRow) -> None:
        """Unreadable when this line says otherwise."""
        first, told = self.orders.setdefault(order.number, (line, order))
        if told is not order and not is_same_order(told, order):
            raise Unreadable(f"和第 {first} 行的订单编号相同，内容却不一样，请核对后只留一行")
        for item in order.items:
            first, known = self.goods.setdefault((order.number, item.title, item.sku), (line, item))
            if known != item:
                raise Unreadable(f"和第 {first} 行是同一个订单的同一种商品，件数、单价或编码却不一样，请核对后合成一行")


def _without_lost_digits(
    lines: Sequence[tuple[int, OrderRow]], rejected: list[Rejected]
) -> tuple[Sequence[tuple[int, OrderRow]], Sequence[Rejected]]:
    """Refuse the long numbers of a file in which every one of them ends in the zeros that Excel puts for digits."""
    ends = {row.number: row.number[_KEPT_DIGITS:] for _, row in lines if row.number.isdecimal()}
    long = {number: end for number, end in ends.items() if end}
    if any(end.strip("0") for end in long.values()) or sum(map(len, long.values())) < _TELLING_ZEROS:
        return lines, rejected
    reason = f"订单编号的后几位被表格软件变成了 0；{HOW_TO_EXPORT}"
    lost = [Rejected(line, reason) for line, row in lines if row.number in long]
    kept = [(line, row) for line, row in lines if row.number not in long]
    return kept, sorted([*rejected, *lost], key=lambda one: one.line)


def _values(row: Sequence[str], readers: Sequence[Reader]) -> dict[str, Any]:
    values = read_values(row, readers)
    if "number" not in values:
        raise Unreadable("没有订单编号；合计行可以忽略，其他行请补上编号再导入")
    return values


def _order(values: dict[str, Any], *, has_goods: bool, tells_payment: bool) -> OrderRow:
    _check_times(values)
    state, refund = values.get("state", (None, None))
    refunded, total = values.get("refunded", 0), values.get("total")
    if refunded:
        refund = refund or "done"
    if state is None and "state" not in values:
        state = _guess_state(values, tells_payment=tells_payment, is_refunded=bool(total and refunded >= total))
    told = {name: values[name] for name in _AS_TOLD if name in values}
    tracking, courier = values.get("tracking", ""), values.get("courier", "")
    if tracking or courier:
        told["parcels"] = parcels(tracking, courier, FIELDS["tracking"][0])
    told |= _goods(values) if has_goods else {name: values[name] for name in ("title", "quantity") if name in values}
    told |= _place(values)
    return OrderRow(number=values["number"], state=state, refund=refund, **told)


def _check_times(values: dict[str, Any]) -> None:
    """Unreadable when something came before the order; a day without a time of day may be the same day."""
    ordered_at = values.get("ordered_at")
    if ordered_at is None:
        return
    for name in _LATER:
        at = values.get(name)
        is_day = at is not None and local_time(at) == "00:00" and local_date(at) == local_date(ordered_at)
        if at is not None and at < ordered_at and not is_day:
            earlier, first = FIELDS[name][0], FIELDS["ordered_at"][0]
            raise Unreadable(f"{earlier}比{first}还早，请核对这两列是不是选反了，或者改好这一行再导入")


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
    title = values.get("title") or values.get("product") or values.get("sku")
    if title is None:
        return {"quantity": values["quantity"]} if "quantity" in values else {}
    sku, product = values.get("sku", ""), values.get("product", "")
    return {"items": (Item(title, sku, values.get("quantity", 1), values.get("price"), product),)}


def _place(values: dict[str, Any]) -> dict[str, Any]:
    """Phone, address and region; a phone and a name written into the address are taken out of it."""
    told = {"phone": values.get("phone") or values.get("telephone")}
    address = values.get("address", "")
    if told["phone"] is None and (mobile := _MOBILE.search(address)):
        told["phone"] = mobile[1]
        before = _GAPS.split(address[: mobile.start()].strip(_BLANKS))
        behind = _GAPS.split(address[mobile.end() :].strip(_BLANKS))
        if "receiver" not in values and _is_name(before[-1]):
            told["receiver"] = before.pop()
        elif "receiver" not in values and _is_name(behind[0]):
            told["receiver"] = behind.pop(0)
        address = " ".join(part for part in (*before, *behind) if part)
    above = [values[name] for name in ("province", "city", "district") if name in values]
    missing = [part for part in above if part not in address]
    address = " ".join([*missing, address]).strip()
    if address:
        told |= {"address": address, "region": _region(values.get("province") or address)}
    return told


def _is_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None and _region(text) is None


def _region(text: str) -> str | None:
    found = _REGION.match(text)
    return found and found[0]
