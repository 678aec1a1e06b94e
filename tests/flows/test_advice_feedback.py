"""What came of advice at the desk, and what people put right: remembered, used in ranking, learned."""

import pytest
from tests.flows.conftest import AGENT, Shop

from jinpai.copilot.actions import advice_id, remember, undo
from jinpai.copilot.store import Shown, count_outcomes, find_shown
from jinpai.copilot.suggesting.model import Suggestion
from jinpai.desk.model import Conversation
from jinpai.desk.store import get_conversations
from jinpai.flows.advising.feedback import FRESH, read_sources
from jinpai.flows.learning.correcting import learn_anew, put_right
from jinpai.flows.receive import check_advice
from jinpai.flows.send import clear, say
from jinpai.guard.model import Cleared
from jinpai.kit.errors import BadInput, Conflict

OFFERED = (
    Suggestion("亲，今天 14:00 前付款当天就发哦", "店铺资料：发货", "fact", 0.9, "dispatch.today"),
    Suggestion("亲，这边都是按付款先后安排发货的哦", "话术：发货顺序", "script", 0.8, "dispatch.order"),
    Suggestion("亲，您什么时候要用呢，我帮您看看来不来得及", "话术：问时间", "script", 0.7, "dispatch.when"),
)


@pytest.fixture(autouse=True)
def unlearned(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody learns beside these tests."""
    monkeypatch.setattr(shop.house.understandings, "prepare", lambda shop, lessons: None)


def state(shop: Shop, conversation: str) -> Conversation:
    with shop.house.database.read() as connection:
        return get_conversations(connection, [conversation])[conversation]


def shown(shop: Shop, conversation: str, seq: int) -> str:
    """The name of advice that lay before the agent."""
    now = state(shop, conversation)
    name = advice_id(now, seq, AGENT.id, OFFERED)
    for _ in range(2):
        shop.house.writer.run(remember(name, now, seq, AGENT.id, OFFERED))
    return name


def answer(shop: Shop, conversation: str, text: str, advice: str, took: int) -> None:
    cleared = clear(shop.house, shop.draft(conversation, text, advice={"id": advice, "took": took}), ())
    assert isinstance(cleared, Cleared), cleared
    shop.house.writer.run(say(cleared))


def outcomes(shop: Shop, advice: str) -> list[str]:
    with shop.house.database.read() as connection:
        found = find_shown(connection, [advice])
    return [one.outcome for one in sorted(found, key=_place)]


def _place(one: Shown) -> int:
    return one.place


@pytest.mark.parametrize(
    ("said", "took", "ended"),
    [
        (OFFERED[0].text, 1, ["sent", "ignored", "ignored"]),
        (OFFERED[1].text + "，请放心", 2, ["ignored", "edited", "ignored"]),
        ("亲，我先帮您查一下哦", 0, ["ignored", "ignored", "ignored"]),
    ],
)
def test_the_next_answer_decides_what_came_of_advice(shop: Shop, said: str, took: int, ended: list[str]) -> None:
    conversation = shop.chat()
    seq = shop.buyer_says(conversation, "今天能发货吗").seq
    advice = shown(shop, conversation, seq)
    assert outcomes(shop, advice) == ["open"] * 3
    answer(shop, conversation, said, advice, took)
    assert outcomes(shop, advice) == ended
    answer(shop, conversation, "亲，还有别的可以帮您吗", advice, 3)
    assert outcomes(shop, advice) == ended


def test_an_answer_elsewhere_decides_nothing(shop: Shop) -> None:
    here, there = shop.chat(), shop.chat()
    advice = shown(shop, here, shop.buyer_says(here, "今天能发货吗").seq)
    shop.buyer_says(there, "在吗")
    answer(shop, there, OFFERED[0].text, advice, 1)
    assert outcomes(shop, advice) == ["open"] * 3


def test_what_is_sent_as_it_is_rises_and_what_is_passed_over_sinks(shop: Shop) -> None:
    conversation = shop.chat()
    for _ in range(6):
        seq = shop.buyer_says(conversation, "今天能发货吗").seq
        answer(shop, conversation, OFFERED[1].text, shown(shop, conversation, seq), 2)
    now = shop.clock.now()
    with shop.house.database.read() as connection:
        liked = shop.house.likings.of(connection, "demo", now)
        (most, *_) = read_sources(connection, shop.house.content.shop("demo"), "demo", 0)
        assert {one.source: one.sent for one in count_outcomes(connection, "demo", 0)}["dispatch.order"] == 6
        assert shop.house.likings.of(connection, "demo", now + FRESH - 1) is liked
    assert most.tally.shown == 6
    assert 1.1 >= liked("dispatch.order") > liked("never.shown") == 1.0 > liked("dispatch.today") >= 0.9
    assert liked("dispatch.order+dispatch.today") == liked("dispatch.today")


@pytest.mark.parametrize(
    "mark", [{}, {"id": "ad_x", "took": 1}, {"id": "ad_" + "0" * 24, "took": 5}, {"id": "ad_" + "\0" * 24, "took": 1}]
)
def test_what_names_no_advice_is_refused(mark: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        check_advice(mark)


def test_what_was_put_right_is_learned_until_it_is_taken_back(shop: Shop) -> None:
    conversation = shop.chat()
    shop.buyer_says(conversation, "你好")
    shop.buyer_says(conversation, "那个紫的还来不来呀 13800138000")
    words = "你好\n那个紫的还来不来呀 13800138000"
    made = put_right(shop.house, state(shop, conversation), AGENT, words, "urge_dispatch", "stock")
    assert shop.rows(conversation)[-1].entry.body["words"] == words
    assert learn_anew(shop.house, "demo") == 1
    shop.house.content.refresh("demo").result()
    assert shop.house.content.shop("demo").lessons.corrections == (("你好\n那个紫的还来不来呀", "stock"),)
    shop.house.writer.run(undo(made.id, AGENT))
    with pytest.raises(Conflict):
        shop.house.writer.run(undo(made.id, AGENT))
    assert learn_anew(shop.house, "demo") == 0


@pytest.mark.parametrize(("words", "meant"), [("没说过的话", "stock"), ("你好", "no_such"), ("你好", "greeting_heard")])
def test_what_was_not_said_or_is_no_intent_cannot_be_put_right(shop: Shop, words: str, meant: str) -> None:
    conversation = shop.chat()
    shop.buyer_says(conversation, "你好")
    with pytest.raises(BadInput):
        put_right(shop.house, state(shop, conversation), AGENT, words, "greeting_heard", meant)
