"""The queue: who gets a buyer, what happens when an agent drops off, sleeps or is faster than a colleague."""

import pytest
import sqlalchemy as sa
from tests.flows.conftest import Shop
from tests.flows.floor import Floor, keep_leases

from jinpai.desk import handing
from jinpai.desk.presence import LEASE_MS, arrive, reap
from jinpai.flows.due import work_once
from jinpai.flows.reception.attendance import notice_unattended
from jinpai.journal.store import journal
from jinpai.kit.errors import Conflict

HELLO = "您好，欢迎光临山野集，我是小林😊 您想看看哪款呢？"
MINUTE = 60_000


@pytest.fixture
def floor(shop: Shop) -> Floor:
    return Floor(shop)


def test_a_buyer_comes_to_the_agent_who_is_there(floor: Floor) -> None:
    account = floor.comes("xiaolin")
    conversation = floor.asks("我的快递到哪了")
    state = floor.state(conversation)
    assert (state.agent, state.queued_at, state.group) == (account, None, "insale")
    assigned = [row for row in floor.shop.rows(conversation) if row.entry.kind == "assigned"]
    assert [row.entry.data["reason"] for row in assigned] == ["routed"]


def test_with_nobody_there_buyers_queue_in_order_and_are_served_when_somebody_comes(floor: Floor) -> None:
    first = floor.asks("想退货")
    floor.shop.clock.advance(1_000)
    second = floor.asks()
    assert (floor.place(first), floor.place(second)) == (1, 2)
    assert floor.state(first).group == "aftersale"
    assert floor.state(first).offline
    floor.comes("xiaolin")
    assert floor.state(first).agent == floor.state(second).agent == floor.ids["xiaolin"]
    assert not floor.state(first).offline


def test_nobody_is_given_more_than_they_carry_and_closing_calls_the_next(floor: Floor) -> None:
    account = floor.comes("xiaolin")
    capacity = floor.shop.house.content.shop("demo").service.capacity
    served = [floor.asks() for _ in range(capacity)]
    waiting = floor.asks()
    assert {floor.state(c).agent for c in served} == {account}
    assert floor.place(waiting) == 1
    floor.does(handing.waive(served[0], floor.author("xiaolin")))
    floor.does(handing.close(served[0], floor.author("xiaolin"), ask_rating=True))
    assert floor.state(waiting).agent == account


def test_two_agents_take_the_same_conversation_and_one_is_told_who_was_faster(floor: Floor) -> None:
    conversation = floor.asks()
    for login in ("xiaolin", "azhao"):
        floor.shop.house.writer.run(lambda tx, login=login: arrive(tx, "p_one", floor.ids[login]))  # type: ignore[misc]
    first = floor.shop.house.writer.enqueue(handing.take(conversation, floor.author("xiaolin")))
    second = floor.shop.house.writer.enqueue(handing.take(conversation, floor.author("azhao")))
    first.result(10)
    with pytest.raises(Conflict, match="小林正在接待"):
        second.result(10)
    assert floor.state(conversation).agent == floor.ids["xiaolin"]
    again = floor.does(handing.take(conversation, floor.author("xiaolin")))
    assert again.again
    assert [row.entry.kind for row in floor.shop.rows(conversation)].count("assigned") == 1


def test_who_leads_takes_a_buyer_over_from_whoever_serves_them(floor: Floor) -> None:
    floor.comes("xiaolin")
    conversation = floor.asks()
    assert floor.state(conversation).agent == floor.ids["xiaolin"]
    lead = floor.author("zhoulan")
    with pytest.raises(Conflict, match="小林正在接待"):
        floor.does(handing.take(conversation, lead))
    floor.does(handing.take(conversation, lead, leads=True))
    assert floor.state(conversation).agent == lead.id
    assert floor.shop.rows(conversation)[-1].entry.data["reason"] == "taken"


