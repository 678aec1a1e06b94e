"""To which number care goes, on each database: one that stands in the customer's record, of nobody who wants none."""

import pytest
import sqlalchemy as sa
from tests.flows.conftest import Shop
from tests.flows.reminding import Phones, connect, forward
from tests.flows.texting import (
    DAY,
    PHONE,
    add_member,
    facts,
    open_task,
    receive_goods,
    tasks,
    text,
    works,
)

from jinpai.care.model import CARED, HANDED, Care
from jinpai.customers.actions import change, merge
from jinpai.customers.store import get_customer
from jinpai.desk.store import buyer
from jinpai.desk.visits import sealed_phone
from jinpai.flows.caring.planning import CARE_PLAN
from jinpai.flows.caring.texting import send_care_text
from jinpai.flows.profiling.erasing import WHY, erase_customer
from jinpai.journal.due import Due, schedule
from jinpai.journal.writer import Tx
from jinpai.kit.errors import Conflict
from jinpai.orders.store import orders

OTHER = "13700137000"


@pytest.fixture
def phones(shop: Shop) -> Phones:
    return connect(shop, Phones())


@pytest.fixture
def task(shop: Shop) -> Care:
    return open_task(shop)


def change_buyer(shop: Shop, id_: str, **values: object) -> None:
    mine = sa.update(buyer).where(buyer.c.id == id_).values(**values)
    assert shop.house.writer.run(lambda tx: tx.connection.execute(mine).rowcount) == 1


def given(shop: Shop, id_: str, number: str | None) -> None:
    """Give the buyer this number, or take it away; what finds their orders by the number they had stays."""
    phone = sealed_phone(shop.house.sealer, number)["phone"] if number is not None else None
    change_buyer(shop, id_, phone=phone)


def numberless(shop: Shop, member_id: str) -> str:
    """A buyer the shop knows by this member id, and by no number."""
    member = add_member(shop, member_id, OTHER)
    change_buyer(shop, member, phone=None, phone_index=None, phone_tail_index=None)
    return member


def test_a_number_gone_from_the_record_does_not_come_back_by_an_order_found_through_it(
    shop: Shop, phones: Phones, task: Care
) -> None:
    given(shop, task.buyer, None)
    with shop.house.database.read() as connection:
        query = sa.select(orders.c.buyer, orders.c.phone).where(orders.c.id == task.order_id)
        order = connection.execute(query).one()
    assert order.buyer is None, "it is theirs by its number alone"
    assert order.phone is not None
    with pytest.raises(Conflict, match="手机号"):
        text(shop, task.id)
    assert tasks(shop)[0].state == "open"


def test_a_number_that_goes_while_the_message_waits_is_not_written_to(shop: Shop, phones: Phones, task: Care) -> None:
    text(shop, task.id)
    given(shop, task.buyer, None)
    forward(shop, shop.clock.now())
    (back,) = tasks(shop)
    assert (back.state, back.means) == ("open", "")
    assert "手机号" in back.why
    assert phones.calls == 0


def test_a_new_number_of_their_own_goes_before_those_of_their_orders(shop: Shop, phones: Phones, task: Care) -> None:
    change_buyer(shop, task.buyer, **sealed_phone(shop.house.sealer, OTHER))
    receive_goods(shop, "N2", buyer_name="jingjing", completed_at=None, state="paid")
    text(shop, task.id)
    forward(shop, shop.clock.now())
    assert [message.phone for message in phones.taken.values()] == [OTHER]


def test_of_merged_names_the_one_that_moved_last_is_written_to(shop: Shop, phones: Phones, task: Care) -> None:
    talk = shop.chat()
    shop.buyer_says(talk, "我换号了")
    with shop.house.database.read() as connection:
        query = sa.text("SELECT buyer FROM conversation WHERE id = :id")
        visitor = str(connection.execute(query, {"id": talk}).scalar_one())
    change_buyer(shop, visitor, **sealed_phone(shop.house.sealer, OTHER))
    shop.house.writer.run(merge(visitor, task.buyer, "agent:a_1"))
    text(shop, task.id)
    forward(shop, shop.clock.now())
    assert [message.phone for message in phones.taken.values()] == [OTHER]


