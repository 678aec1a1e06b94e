"""The promise ledger: heard from the talk, once, with its order and its end, on each database."""

from typing import Any

import pytest
from tests.flows.conftest import AGENT, MONDAY_10_O_CLOCK, Shop

from jinpai.desk.store import get_conversations
from jinpai.flows.promising import ledger
from jinpai.flows.promising.ledger import follow_promises, settle_by_facts
from jinpai.flows.promising.settling import settle
from jinpai.journal.model import Entry
from jinpai.orders.actions import record_orders
from jinpai.orders.model import OrderRow
from jinpai.promises.store import Pledge, find_of_talks

HOUR = 3_600_000


def heard(shop: Shop, conversation: str) -> list[Pledge]:
    while follow_promises(shop.house):
        pass
    with shop.house.database.read() as connection:
        return find_of_talks(connection, [conversation])


def place_order(shop: Shop, conversation: str, **told: Any) -> None:
    """An order of this conversation's buyer, an hour old."""
    with shop.house.database.read() as connection:
        buyer = get_conversations(connection, [conversation])[conversation].buyer
    row = OrderRow("2611230001", buyer=buyer, ordered_at=MONDAY_10_O_CLOCK - HOUR, **told)
    shop.house.writer.run(record_orders(shop.house.sealer, "demo", [row]))


def told(shop: Shop, conversation: str, text: str, at: int) -> None:
    """What the agent said at that time, told with the shop's past."""
    body = {"text": text, "name": AGENT.name}
    entry = Entry("message_out", AGENT.key(), "demo", conversation=conversation, body=body, at=at)
    shop.house.writer.run(lambda tx: tx.append(entry))


def test_what_an_agent_promises_is_in_the_ledger_once(shop: Shop) -> None:
    conversation = shop.chat()
    shop.buyer_says(conversation, "今天能发顺丰吗")
    shop.agent_says(conversation, "可以的亲，今天下午5点前给您发顺丰😊")
    first = heard(shop, conversation)
    assert {one.kind: one.due_at for one in first} == {"courier": None, "dispatch_by": MONDAY_10_O_CLOCK + 7 * HOUR}
    shop.buyer_says(conversation, "好的谢谢")
    assert heard(shop, conversation) == first


def test_what_the_assistant_and_the_buyer_say_is_no_promise(shop: Shop) -> None:
    conversation = shop.chat()
    shop.buyer_says(conversation, "我今天下午5点前给您付款")
    assert heard(shop, conversation) == []


def test_killed_between_batches_it_goes_on_from_its_bookmark(shop: Shop) -> None:
    conversation = shop.chat()
    for _ in range(3):
        shop.buyer_says(conversation, "送个小礼物吧")
        shop.agent_says(conversation, "好的亲，给您放一双袜子")
    first = heard(shop, conversation)
    assert len(first) == 3
    assert len({one.fact for one in first}) == 3
    shop.buyer_says(conversation, "发票呢")
    shop.agent_says(conversation, "发票明天给您补寄，请您放心")
    assert len(heard(shop, conversation)) == 4


def test_the_order_decides_whether_dispatch_was_kept(shop: Shop) -> None:
    conversation = shop.chat()
    place_order(shop, conversation, state="paid")
    shop.buyer_says(conversation, "今天能发吗")
    shop.agent_says(conversation, "能的亲，今天下午5点前给您发出")
    (promised,) = heard(shop, conversation)
    assert promised.order_id is not None
    assert settle_by_facts(shop.house) == 0
    place_order(shop, conversation, state="shipped", shipped_at=MONDAY_10_O_CLOCK + 3 * HOUR)
    assert settle_by_facts(shop.house) == 1
    (kept,) = heard(shop, conversation)
    assert (kept.state, kept.settled_by) == ("kept", "facts")


def test_what_is_not_sent_in_time_is_broken(shop: Shop) -> None:
    conversation = shop.chat()
    place_order(shop, conversation, state="paid")
    shop.buyer_says(conversation, "今天能发吗")
    shop.agent_says(conversation, "能的亲，今天下午5点前给您发出")
    heard(shop, conversation)
    shop.clock.advance(8 * HOUR)
    assert settle_by_facts(shop.house) == 1
    assert [one.state for one in heard(shop, conversation)] == ["broken"]


def test_what_was_promised_long_ago_and_told_now_is_left_alone(shop: Shop) -> None:
    conversation = shop.chat()
    for age in (40, 2):
        told(shop, conversation, f"好的，{age}号给您补寄发票", MONDAY_10_O_CLOCK - age * 24 * HOUR)
    assert [one.made_at for one in heard(shop, conversation)] == [MONDAY_10_O_CLOCK - 2 * 24 * HOUR]


def test_many_promises_that_nothing_decides_do_not_hide_a_later_one(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "AT_ONCE", 2)
    conversation = shop.chat()
    place_order(shop, conversation, state="paid")
    for _ in range(3):
        shop.buyer_says(conversation, "发顺丰吧")
        shop.agent_says(conversation, "好的亲，给您备注顺丰😊")
    shop.buyer_says(conversation, "今天能发吗")
    shop.agent_says(conversation, "能的亲，今天下午5点前给您发出")
    heard(shop, conversation)
    shop.clock.advance(8 * HOUR)
    assert settle_by_facts(shop.house) == 1
    assert [one.state for one in heard(shop, conversation)] == ["open", "open", "open", "broken"]


def test_what_a_person_has_settled_the_order_does_not_settle_again(shop: Shop) -> None:
    conversation = shop.chat()
    place_order(shop, conversation, state="paid")
    shop.buyer_says(conversation, "今天能发吗")
    shop.agent_says(conversation, "能的亲，今天下午5点前给您发出")
    (promised,) = heard(shop, conversation)
    shop.clock.advance(8 * HOUR)
    with shop.house.database.read() as connection:
        judged = ledger._judged(shop.house, connection, [promised])
    shop.house.writer.run(settle(promised.id, AGENT.id, "void", "买家改了主意"))
    assert shop.house.writer.run(ledger._settle(judged)) == 0
    assert [one.state for one in heard(shop, conversation)] == ["void"]
