"""Reminders of unpaid orders: at the right time, in the right words, once, and never when they are no longer right."""

import pytest
from tests.flows.conftest import AGENT, Shop
from tests.flows.reminding import (
    HOUR,
    MINUTE,
    Phones,
    buyer_of,
    change,
    connect,
    forward,
    order,
    place,
    publish,
    reminders,
    waiting,
)

from jinpai.flows.reminding.by_hand import note_call, send_now, skip
from jinpai.kit.errors import BadInput, Conflict
from jinpai.packs.files import content_root


@pytest.fixture
def phones(shop: Shop) -> Phones:
    return connect(shop, Phones())


def reminded(shop: Shop, conversation: str) -> list[str]:
    rows = shop.rows(conversation)
    return [row.entry.body["text"] for row in rows if row.entry.author == "assistant:remind"]


def test_an_order_of_the_morning_is_reminded_of_in_the_afternoon_in_the_chat(shop: Shop, phones: Phones) -> None:
    talk = shop.chat()
    place(shop, "T1", buyer_of(shop, talk))
    row = reminders(shop, "T1")[0]
    assert (row.state, row.rule, row.means, row.due_at - shop.clock.now()) == (
        "planned",
        "08-11",
        "message",
        4.5 * HOUR,
    )
    forward(shop, row.due_at - 1)
    assert reminded(shop, talk) == []
    forward(shop, row.due_at)
    forward(shop, row.due_at + MINUTE)
    (said,) = reminded(shop, talk)
    assert "云朵棉短袖" in said
    assert "11 月 23 日 10:00" in said
    assert "11 月 24 日 10:00" in said
    assert "自动" in said
    row = reminders(shop, "T1")[0]
    assert (row.state, row.reason, row.sent_at) == ("sent", "unknown", row.due_at)
    assert row.script.startswith("reminder.messenger")
    assert phones.calls == 0


def test_a_second_reminder_comes_by_other_means_and_there_is_no_third(shop: Shop, phones: Phones) -> None:
    talk = shop.chat()
    place(shop, "T2", buyer_of(shop, talk), phone="13800138000")
    forward(shop, reminders(shop, "T2")[0].due_at)
    second = reminders(shop, "T2")[1]
    assert (second.means, second.due_at - shop.clock.now()) == ("sms", 6 * HOUR)
    forward(shop, second.due_at)
    forward(shop, second.due_at + MINUTE)
    (message,) = phones.taken.values()
    assert message.phone == "13800138000"
    for element in ("山野集", "云朵棉短袖", "11 月 23 日 10:00", "11 月 24 日 10:00"):
        assert element in message.text
    assert [one.state for one in reminders(shop, "T2")] == ["sent", "sent"]
    forward(shop, second.due_at + 12 * HOUR)
    assert len(reminders(shop, "T2")) == 2
    assert waiting(shop) == 0


def test_the_buyer_pays_in_the_last_second(shop: Shop, phones: Phones) -> None:
    talk = shop.chat()
    place(shop, "T3", buyer_of(shop, talk), phone="13800138000")
    forward(shop, reminders(shop, "T3")[0].due_at - 1)
    change(shop, "T3", state="paid", paid=12_900, paid_at=shop.clock.now())
    forward(shop, shop.clock.now() + 8 * HOUR)
    (row,) = reminders(shop, "T3")
    assert (row.state, row.why) == ("cancelled", "买家已经付款")
    assert reminded(shop, talk) == []
    assert waiting(shop) == 0


def test_nothing_is_said_after_closing_or_while_a_refund_is_open(shop: Shop, phones: Phones) -> None:
    place(shop, "T4", phone="13800138000")
    place(shop, "T5", phone="13800138001")
    change(shop, "T4", state="closed", close_reason="买家不想要了")
    change(shop, "T5", refund="open")
    forward(shop, shop.clock.now() + 8 * HOUR)
    assert [reminders(shop, number)[0].state for number in ("T4", "T5")] == ["cancelled", "cancelled"]
    assert phones.calls == 0


