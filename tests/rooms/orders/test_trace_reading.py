"""What couriers send: tables and JSON, states in any words, lines that cannot be right, people kept out of it."""

import json

import pytest

from jinpai.importing.columns import find_layout
from jinpai.importing.model import Plan
from jinpai.orders.importing.traces import TRACES, read_trace_file, read_traces, state_of
from jinpai.orders.tracking.model import Trace, fold

NOW = 1_795_399_200_000
"""2026-11-23 10:00."""
HOUR = 3_600_000


def read(text: str, encoding: str = "utf-8") -> Plan[Trace]:
    table = read_trace_file(text.encode(encoding))
    return read_traces(table, find_layout(TRACES, table, {}), NOW)


def test_a_gbk_table_tells_every_state_and_names_every_line_that_cannot_be_right() -> None:
    plan = read(
        "运单编号,时间,状态,物流信息\n"
        "ZT10001,2026-11-22 18:00,,【杭州】已揽收\n"
        "ZT10001,2026-11-23 08:00,运输中,到达 上海转运中心\n"
        "7.88E+13,2026-11-23 08:00,运输中,到达 上海\n"
        "ZT10002,昨天晚上,派送中,\n"
        "ZT10003,2026-11-30 08:00,已签收,\n"
        "ZT10004,2026-11-23 08:00,嗯嗯,好\n"
        ",2026-11-23 08:00,已签收,\n"
        "ZT10005,2026-11-23 08:30,已签收,退回签收，签收人：张小满 13800138000\n",
        "gbk",
    )
    assert [(line, one.number, one.state) for line, one in plan.lines] == [
        (2, "ZT10001", "accepted"),
        (3, "ZT10001", "moving"),
        (9, "ZT10005", "returned"),
    ]
    assert plan.lines[2][1].text == "退回签收，签收人：张** 138****8000"
    telling = {4: "科学计数法", 5: "不是时间", 6: "还没到", 7: "看不懂", 8: "没有运单号"}
    reasons = {one.line: one.reason for one in plan.rejected}
    assert list(reasons) == list(telling)
    assert all(word in reasons[line] for line, word in telling.items())


def test_json_with_the_traces_of_each_parcel_and_json_lines_of_which_one_is_torn() -> None:
    traces = [
        {"time": "2026-11-23 09:00:00", "context": "派件中，请准备签收"},
        {"time": "2026-11-22 18:00:00", "status": "已揽收"},
    ]
    plan = read(json.dumps({"data": [{"nu": "ZT10001", "traces": traces}]}))
    assert [(one.number, one.state) for _, one in plan.lines] == [("ZT10001", "delivering"), ("ZT10001", "accepted")]
    line = json.dumps({"number": "ZT10002", "at": "2026-11-23 09:00:00", "state": "delivered"})
    plan = read(f'{line}\n{{"number": "ZT100\n{line.replace("10002", "10003")}')
    assert [one.number for _, one in plan.lines] == ["ZT10002", "ZT10003"]
    assert [one.line for one in plan.rejected] == [2]


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("快件已暂存至菜鸟驿站，请凭取件码取件", "delivering"),
        ("派送失败，收件人电话无人接听", "stuck"),
        ("收件人拒收，正在退回", "refused"),
        ("您的快件已签收，如有疑问请联系派件员", "delivered"),
        ("退回件已签收", "returned"),
        ("In Transit to next facility", "moving"),
        ("快件离开【广州中心】发往【成都】", "moving"),
        ("包裹遗失，请联系商家", "lost"),
    ],
)
def test_couriers_words_tell_the_state(words: str, state: str) -> None:
    assert state_of(words) == state


def test_where_a_parcel_stands_does_not_depend_on_what_came_first() -> None:
    way = [
        Trace("Z", NOW - 5 * HOUR, "accepted"), Trace("Z", NOW - 4 * HOUR, "delivering"),
        Trace("Z", NOW - 3 * HOUR, "refused"), Trace("Z", NOW - 2 * HOUR, "moving", "退回途中"),
    ]  # fmt: skip
    tracks = {fold(order) for order in (way, way[::-1], way[2:] + way[:2], [*way, *way])}
    (track,) = tracks
    assert track is not None
    assert (track.state, track.since, track.last_at) == ("refused", NOW - 3 * HOUR, NOW - 2 * HOUR)
    back = fold([*way, Trace("Z", NOW, "returned")])
    assert back is not None
    assert back.state == "returned"
    found = fold([Trace("Z", NOW - HOUR, "stuck"), Trace("Z", NOW, "moving")])
    assert found is not None
    assert found.state == "moving"
