"""Care by short message, on each database: handed over by a person, read twice, taken outside once, never unwanted."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from tests.flows.conftest import AGENT, Shop
from tests.flows.reminding import HOUR, Phones, buyer_of, connect, forward, publish
from tests.flows.texting import (
    DAY,
    PHONE,
    facts,
    open_task,
    receive_goods,
    tasks,
    text,
    works,
)

from jinpai.adapters.sms.log import LogSms
from jinpai.bootstrap import build_house, close_house, open_house
from jinpai.care.model import CARED, HANDED, Care
from jinpai.care.store import COLUMNS, care
from jinpai.customers.actions import change
from jinpai.customers.store import get_customer
from jinpai.desk.model import Draft
from jinpai.flows.caring.giving import note_outcome
from jinpai.flows.caring.plan import caring_of
from jinpai.flows.caring.texting import LONGEST, send_care_text
from jinpai.flows.caring.words import sms_of
from jinpai.flows.due import work_once
from jinpai.flows.send import clear
from jinpai.guard.model import Cleared
from jinpai.kit.errors import BadInput, Conflict


@pytest.fixture
def phones(shop: Shop) -> Phones:
    return connect(shop, Phones())


@pytest.fixture
def task(shop: Shop) -> Care:
    return open_task(shop)


def test_it_goes_by_the_port_once_with_the_shop_s_name_and_how_to_stop(shop: Shop, phones: Phones, task: Care) -> None:
    handed = text(shop, task.id)
    assert (handed.state, handed.means) == ("sending", "sms")
    assert phones.taken == {}
    with pytest.raises(Conflict, match="已经有人做了"):
        text(shop, task.id)
    with pytest.raises(Conflict, match="还在路上"):
        shop.house.writer.run(note_outcome(task.id, "bought", AGENT))
    forward(shop, shop.clock.now())
    (message,) = phones.taken.values()
    assert (message.key, message.phone) == (f"sms:{task.id}", PHONE)
    assert message.text.startswith("【")
    assert message.text.endswith("回T退订")
    assert "云朵棉" in message.text
    (sent,) = tasks(shop)
    assert (sent.state, sent.means, sent.author) == ("sent", "sms", AGENT.key())
    forward(shop, shop.clock.now() + 7 * DAY)
    assert tasks(shop)[0].outcome == "no_answer"
    assert phones.calls == 1


def test_the_journal_has_the_number_masked_alone(shop: Shop, phones: Phones, task: Care) -> None:
    text(shop, task.id)
    forward(shop, shop.clock.now())
    for kind in (HANDED, CARED):
        ((body, data),) = facts(shop, kind)
        assert body["phone"] == "139****9000"
        assert PHONE not in f"{body}{data}"
    with shop.house.database.read() as connection:
        written = connection.execute(sa.text("SELECT data FROM due WHERE kind = 'care_sms'")).scalars().all()
    assert PHONE not in str(written)


def test_without_a_provider_it_says_so_and_the_task_stays(shop: Shop, task: Care) -> None:
    assert isinstance(shop.house.sms, LogSms)
    with pytest.raises(Conflict, match="JINPAI_SMS_URL"):
        text(shop, task.id)
    assert tasks(shop) == [task]


def test_without_a_whole_number_it_says_so(shop: Shop, phones: Phones) -> None:
    talk = shop.chat()
    receive_goods(shop, "T4", buyer=buyer_of(shop, talk), buyer_name="", phone="139****9000")
    shop.buyer_says(talk, "在吗")
    forward(shop, tasks(shop)[0].due_at)
    with pytest.raises(Conflict, match="手机号"):
        text(shop, tasks(shop)[0].id)
    assert tasks(shop)[0].state == "open"


def test_what_the_guard_refuses_or_is_too_long_does_not_go(shop: Shop, phones: Phones, task: Care) -> None:
    with pytest.raises(BadInput, match="没有发出"):
        text(shop, task.id, "加我微信 abc12345 返现给您")
    with pytest.raises(BadInput, match="最多"):
        text(shop, task.id, "您好" * LONGEST)
    assert tasks(shop)[0].state == "open"
    assert works(shop) == []


def test_the_guard_reads_it_again_when_it_goes(shop: Shop, phones: Phones, task: Care) -> None:
    text(shop, task.id, "亲，新到的竹纤维毛巾给您留意着呢")
    rule = """
- id: abuse.bamboo
  family: abuse
  severity: block
  kind: words
  find: [竹纤维]
  why: 这批毛巾不是竹纤维，先不要说
  rewrite: 您好，您请讲，我来帮您看😊
  owner: 客服主管
  source: 店铺内部约定
  must_block: [竹纤维毛巾, 新到的竹纤维]
  must_pass: [毛巾, 您好]
