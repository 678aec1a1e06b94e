"""Chat logs as messengers save them: who said what to whom and when, or a reason why a line cannot be taken."""

from collections.abc import Collection

import pytest

from jinpai.desk.importing.form import CHATS
from jinpai.desk.importing.reading import read_past
from jinpai.desk.importing.texts import read_chats
from jinpai.desk.past import PastLine
from jinpai.importing.columns import find_layout
from jinpai.importing.model import Plan
from jinpai.kit.errors import BadInput
from jinpai.kit.sheets.model import MAX_ROWS

NOW = 1_795_300_000_000
HALF_PAST_TEN = 1_772_332_205_000
"""2026-03-01 10:30:05 in the shop."""

SAVED = """==============================
与 tb_山里人 的聊天记录
==============================
tb_山里人 (2026-03-01 10:30:05): 在吗
山野集:小林 (2026-03-01 10:30:20)：在的亲
您要哪款帐篷呢？
tb_山里人(2026/3/1 10:31): 双人的
2026-03-01 10:32:00 山野集:小林: 溪崖双人帐459元
山野集:小林  2026-03-01 10:33:00
今天发货哦
----- 2026-03-02 -----
tb_山里人 10:00:00
收到了
买家：路人甲
路人甲 2026-03-01 10:30:05
价格: 贵不贵
山野集:阿月 2026-03-01 10:31:05
不贵
"""


def plan_of(content: bytes, ours: Collection[str] = ()) -> Plan[PastLine]:
    table = read_chats(content)
    return read_past(table, find_layout(CHATS, table, {}), ours, NOW)


def said(plan: Plan[PastLine]) -> list[tuple[str, bool, str]]:
    return [(line.buyer, line.is_ours, line.text) for _, line in plan.lines]


def reasons(plan: Plan[PastLine]) -> dict[int, str]:
    return {one.line: one.reason for one in plan.rejected}


@pytest.mark.parametrize("encoding", ["gbk", "utf-8-sig", "utf-16"])
def test_saved_talks_are_read_in_every_style_with_the_buyer_they_were_with(encoding: str) -> None:
    plan = plan_of(SAVED.encode(encoding))
    assert (plan.count, plan.rejected) == (8, [])
    assert said(plan) == [
        ("tb_山里人", False, "在吗"),
        ("路人甲", False, "价格: 贵不贵"),
        ("tb_山里人", True, "在的亲\n您要哪款帐篷呢？"),
        ("tb_山里人", False, "双人的"),
        ("路人甲", True, "不贵"),
        ("tb_山里人", True, "溪崖双人帐459元"),
        ("tb_山里人", True, "今天发货哦"),
        ("tb_山里人", False, "收到了"),
    ]
    assert plan.lines[0][1].at == HALF_PAST_TEN
    assert plan.lines[2][1].speaker == "山野集:小林"


def test_without_a_heading_the_only_buyer_of_a_talk_is_the_one_meant() -> None:
    text = "小林 (2026-03-01 10:30): 您好\n路人 (2026-03-01 10:31): 你好\n"
    assert said(plan_of(text.encode(), ["小林"])) == [("路人", True, "您好"), ("路人", False, "你好")]
    crowd = plan_of((text + "别人 (2026-03-01 10:32): 我也在\n").encode(), ["小林"])
    assert "好几位买家" in reasons(crowd)[1]
    split = text + "=========\n别人 (2026-03-01 10:32): 我也在\n小林 (2026-03-01 10:33): 您也好\n"
    assert said(plan_of(split.encode(), ["小林"]))[-1] == ("别人", True, "您也好")


def test_a_sheet_says_by_sender_and_receiver_who_is_who() -> None:
    text = (
        "消息时间 ,发送人,接收人,消息内容\n"
        '2026-03-01 10:30:05,cntaobao山人,山野集：小林,"要一顶,双人的"\n'
        "46082.44,山野集:小林,山人,好的\n"
    )
    plan = plan_of(text.encode("gbk"))
    assert said(plan) == [("山人", False, "要一顶,双人的"), ("山人", True, "好的")]


def test_a_column_of_sides_needs_no_names_of_agents() -> None:
    text = "时间,角色,客户昵称,内容\n2026-03-01 10:30,客户,山人,在吗\n2026-03-01 10:31,客服,山人,在的\n"
    assert said(plan_of(text.encode())) == [("山人", False, "在吗"), ("山人", True, "在的")]


def test_every_line_that_cannot_be_is_named() -> None:
    rows = [
        "时间,发送人,接收人,内容",
        ",山人,山野集:小林,没有时间",
        "2026-03-01 10:30,山人,山野集:小林,",
        "2031-03-01 10:30,山人,山野集:小林,将来",
        "2026-03-01 10:30,山**1,山野集:小林,打了码",
        "2026-03-01 10:30,甲,乙,都不认识",
        f"2026-03-01 10:30,山人,山野集:小林,{'长' * 6_000}",
        "哪天,山人,山野集:小林,不是时间",
        "2026-03-01 10:30,,山野集:小林,没人",
        "2026-03-01 10:30,山人,山野集:小林,好的一行",
    ]
    plan = plan_of("\n".join(rows).encode())
    assert [line for line, _ in plan.lines] == [10]
    told = reasons(plan)
    words = {2: "什么时候", 3: "没有内容", 4: "将来", 5: "星号", 6: "没有认出", 7: "太长", 8: "不是时间", 9: "发送人"}
    assert {line: word for line, word in words.items() if word not in told[line]} == {}
    assert plan.count == 9


def test_words_before_the_first_name_are_refused_not_lost() -> None:
    plan = plan_of("导出于昨天\n山人 (2026-03-01 10:30): 在\n".encode(), [])
    assert list(reasons(plan)) == [1]


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n" + bytes(64), "随便写的一段话".encode()])
def test_what_is_no_log_is_told_in_words(content: bytes) -> None:
    with pytest.raises(BadInput):
        plan_of(content)


def test_a_log_beyond_the_limit_is_refused_as_a_whole() -> None:
    with pytest.raises(BadInput, match="按月份分开"):
        read_chats(b"a (2026-03-01 10:30): x\n" * (MAX_ROWS + 2))
