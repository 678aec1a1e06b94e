"""Buyers who write in another client: the agent carries their words over, and the replies back."""

import pytest
from tests.flows.conftest import AGENT, Shop

from jinpai.desk.companions import open_companion
from jinpai.desk.model import ASSIGNED, MESSAGE_IN, Author
from jinpai.desk.store import get_conversations
from jinpai.flows.due import work_once
from jinpai.flows.reception.companion import carry
from jinpai.journal.model import Receipt
from jinpai.journal.reader import read_conversation
from jinpai.kit.errors import BadInput, Conflict, NotFound

LINE = "line-0001-companion"
COLLEAGUE = Author("agent", "a_2", "阿远")


def opened(shop: Shop, buyer: str, shop_id: str = "demo") -> str:
    return shop.house.writer.run(open_companion(shop_id, buyer))


def pasted(shop: Shop, conversation: str, text: str, client_id: str = LINE, agent: Author = AGENT) -> Receipt:
    with shop.house.database.read() as connection:
        state = get_conversations(connection, [conversation])[conversation]
    return shop.house.writer.run(carry(state, agent, client_id, text)).check()


def holder(shop: Shop, conversation: str) -> str | None:
    with shop.house.database.read() as connection:
        return get_conversations(connection, [conversation])[conversation].agent


def lines(shop: Shop, conversation: str) -> list[str]:
    with shop.house.database.read() as connection:
        rows = read_conversation(connection, conversation, 0, 100)
    return [row.entry.body["text"] for row in rows if row.entry.kind == MESSAGE_IN]


def test_the_same_buyers_name_leads_to_the_same_conversation(shop: Shop) -> None:
    first = opened(shop, "清风徐来2008")
    assert opened(shop, " 清风徐来2008 ") == first
    assert opened(shop, "清风徐来2009") != first


def test_a_name_of_spaces_and_a_shop_without_the_channel_are_told_apart(shop: Shop) -> None:
    with pytest.raises(BadInput, match="名字"):
        opened(shop, "   ")
    with pytest.raises(NotFound, match="渠道"):
        opened(shop, "清风徐来", shop_id="elsewhere")


def test_what_was_pasted_is_the_buyers_message_and_the_agents_buyer(shop: Shop) -> None:
    conversation = opened(shop, "清风徐来")
    pasted(shop, conversation, "这顶帐篷两个人住挤不挤")
    rows = shop.rows(conversation)
    said = next(row for row in rows if row.entry.kind == MESSAGE_IN)
    assert said.entry.author.startswith("buyer:")
    assert said.entry.body["name"] == "清风徐来"
    assert said.entry.data["by"] == AGENT.id
    assert holder(shop, conversation) == AGENT.id


def test_the_same_line_pasted_twice_with_one_id_stands_once(shop: Shop) -> None:
    conversation = opened(shop, "清风徐来")
    once = pasted(shop, conversation, "在吗")
    again = pasted(shop, conversation, "在吗")
    assert (again.seq, again.again) == (once.seq, True)
    assert lines(shop, conversation) == ["在吗"]
    with pytest.raises(Conflict):
        pasted(shop, conversation, "别的话")


def test_a_colleague_who_pastes_helps_and_takes_nothing_away(shop: Shop) -> None:
    conversation = opened(shop, "清风徐来")
    pasted(shop, conversation, "在吗")
    pasted(shop, conversation, "还在吗", "line-0002-companion", COLLEAGUE)
    assert holder(shop, conversation) == AGENT.id
    assert sum(row.entry.kind == ASSIGNED for row in shop.rows(conversation)) == 1


def test_nothing_is_said_automatically_where_nobody_would_hear_it(shop: Shop) -> None:
    conversation = opened(shop, "清风徐来")
    pasted(shop, conversation, "在吗")
    shop.clock.advance(3_600_000)
    work_once(shop.house)
    assert shop.said_automatically(conversation) == []


def test_nobody_walks_in_from_the_web(shop: Shop) -> None:
    with pytest.raises(NotFound):
        shop.chat("demo-companion")


def test_the_buyer_of_the_web_window_speaks_for_themselves(shop: Shop) -> None:
    conversation = shop.chat()
    with pytest.raises(BadInput, match="伴侣窗口"):
        pasted(shop, conversation, "我替他说")
    assert lines(shop, conversation) == []
