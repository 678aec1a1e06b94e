"""Automatic replies: said once, at the right time, and never after a person has spoken."""

import sqlalchemy as sa
from tests.flows.conftest import AGENT, Shop

from jinpai.desk import handing
from jinpai.desk.model import Author
from jinpai.flows.due import work_once
from jinpai.flows.receive import Incoming, receive
from jinpai.flows.send import clear, say
from jinpai.guard.model import Cleared
from jinpai.journal.store import due
from jinpai.journal.writer import Tx
from jinpai.kit.ids import new_secret

HELLO = "您好，欢迎光临山野集，我是小林😊 您想看看哪款呢？"


def planned(shop: Shop, conversation: str) -> dict[str, tuple[str, str]]:
    with shop.house.database.read() as connection:
        rows = connection.execute(sa.select(due).where(due.c.subject == conversation, due.c.kind == "auto_reply")).all()
    return {row.data["reply"]: (row.state, row.why) for row in rows}


def reply_id(shop: Shop, trigger: str) -> str:
    replies = shop.house.content.shop("demo").auto_replies
    return next(reply.id for reply in replies if reply.trigger == trigger and reply.enabled)


def delay(shop: Shop, trigger: str) -> int:
    replies = shop.house.content.shop("demo").auto_replies
    return next(reply.delay_seconds for reply in replies if reply.trigger == trigger and reply.enabled) * 1000


def test_the_first_message_of_a_buyer_is_greeted_once(shop: Shop) -> None:
    conversation = shop.chat()
    shop.buyer_says(conversation, "在吗")
    shop.clock.advance(delay(shop, "first_contact") + 1)
    work_once(shop.house)
    work_once(shop.house)
    assert len(shop.said_automatically(conversation)) == 1
    assert "山野集" in shop.said_automatically(conversation)[0]
    assert planned(shop, conversation)[reply_id(shop, "first_contact")][0] == "done"


def test_a_buyer_who_waits_hears_something_after_the_set_time(shop: Shop) -> None:
    conversation = shop.chat()
    shop.buyer_says(conversation, "这个帐篷防水吗")
    shop.clock.advance(delay(shop, "waiting") - 1)
    work_once(shop.house)
    before = shop.said_automatically(conversation)
    shop.clock.advance(1)
    work_once(shop.house)
    assert len(shop.said_automatically(conversation)) == len(before) + 1


def test_a_persons_answer_cancels_what_was_planned_in_the_same_transaction(shop: Shop) -> None:
    conversation = shop.chat()
    shop.buyer_says(conversation, "在吗")
    shop.agent_says(conversation, "您好，欢迎光临山野集，我是小林😊 您想看看哪款呢？")
    states = planned(shop, conversation)
    assert states
    assert {state for state, _ in states.values()} == {"cancelled"}
    assert {why for _, why in states.values()} == {"客服已经回复"}
    shop.clock.advance(3_600_000)
    work_once(shop.house)
    assert shop.said_automatically(conversation) == []


def test_an_automatic_reply_is_no_answer_of_a_person(shop: Shop) -> None:
    conversation = shop.chat()
    shop.buyer_says(conversation, "在吗")
    shop.clock.advance(delay(shop, "first_contact") + 1)
    work_once(shop.house)
    from jinpai.desk.store import get_conversations

    with shop.house.database.read() as connection:
        state = get_conversations(connection, [conversation])[conversation]
    assert state.waiting_since is not None
    assert state.agent is None
    assert state.unread == 1


def test_the_same_text_is_not_repeated_within_its_cool_down(shop: Shop) -> None:
    conversation = shop.chat()
    for _ in range(3):
        shop.buyer_says(conversation, "在吗")
        shop.clock.advance(delay(shop, "waiting") + 1)
        work_once(shop.house)
        shop.agent_says(conversation, "在的呢，您请讲，我马上帮您看😊")
    said = shop.said_automatically(conversation)
    assert said
    assert len(said) == len(set(said))
    assert planned(shop, conversation)[reply_id(shop, "waiting")]


def test_two_workers_at_once_say_it_once(shop: Shop) -> None:
    from concurrent.futures import ThreadPoolExecutor

    conversations = [shop.chat() for _ in range(10)]
    for conversation in conversations:
        shop.buyer_says(conversation, "在吗")
    shop.clock.advance(delay(shop, "first_contact") + 1)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: work_once(shop.house), range(8)))
    assert [len(shop.said_automatically(conversation)) for conversation in conversations] == [1] * 10


def test_an_answer_and_the_next_question_in_one_breath_begin_a_new_wait(shop: Shop) -> None:
    """Both fall into one batch of the writer, as they do under load."""
    conversation = shop.chat()
    shop.buyer_says(conversation, "在吗")
    shop.clock.advance(1_000)
    answer = clear(shop.house, shop.draft(conversation, HELLO), ())
    assert isinstance(answer, Cleared)
    question = Incoming("demo", conversation, Author("buyer", "b_1", "访客"), "这个帐篷防水吗", new_secret())

    def both(tx: Tx) -> None:
        say(answer)(tx)
        receive(question)(tx)

    shop.house.writer.run(both)
    shop.clock.advance(delay(shop, "waiting"))
    work_once(shop.house)
    assert len(shop.said_automatically(conversation)) == 1


def test_a_wait_that_began_anew_is_counted_from_its_own_beginning(shop: Shop) -> None:
    conversation = shop.chat()
    shop.buyer_says(conversation, "好的")
    shop.clock.advance(delay(shop, "first_contact") + 1)
    work_once(shop.house)
    before = shop.said_automatically(conversation)
    shop.house.writer.run(handing.waive(conversation, AGENT))
    shop.clock.advance(delay(shop, "waiting") - delay(shop, "first_contact") - 1_001)
    shop.buyer_says(conversation, "对了，防水吗")
    shop.clock.advance(1_000)
    work_once(shop.house)
    assert shop.said_automatically(conversation) == before, "this buyer waits for one second"
    shop.clock.advance(delay(shop, "waiting"))
    work_once(shop.house)
    assert len(shop.said_automatically(conversation)) == len(before) + 1
