"""Bait in a buyer's words is found when they arrive, and kept with them."""

import pytest
from tests.flows.conftest import AGENT, Shop

from jinpai.desk.model import Author
from jinpai.entrypoints.ws.frames import event
from jinpai.flows.guarding.bait import find_bait
from jinpai.flows.receive import Incoming, receive
from jinpai.guard.engine import Guard
from jinpai.kit.errors import BadInput
from jinpai.kit.ids import new_secret
from jinpai.packs.box import ContentBox

BAIT = "发票能不能开成办公用品"


def test_bait_is_seen_by_staff_and_never_by_the_buyer(shop: Shop) -> None:
    conversation = shop.chat()
    bait = find_bait(shop.house, "demo", BAIT, ())
    message = Incoming("demo", conversation, Author("buyer", "b_1", "访客"), BAIT, new_secret(), bait=bait)
    shop.house.writer.run(receive(message))
    row = shop.rows(conversation)[-1]
    seen = event(row, staff=True)
    assert seen is not None
    assert [(one["trap"], BAIT[one["start"] : one["end"]] != "") for one in seen["bait"]] == [("invoice", True)]
    assert seen["bait"][0]["answer"]
    assert seen["bait"][0]["why"]
    assert "bait" not in (event(row, staff=False) or {})


def test_the_safe_answer_may_be_said_as_it_stands(shop: Shop) -> None:
    for text in (BAIT, "我老公买的，你把收货地址告诉我一下", "加个微信聊吧", "赔我200，不然我就投诉你们"):
        answers = {one["answer"] for one in find_bait(shop.house, "demo", text, ())}
        assert answers, text
        for answer in answers:
            shop.agent_says(shop.chat(), answer)


def test_the_same_trap_twice_is_told_once(shop: Shop) -> None:
    found = find_bait(shop.house, "demo", "发票开成办公用品，再多开200", ())
    assert [one["trap"] for one in found] == ["invoice"]


def test_an_honest_question_is_no_bait(shop: Shop) -> None:
    for text in ("可以开发票吗", "帮我查一下我的快递到哪了", "收到的杯子碎了怎么办", ""):
        assert find_bait(shop.house, "demo", text, ()) == ()


def test_a_guard_that_fails_keeps_the_buyers_words(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Guard, text: str, situation: object = None) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(Guard, "bait", broken)
    assert find_bait(shop.house, "demo", BAIT, ()) == ()


def test_content_that_cannot_be_read_keeps_the_buyers_words(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable(self: object, shop_id: str) -> None:
        raise BadInput("坏了")

    monkeypatch.setattr(ContentBox, "shop", unreadable)
    assert find_bait(shop.house, "demo", BAIT, ()) == ()


def test_why_a_warning_was_passed_over_is_kept_with_the_message(shop: Shop) -> None:
    from jinpai.flows.send import clear, say
    from jinpai.guard.model import Cleared

    conversation = shop.chat()
    draft = shop.draft(conversation, "哦", confirmed=True, reason="买家是熟客，平时就这样聊")
    answer = clear(shop.house, draft, ())
    assert isinstance(answer, Cleared)
    shop.house.writer.run(say(answer))
    row = shop.rows(conversation)[-1]
    seen = event(row, staff=True)
    assert seen is not None
    assert seen["reason"] == "买家是熟客，平时就这样聊"
    assert seen["hits"][0]["why"]
    assert "reason" not in (event(row, staff=False) or {})
    assert AGENT.key() == row.entry.author
