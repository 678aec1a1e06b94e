"""What a buyer is told by how things stand at the desk: one text, the one that fits, never again too soon."""

import pytest
from tests.flows.conftest import Shop
from tests.flows.floor import Floor

from jinpai.desk import handing
from jinpai.flows.due import work_once
from jinpai.journal.writer import Tx

HELLO = "您好，欢迎光临山野集，我是小林😊 您想看看哪款呢？"
HOUR = 3_600_000


@pytest.fixture
def floor(shop: Shop) -> Floor:
    return Floor(shop)


def test_with_an_agent_there_the_greeting_names_them(floor: Floor) -> None:
    floor.comes("xiaolin")
    conversation = floor.asks()
    work_once(floor.shop.house)
    assert ["小林已经看到您的消息" in text for text in floor.shop.said_automatically(conversation)] == [True]


def test_at_night_the_buyer_hears_when_the_shop_opens(floor: Floor) -> None:
    floor.shop.clock.advance(14 * HOUR)
    conversation = floor.asks()
    work_once(floor.shop.house)
    said = floor.shop.said_automatically(conversation)
    assert len(said) == 1
    assert "下班" in said[0]
    assert "09:00–22:30" in said[0]
    assert floor.state(conversation).offline


def test_a_busy_agents_buyer_is_told_once_that_it_may_take_a_while(floor: Floor) -> None:
    floor.comes("xiaolin")
    conversation = floor.asks()
    floor.shop.agent_says(conversation, HELLO)
    floor.says_of_self("xiaolin", "busy")
    for _ in range(3):
        floor.shop.buyer_says(conversation, "那个帐篷呢")
        work_once(floor.shop.house)
        floor.shop.agent_says(conversation, "在的呢，马上帮您看哦😊")
    said = [text for text in floor.shop.said_automatically(conversation) if "同时接待" in text]
    assert len(said) == 1


def test_the_agents_own_line_goes_with_the_text_unless_the_guard_stops_it(floor: Floor) -> None:
    from jinpai.desk.presence import set_status

    floor.comes("xiaolin")
    for line, shown in (("今天满 199 元包邮哦😊", True), ("加我微信 lin88661234", False)):

        def say_line(tx: Tx, line: str = line) -> None:
            set_status(tx, floor.ids["xiaolin"], "online", line, floor.author("xiaolin"))

        floor.shop.house.writer.run(say_line)
        conversation = floor.asks()
        work_once(floor.shop.house)
        said = floor.shop.said_automatically(conversation)
        assert len(said) == 1
        assert (line in said[0]) is shown


def test_automatic_words_are_no_answer_and_leave_the_clock_running(floor: Floor) -> None:
    floor.comes("xiaolin")
    conversation = floor.asks()
    work_once(floor.shop.house)
    assert floor.shop.said_automatically(conversation)
    state = floor.state(conversation)
    assert state.waiting_since is not None
    assert state.unread == 1


def test_who_comes_back_within_the_cool_down_is_not_greeted_twice(floor: Floor) -> None:
    floor.comes("xiaolin")
    conversation = floor.asks()
    work_once(floor.shop.house)
    lin = floor.author("xiaolin")
    floor.does(handing.waive(conversation, lin))
    floor.does(handing.close(conversation, lin, ask_rating=False))
    floor.shop.clock.advance(60_000)
    floor.shop.buyer_says(conversation, "还有个问题")
    work_once(floor.shop.house)
    work_once(floor.shop.house)
    said = floor.shop.said_automatically(conversation)
    assert len(said) == len(set(said))
