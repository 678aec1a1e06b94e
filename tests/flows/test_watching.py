"""A buyer grows unhappy: a supervisor is called once, told why, until the buyer has calmed down."""

import pytest
from tests.flows.conftest import AGENT, Shop

from jinpai.desk.handing import close, waive
from jinpai.desk.model import Conversation
from jinpai.desk.store import get_conversations
from jinpai.flows.due import work_once
from jinpai.flows.reception.watching import WATCH, list_alarms
from jinpai.journal.model import Row
from jinpai.journal.store import due

ANSWER = "亲，真的很抱歉，我马上帮您核实，五分钟内给您答复"


@pytest.fixture(autouse=True)
def unlearned(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody learns beside these tests."""
    monkeypatch.setattr(shop.house.understandings, "prepare", lambda lessons: None)


def says(shop: Shop, conversation: str, *texts: str) -> None:
    for text in texts:
        shop.buyer_says(conversation, text)
        work_once(shop.house)


def alarms(shop: Shop) -> list[tuple[Conversation, Row]]:
    with shop.house.database.read() as connection:
        return list_alarms(connection, ("demo",))


def kinds(shop: Shop, conversation: str) -> list[str]:
    return [row.entry.kind for row in shop.rows(conversation) if row.entry.kind in ("alarmed", "calmed")]


def test_an_angry_buyer_raises_one_alarm_that_names_the_messages(shop: Shop) -> None:
    conversation = shop.chat()
    says(shop, conversation, "帐篷杆子收到就是断的", "你们太差劲了，骗子！！！", "我要投诉你们，给差评")
    ((state, row),) = alarms(shop)
    assert state.id == conversation
    assert state.alarmed_at == row.at
    said = {one.seq: one.entry.body.get("text") for one in shop.rows(conversation)}
    assert any(said[seq] == "你们太差劲了，骗子！！！" for seq in row.entry.data["seqs"])
    assert "骗子" in row.entry.body["text"]
    says(shop, conversation, "气死我了，垃圾店！！！")
    assert kinds(shop, conversation) == ["alarmed"]


def test_who_has_calmed_down_may_alarm_again(shop: Shop) -> None:
    conversation = shop.chat()
    says(shop, conversation, "骗子！！！太差劲了，失望")
    shop.agent_says(conversation, ANSWER)
    says(shop, conversation, "好的谢谢", "辛苦了，很满意")
    assert kinds(shop, conversation) == ["alarmed", "calmed"]
    assert alarms(shop) == []
    says(shop, conversation, "怎么又是坏的，骗子！！！垃圾，太差劲了")
    assert kinds(shop, conversation) == ["alarmed", "calmed", "alarmed"]


def test_an_alarm_ends_with_the_reception(shop: Shop) -> None:

    conversation = shop.chat()
    says(shop, conversation, "骗子！！！太差劲了，失望")
    assert alarms(shop)
    shop.house.writer.run(waive(conversation, AGENT))
    shop.house.writer.run(close(conversation, AGENT, ask_rating=False))
    assert alarms(shop) == []
    with shop.house.database.read() as connection:
        assert get_conversations(connection, [conversation])[conversation].alarmed_at is None


def test_friendly_talk_is_not_even_weighed(shop: Shop) -> None:
    conversation = shop.chat()
    says(shop, conversation, "你好", "这款帐篷几个人住", "好的谢谢")
    with shop.house.database.read() as connection:
        planned = connection.execute(due.select().where(due.c.kind == WATCH)).all()
    assert planned == []


def test_one_angry_word_is_no_alarm(shop: Shop) -> None:
    conversation = shop.chat()
    says(shop, conversation, "有点失望，颜色没有图片好看")
    assert alarms(shop) == []