def test_who_said_in_the_chat_that_they_do_not_want_it_is_left_alone(shop: Shop, phones: Phones) -> None:
    talk = shop.chat()
    place(shop, "T6", buyer_of(shop, talk))
    shop.clock.advance(MINUTE)
    shop.buyer_says(talk, "算了不要了，我在别家买了")
    shop.agent_says(talk, "好的，您有需要随时来找咱们😊")
    forward(shop, reminders(shop, "T6")[0].due_at)
    assert reminders(shop, "T6")[0].state == "cancelled"
    assert "不要了" in reminders(shop, "T6")[0].why
    assert reminded(shop, talk) == []


def test_a_colleagues_own_reminder_counts_and_the_next_is_by_other_means(shop: Shop, phones: Phones) -> None:
    talk = shop.chat()
    place(shop, "T7", buyer_of(shop, talk), phone="13800138000")
    shop.clock.advance(HOUR)
    shop.agent_says(talk, "您好，您的订单还没付款哦，需要的话记得付一下😊")
    forward(shop, reminders(shop, "T7")[0].due_at)
    first, second = reminders(shop, "T7")
    assert (first.state, first.author, first.means) == ("sent", AGENT.key(), "message")
    assert (second.means, second.due_at - (first.sent_at or 0)) == ("sms", 6 * HOUR)
    assert reminded(shop, talk) == []


def test_freight_is_corrected_first_and_then_told(shop: Shop, phones: Phones) -> None:
    talk = shop.chat()
    place(shop, "T8", buyer_of(shop, talk))
    shop.buyer_says(talk, "邮费还没给我改呢")
    shop.agent_says(talk, "好的，这就给您看看😊")
    forward(shop, reminders(shop, "T8")[0].due_at)
    row = reminders(shop, "T8")[0]
    assert (row.state, row.reason) == ("todo", "freight_not_corrected")
    assert "先把邮费改好" in row.why
    shop.agent_says(talk, "邮费已经改好了，您刷新一下就能看到😊")
    sent = shop.house.writer.run(send_now(shop.house, row.id, AGENT))
    assert (sent.state, sent.script, sent.author) == ("sent", "reminder.messenger.freight", AGENT.key())
    assert "邮费已经改好了" in shop.rows(talk)[-1].entry.body["text"]


def test_a_reason_heard_in_the_chat_picks_the_words(shop: Shop, phones: Phones) -> None:
    talk = shop.chat()
    place(shop, "T9", buyer_of(shop, talk))
    shop.buyer_says(talk, "我跟老公商量一下")
    shop.agent_says(talk, "好的，您慢慢商量😊")
    forward(shop, reminders(shop, "T9")[0].due_at)
    assert reminders(shop, "T9")[0].script == "reminder.messenger.family"


def test_a_buyer_who_waits_for_an_answer_gets_that_first(shop: Shop, phones: Phones) -> None:
    talk = shop.chat()
    place(shop, "T10", buyer_of(shop, talk))
    due_at = reminders(shop, "T10")[0].due_at
    forward(shop, due_at - 1)
    shop.buyer_says(talk, "这个会起球吗")
    forward(shop, due_at)
    row = reminders(shop, "T10")[0]
    assert (row.state, row.due_at - due_at) == ("planned", 30 * MINUTE)
    assert "等客服回复" in row.moved
    assert reminded(shop, talk) == []
    shop.agent_says(talk, "日常穿着不容易起球，洗的时候翻面就好😊")
    forward(shop, row.due_at)
    assert reminders(shop, "T10")[0].state == "sent"


def test_a_worker_that_was_away_until_night_waits_for_the_morning(shop: Shop, phones: Phones) -> None:
    place(shop, "T11", phone="13800138000")
    forward(shop, shop.clock.now() + 12 * HOUR)
    row = reminders(shop, "T11")[0]
    assert (row.state, phones.calls) == ("cancelled", 0)
    assert "免打扰" in row.why
    place(shop, "T12", phone="13800138000")
    shop.clock.advance(20 * HOUR)
    forward(shop, shop.clock.now())
    assert reminders(shop, "T12")[0].state == "sent"


