"""Remarks are kept with what was said, found once more when a conversation ends, appealed and judged."""

import pytest
from tests.flows.conftest import AGENT, Shop

from jinpai.desk import handing
from jinpai.desk.model import Author
from jinpai.flows.due import work_once
from jinpai.flows.guarding.hits import counter_examples, list_seen
from jinpai.flows.send import clear, say
from jinpai.guard.model import Cleared
from jinpai.kit.errors import BadInput, Conflict, NotAllowed, NotFound
from jinpai.quality.actions import appeal, decide
from jinpai.quality.model import HitRecord, Wanted
from jinpai.quality.store import find_hits

LEAD = Author("agent", "a_lead", "周岚")
DEMO = Wanted(("demo",))


def hits(shop: Shop, **more: object) -> list[HitRecord]:
    with shop.house.database.read() as connection:
        return find_hits(connection, Wanted(("demo",), **more), None, 50)  # type: ignore[arg-type]


def says_anyway(shop: Shop, conversation: str, text: str, reason: str = "") -> None:
    answer = clear(shop.house, shop.draft(conversation, text, confirmed=True, reason=reason), ())
    assert isinstance(answer, Cleared)
    shop.house.writer.run(say(answer))


def one_hit(shop: Shop) -> HitRecord:
    conversation = shop.chat()
    shop.buyer_says(conversation, "这款能机洗吗")
    says_anyway(shop, conversation, "哦", "熟客")
    return hits(shop)[0]


def test_a_remark_passed_over_is_listed_with_its_reason(shop: Shop) -> None:
    hit = one_hit(shop)
    assert (hit.agent, hit.state, hit.confirmed, hit.after) == (AGENT.id, "open", True, False)
    assert hit.family == "cold"
    with shop.house.database.read() as connection:
        seen = list_seen(connection, DEMO, None, 50)[0]
    assert (seen.text, seen.reason) == ("哦", "熟客")


def test_an_overturned_remark_becomes_a_line_its_rule_must_let_pass(shop: Shop) -> None:
    hit = one_hit(shop)
    shop.house.writer.run(appeal(hit.id, AGENT, "老客户平时就这样聊"))
    assert hits(shop, state="appealed")[0].id == hit.id
    shop.house.writer.run(decide(hit.id, LEAD, "overturned", "有上下文，可以"))
    assert hits(shop)[0].state == "overturned"
    with shop.house.database.read() as connection:
        seen = list_seen(connection, DEMO, None, 50)[0]
        text = counter_examples(connection, ("demo",))
    assert seen.appeal is not None
    assert seen.decision is not None
    assert (seen.appeal.reason, seen.decision.reason) == ("老客户平时就这样聊", "有上下文，可以")
    assert f"- rule: {hit.rule}" in text
    assert "- text: '哦'" in text
    assert "{buyer: '这款能机洗吗'}" in text


def test_only_the_own_words_are_appealed_and_only_once(shop: Shop) -> None:
    hit = one_hit(shop)
    with pytest.raises(NotFound):
        shop.house.writer.run(appeal(hit.id, LEAD, "我觉得不对"))
    shop.house.writer.run(appeal(hit.id, AGENT, "不对"))
    with pytest.raises(Conflict, match="申诉过"):
        shop.house.writer.run(appeal(hit.id, AGENT, "不对"))


def test_nobody_judges_themselves_or_without_saying_why(shop: Shop) -> None:
    hit = one_hit(shop)
    with pytest.raises(NotAllowed):
        shop.house.writer.run(decide(hit.id, AGENT, "overturned", "我说了算"))
    with pytest.raises(BadInput, match="理由"):
        shop.house.writer.run(decide(hit.id, LEAD, "overturned", ""))
    shop.house.writer.run(decide(hit.id, LEAD, "agreed", ""))
    assert hits(shop)[0].state == "agreed"


def test_every_step_is_in_the_journal_of_the_conversation(shop: Shop) -> None:
    hit = one_hit(shop)
    shop.house.writer.run(appeal(hit.id, AGENT, "不对"))
    shop.house.writer.run(decide(hit.id, LEAD, "agreed", "规则没错"))
    kinds = [(row.entry.kind, row.entry.author) for row in shop.rows(hit.conversation)][-2:]
    assert kinds == [("hit_appealed", AGENT.key()), ("hit_decided", LEAD.key())]


def test_a_conversation_that_ends_is_looked_at_as_a_whole(shop: Shop) -> None:
    conversation = shop.chat()
    shop.buyer_says(conversation, "在吗，想问个帐篷")
    shop.clock.advance(200_000)
    shop.agent_says(conversation, "您好，欢迎光临山野集，我是小林😊 请问几个人用呢？")
    shop.house.writer.run(handing.close(conversation, AGENT, ask_rating=False))
    work_once(shop.house)
    found = hits(shop)
    assert [(hit.family, hit.after, hit.agent) for hit in found] == [("timing", True, AGENT.id)]
    work_once(shop.house)
    assert len(hits(shop)) == 1


def test_a_reception_is_judged_by_itself(shop: Shop) -> None:
    conversation = shop.chat()
    shop.buyer_says(conversation, "在吗")
    shop.agent_says(conversation, "您好，欢迎光临山野集，我是小林😊")
    shop.house.writer.run(handing.close(conversation, AGENT, ask_rating=False))
    shop.clock.advance(86_400_000)
    shop.buyer_says(conversation, "又来啦")
    shop.agent_says(conversation, "您好，欢迎回来，今天想看点什么呢😊")
    shop.house.writer.run(handing.close(conversation, AGENT, ask_rating=False))
    work_once(shop.house)
    assert hits(shop) == []


def test_words_that_needed_no_answer_are_no_last_word_left(shop: Shop) -> None:
    conversation = shop.chat()
    shop.buyer_says(conversation, "在吗")
    shop.agent_says(conversation, "您好，欢迎光临山野集，我是小林😊")
    shop.buyer_says(conversation, "我先自己看看，回头再说")
    shop.house.writer.run(handing.waive(conversation, AGENT))
    shop.house.writer.run(handing.close(conversation, AGENT, ask_rating=False))
    work_once(shop.house)
    assert hits(shop) == []
