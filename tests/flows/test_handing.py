"""Passing a buyer on, the last word, closing and opening again, tags, and the wait a buyer was asked for."""

import pytest
from tests.flows.conftest import Shop
from tests.flows.floor import Floor

from jinpai.desk import handing, marks
from jinpai.desk.model import Author
from jinpai.flows.due import work_once
from jinpai.kit.errors import BadInput, Conflict, NotFound

HELLO = "您好，欢迎光临山野集，我是小林😊 您想看看哪款呢？"
MINUTE = 60_000


@pytest.fixture
def floor(shop: Shop) -> Floor:
    return Floor(shop)


def test_a_transfer_carries_its_note_and_only_who_serves_may_pass_on(floor: Floor) -> None:
    floor.comes("xiaolin")
    conversation = floor.asks()
    floor.comes("azhao")
    with pytest.raises(Conflict, match="小林正在接待"):
        floor.does(handing.transfer(conversation, floor.author("azhao"), floor.ids["azhao"], None, ""))
    with pytest.raises(Conflict, match="不在接待台"):
        floor.does(handing.transfer(conversation, floor.author("xiaolin"), floor.ids["suhe"], None, ""))
    with pytest.raises(NotFound):
        floor.does(handing.transfer(conversation, floor.author("xiaolin"), "a_nobody", None, ""))
    with pytest.raises(BadInput, match="选择"):
        floor.does(handing.transfer(conversation, floor.author("xiaolin"), None, None, ""))
    floor.does(handing.transfer(conversation, floor.author("xiaolin"), floor.ids["azhao"], None, "要双人帐"))
    assert floor.state(conversation).agent == floor.ids["azhao"]
    row = floor.shop.rows(conversation)[-1]
    assert (row.entry.data["reason"], row.entry.body["text"]) == ("transferred", "要双人帐")


def test_a_transfer_to_a_group_goes_back_through_the_queue(floor: Floor) -> None:
    floor.comes("xiaolin")
    conversation = floor.asks()
    floor.says_of_self("xiaolin", "busy")
    floor.does(handing.transfer(conversation, floor.author("xiaolin"), None, "aftersale", "要换货"))
    state = floor.state(conversation)
    assert (state.agent, state.group, floor.place(conversation)) == (None, "aftersale", 1)
    assert state.knows is None, "whoever passed the buyer on is not the one to get them back"


def test_a_buyer_passed_on_to_a_group_does_not_come_straight_back(floor: Floor) -> None:
    floor.comes("xiaolin")
    conversation = floor.asks()
    floor.comes("laoqin")
    floor.says_of_self("laoqin", "online")
    floor.does(handing.transfer(conversation, floor.author("xiaolin"), None, "aftersale", "要换货"))
    assert floor.state(conversation).agent == floor.ids["laoqin"]


def test_the_agent_has_the_last_word_before_a_conversation_ends(floor: Floor) -> None:
    floor.comes("xiaolin")
    conversation = floor.asks()
    lin = floor.author("xiaolin")
    with pytest.raises(BadInput, match="还没有回复"):
        floor.does(handing.close(conversation, lin, ask_rating=True))
    floor.does(handing.waive(conversation, lin))
    assert floor.state(conversation).waived
    with pytest.raises(BadInput, match="没有在等"):
        floor.does(handing.waive(conversation, lin))
    floor.shop.buyer_says(conversation, "还有一个问题")
    assert not floor.state(conversation).waived
    floor.shop.agent_says(conversation, HELLO)
    floor.does(handing.close(conversation, lin, ask_rating=True))
    assert floor.state(conversation).status == "closed"
    with pytest.raises(BadInput, match="已经结束"):
        floor.does(handing.close(conversation, lin, ask_rating=True))


def test_a_closed_conversation_asks_for_a_rating_and_may_be_opened_again(floor: Floor) -> None:
    floor.comes("xiaolin")
    conversation = floor.asks()
    buyer = Author("buyer", floor.state(conversation).buyer)
    with pytest.raises(Conflict, match="结束以后"):
        floor.does(marks.rate(conversation, buyer, 5, ""))
    floor.shop.agent_says(conversation, HELLO)
    floor.does(handing.close(conversation, floor.author("xiaolin"), ask_rating=True))
    assert floor.shop.rows(conversation)[-1].entry.kind == "rate"
    floor.does(marks.rate(conversation, buyer, 4, "很耐心"))
    assert floor.state(conversation).rating == 4
    floor.comes("azhao")
    floor.does(handing.reopen(conversation, floor.author("azhao")))
    state = floor.state(conversation)
    assert (state.status, state.agent) == ("open", floor.ids["azhao"])


def test_tags_are_kept_once_each_and_too_many_are_refused(floor: Floor) -> None:
    conversation = floor.asks()
    lin = floor.author("xiaolin")
    floor.does(marks.set_tags(conversation, lin, ["老客户", " 老客户 ", "爱露营", ""]))
    assert floor.state(conversation).tags == ("老客户", "爱露营")
    with pytest.raises(BadInput, match="最多"):
        floor.does(marks.set_tags(conversation, lin, [f"标签{n}" for n in range(13)]))


def test_a_buyer_asked_to_wait_has_an_apology_made_ready_after_three_minutes_but_not_sent(floor: Floor) -> None:
    floor.comes("xiaolin")
    conversation = floor.asks()
    floor.shop.agent_says(conversation, "好的呢，您稍等一下，这就帮您看库存😊")
    asked = floor.state(conversation).asked_wait_at
    assert asked == floor.shop.clock.now()
    floor.shop.clock.advance(180_000)
    work_once(floor.shop.house)
    row = floor.shop.rows(conversation)[-1]
    assert row.entry.kind == "offered"
    assert row.entry.body["text"].startswith("让您久等了")
    assert floor.state(conversation).asked_wait_at == asked


def test_an_agent_who_comes_back_in_time_is_offered_nothing(floor: Floor) -> None:
    floor.comes("xiaolin")
    conversation = floor.asks()
    floor.shop.agent_says(conversation, "好的呢，您稍等一下，这就帮您看库存😊")
    floor.shop.clock.advance(100_000)
    floor.shop.agent_says(conversation, "让您久等啦，您看的这款有现货的😊")
    assert floor.state(conversation).asked_wait_at is None
    floor.shop.clock.advance(180_000)
    work_once(floor.shop.house)
    assert "offered" not in [row.entry.kind for row in floor.shop.rows(conversation)]