def test_a_returning_buyer_comes_back_to_the_agent_who_knows_them(floor: Floor) -> None:
    floor.comes("xiaolin")
    conversation = floor.asks()
    floor.comes("azhao")
    floor.asks()
    floor.does(handing.waive(conversation, floor.author("xiaolin")))
    floor.does(handing.close(conversation, floor.author("xiaolin"), ask_rating=True))
    floor.comes("suhe")
    floor.shop.buyer_says(conversation, "我又来啦")
    work_once(floor.shop.house)
    assert floor.state(conversation).agent == floor.ids["xiaolin"]


def test_who_drops_off_line_keeps_buyers_for_the_grace_period_then_they_go_on(floor: Floor) -> None:
    floor.comes("xiaolin")
    conversation = floor.asks()
    floor.comes("azhao")
    floor.goes("xiaolin")
    floor.shop.clock.advance(59_000)
    keep_leases(floor)
    work_once(floor.shop.house)
    assert floor.state(conversation).agent == floor.ids["xiaolin"]
    floor.shop.clock.advance(1_001)
    work_once(floor.shop.house)
    assert floor.state(conversation).agent == floor.ids["azhao"]
    reasons = [row.entry.data.get("reason") for row in floor.shop.rows(conversation) if row.entry.kind == "assigned"]
    assert reasons == ["routed", "gone", "routed"]


def test_who_comes_back_in_time_keeps_everything(floor: Floor) -> None:
    floor.comes("xiaolin")
    conversation = floor.asks()
    floor.goes("xiaolin")
    floor.shop.clock.advance(30_000)
    floor.comes("xiaolin", "p_two")
    floor.shop.clock.advance(3_600_000)
    work_once(floor.shop.house)
    assert floor.state(conversation).agent == floor.ids["xiaolin"]


def test_a_second_window_closing_is_no_leaving(floor: Floor) -> None:
    floor.comes("xiaolin", "p_one")
    floor.comes("xiaolin", "p_two")
    floor.goes("xiaolin", "p_two")
    assert floor.present("xiaolin").online
    assert floor.present("xiaolin").gone_at is None


def test_a_process_killed_is_known_by_its_lease_and_its_agents_buyers_go_on(floor: Floor) -> None:
    floor.comes("xiaolin", "p_killed")
    conversation = floor.asks()
    floor.shop.clock.advance(LEASE_MS + 1)
    assert not floor.present("xiaolin").online
    floor.comes("azhao", "p_one")
    for _ in range(2):
        floor.shop.house.writer.run(lambda tx: reap(tx, lambda shop: 60))
    floor.shop.clock.advance(60_001)
    keep_leases(floor)
    work_once(floor.shop.house)
    assert floor.state(conversation).agent == floor.ids["azhao"]


def test_the_first_day_agents_are_online_and_others_are_not_given_buyers(floor: Floor) -> None:
    floor.comes("zhoulan")
    floor.comes("xiaolin")
    assert floor.present("zhoulan").status == "off"
    assert floor.present("xiaolin").status == "online"


@pytest.mark.parametrize("status", ["busy", "away", "off"])
def test_only_online_gets_new_buyers(floor: Floor, status: str) -> None:
    floor.comes("xiaolin")
    floor.says_of_self("xiaolin", status)
    conversation = floor.asks()
    assert floor.state(conversation).agent is None
    floor.says_of_self("xiaolin", "online")
    assert floor.state(conversation).agent == floor.ids["xiaolin"]


def test_an_agent_who_does_nothing_while_a_buyer_waits_becomes_away_and_it_counts(floor: Floor) -> None:
    floor.comes("xiaolin")
    conversation = floor.asks()
    floor.shop.clock.advance(4 * MINUTE)
    floor.comes("azhao", "p_two")
    notice_unattended(floor.shop.house)
    assert floor.present("xiaolin").status == "online"
    keep_leases(floor)
    floor.shop.clock.advance(MINUTE)
    keep_leases(floor)
    notice_unattended(floor.shop.house)
    notice_unattended(floor.shop.house)
    assert floor.present("xiaolin").status == "away"
    assert floor.state(conversation).agent == floor.ids["azhao"]
    with floor.shop.house.database.read() as connection:
        counted = connection.execute(sa.select(journal.c.author).where(journal.c.kind == "unattended")).scalars().all()
    assert counted == [f"agent:{floor.ids['xiaolin']}"]
