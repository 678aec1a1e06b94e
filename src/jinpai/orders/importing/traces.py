"""From a courier's file: every line either tells one thing of a parcel, or is refused with its reason.

Tables with headers, JSON (a list, or an object that holds one) and JSON lines are read; a parcel may bring its traces
as a list of its own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import orjson

from jinpai.importing import cells
from jinpai.importing.cells import Unreadable, short
from jinpai.importing.columns import check_complete, fold_header
from jinpai.importing.model import Form, Layout, Plan, Rejected, told_by
from jinpai.importing.rows import check_shape, find_readers, read_values
from jinpai.importing.tables import Table, read_table
from jinpai.kit.errors import BadInput
from jinpai.kit.sheets.texts import decode
from jinpai.orders.importing.cells import parcels
from jinpai.orders.tracking.model import MAX_WORDS, State, Trace

TRACES: Final = Form(
    "tracking",
    "物流轨迹",
    {
        "number": told_by(
            "运单号",
            "运单号 快递单号 物流单号 运单号码 运单编号 面单号 物流编号 trackingnumber waybill number mailno nu",
        ),
        "at": told_by("时间", "时间 轨迹时间 物流时间 更新时间 操作时间 发生时间 扫描时间 time at ftime date"),
        "state": told_by("状态", "状态 物流状态 轨迹状态 快递状态 包裹状态 扫描类型 操作 state status action"),
        "text": told_by(
            "物流信息", "物流信息 轨迹 轨迹信息 轨迹描述 物流轨迹 描述 内容 详情 context text desc description"
        ),
    },
    (("number",), ("at",), ("state", "text")),
)

_WORDS: tuple[tuple[str, State], ...] = (
    ("退回签收", "returned"), ("退件签收", "returned"), ("已退回", "returned"), ("退签", "returned"),
    ("退回件已签收", "returned"), ("returned", "returned"),
    ("丢失", "lost"), ("遗失", "lost"), ("丢件", "lost"), ("灭失", "lost"), ("lost", "lost"),
    ("拒收", "refused"), ("拒签", "refused"), ("退回中", "refused"), ("正在退回", "refused"), ("refused", "refused"),
    ("rejected", "refused"),
    ("问题件", "stuck"), ("疑难", "stuck"), ("异常", "stuck"), ("滞留", "stuck"), ("无法派送", "stuck"),
    ("派送失败", "stuck"), ("派件失败", "stuck"), ("地址不详", "stuck"), ("联系不上", "stuck"), ("未联系上", "stuck"),
    ("无人接听", "stuck"), ("延误", "stuck"), ("exception", "stuck"), ("stuck", "stuck"),
    ("待签收", "delivering"), ("准备签收", "delivering"), ("未签收", "delivering"), ("注意签收", "delivering"),
    ("待取件", "delivering"), ("delivering", "delivering"), ("out for delivery", "delivering"),
    ("签收", "delivered"), ("妥投", "delivered"), ("已送达", "delivered"), ("已取件", "delivered"),
    ("已取走", "delivered"), ("delivered", "delivered"),
    ("派送", "delivering"), ("派件", "delivering"), ("投递", "delivering"), ("驿站", "delivering"),
    ("快递柜", "delivering"), ("自提", "delivering"),
    ("揽收", "accepted"), ("揽件", "accepted"), ("收寄", "accepted"), ("已收件", "accepted"), ("accepted", "accepted"),
    ("collected", "accepted"), ("picked up", "accepted"),
    ("运输", "moving"), ("在途", "moving"), ("到达", "moving"), ("离开", "moving"), ("发往", "moving"),
    ("中转", "moving"), ("转运", "moving"), ("已发出", "moving"), ("装车", "moving"), ("干线", "moving"),
    ("in transit", "moving"), ("moving", "moving"),
)  # fmt: skip
"""The first of these found in a courier's words tells the state."""

_GONE_BACK: tuple[State, ...] = ("refused", "returned", "lost")
_LISTS = ("traces", "data", "list", "parcels", "items", "轨迹", "物流轨迹")
"""Under which names JSON holds a list."""

_PHONE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")
_SIGNER = re.compile(r"((?:签收人|收件人|代收人)(?:是|为|[:：])\s*)([\u4e00-\u9fff])[\u4e00-\u9fff]{1,3}")
_KNOWN = "常见的有 已揽收、运输中、派送中、已签收、疑难件、拒收、退回签收、丢失"
_AHEAD = 3_600_000
"""How far (ms) a courier's clock may be ahead of ours."""


