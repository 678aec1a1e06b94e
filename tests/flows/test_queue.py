"""The queue: who gets a buyer, what happens when an agent drops off, sleeps or is faster than a colleague."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from tests.flows.conftest import Shop

from jinpai.desk import handing, marks
from jinpai.desk.model import Author, Conversation
from jinpai.desk.presence import LEASE_MS, arrive, depart, reap, renew, set_status
from jinpai.desk.seats import Present, find_present, list_present, read_positions
from jinpai.desk.store import get_conversations
from jinpai.flows.attendance import notice_unattended
from jinpai.flows.due import work_once
from jinpai.flows.routing import share_out, then_share_out
from jinpai.journal.model import Receipt
from jinpai.journal.store import journal
from jinpai.journal.writer import Tx
from jinpai.kit.errors import BadInput, Conflict, NotFound

HELLO = "您好，欢迎光临山野集，我是小林😊 您想看看哪款呢？"
MINUTE = 60_000


class Floor:
    """The demo shop's staff at their desks, by login."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        with shop.house.database.read() as connection:
            found = list_present(connection, ["demo"], shop.clock.now())
        self.ids = {present.login: present.account for present in found}
        self.names = {present.login: present.name for present in found}

    def comes(self, login: str, process: str = "p_one") -> str:
        account = self.ids[login]

        def act(tx: Tx) -> None:
            arrive(tx, process, account)
            share_out(self.shop.house, tx, "demo")

        self.shop.house.writer.run(act)
        return account

    def goes(self, login: str, process: str = "p_one") -> None:
        self.shop.house.writer.run(lambda tx: depart(tx, process, self.ids[login], lambda shop: 60))

    def says_of_self(self, login: str, status: str) -> None:
        def act(tx: Tx) -> None:
            set_status(tx, self.ids[login], status, None, self.author(login))  # type: ignore[arg-type]

        self.shop.house.writer.run(then_share_out(self.shop.house, ["demo"], act))

    def author(self, login: str) -> Author:
        return Author("agent", self.ids[login], self.names[login])

    def present(self, login: str) -> Present:
        with self.shop.house.database.read() as connection:
            found = find_present(connection, self.ids[login], self.shop.clock.now())
        assert found is not None
        return found

    def does(self, action: Callable[[Tx], Receipt]) -> Receipt:
        return self.shop.house.writer.run(then_share_out(self.shop.house, ["demo"], action)).check()

    def asks(self, text: str = "在吗") -> str:
        conversation = self.shop.chat()
        self.shop.buyer_says(conversation, text)
        work_once(self.shop.house)
        return conversation

    def state(self, conversation: str) -> Conversation:
        with self.shop.house.database.read() as connection:
            return get_conversations(connection, [conversation])[conversation]

    def place(self, conversation: str) -> int | None:
        with self.shop.house.database.read() as connection:
            return read_positions(connection, [self.state(conversation)]).get(conversation)


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


def keep_leases(floor: Floor) -> None:
    for process in ("p_one", "p_two"):
        floor.shop.house.writer.run(lambda tx, process=process: renew(tx, process))  # type: ignore[misc]


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
    assert state.knows == floor.ids["xiaolin"]


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
