"""The accounting itself: whatever goes wrong on the way must show in the report."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from jinpai.entrypoints.cli.replaying.doors import Window
from jinpai.entrypoints.cli.replaying.play import Played, Said
from jinpai.entrypoints.cli.replaying.proof import differences
from jinpai.entrypoints.cli.replaying.talks import Line, Talk, read_accounts, read_talks
from jinpai.entrypoints.cli.replaying.tally import Tally, summarize
from jinpai.entrypoints.cli.replaying.wire import View
from jinpai.kit.errors import BadInput


def event(seq: int, text: str, role: str = "buyer") -> dict[str, Any]:
    return {"seq": seq, "kind": "message", "from": {"role": role, "id": "x"}, "text": text, "id": f"id-{seq}"}


def frame(after: int, *events: dict[str, Any]) -> dict[str, Any]:
    return {"t": "events", "c": "c_1", "after": after, "seq": events[-1]["seq"], "events": list(events)}


HISTORY = [event(1, "在吗"), event(2, "在的，您说", "agent")]


def played(history: list[dict[str, Any]]) -> Played:
    """A conversation of which both sides saw this history live."""
    views = {}
    for side in ("buyer", "agent"):
        views[side] = View("c_1")
        views[side].take(frame(0, *history))
    said = [Said(1, "id-1", "buyer", "在吗", 0.0), Said(2, "id-2", "agent", "在的，您说", 0.0)]
    return Played(Talk("1", ()), Window("c_1", "token"), views, said)  # type: ignore[arg-type]


def test_what_was_acknowledged_and_what_is_read_back_agree() -> None:
    tally = Tally(sent=2, stored=2)
    assert differences(played(HISTORY), HISTORY, HISTORY, tally) == []
    assert tally.read_back == 2
    tally.close()
    assert tally.problems == []


@pytest.mark.parametrize(
    ("history", "complaint"),
    [
        (HISTORY[:1], "与确认过的消息不一致"),
        ([HISTORY[0], event(2, "别的话", "agent")], "与确认过的消息不一致"),
        ([HISTORY[0], event(3, "在的，您说", "agent")], "编号不连续"),
        ([HISTORY[0], HISTORY[0], HISTORY[1]], "编号不连续"),
    ],
)
def test_a_message_that_vanished_changed_or_moved_is_told(history: list[dict[str, Any]], complaint: str) -> None:
    found = differences(played(HISTORY), history, history, Tally())
    assert any(complaint in problem for problem in found)


def test_a_buyer_who_sees_another_history_than_staff_is_told() -> None:
    found = differences(played(HISTORY), HISTORY, HISTORY[:1], Tally())
    assert any("买家看到的历史" in problem for problem in found)


def test_what_came_live_must_be_what_is_in_the_history() -> None:
    live = [HISTORY[0], event(2, "在的，您说 ", "agent")]
    found = differences(played(live), HISTORY, HISTORY, Tally())
    assert any("实时收到的" in problem for problem in found)


@pytest.mark.parametrize(
    "tally",
    [
        Tally(sent=3, stored=2, read_back=2),
        Tally(sent=2, stored=2, read_back=1),
        Tally(sent=2, stored=1, read_back=1, refused=Counter({"guard:warn": 2})),
        Tally(lost=1),
        Tally(duplicated=1),
        Tally(out_of_order=1),
    ],
)
def test_figures_that_do_not_add_up_are_a_problem(tally: Tally) -> None:
    tally.close()
    assert len(tally.problems) == 1
    assert tally.report(1.0)["ok"] is False


def test_a_view_takes_what_follows_ignores_what_it_has_and_notices_a_gap() -> None:
    view = View("c_1")
    assert view.take(frame(0, HISTORY[0]))
    assert view.take(frame(0, HISTORY[0]))
    assert not view.take(frame(2, event(3, "三")))
    assert view.take(frame(1, HISTORY[1]))
    assert [seen["seq"] for seen in view.events] == [1, 2]
    assert (view.duplicated, view.out_of_order) == (0, 0)


def test_a_view_counts_what_came_twice_or_out_of_order() -> None:
    view = View("c_1")
    view.take(frame(0, HISTORY[1], HISTORY[0]) | {"seq": 2})
    assert view.out_of_order == 1
    view.take(frame(2, {**HISTORY[0], "seq": 3}))
    assert view.duplicated == 1


def test_latencies_are_summed_up() -> None:
    assert summarize([]) == {"p50": 0.0, "p99": 0.0, "max": 0.0}
    assert summarize([float(value) for value in range(1, 102)]) == {"p50": 51.0, "p99": 100.0, "max": 101.0}


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "没有会话"),
        ("不是 JSON", "第 1 行不是有效的 JSON"),
        ('\n{"id":"1"}', "第 2 行格式不对"),
        ('{"id":"1","messages":[{"from":"robot","text":"x"}]}', "第 1 条的 from 应为"),
        ('{"id":"1","messages":[{"from":"buyer","text":1}]}', "第 1 条格式不对"),
        ('{"id":"1","messages":[{"from":"buyer","text":"a\\u0000b"}]}', "控制字符"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_place(tmp_path: Path, content: str, complaint: str) -> None:
    path = tmp_path / "talks.jsonl"
    path.write_text(content)
    with pytest.raises(BadInput, match=complaint):
        read_talks(path)


def test_a_file_of_conversations_is_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "talks.jsonl"
    path.write_text('{"id":"1","messages":[{"from":"buyer","text":"在吗\\u2028"}]}\n\n{"id":"2","messages":[]}\n')
    assert read_talks(path) == [Talk("1", (Line("buyer", "在吗\u2028"),)), Talk("2", ())]


def test_only_agents_answer_where_the_file_says_who_is_one(tmp_path: Path) -> None:
    path = tmp_path / "accounts.txt"
    path.write_text("xiaolin\tsecret\t小林\tagent\nluoshan\tsecret\t罗山\towner\n")
    assert [account.login for account in read_accounts(path)] == ["xiaolin"]
    path.write_text("luoshan\tsecret\n")
    assert [account.login for account in read_accounts(path)] == ["luoshan"]
    path.write_text("luoshan\n")
    with pytest.raises(BadInput, match="制表符"):
        read_accounts(path)
