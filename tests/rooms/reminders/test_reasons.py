"""Why a buyer has not paid, heard from the chat."""

import pytest
from tests.rooms.reminders.conftest import base_entries
from tests.rooms.reminders.invented import SAID, TALKS

from jinpai.reminders.reasons import (
    Utterance,
    compile_words,
    find_reason,
    is_refused,
    is_reminder,
    is_settled,
)

WORDS = compile_words(base_entries())


def talk(*said: tuple[str, str]) -> list[Utterance]:
    return [Utterance(role, text) for role, text in said]  # type: ignore[arg-type]


@pytest.mark.parametrize(("reason", "text"), [(reason, text) for reason, texts in SAID.items() for text in texts])
def test_a_buyer_says_why(reason: str, text: str) -> None:
    asked = ("agent", "您好，看到您有一笔订单还没付款，是遇到什么问题了吗？")
    assert find_reason(WORDS, talk(asked, ("buyer", text))) == reason


@pytest.mark.parametrize(("reason", "said"), TALKS)
def test_the_last_reason_counts_and_a_bare_yes_takes_the_agents_word(
    reason: str, said: tuple[tuple[str, str], ...]
) -> None:
    assert find_reason(WORDS, talk(*said)) == reason


def test_an_agents_own_words_are_no_reason() -> None:
    assert find_reason(WORDS, talk(("agent", "是不是余额不足，或者觉得贵呢"), ("buyer", "我看看"))) == "unknown"


def test_freight_is_settled_once_an_agent_says_it_was_changed_until_the_buyer_says_otherwise() -> None:
    said = [("buyer", "邮费还没改"), ("agent", "邮费已经改好了，您刷新一下")]
    assert is_settled(WORDS, "freight_not_corrected", talk(*said))
    assert not is_settled(WORDS, "freight_not_corrected", talk(*said, ("buyer", "邮费还是没改啊")))


@pytest.mark.parametrize("text", ["不要了", "我在别家买了", "帮我取消订单吧", "别催了"])
def test_who_refuses_is_not_reminded(text: str) -> None:
    assert is_refused(WORDS, talk(("buyer", text)))


@pytest.mark.parametrize("text", ["没有不要了呀，就是忘了付", "不会取消订单的，晚上付"])
def test_who_does_not_refuse_may_be_reminded(text: str) -> None:
    assert not is_refused(WORDS, talk(("buyer", text)))


@pytest.mark.parametrize(
    "text", ["您好，您的订单还没付款哦，需要的话尽快付一下", "提醒您及时付款哦", "订单明天上午会自动关闭"]
)
def test_a_persons_own_reminder_is_recognised(text: str) -> None:
    assert is_reminder(WORDS, text)


@pytest.mark.parametrize("text", ["这款是纯棉的", "运费给您改好了", "今天拍下今天发"])
def test_other_words_of_an_agent_are_no_reminder(text: str) -> None:
    assert not is_reminder(WORDS, text)


def test_a_hostile_message_is_looked_at_in_no_time() -> None:
    import time

    started = time.perf_counter()
    find_reason(WORDS, talk(("buyer", "余额" * 5_000), ("buyer", "付款" * 5_000)))
    assert time.perf_counter() - started < 2
