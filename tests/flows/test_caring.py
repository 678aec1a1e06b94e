"""Looking after customers again, on each database: at the right time, never too often, never who said stop, once."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from tests.flows.conftest import AGENT, Shop
from tests.flows.reminding import buyer_of, forward

from jinpai.bootstrap import build_house, close_house, open_house
from jinpai.care.model import Care
from jinpai.care.store import COLUMNS, care, sum_up
from jinpai.customers.actions import Judgement, judge
from jinpai.customers.birthdays import find_birthday
from jinpai.customers.care import CareEntry
from jinpai.customers.store import get_customer
from jinpai.desk.model import Draft
from jinpai.flows.caring.giving import note_call, note_outcome, send_care, skip_care
from jinpai.flows.caring.plan import caring_of
from jinpai.flows.caring.words import words_of
from jinpai.flows.send import clear
from jinpai.guard.model import Cleared
from jinpai.kit.errors import BadInput, Conflict
from jinpai.orders.actions import record_orders
from jinpai.orders.model import OrderRow

DAY = 86_400_000


def buy(shop: Shop, number: str, buyer: str, **more: object) -> None:
    row = OrderRow(number, **{"buyer": buyer, "title": "云朵棉短袖", "paid": 9_900, **more})  # type: ignore[arg-type]
    shop.house.writer.run(record_orders(shop.house.sealer, "demo", [row]))
    forward(shop, shop.clock.now())


def receive_goods(shop: Shop, number: str, buyer: str, **more: object) -> None:
    now = shop.clock.now()
    buy(shop, number, buyer, state="completed", ordered_at=now - 5 * DAY, completed_at=now, **more)


def tasks(shop: Shop, plan: str = "care.received") -> list[Care]:
    query = sa.select(*(care.c[name] for name in COLUMNS)).where(care.c.plan == plan)
    with shop.house.database.read() as connection:
        return [Care(*row) for row in connection.execute(query.order_by(care.c.due_at, care.c.id))]


def send(shop: Shop, id_: str, text: str | None = None) -> Care:
    return shop.house.writer.run(send_care(shop.house, id_, text, AGENT))


@pytest.fixture
def greeted(shop: Shop) -> tuple[str, Care]:
    """A buyer whose goods came two days ago, and the task that is open."""
    talk = shop.chat()
    shop.buyer_says(talk, "在吗")
    receive_goods(shop, "K1", buyer_of(shop, talk))
    forward(shop, tasks(shop)[0].due_at)
    return talk, tasks(shop)[0]


def test_two_days_after_the_goods_came_an_agent_asks_with_one_click_and_once(
    shop: Shop, greeted: tuple[str, Care]
) -> None:
    talk, task = greeted
    assert task.state == "open"
    sent = send(shop, task.id)
    said = [row.entry.body["text"] for row in shop.rows(talk) if row.entry.data.get("source") == "care.received"]
    assert len(said) == 1
    assert "云朵棉" in said[0]
    assert (sent.state, sent.means) == ("sent", "message")
    with pytest.raises(Conflict, match="已经有人做了"):
        send(shop, task.id)
    shop.clock.advance(60_000)
    shop.buyer_says(talk, "挺好的，谢谢")
    forward(shop, shop.clock.now() + 7 * DAY)
    assert tasks(shop)[0].outcome == "answered"
    with shop.house.database.read() as connection:
        (total,) = sum_up(connection, ["demo"], 0)
    assert (total.plan, total.sent, total.answered) == ("care.received", 1, 1)


def test_of_two_colleagues_at_two_processes_one_sends_it(shop: Shop, greeted: tuple[str, Care]) -> None:
    talk, task = greeted
    other = build_house(shop.house.settings, shop.clock, shop.house.channels)
    open_house(other)
    try:
        asked = [house.writer.enqueue(send_care(house, task.id, None, AGENT)) for house in (shop.house, other)]
        refused = [future.exception(30) for future in asked]
    finally:
        close_house(other)
    assert sorted(type(one).__name__ for one in refused) == ["Conflict", "NoneType"]
    assert len([row for row in shop.rows(talk) if row.entry.data.get("source") == "care.received"]) == 1


def test_an_order_told_again_is_no_second_occasion_and_old_ones_are_none(shop: Shop) -> None:
    buyer = buyer_of(shop, shop.chat())
    receive_goods(shop, "K2", buyer)
    receive_goods(shop, "K2", buyer, remark="已签收")
    old = shop.clock.now() - 400 * DAY
    buy(shop, "K3", buyer, state="completed", ordered_at=old, completed_at=old)
    assert len(tasks(shop)) == 1
    assert [one.about for one in tasks(shop, "care.silence")] == ["云朵棉短袖"]


@pytest.mark.parametrize("words", ["别再给我发消息了", "不要打扰我，谢谢", "退订"])
def test_a_buyer_who_says_stop_is_never_written_to_again(shop: Shop, greeted: tuple[str, Care], words: str) -> None:
    talk, task = greeted
    said = shop.buyer_says(talk, words)
    forward(shop, shop.clock.now())
    with shop.house.database.read() as connection:
        known = get_customer(connection, buyer_of(shop, talk))
    assert known is not None
    assert (known.quiet, known.quiet_conversation, known.quiet_seq) == (True, talk, said.seq)
    with pytest.raises(Conflict):
        send(shop, task.id)
    receive_goods(shop, "K4", buyer_of(shop, talk))
    forward(shop, tasks(shop)[-1].due_at)
    assert {one.state for one in tasks(shop)} == {"cancelled"}


def test_words_that_only_sound_like_stop_are_none(shop: Shop) -> None:
    known = caring_of(shop.house.content.shop("demo"))
    for text in ("别再发错颜色了", "不用再发货了，我退款", "不要发圆通", "可以不打扰邻居送吗", "发票退订单一起给我吗"):
        assert not known.says_stop(text), text


def test_nobody_is_written_to_twice_within_a_week_nor_at_night(shop: Shop, greeted: tuple[str, Care]) -> None:
    talk, task = greeted
    send(shop, task.id)
    forward(shop, shop.clock.now() + 3 * DAY)
    receive_goods(shop, "K5", buyer_of(shop, talk))
    second = next(one for one in tasks(shop) if one.id != task.id)
    forward(shop, second.due_at)
    moved = next(one for one in tasks(shop) if one.id == second.id)
    assert (moved.state, moved.due_at) == ("planned", tasks(shop)[0].due_at + 7 * DAY)
    assert "刚联系过" in moved.why
    forward(shop, moved.due_at)
    assert next(one for one in tasks(shop) if one.id == second.id).state == "open"
    shop.clock.advance(13 * 3_600_000)
    with pytest.raises(Conflict, match="免打扰"):
        send(shop, second.id)


def test_words_the_guard_refuses_leave_the_task_open(shop: Shop, greeted: tuple[str, Care]) -> None:
    talk, task = greeted
    with pytest.raises(BadInput, match="没有发出"):
        send(shop, task.id, "加我微信 abc12345 返现给您")
    assert tasks(shop)[0].state == "open"
    assert not [row for row in shop.rows(talk) if row.entry.data.get("source") == "care.received"]
    left = shop.house.writer.run(skip_care(task.id, "刚通过电话", AGENT))
    assert (left.state, left.why) == ("skipped", "刚通过电话")


def test_a_call_is_noted_with_what_came_of_it_and_may_end_all_others(shop: Shop, greeted: tuple[str, Care]) -> None:
    talk, task = greeted
    called = shop.house.writer.run(note_call(shop.house, task.id, "no_answer", AGENT))
    assert (called.means, called.outcome) == ("phone", "no_answer")
    ended = shop.house.writer.run(note_outcome(task.id, "opted_out", AGENT))
    assert ended.outcome == "opted_out"
    assert {one.state for one in tasks(shop, "care.silence")} == {"cancelled"}
    with shop.house.database.read() as connection:
        known = get_customer(connection, buyer_of(shop, talk))
    assert known is not None
    assert known.quiet_by == AGENT.key()


def test_a_birthday_the_buyer_told_comes_every_year(shop: Shop) -> None:
    talk = shop.chat()
    shop.buyer_says(talk, "我生日是12月20号")
    buyer = buyer_of(shop, talk)
    told = find_birthday("我生日是12月20号") or ""
    shop.house.writer.run(judge(buyer, Judgement("birthday", told, "accepted", talk, 2), "agent:a_1"))
    forward(shop, shop.clock.now())
    (first,) = tasks(shop, "care.birthday")
    forward(shop, first.due_at)
    assert tasks(shop, "care.birthday")[0].state == "open"
    forward(shop, first.ends_at)
    states = [(one.state, one.key.rpartition(":")[2][4:]) for one in tasks(shop, "care.birthday")]
    assert states == [("expired", "-12-20"), ("planned", "-12-20")]


def test_every_text_of_the_base_pack_is_filled_and_passes_the_guard(shop: Shop, greeted: tuple[str, Care]) -> None:
    talk, task = greeted
    content = shop.house.content.shop("demo")
    entries: tuple[CareEntry, ...] = caring_of(content).entries
    assert {entry.occasion for entry in entries} == {"received", "restock", "silence", "birthday", "settled"}
    for entry in entries:
        for number in range(8):
            one = replace(task, id=f"e_{number}", plan=entry.id)
            for text in words_of(content, one, None, "小林"):
                verdict = clear(shop.house, Draft("demo", talk, AGENT, text, f"care-test-{number}"), ())
                assert isinstance(verdict, Cleared), (entry.id, text, verdict)
