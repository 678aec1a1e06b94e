"""Customers across the house: who wants quiet, what is known already, and one person under two names."""

import pytest
from tests.flows.conftest import Shop
from tests.flows.reminding import Phones, buyer_of, connect, forward, place, reminders

from jinpai.customers.actions import Judgement, change, judge, merge
from jinpai.customers.finding import Listed, Which, find_customers, sum_bought
from jinpai.desk.history import add_buyer
from jinpai.desk.seeds import BuyerSeed
from jinpai.desk.store import get_conversations
from jinpai.flows.filling import read_scene
from jinpai.flows.profiling.exporting import export_customer
from jinpai.orders.actions import record_orders
from jinpai.orders.model import OrderRow


@pytest.fixture
def phones(shop: Shop) -> Phones:
    return connect(shop, Phones())


def be_quiet(shop: Shop, buyer: str) -> None:
    shop.house.writer.run(change(buyer, {"quiet": True}, "agent:a_1"))


def test_a_customer_who_wants_quiet_is_not_reminded(shop: Shop, phones: Phones) -> None:
    talk = shop.chat()
    place(shop, "Q1", buyer_of(shop, talk))
    be_quiet(shop, buyer_of(shop, talk))
    forward(shop, reminders(shop, "Q1")[0].due_at)
    assert (reminders(shop, "Q1")[0].state, reminders(shop, "Q1")[0].why) == ("cancelled", "客户档案里写着请勿打扰")


def test_quiet_holds_for_orders_under_the_customer_s_name_and_phone(shop: Shop, phones: Phones) -> None:
    seed = BuyerSeed(
        id="jingjing", name="静静", recipient="静静", phone="13900139000", address="浙江省杭州市西湖区", since_days=3
    )
    be_quiet(shop, shop.house.writer.run(lambda tx: add_buyer(tx, shop.house.sealer, "demo", seed)))
    place(shop, "Q2", buyer_name="jingjing", phone="13700137000")
    place(shop, "Q3", phone="13900139000")
    place(shop, "Q4", phone="13600136000")
    forward(shop, max(reminders(shop, number)[0].due_at for number in ("Q2", "Q3", "Q4")))
    states = {number: reminders(shop, number)[0].state for number in ("Q2", "Q3", "Q4")}
    assert states == {"Q2": "cancelled", "Q3": "cancelled", "Q4": "sent"}


def test_a_short_message_on_its_way_is_stopped_by_the_wish_for_quiet(shop: Shop, phones: Phones) -> None:
    seed = BuyerSeed(
        id="jingjing", name="静静", recipient="静静", phone="13900139000", address="浙江省杭州市西湖区", since_days=3
    )
    buyer = shop.house.writer.run(lambda tx: add_buyer(tx, shop.house.sealer, "demo", seed))
    place(shop, "Q5", phone="13900139000")
    phones.refuse = 1
    forward(shop, reminders(shop, "Q5")[0].due_at)
    be_quiet(shop, buyer)
    forward(shop, shop.clock.now() + 60_000)
    assert phones.taken == {}
    assert reminders(shop, "Q5")[0].state == "cancelled"


def test_measures_of_the_profile_are_not_asked_for_again(shop: Shop) -> None:
    talk = shop.chat()
    shop.buyer_says(talk, "这件我穿什么码")
    content, now = shop.house.content.shop("demo"), shop.clock.now()

    def known() -> object:
        with shop.house.database.read() as connection:
            state = get_conversations(connection, [talk])[talk]
            return read_scene(connection, shop.house.sealer, content, state, "demo", now).known

    assert known() == {}
    for kind, value in (("height", "165 cm"), ("weight", "52.5 kg")):
        shop.house.writer.run(judge(buyer_of(shop, talk), Judgement(kind, value, "accepted"), "agent:a_1"))  # type: ignore[arg-type]
    assert known() == {"height": 165.0, "weight": 52.5}


def test_customers_are_listed_page_by_page_each_once(shop: Shop) -> None:
    talks = [shop.chat() for _ in range(4)]
    for talk in talks:
        shop.clock.advance(60_000)
        shop.buyer_says(talk, "在吗")
    buyers = [buyer_of(shop, talk) for talk in talks]
    paid = OrderRow("L1", buyer=buyers[1], state="completed", paid=9_900, refunded=900, ordered_at=shop.clock.now())
    shop.house.writer.run(record_orders(shop.house.sealer, "demo", [paid]))
    be_quiet(shop, buyers[2])
    shop.house.writer.run(merge(buyers[3], buyers[0], "agent:a_1"))

    def listed(which: Which, words: str = "", limit: int = 2) -> list[Listed]:
        found: list[Listed] = []
        with shop.house.database.read() as connection:
            cursor = None
            while page := find_customers(connection, shop.house.sealer, ["demo"], words, which, cursor, limit):
                found += page
                cursor = (page[-1].moved_at, page[-1].id)
        return found

    everybody = listed("all")
    assert [one.id for one in everybody if one.id in buyers] == [buyers[2], buyers[1], buyers[0]]
    assert [one.id for one in listed("bought")] == [buyers[1]]
    assert [(one.id, one.quiet) for one in listed("quiet")] == [(buyers[2], True)]
    assert buyers[1] in [one.id for one in listed("all", f"访客 {buyers[1][-4:]}")]
    with shop.house.database.read() as connection:
        assert sum_bought(connection, everybody)[buyers[1]].amount == 9_000


def test_everything_of_a_customer_is_exported_under_all_their_names(shop: Shop) -> None:
    talks = [shop.chat(), shop.chat()]
    for talk, text in zip(talks, ("我先问问", "又来了"), strict=True):
        shop.buyer_says(talk, text)
    first, second = (buyer_of(shop, talk) for talk in talks)
    shop.house.writer.run(merge(second, first, "agent:a_1"))
    shop.house.writer.run(judge(second, Judgement("occasion", "露营", "accepted", talks[1], 2), "agent:a_1"))
    told = export_customer(shop.house, second)
    assert [(one["text"], one["said"]) for one in told["profile"]] == [("用在哪儿：露营", "又来了")]
    assert [one["id"] for one in told["names"]] == [first, second]
    assert {one["text"] for talk in told["conversations"] for one in talk["messages"]} >= {"我先问问", "又来了"}
