"""Why something waits that the outside did not take: words for people, never the name of an error."""

import re
import socket
import ssl
from email.message import Message
from http.client import BadStatusLine
from urllib.error import HTTPError, URLError

import pytest
import sqlalchemy as sa
from tests.flows.conftest import Shop
from tests.flows.reminding import HOUR, MINUTE, Phones, change, connect, forward, place, reminders

from jinpai.flows.ports import ShortMessage
from jinpai.flows.troubles import trouble_of
from jinpai.journal.store import due

HELLO = "您好，在的"
TECHNICAL = re.compile(r"[A-Za-z_]{4,}")
ERRORS: list[tuple[Exception, str]] = [
    (HTTPError("http://sms/", 500, "Server Error", Message(), None), "对方回了 500"),
    (HTTPError("http://sms/", 302, "Found", Message(), None), "对方回了 302"),
    (TimeoutError("timed out"), "对方没有回应"),
    (URLError(TimeoutError("timed out")), "对方没有回应"),
    (URLError(socket.gaierror(-2, "Name or service not known")), "连不上对方"),
    (URLError(ssl.SSLError("certificate verify failed")), "连不上对方"),
    (ConnectionRefusedError(111, "Connection refused"), "连不上对方"),
    (BadStatusLine("garbage"), "对方的回答看不懂"),
    (AssertionError(), "发送时出了错，请管理员查看日志"),
]


class Failing(Phones):
    """A provider that fails in one way, until it is mended."""

    error: Exception | None = None

    def send(self, message: ShortMessage) -> None:
        if self.error is not None:
            self.calls += 1
            raise self.error
        super().send(message)


@pytest.fixture
def phones(shop: Shop) -> Failing:
    return connect(shop, Failing())


def reasons(shop: Shop, kind: str) -> list[str]:
    with shop.house.database.read() as connection:
        return list(connection.execute(sa.select(due.c.why).where(due.c.kind == kind)).scalars())


@pytest.mark.parametrize(("error", "words"), ERRORS, ids=[f"{type(one).__name__}-{words}" for one, words in ERRORS])
def test_every_way_to_fail_has_words(error: Exception, words: str) -> None:
    assert trouble_of(error) == words
    assert not TECHNICAL.search(words)


def test_a_reminder_that_waits_tells_why_until_it_is_taken(shop: Shop, phones: Failing) -> None:
    phones.error = ERRORS[0][0]
    place(shop, "T31", phone="13800138000")
    forward(shop, reminders(shop, "T31")[0].due_at)
    (waits,) = reminders(shop, "T31")
    assert (waits.state, waits.why) == ("sending", "短信服务没有接收（对方回了 500），稍后再试")
    assert reasons(shop, "remind_sms") == [waits.why]
    phones.error = ERRORS[2][0]
    forward(shop, shop.clock.now() + MINUTE)
    assert reminders(shop, "T31")[0].why == "短信服务没有接收（对方没有回应），稍后再试"
    phones.error = None
    forward(shop, shop.clock.now() + HOUR)
    sent = reminders(shop, "T31")[0]
    assert (sent.state, sent.why) == ("sent", "")
    assert len(phones.taken) >= 1


def test_a_reminder_that_is_never_taken_ends_with_the_reason_in_words(shop: Shop, phones: Failing) -> None:
    phones.error = ERRORS[6][0]
    place(shop, "T32", phone="13800138000")
    forward(shop, reminders(shop, "T32")[0].due_at)
    for wait in (MINUTE, MINUTE, 3 * MINUTE, 11 * MINUTE, 61 * MINUTE):
        forward(shop, shop.clock.now() + wait)
    (ended,) = reminders(shop, "T32")
    assert (ended.state, ended.why) == ("failed", "短信服务多次没有接收（连不上对方）")
    assert reasons(shop, "remind_sms") == [ended.why]


def test_a_reminder_paid_while_it_waits_tells_that_instead(shop: Shop, phones: Failing) -> None:
    phones.error = ERRORS[0][0]
    place(shop, "T33", phone="13800138000")
    forward(shop, reminders(shop, "T33")[0].due_at)
    change(shop, "T33", state="paid", paid=12_900)
    forward(shop, shop.clock.now() + MINUTE)
    (ended,) = reminders(shop, "T33")
    assert ended.state == "cancelled"
    assert "没有接收" not in ended.why


def test_a_message_the_other_channel_does_not_take_waits_with_words(shop: Shop) -> None:
    talk = shop.chat("demo-sim")
    shop.agent_says(talk, HELLO)
    shop.outside.fail_next("before")
    forward(shop, shop.clock.now())
    assert reasons(shop, "deliver") == ["对方渠道没有接收（连不上对方），稍后再试"]
