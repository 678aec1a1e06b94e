"""What is handed to another department: done and told, given back, late, an invoice once; on each database."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from tests.flows.conftest import AGENT, MONDAY_10_O_CLOCK, Shop

from jinpai.desk.model import Author
from jinpai.desk.store import get_conversations
from jinpai.flows.due import work_once
from jinpai.flows.tasks import Wish, ask_department, move_on
from jinpai.kit.errors import BadInput, Conflict, NotAllowed
from jinpai.orders.actions import record_orders
from jinpai.orders.model import OrderRow
from jinpai.orders.store import find_order
from jinpai.tasks.invoices import read_invoice
from jinpai.tasks.model import State, Task
from jinpai.tasks.store import find_task, find_untold

DAY = 86_400_000
WAREHOUSE = Author("agent", "a_warehouse", "老秦")
LEAD = Author("agent", "a_lead", "周岚")
FIRM = read_invoice("electronic", "company", "福州测试有限公司", "91350100M000100Y43", "fapiao@example.com")


class Office:
    """A buyer who has asked, and what customer service hands over for them."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        self.chat = shop.chat()
        shop.buyer_says(self.chat, "墨绿色的还有几件")

    def asks(self, by: Author = AGENT, **wish: Any) -> Task:
        house = self.shop.house
        with house.database.read() as connection:
            talk = get_conversations(connection, [self.chat])[self.chat]
        asked = Wish(**({"kind": "check-stock", "words": "墨绿 L 还有几件"} | wish))
        order = self.order() if asked.invoice is not None else None
        return house.writer.run(ask_department(house, by, "demo", talk, order, asked))

    def order(self) -> str:
        house = self.shop.house
        with house.database.read() as connection:
            buyer = get_conversations(connection, [self.chat])[self.chat].buyer
        row = OrderRow("2611230001", buyer=buyer, state="paid", total=13_800, paid=13_800, freight=1_200)
        house.writer.run(record_orders(house.sealer, "demo", [row]))
        with house.database.read() as connection:
            order = find_order(connection, house.sealer, "demo", row.number)
        assert order is not None
        return order.id

    def moves(self, task: Task, to: State, words: str = "", by: Author = WAREHOUSE) -> Task:
        house = self.shop.house
        return house.writer.run(move_on(house, self.now(task), to, by, words, leads=by is LEAD))

    def now(self, task: Task) -> Task:
        with self.shop.house.database.read() as connection:
            found = find_task(connection, task.id)
        assert found is not None
        return found

    def told(self, kind: str) -> list[Any]:
        return [row.entry for row in self.shop.rows(self.chat) if row.entry.kind == kind]

    def is_untold(self, task: Task) -> bool:
        with self.shop.house.database.read() as connection:
            return task.id in find_untold(connection, [task.id])


@pytest.fixture
def office(shop: Shop) -> Office:
    return Office(shop)


def test_the_result_lies_ready_for_the_agent_until_the_buyer_has_been_told(office: Office) -> None:
    task = office.asks()
    assert (task.department, task.state) == ("warehouse", "open")
    assert office.moves(task, "taken").owner == WAREHOUSE.id
    done = office.moves(task, "done", "墨绿 L 还有 6 件")
    assert done.ended_at is not None
    (draft,) = office.told("offered")
    assert "墨绿 L 还有 6 件" in draft.body["text"]
    assert office.is_untold(task)
    office.shop.agent_says(office.chat, draft.body["text"])
    assert not office.is_untold(task)
    assert [entry.data["to"] for entry in office.told("task_moved")] == ["taken", "done"]


def test_a_second_click_hands_nothing_over_again_and_ends_nothing_twice(office: Office) -> None:
    with ThreadPoolExecutor(4) as pool:
        ids = {task.id for task in pool.map(lambda _: office.asks(), range(4))}
    assert len(ids) == 1
    task = office.asks()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: office.moves(task, "done", "还有 6 件"), range(4)))
    assert len(office.told("task_handed")) == 1
    assert len(office.told("offered")) == 1


def test_what_is_given_back_says_why_and_can_be_handed_over_again(office: Office) -> None:
    task = office.asks()
    with pytest.raises(BadInput, match="为什么退回"):
        office.moves(task, "returned")
    office.moves(task, "returned", "哪个款？单子上没写")
    office.shop.clock.advance(DAY)
    again = office.moves(task, "open", "溪崖双人帐", by=AGENT)
    assert (again.state, again.owner) == ("open", None)
    assert again.due_at == task.due_at + DAY


def test_a_colleague_s_task_is_moved_by_them_or_by_who_leads(office: Office) -> None:
    task = office.asks()
    office.moves(task, "taken")
    with pytest.raises(NotAllowed, match="同事在办"):
        office.moves(task, "done", "还有 6 件", by=AGENT)
    with pytest.raises(NotAllowed, match="撤回"):
        office.moves(task, "dropped", "不用了", by=WAREHOUSE)
    assert office.moves(task, "done", "还有 6 件", by=LEAD).state == "done"
    with pytest.raises(Conflict, match="已经办好了"):
        office.moves(task, "dropped", "买家不要了", by=AGENT)


def test_what_is_late_rings_once_and_what_is_done_never(office: Office) -> None:
    late, done = office.asks(), office.asks(words="黑色 M 还有几件")
    office.moves(done, "done", "没有了")
    work_once(office.shop.house)
    assert office.told("task_late") == []
    office.shop.clock.advance(DAY)
    work_once(office.shop.house)
    work_once(office.shop.house)
    assert [entry.data["task"] for entry in office.told("task_late")] == [late.id]
    assert office.now(late).late_at is not None


def test_an_invoice_is_due_in_seven_days_over_the_goods_and_asked_for_once(office: Office) -> None:
    task = office.asks(kind="invoice", words="", invoice=FIRM)
    assert (task.department, task.amount) == ("finance", 12_600)
    assert 7 * DAY < task.due_at - MONDAY_10_O_CLOCK < 8 * DAY
    with pytest.raises(Conflict, match="已经有同事交办"):
        office.asks(kind="invoice", words="急用", invoice=FIRM, by=LEAD)
    office.moves(task, "done", "已经发到您的邮箱")
    with pytest.raises(Conflict, match="作废重开"):
        office.asks(kind="invoice", words="抬头错了", invoice=FIRM)
    assert office.asks(kind="invoice-redo", words="抬头错了", invoice=FIRM).amount == 12_600


def test_an_invoice_without_its_title_and_words_that_say_nothing_are_refused(office: Office) -> None:
    house, order = office.shop.house, office.order()
    with pytest.raises(BadInput, match="抬头"):
        ask_department(house, AGENT, "demo", None, order, Wish("invoice", "开发票"))
    with pytest.raises(BadInput, match="要办什么"):
        office.asks(words="")
    with pytest.raises(BadInput, match="截止"):
        office.asks(due_at=MONDAY_10_O_CLOCK - DAY)