def test_an_order_placed_as_them_tells_their_number_until_a_newer_one_hides_it(shop: Shop, phones: Phones) -> None:
    member = numberless(shop, "jingjing")
    receive_goods(shop, "N3", buyer_name="jingjing")
    forward(shop, tasks(shop)[0].due_at)
    (task,) = tasks(shop)
    assert (task.state, task.buyer) == ("open", member)
    now = shop.clock.now()
    hidden = {"phone": "139****9000", "state": "paid", "ordered_at": now, "completed_at": None}
    receive_goods(shop, "N4", buyer_name="jingjing", **hidden)
    with pytest.raises(Conflict, match="手机号"):
        text(shop, task.id)
    receive_goods(shop, "N5", buyer_name="jingjing", **{**hidden, "phone": PHONE, "ordered_at": now + 1})
    assert text(shop, task.id).state == "sending"


@pytest.mark.parametrize("way", ["their own", "an order's"])
def test_the_number_of_somebody_who_wants_quiet_is_not_written_to_under_another_name(
    shop: Shop, phones: Phones, task: Care, way: str
) -> None:
    second = add_member(shop, "second") if way == "their own" else numberless(shop, "second")
    if way == "an order's":
        receive_goods(shop, "N6", buyer=second, buyer_name="", completed_at=None, state="paid")
    shop.house.writer.run(change(second, {"quiet": True}, "agent:a_1"))
    with pytest.raises(Conflict, match="不想被打扰"):
        text(shop, task.id)
    shop.house.writer.run(change(second, {"quiet": False}, "agent:a_1"))
    text(shop, task.id)
    shop.house.writer.run(change(second, {"quiet": True}, "agent:a_1"))
    forward(shop, shop.clock.now())
    assert phones.calls == 0
    assert "不想被打扰" in tasks(shop)[0].why


def erase(shop: Shop, id_: str) -> None:
    shop.house.writer.run(erase_customer(shop.house, id_, "静静", "agent:a_9"))


def works_of(shop: Shop, id_: str) -> set[tuple[str, str]]:
    """The works about this buyer with their states, and what they still say."""
    with shop.house.database.read() as connection:
        query = sa.text("SELECT state, data FROM due WHERE subject = :id")
        return {(row.state, str(row.data)) for row in connection.execute(query, {"id": id_})}


def test_who_is_erased_while_a_message_waits_gets_nothing_and_nothing_waits(
    shop: Shop, phones: Phones, task: Care
) -> None:
    text(shop, task.id)
    (work,) = works(shop)
    erase(shop, task.buyer)
    assert works(shop) == []
    assert {state for state, _ in works_of(shop, task.buyer)} <= {"cancelled", "done"}
    assert {data for _, data in works_of(shop, task.buyer)} == {"{}"}
    send_care_text(shop.house, work)
    forward(shop, shop.clock.now() + 400 * DAY)
    assert phones.calls == 0
    assert (tasks(shop)[0].state, tasks(shop)[0].why) == ("cancelled", WHY)
    assert [body for body, _ in facts(shop, HANDED)] == [{}]
    assert {one.state for one in tasks(shop, "care.silence")} == {"cancelled"}


def test_who_is_erased_while_the_provider_has_the_message_is_noted_nowhere(
    shop: Shop, phones: Phones, task: Care
) -> None:
    class Slow:
        reaches_phones = True

        def send(self, message: object) -> None:
            erase(shop, task.buyer)
            phones.send(message)  # type: ignore[arg-type]

    text(shop, task.id)
    connect(shop, Slow())
    forward(shop, shop.clock.now())
    forward(shop, shop.clock.now() + DAY)
    assert phones.calls == 1
    assert tasks(shop)[0].state == "cancelled"
    assert facts(shop, CARED) == []


def test_what_an_erased_customer_s_orders_still_tell_is_no_occasion(shop: Shop, phones: Phones, task: Care) -> None:
    erase(shop, task.buyer)

    def told_before(tx: Tx) -> None:
        work = Due("demo", CARE_PLAN, "demo", "late", tx.now, {"settled": [task.order_id], "buyers": [task.buyer]})
        schedule(tx.connection, [work], tx.now)

    shop.house.writer.run(told_before)
    forward(shop, shop.clock.now())
    assert tasks(shop, "care.settled") == []
    with pytest.raises(Conflict):
        text(shop, task.id)
    with shop.house.database.read() as connection:
        known = get_customer(connection, task.buyer)
    assert known is not None
    assert (known.quiet, known.erased_at is None) == (True, False)
