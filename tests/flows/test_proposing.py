"""From what buyers ask in vain to an answer for all: gathered, cleaned, checked, proposed, published by a person."""

from dataclasses import replace

import pytest
from tests.flows.conftest import Shop

from jinpai.flows.knowledge_loop.proposing import Proposal, decision_on, is_live, propose, publish, sketch
from jinpai.flows.knowledge_loop.topics import Known, find_topic, read_known
from jinpai.kit.errors import BadInput, NotFound
from jinpai.knowledge.actions import decide, undo
from jinpai.packs.store import find_current
from jinpai.staff.model import Actor, Role

ASKED = ("撑杆断了可以单买吗", "撑杆断了能单买吗", "撑杆可以单买吗")
ANSWER = "可以的，撑杆能单独补，您告诉小林是第几节就行。给您寄到杭州市西湖区文三路 90 号"
SAID = "可以的，撑杆能单独补，您告诉{客服}是第几节就行。"
MINUTE = 60_000
OWNER = Actor("a_owner", "owner", "店主", Role.OWNER, ("demo",))


@pytest.fixture
def vain(shop: Shop) -> Shop:
    """Three buyers have asked for the same thing; one was answered, four minutes later."""
    talks = [shop.chat() for _ in ASKED]
    for talk, text in zip(talks, ASKED, strict=True):
        shop.buyer_says(talk, text)
    shop.clock.advance(4 * MINUTE)
    shop.agent_says(talks[0], ANSWER)
    shop.buyer_says(talks[0], "太好了，谢谢")
    return shop


def open_topics(shop: Shop) -> list[Known]:
    known = read_known(shop.house, "demo", anew=True)
    assert known is not None
    return [one for one in known if one.state == "open"]


def test_questions_left_open_are_gathered_with_the_best_answer_and_how_long_buyers_waited(vain: Shop) -> None:
    (known,) = open_topics(vain)
    topic = known.topic
    assert {one.text for one in topic.questions} == set(ASKED)
    assert (topic.conversations, topic.late, topic.unanswered, topic.by_hand) == (3, 1, 2, 1)
    assert (topic.waited, topic.longest, topic.reaction) == (4 * MINUTE, 4 * MINUTE, "pleased")


def test_put_aside_it_stays_away_until_it_is_asked_half_as_often_again(vain: Shop) -> None:
    (known,) = open_topics(vain)
    made = vain.house.writer.run(decide(decision_on(known.topic, "demo", OWNER, "aside", reason="每单情况不同")))
    assert open_topics(vain) == []
    for text in ASKED[:2]:
        vain.buyer_says(vain.chat(), text)
    vain.clock.advance(4 * MINUTE)
    assert open_topics(vain) == []
    vain.buyer_says(vain.chat(), ASKED[2])
    (back,) = open_topics(vain)
    assert back.is_back
    vain.house.writer.run(undo(made.id, OWNER.id))
    assert [(one.decision, one.is_back) for one in open_topics(vain)] == [(None, False)]


def test_the_best_answer_becomes_a_script_nobody_is_told_before_it_is_published(vain: Shop) -> None:
    topic = open_topics(vain)[0].topic
    made = sketch(vain.house, "demo", topic, "script")
    assert made.proposal.answer == SAID
    assert set(made.taken) == {"姓名", "地址"}
    assert made.problems == ()
    decision = propose(vain.house, OWNER, "demo", topic, replace(made.proposal, scene="dialogue.stock"))
    assert open_topics(vain) == []
    assert not is_live(vain.house.content.shop("demo"), decision)
    publish(vain.house, OWNER, decision)
    assert vain.house.content.refresh("demo").result()
    assert is_live(vain.house.content.shop("demo"), decision)


def test_a_product_question_is_written_into_its_record_beside_the_others(vain: Shop) -> None:
    topic, before = open_topics(vain)[0].topic, vain.house.content.shop("demo").products[0]
    proposal = Proposal("faq", ASKED[0], "可以的，撑杆能单独补", before.id)
    publish(vain.house, OWNER, propose(vain.house, OWNER, "demo", topic, proposal))
    assert vain.house.content.refresh("demo").result()
    after = next(one for one in vain.house.content.shop("demo").products if one.id == before.id)
    assert [one.question for one in after.faq] == [*(one.question for one in before.faq), ASKED[0]]


REFUSED = {
    "可以，加微信 jinpai2026 发您": "账号",
    "可以，打 13812345678 问问": "号码",
    "可以，我们家是全网最低价": "检查",
    "可以，库存只剩最后 2 件了，您抓紧": "处问题",
}


def test_what_may_not_be_said_is_refused_and_nothing_is_stored(vain: Shop) -> None:
    topic = open_topics(vain)[0].topic
    for answer, why in REFUSED.items():
        with pytest.raises(BadInput, match=why):
            propose(vain.house, OWNER, "demo", topic, Proposal("script", ASKED[0], answer, scene="dialogue.stock"))
    assert len(open_topics(vain)) == 1
    with vain.house.database.read() as connection:
        assert find_current(connection, "demo") is None
    with pytest.raises(NotFound):
        find_topic(vain.house, "demo", 1 << 40)
