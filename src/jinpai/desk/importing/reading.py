"""From a table of a chat log to messages: who is the shop and who the buyer is told by names, columns, or people."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from jinpai.desk.model import MAX_TEXT
from jinpai.desk.past import PastLine
from jinpai.importing import cells
from jinpai.importing.cells import Unreadable, short
from jinpai.importing.columns import check_complete
from jinpai.importing.model import Layout, Plan, Rejected
from jinpai.importing.rows import check_shape, find_readers, read_values
from jinpai.importing.tables import Table

Values = Mapping[str, Any]

_OURS = ("客服", "商家", "卖家", "店铺", "坐席", "人工", "机器人", "发送", "发出", "回复", "seller", "agent", "staff")
_THEIRS = ("买家", "客户", "顾客", "访客", "用户", "会员", "接收", "收到", "buyer", "customer", "user", "visitor")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SAID_BY_US = "客服"


def is_sub_account(name: str) -> bool:
    """Whether the name itself says that it speaks for a shop: `店铺:小林`."""
    return re.fullmatch(r"[^:]+:[^:]+", name) is not None


def read_past(table: Table, layout: Layout, ours: Collection[str], now: int) -> Plan[PastLine]:
    """Read every line; of messages later than `now` (ms) none is taken. In order of time."""
    check_complete(layout)
    rows, rejected = _read(table, layout)
    sides = _Sides(ours, [values for _, values in rows])
    lines: list[tuple[int, PastLine]] = []
    for line, values in rows:
        try:
            lines.append((line, _line(values, sides, now)))
        except Unreadable as error:
            rejected.append(Rejected(line, str(error)))
    lines.sort(key=lambda pair: (pair[1].at, pair[0]))
    return Plan(len(table.rows) - layout.start, lines, sorted(rejected, key=lambda one: one.line))


def count_speakers(table: Table, layout: Layout) -> Counter[str]:
    """How many lines each name speaks."""
    rows, _ = _read(table, layout)
    return Counter(values["sender"] for _, values in rows if "sender" in values)


def _read(table: Table, layout: Layout) -> tuple[list[tuple[int, Values]], list[Rejected]]:
    names = dict.fromkeys(("sender", "receiver", "buyer", "agent"), _name)
    readers = find_readers(layout, {**names, "time": cells.moment})
    rows: list[tuple[int, Values]] = []
    rejected: list[Rejected] = []
    for line, row in table.rows[layout.start :]:
        try:
            check_shape(row, len(layout.columns))
            rows.append((line, read_values(row, readers)))
        except Unreadable as error:
            rejected.append(Rejected(line, str(error)))
    return rows, rejected


class _Sides:
    """Who speaks for the shop, and with whom, where a line does not say it itself."""

    def __init__(self, ours: Collection[str], rows: Sequence[Values]) -> None:
        self._ours = frozenset(ours)
        self._talks: dict[str, set[str]] = {}
        for values in rows:
            sender = values.get("sender", "")
            if sender and "side" not in values and not self.is_ours(sender):
                self._talks.setdefault(values.get("talk", ""), set()).add(sender)

    def is_ours(self, name: str) -> bool:
        """Whether this name speaks for the shop."""
        return name in self._ours or is_sub_account(name)

    def find_buyer(self, talk: str) -> str:
        """The only buyer who speaks in this talk; Unreadable when there are several or none."""
        found = self._talks.get(talk, set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise Unreadable("这段记录里有好几位买家，分不清这句话是对谁说的；请带上“接收人”，或按买家分开导出")
        raise Unreadable("看不出这句话是对哪位买家说的；请带上“买家”或“接收人”这一列")


def _line(values: Values, sides: _Sides, now: int) -> PastLine:
    if "time" not in values:
        raise Unreadable("看不出是谁在什么时候说的，请核对这一行")
    if values["time"] > now:
        raise Unreadable("时间在将来，请核对这一行")
    text = _CONTROL.sub("", values.get("text", "")).strip()
    if not text:
        raise Unreadable("没有内容")
    if len(text) > MAX_TEXT:
        raise Unreadable(f"内容太长（{len(text)} 字），一条最多 {MAX_TEXT} 字")
    is_ours, buyer, speaker = _who(values, sides)
    if "**" in buyer:
        raise Unreadable(f"买家“{short(buyer)}”的名字打了星号，分不清是谁；请导出带完整昵称的记录")
    return PastLine(buyer, speaker, is_ours, values["time"], text)


def _who(values: Values, sides: _Sides) -> tuple[bool, str, str]:
    """Whether the shop speaks, the buyer, and the speaker."""
    sender, receiver, buyer = (values.get(name, "") for name in ("sender", "receiver", "buyer"))
    if "side" in values:
        is_ours = _side(values["side"])
    elif not sender:
        raise Unreadable("没有发送人，看不出是谁说的")
    elif buyer:
        is_ours = sender != buyer
    else:
        is_ours = sides.is_ours(sender)
        if not is_ours and receiver and not sides.is_ours(receiver):
            raise Unreadable(f"“{short(sender)}”和“{short(receiver)}”都没有认出是店铺这边的，请指明谁是客服")
    if not is_ours:
        buyer = buyer or sender or receiver
        if not buyer:
            raise Unreadable("看不出是哪位买家说的")
        return False, buyer, buyer
    buyer = buyer or receiver or sides.find_buyer(values.get("talk", ""))
    return True, buyer, sender or values.get("agent", "") or _SAID_BY_US


def _side(text: str) -> bool:
    words = text.strip().lower()
    for ours, known in ((True, _OURS), (False, _THEIRS)):
        if words.startswith(known):
            return ours
    raise Unreadable(f"“{short(text)}”看不出是店铺还是买家说的；应写成 买家 或 客服")


def _name(text: str, name: str) -> str:
    """A name as it is compared: without the messenger's prefix, full-width colons made plain."""
    plain = unicodedata.normalize("NFKC", text).strip().removeprefix("cntaobao")
    if not plain or len(plain) > 60 or not plain.isprintable():
        raise Unreadable(f"{name}“{short(text)}”不像名字，请核对这一行")
    return plain