def test_without_chat_and_phone_the_register_says_that_nothing_can_be_done(shop: Shop, phones: Phones) -> None:
    place(shop, "T13", phone="138****8000")
    (row,) = reminders(shop, "T13")
    assert (row.state, row.means) == ("cancelled", "")
    assert "没有聊天" in row.why


def test_an_old_export_is_not_reminded_of(shop: Shop, phones: Phones) -> None:
    place(shop, "T14", phone="13800138000", ordered_at=shop.clock.now() - 30 * 24 * HOUR)
    assert reminders(shop, "T14") == []
    assert waiting(shop) == 0


def test_a_short_message_the_provider_will_not_take_is_tried_again_with_the_same_key(
    shop: Shop, phones: Phones
) -> None:
    place(shop, "T15", phone="13800138000")
    phones.refuse = 2
    forward(shop, reminders(shop, "T15")[0].due_at)
    assert reminders(shop, "T15")[0].state == "sending"
    for _ in range(10):
        forward(shop, shop.clock.now() + MINUTE)
    assert phones.calls == 3
    assert len(phones.taken) == 1
    assert reminders(shop, "T15")[0].state == "sent"


def test_a_short_message_on_its_way_is_stopped_by_payment(shop: Shop, phones: Phones) -> None:
    place(shop, "T16", phone="13800138000")
    phones.refuse = 1
    forward(shop, reminders(shop, "T16")[0].due_at)
    change(shop, "T16", state="paid", paid=12_900)
    forward(shop, shop.clock.now() + MINUTE)
    assert phones.taken == {}
    assert reminders(shop, "T16")[0].state == "cancelled"


def test_an_agent_leaves_a_reminder_out_and_says_why(shop: Shop, phones: Phones) -> None:
    place(shop, "T17", phone="13800138000")
    row = reminders(shop, "T17")[0]
    with pytest.raises(BadInput):
        skip(row.id, "  ", AGENT)
    shop.house.writer.run(skip(row.id, "买家说晚上一定付", AGENT))
    forward(shop, row.due_at)
    after = reminders(shop, "T17")[0]
    assert (after.state, after.why, after.author) == ("skipped", "买家说晚上一定付", AGENT.key())
    assert phones.calls == 0
    with pytest.raises(Conflict):
        shop.house.writer.run(send_now(shop.house, row.id, AGENT))


def test_nobody_reminds_at_night_not_even_an_agent(shop: Shop, phones: Phones) -> None:
    place(shop, "T18", phone="13800138000", ordered_at=shop.clock.now() - HOUR)
    row = reminders(shop, "T18")[0]
    shop.clock.advance(12 * HOUR)
    with pytest.raises(BadInput, match="免打扰"):
        shop.house.writer.run(send_now(shop.house, row.id, AGENT))


def test_a_call_is_a_task_with_an_outline_and_its_end_is_noted(shop: Shop, phones: Phones) -> None:
    talk = shop.chat()
    place(shop, "T19", buyer_of(shop, talk), phone="13800138000")
    first = reminders(shop, "T19")[0]
    plan = (content_root() / "base" / "reminders" / "plan.yaml").read_text("utf-8")
    publish(shop, {"reminders/plan.yaml": plan.replace("means: [message, sms, phone]", "means: [phone]")})
    forward(shop, first.due_at)
    row = reminders(shop, "T19")[0]
    assert (row.state, row.means) == ("todo", "phone")
    called = shop.house.writer.run(note_call(shop.house, row.id, "will_pay", AGENT))
    assert (called.state, called.outcome) == ("sent", "will_pay")
    with pytest.raises(Conflict):
        shop.house.writer.run(note_call(shop.house, row.id, "will_pay", AGENT))


def test_the_same_export_twice_plans_once(shop: Shop, phones: Phones) -> None:
    place(shop, "T20", phone="13800138000")
    change(shop, "T20", state="unpaid", phone="13800138000")
    forward(shop, shop.clock.now())
    assert len(reminders(shop, "T20")) == 1
    assert order(shop, "T20").state == "unpaid"