"""
    publish(shop, {"guard/own.yaml": rule})
    forward(shop, shop.clock.now())
    (back,) = tasks(shop)
    assert (back.state, back.means, back.fact) == ("open", "", None)
    assert "复查没有通过" in back.why
    assert phones.calls == 0
    text(shop, task.id, "亲，毛巾用着还好吗")
    forward(shop, shop.clock.now())
    assert ["毛巾用着还好吗" in message.text for message in phones.taken.values()] == [True]
    assert tasks(shop)[0].state == "sent"


def test_who_wants_quiet_meanwhile_gets_nothing(shop: Shop, phones: Phones, task: Care) -> None:
    text(shop, task.id)
    shop.house.writer.run(change(task.buyer, {"quiet": True}, "agent:a_1"))
    forward(shop, shop.clock.now())
    assert (tasks(shop)[0].state, tasks(shop)[0].why) == ("cancelled", "短信没有发出：客户不想被打扰")
    assert phones.calls == 0


def test_whose_number_is_unsubscribed_is_never_written_to_again(shop: Shop, phones: Phones, task: Care) -> None:
    phones.unsubscribed = True
    text(shop, task.id)
    forward(shop, shop.clock.now())
    (ended,) = tasks(shop)
    assert (ended.state, ended.outcome) == ("cancelled", "opted_out")
    assert "退订" in ended.why
    with shop.house.database.read() as connection:
        known = get_customer(connection, task.buyer)
    assert known is not None
    assert known.quiet
    receive_goods(shop, "T2")
    forward(shop, tasks(shop)[-1].due_at)
    assert {one.state for one in tasks(shop)} == {"cancelled"}


def test_what_is_handed_over_before_the_night_goes_after_it(shop: Shop, phones: Phones, task: Care) -> None:
    text(shop, task.id)
    night = shop.clock.now() - shop.clock.now() % DAY + 14 * HOUR
    forward(shop, night)
    assert phones.calls == 0
    assert (tasks(shop)[0].state, "免打扰" in tasks(shop)[0].why) == ("sending", True)
    forward(shop, night + 11 * HOUR)
    assert len(phones.taken) == 1
    assert tasks(shop)[0].state == "sent"


def test_an_sms_counts_among_contacts_from_the_moment_it_is_handed_over(shop: Shop, phones: Phones, task: Care) -> None:
    receive_goods(shop, "T3")
    second = replace(task, id="e_second", key="second")
    shop.house.writer.run(lambda tx: tx.connection.execute(sa.insert(care), [_row(second)]))
    text(shop, task.id)
    with pytest.raises(Conflict, match="刚联系过"):
        text(shop, "e_second")
    forward(shop, shop.clock.now())
    assert len(phones.taken) == 1


def test_a_provider_that_loses_its_answer_gets_the_same_key_and_the_buyer_one(
    shop: Shop, phones: Phones, task: Care
) -> None:
    phones.time_out = 2
    text(shop, task.id)
    forward(shop, shop.clock.now())
    assert tasks(shop)[0].why == "短信服务没有接收（对方没有回应），稍后再试"
    for _ in range(3):
        forward(shop, shop.clock.now() + HOUR)
    assert (phones.calls, len(phones.taken)) == (3, 1)
    assert (tasks(shop)[0].state, len(facts(shop, CARED))) == ("sent", 1)


def test_what_a_provider_never_takes_is_open_again_with_the_reason(shop: Shop, phones: Phones, task: Care) -> None:
    phones.refuse = 99
    text(shop, task.id)
    for _ in range(8):
        forward(shop, shop.clock.now() + HOUR)
    (back,) = tasks(shop)
    assert (back.state, back.means) == ("open", "")
    assert "没有接收（连不上对方）" in back.why
    assert facts(shop, CARED) == []
    forward(shop, back.ends_at)
    assert (tasks(shop)[0].state, tasks(shop)[0].why) == ("expired", back.why)


def test_of_two_processes_one_takes_it_outside(shop: Shop, phones: Phones, task: Care) -> None:
    text(shop, task.id)
    (work,) = works(shop)
    other = build_house(shop.house.settings, shop.clock, shop.house.channels)
    object.__setattr__(other, "sms", phones)
    open_house(other)
    try:
        for house in (shop.house, other):
            send_care_text(house, work)
    finally:
        close_house(other)
    assert phones.calls == 1
    assert len(facts(shop, CARED)) == 1


def test_a_process_that_died_between_claim_and_note_is_followed_by_one_with_the_same_key(
    shop: Shop, phones: Phones, task: Care
) -> None:
    class Dies(BaseException):
        pass

    def send(message: object) -> None:
        Phones.send(phones, message)  # type: ignore[arg-type]
        raise Dies

    text(shop, task.id)
    object.__setattr__(phones, "send", send)
    with pytest.raises(Dies):
        send_care_text(shop.house, works(shop)[0])
    del phones.__dict__["send"]
    assert tasks(shop)[0].state == "sending"
    work_once(shop.house)
    assert phones.calls == 1
    forward(shop, shop.clock.now() + 31_000)
    assert (phones.calls, len(phones.taken), tasks(shop)[0].state) == (2, 1, "sent")
    assert len(facts(shop, CARED)) == 1


def test_every_sms_of_the_base_pack_passes_the_guard_and_is_no_longer_than_two_parts(shop: Shop, task: Care) -> None:
    content = shop.house.content.shop("demo")
    for entry in caring_of(content).entries:
        words = sms_of(content, replace(task, plan=entry.id), None, "小林")
        verdict = clear(shop.house, Draft("demo", task.buyer, AGENT, words, "care-sms-test", channel="sms"), ())
        assert isinstance(verdict, Cleared), (entry.id, words, verdict)
        assert len(words) <= 134, words


def _row(one: Care) -> dict[str, object]:
    return {name: getattr(one, name) for name in COLUMNS}