def read_trace_file(content: bytes) -> Table:
    """The table of a file, whether it is one or JSON; BadInput when it is neither."""
    start = content[:100].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start not in (b"{", b"["):
        return read_table(content)
    told = list(_records(decode(content)[0].lstrip("\ufeff")))
    headers = tuple(dict.fromkeys(name for _, record in told for name in record))
    if not headers:
        raise BadInput("文件里一条物流记录也没有，请核对是不是这个文件")
    return Table("JSON", [(0, headers), *((line, _row(record, headers)) for line, record in told)])


def read_traces(table: Table, layout: Layout, now: int) -> Plan[Trace]:
    """Read every line, told at `now` (ms); BadInput when a column is missing."""
    check_complete(layout)
    readers = find_readers(layout, {"number": _number, "at": cells.moment})
    lines: list[tuple[int, Trace]] = []
    rejected: list[Rejected] = []
    for line, row in table.rows[layout.start :]:
        try:
            check_shape(row, len(layout.columns))
            lines.append((line, _trace(read_values(row, readers), now)))
        except Unreadable as error:
            rejected.append(Rejected(line, str(error)))
    return Plan(len(table.rows) - layout.start, lines, rejected)


def hide_people(text: str) -> str:
    """A courier's words without the numbers and names of people."""
    return _SIGNER.sub(r"\1\2**", _PHONE.sub(r"\1****\2", text))


def state_of(words: str) -> State | None:
    """What a courier's words mean; None where they tell nothing."""
    folded = words.lower().replace("_", " ")
    return next((state for word, state in _WORDS if word in folded), None)


def _trace(values: Mapping[str, Any], now: int) -> Trace:
    missing = [TRACES.name_of(name) for name in ("number", "at") if name not in values]
    if missing:
        raise Unreadable(f"没有{'和'.join(missing)}；一行要有运单号、时间和状态（或物流信息）")
    told, text = values.get("state", ""), values.get("text", "")
    state, said = state_of(told), state_of(text)
    if state is None or (state == "delivered" and said in _GONE_BACK):
        state = said or state
    if state is None:
        raise Unreadable(
            f"看不懂“{short(told or text)}”是到了哪一步；{_KNOWN}"
            if told or text
            else "没有状态，也没有物流信息，不知道包裹到哪一步了"
        )
    if values["at"] > now + _AHEAD:
        raise Unreadable("时间还没到，请核对这一行的日期")
    return Trace(values["number"], values["at"], state, hide_people(text or told)[:MAX_WORDS])


def _number(text: str, name: str) -> str:
    found = parcels(text, "", name)
    if len(found) != 1:
        raise Unreadable(f"{name}一行只写一个，请把“{short(text)}”分成几行")
    return found[0].number


def _records(text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """What the text tells, thing by thing, each with its line (of JSON lines) or its place in the list."""
    try:
        whole = orjson.loads(text)
    except orjson.JSONDecodeError:
        yield from _lines(text)
        return
    listed = _list_in(whole) if isinstance(whole, dict) and not _is_parcel(whole) else whole
    for place, one in enumerate(listed if isinstance(listed, list) else [listed], 1):
        yield from ((place, record) for record in _spread(one))


def _lines(text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    lines = [(at, line.strip()) for at, line in enumerate(text.splitlines(), 1) if line.strip()]
    for at, line in lines:
        try:
            one = orjson.loads(line)
        except orjson.JSONDecodeError:
            one = line
        yield from ((at, record) for record in _spread(one))


def _spread(one: Any) -> Iterator[Mapping[str, Any]]:
    """One record, or one for each trace of a parcel that brings several; what is no record is read as a bad number."""
    if not isinstance(one, dict):
        yield {"number": short(str(one))}
        return
    within = _list_in(one)
    if not isinstance(within, list):
        yield one
        return
    shared = {name: value for name, value in one.items() if not isinstance(value, list | dict)}
    for trace in within:
        yield {**shared, **trace} if isinstance(trace, dict) else {"number": short(str(trace))}


def _is_parcel(one: Mapping[str, Any]) -> bool:
    known = TRACES.fields["number"][1]
    return any(fold_header(name) in known for name in one)


def _list_in(one: Mapping[str, Any]) -> Any:
    return next((value for name in _LISTS if isinstance(value := one.get(name), list)), None)


def _row(record: Mapping[str, Any], headers: Sequence[str]) -> tuple[str, ...]:
    return tuple(_cell(record.get(name)) for name in headers)


def _cell(value: Any) -> str:
    return "" if value is None or isinstance(value, list | dict) else str(value)
