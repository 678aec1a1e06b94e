"""Count sheets: a table of variants and the pieces somebody counted, and what each line does to the book.

A line that fits the book changes nothing. One that was brought in before, or was filled in from numbers that have
moved since, is told rather than obeyed: what was sold in between would lie on the shelf again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from jinpai.importing import cells
from jinpai.importing.cells import Unreadable, short
from jinpai.importing.columns import check_complete
from jinpai.importing.model import Form, Layout, Outcome, Plan, Rejected, told_by
from jinpai.importing.rows import check_shape, find_readers, read_values
from jinpai.importing.tables import Table
from jinpai.kit.sheets.writing import Sheet
from jinpai.stock.model import MAX_NOTE, MOST, Reason

_SKU = "规格编码 sku编码 规格商家编码 sku商家编码 规格编号 skuid sku编号 货品编码 货品编号 商品条码 条码 条形码 sku"
_COUNTED = "盘点件数 盘点数 盘点数量 实盘数 实盘数量 实盘 实盘件数 实际数量 实际件数 实数 清点数量 counted"
_BELIEVED = "账面在库 账面数 账面数量 账面库存 账面 系统数量 系统库存 系统数 在库数量 在库 book"

COUNTS: Final = Form(
    "counts",
    "盘点表",
    {
        "sku": told_by("规格编码", _SKU),
        "counted": told_by("盘点件数", _COUNTED),
        "believed": told_by("账面在库", _BELIEVED),
        "reason": told_by("原因", "原因 差异原因 盈亏原因 reason"),
        "note": told_by("说明", "说明 备注 盘点备注 note remark"),
    },
    (("sku",), ("counted",)),
)

SHEET: Final = Sheet(
    "盘点表",
    (("规格编码", 28), ("商品", 24), ("规格名称", 20), ("账面在库", 10), ("盘点件数", 10), ("原因", 12), ("说明", 30)),
)
"""The sheet to fill in; what is left without a number was not counted."""

REASON_NAMES: Final[Mapping[str, Reason]] = {
    "盘点": "counted", "破损": "damaged", "找不到了": "lost", "丢失": "lost", "找到了": "found",
    "拍照、样品领用": "used", "样品领用": "used", "领用": "used", "其他": "other",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CountLine:
    """A variant's line: the pieces counted (None: nobody counted them), and what the book said then, where it says."""

    sku: str
    counted: int | None
    believed: int | None = None
    reason: Reason = "counted"
    note: str = ""


@dataclass(frozen=True, slots=True)
class LastCount:
    """What a sheet said of a variant the last time."""

    sku: str
    counted: int
    believed: int | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A line that corrects the book: the variant's number before and after."""

    line: int
    sku: str
    before: int
    after: int


def read_counts(table: Table, layout: Layout) -> Plan[CountLine]:
    """Read every line; a variant that stands on several is refused on all of them. BadInput without the columns."""
    check_complete(layout)
    pieces = {"sku": cells.code, "counted": _pieces, "believed": _pieces, "reason": _reason}
    readers = find_readers(layout, pieces)
    lines: list[tuple[int, CountLine]] = []
    rejected: list[Rejected] = []
    for line, row in table.rows[layout.start :]:
        try:
            check_shape(row, len(layout.columns))
            lines.append((line, _line(read_values(row, readers))))
        except Unreadable as error:
            rejected.append(Rejected(line, str(error)))
    kept, twice = _once(lines)
    found = sorted([*rejected, *twice], key=lambda one: one.line)
    return Plan(len(table.rows) - layout.start, kept, found)


def judge(line: CountLine, on_hand: int, last: LastCount | None) -> Outcome:
    """What the line does to a variant of which the book has so many; Unreadable where it must not be obeyed."""
    if line.counted is None or line.counted == on_hand:
        return "unchanged"
    if last is not None and (last.counted, last.believed) == (line.counted, line.believed):
        raise Unreadable(
            f"这一行已经按 {line.counted} 件导入过，之后又有货进出，账上现在 {on_hand} 件；"
            "确实重新数过的，请下载新的盘点表来填，或者到库存页面更正"
        )
    if line.believed is not None and line.believed != on_hand:
        raise Unreadable(
            f"填表时账上是 {line.believed} 件，现在是 {on_hand} 件，中间有货进出；请下载新的盘点表，再数一次这个规格"
        )
    return "updated"


def _line(values: Mapping[str, Any]) -> CountLine:
    if "sku" not in values:
        raise Unreadable("没有规格编码；合计行可以忽略，其他行请补上编码再导入")
    reason, note = values.get("reason", "counted"), values.get("note", "")
    if len(note) > MAX_NOTE:
        raise Unreadable(f"说明最多 {MAX_NOTE} 字，请写短一点")
    if reason == "other" and not note:
        raise Unreadable("原因写了“其他”，请在说明里写一句为什么，以后对账看得懂")
    return CountLine(values["sku"], values.get("counted"), values.get("believed"), reason, note)


def _once(lines: Sequence[tuple[int, CountLine]]) -> tuple[list[tuple[int, CountLine]], list[Rejected]]:
    places: dict[str, list[int]] = {}
    for line, one in lines:
        places.setdefault(one.sku, []).append(line)
    kept = [(line, one) for line, one in lines if len(places[one.sku]) == 1]
    twice = [
        Rejected(line, f"第 {'、'.join(map(str, places[one.sku]))} 行是同一个规格；分几处放的，请把件数加起来写成一行")
        for line, one in lines
        if len(places[one.sku]) > 1
    ]
    return kept, twice


def _pieces(text: str, name: str) -> int:
    found = cells.count(text, name)
    if found > MOST:
        raise Unreadable(f"{name}“{short(text)}”太大了，最多 {MOST:,} 件，请核对这一行")
    return found


def _reason(text: str, name: str) -> Reason:
    found = REASON_NAMES.get(text)
    if found is None:
        raise Unreadable(f"{name}“{short(text)}”不认识；可以写：{'、'.join(REASON_NAMES)}")
    return found
