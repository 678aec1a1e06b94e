"""Who is at the desk, as one process keeps it: what could not be written, and who serves several shops."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from tests.flows.conftest import Shop
from tests.flows.floor import Floor, keep_leases

from jinpai.desk.actions import add_channel, add_shop
from jinpai.desk.model import Author
from jinpai.desk.visits import open_chat
from jinpai.entrypoints.ws.people import describe
from jinpai.flows.due import work_once
from jinpai.flows.ports import House
from jinpai.flows.receive import Incoming, receive
from jinpai.flows.reception import attendance
from jinpai.flows.reception.attendance import Attendance, notice_unattended
from jinpai.journal.store import journal
from jinpai.journal.writer import Action, Tx
from jinpai.kit.ids import new_secret
from jinpai.staff.store import account_shop

HELLO = "您好，欢迎光临山野集，我是小林😊 您想看看哪款呢？"
MINUTE = 60_000


@pytest.fixture
def floor(shop: Shop) -> Floor:
    return Floor(shop)


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """The database refuses what is written of people who leave."""

    def refuse(*_: object) -> None:
        raise sa.exc.OperationalError("DELETE", {}, Exception("the database is gone"))

    with monkeypatch.context() as patch:
        patch.setattr(attendance, "depart", refuse)
        yield patch


def test_a_leaving_that_could_not_be_written_is_made_good_by_the_next_beat(
    floor: Floor, broken: pytest.MonkeyPatch
) -> None:
    here = Attendance(floor.shop.house)
    here.arrive(floor.ids["xiaolin"])
    here.arrive(floor.ids["azhao"])
    here.leave(floor.ids["xiaolin"])
    floor.shop.house.writer.run(lambda tx: None)
    assert floor.present("xiaolin").online, "this is what the refused writing left behind"
    broken.undo()
    here.beat()
    floor.shop.house.writer.run(lambda tx: None)
    assert not floor.present("xiaolin").online
    assert floor.present("azhao").online


def test_what_somebody_did_is_not_forgotten_when_a_beat_fails(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    here = Attendance(floor.shop.house)
    here.arrive(floor.ids["xiaolin"])
    floor.shop.house.writer.run(lambda tx: None)
    floor.shop.clock.advance(MINUTE)
    here.act(floor.ids["xiaolin"])
    with monkeypatch.context() as patch:

        def refuse(*_: object) -> None:
            raise sa.exc.OperationalError("UPDATE", {}, Exception("the database is gone"))

        patch.setattr(attendance, "renew", refuse)
        with pytest.raises(Exception, match="数据库"):
            here.beat()
    did = floor.shop.clock.now()
    floor.shop.clock.advance(10_000)
    here.beat()
    assert floor.present("xiaolin").active_at == did


def test_who_was_cut_off_is_told_since_then(floor: Floor) -> None:
    here = Attendance(floor.shop.house)
    here.arrive(floor.ids["xiaolin"])
    floor.shop.house.writer.run(lambda tx: None)
    came = describe(floor.shop.house, floor.present("xiaolin"))["since"]
    floor.shop.clock.advance(15 * MINUTE)
    here.leave(floor.ids["xiaolin"])
    floor.shop.house.writer.run(lambda tx: None)
    gone = describe(floor.shop.house, floor.present("xiaolin"))
    assert (gone["online"], gone["status"], gone["since"]) == (False, "online", came + 15 * MINUTE)


def test_an_idle_agent_of_two_shops_gives_back_the_buyers_of_both(floor: Floor) -> None:
    second = second_shop(floor)
    floor.comes("xiaolin")
    here, there = floor.asks(), asks_in(floor, second)
    assert floor.state(there).agent == floor.ids["xiaolin"]
    floor.shop.clock.advance(5 * MINUTE)
    keep_leases(floor)
    notice_unattended(floor.shop.house)
    assert floor.present("xiaolin").status == "away"
    assert (floor.state(here).agent, floor.state(there).agent) == (None, None)


def test_who_answers_at_the_last_moment_on_another_process_is_not_sent_away(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    floor.comes("xiaolin")
    conversation_id = floor.asks()
    floor.shop.clock.advance(5 * MINUTE)
    keep_leases(floor)
    relieve = attendance._relieve

    def answered_meanwhile(house: House, account: str) -> Action[None]:
        floor.shop.agent_says(conversation_id, HELLO)
        return relieve(house, account)

    monkeypatch.setattr(attendance, "_relieve", answered_meanwhile)
    notice_unattended(floor.shop.house)
    assert floor.state(conversation_id).waiting_since is None, "the other process had seen a buyer who waits"
    assert floor.present("xiaolin").status == "online"
    with floor.shop.house.database.read() as connection:
        kinds = connection.execute(sa.select(journal.c.kind).where(journal.c.kind == "unattended")).all()
    assert kinds == []


def second_shop(floor: Floor) -> str:
    """Another shop that the demo shop's agent serves too."""
    house = floor.shop.house

    def act(tx: Tx) -> None:
        add_shop(tx, "second", "第二家")
        add_channel(tx, house.sealer, "second-web", "second", "widget", "网页")
        tx.connection.execute(sa.insert(account_shop).values(account=floor.ids["xiaolin"], shop="second"))

    house.writer.run(act)
    return "second-web"


def asks_in(floor: Floor, channel: str) -> str:
    house = floor.shop.house
    visitor = house.writer.run(open_chat(house.sealer, channel, None, None)).visitor
    message = Incoming(visitor.shop, visitor.conversation, Author("buyer", visitor.id, "访客"), "在吗", new_secret())
    house.writer.run(receive(message))
    work_once(house)
    return visitor.conversation
