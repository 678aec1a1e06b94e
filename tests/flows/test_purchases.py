"""Buying what is short: proposed, approved, sent, counted as it comes, and sold once it is on the shelf."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.flows.conftest import AGENT, Shop
from tests.flows.test_stock import ORANGE, Warehouse

from jinpai.desk.model import Author
from jinpai.flows.stocking.returning import put_back, take_back
from jinpai.flows.stocking.stock import opening_for
from jinpai.flows.stocking.stocktaking import take_stock
from jinpai.kit.errors import BadInput, Conflict
from jinpai.stock.model import MOST
from jinpai.stock.purchase_actions import count, move, propose
from jinpai.stock.purchase_store import read_history
from jinpai.stock.purchasing import Line, Purchase, State, Tally
from jinpai.stock.return_actions import inspect

LEAD = Author("agent", "a_lead", "周岚")


class Buying(Warehouse):
    """The warehouse, and what is bought for it."""

    def asks(self, pieces: int = 10) -> Purchase:
        line = Line(ORANGE, "林行45升背包 柿子橙", pieces, price=18_800)
        return self.house.writer.run(propose("demo", "武夷包袋厂", [line], AGENT, "周末活动"))

    def moves(self, one: Purchase, to: State, words: str = "") -> Purchase:
        return self.house.writer.run(move(one.id, to, one.steps, LEAD, words))

    def sent(self) -> Purchase:
        return self.moves(self.moves(self.asks(), "approved"), "sent")

    def counts(self, one: Purchase, **numbers: int) -> Purchase:
        with self.house.database.read() as connection:
            opening = opening_for(connection, self.house.content.shop("demo"), "demo", ())
        return self.house.writer.run(count(opening, one.id, [Tally(ORANGE, **numbers)], one.steps, AGENT, ""))

    def short_of(self) -> int:
        with self.house.database.read() as connection:
            stock = take_stock(connection, self.house.content.shop("demo"), "demo")
        return next(one.short_of for one in stock if one.level.sku == ORANGE)


@pytest.fixture
def buying(shop: Shop) -> Buying:
    return Buying(shop)


def test_what_is_short_is_proposed_once_and_waits_for_whoever_decides(buying: Buying) -> None:
    buying.order("SK1", 5)
    assert buying.short_of() == 12
    with ThreadPoolExecutor(4) as pool:
        asked = {one.number for one in pool.map(lambda _: buying.asks(12), range(4))}
    assert len(asked) == 1
    assert buying.short_of() == 0
    one = buying.asks(12)
    with pytest.raises(Conflict, match="等审批"):
        buying.moves(one, "sent")
    with pytest.raises(BadInput, match="为什么驳回"):
        buying.moves(one, "refused")
    assert buying.moves(one, "refused", "换一家").stage == "refused"
    assert buying.short_of() == 12


def test_goods_come_in_parts_are_looked_at_and_go_first_to_the_orders_that_wait(buying: Buying) -> None:
    buying.order("SK1", 5)
    one = buying.sent()
    one = buying.counts(one, received=6)
    assert buying.numbers() == (3, 3)
    one = buying.counts(one, good=5, defective=1, shelved=4)
    assert (one.stage, buying.numbers()) == ("receiving", (7, 5))
    one = buying.counts(one, received=11, good=10, shelved=10)
    assert (one.stage, buying.numbers()) == ("done", (13, 5))
    assert ("shelved", 4, 0, one.number) in buying.lines()
    with buying.house.database.read() as connection:
        kinds = [fact.kind for fact in read_history(connection, one.id)]
    assert kinds == ["purchase_asked", "purchase_moved", "purchase_moved"] + ["purchase_counted"] * 3


def test_a_double_click_shelves_once_and_a_colleague_in_between_is_not_overwritten(buying: Buying) -> None:
    one = buying.sent()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: buying.counts(one, received=5, good=5, shelved=5), range(4)))
    assert buying.numbers() == (8, 0)
    with pytest.raises(Conflict, match="同事动过"):
        buying.counts(one, received=4)


def test_numbers_that_cannot_be_are_refused_and_ending_short_needs_a_word(buying: Buying) -> None:
    one = buying.sent()
    wrong = ({"received": MOST + 1}, {"received": 2, "good": 3}, {"received": 3, "good": 1, "shelved": 2}, {"good": -1})
    for numbers in wrong:
        with pytest.raises(BadInput):
            buying.counts(one, **numbers)
    one = buying.counts(one, received=4, good=4)
    with pytest.raises(Conflict, match="上完架"):
        buying.moves(one, "done", "少的退款")
    one = buying.counts(one, shelved=4)
    with pytest.raises(BadInput, match="已经上架"):
        buying.counts(one, shelved=3)
    with pytest.raises(BadInput, match="怎么处理"):
        buying.moves(one, "done")
    assert buying.moves(one, "done", "少的 6 件厂家退款").stage == "done"


def test_what_comes_back_can_be_sold_once_it_was_looked_at_and_no_more_than_was_bought(buying: Buying) -> None:
    house = buying.house
    buying.order("SK1", 3)
    buying.order("SK1", 3, "shipped")
    with pytest.raises(BadInput, match="一共 3 件"):
        house.writer.run(take_back(house, AGENT, "demo", "parcel-0", ORANGE, 4, "SK1", ""))
    with ThreadPoolExecutor(4) as pool:
        same = take_back(house, AGENT, "demo", "parcel-1", ORANGE, 3, "SK1", "")
        back = next(iter(set(pool.map(lambda _: house.writer.run(same), range(4)))))
    with pytest.raises(BadInput, match="已经收回 3 件"):
        house.writer.run(take_back(house, AGENT, "demo", "parcel-2", ORANGE, 1, "SK1", ""))
    with pytest.raises(Conflict, match="还没有验货"):
        house.writer.run(put_back(house, AGENT, back))
    assert buying.numbers() == (0, 0)
    house.writer.run(inspect(back.id, 2, None, AGENT))
    with pytest.raises(Conflict, match="同事刚刚验过"):
        house.writer.run(inspect(back.id, 3, None, LEAD))
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: house.writer.run(put_back(house, AGENT, back)), range(4)))
    assert buying.numbers() == (2, 0)
    assert buying.lines()[-1] == ("returned", 2, 0, "SK1")


def test_goods_nobody_knows_the_order_of_need_a_word_and_a_wrong_order_is_named(buying: Buying) -> None:
    house = buying.house
    buying.order("SK1", 1, "shipped", colour="岩灰")
    for number, note, told in (("", "", "从哪里来"), ("NO-SUCH", "", "没有订单"), ("SK1", "", "没有这个规格")):
        with pytest.raises(BadInput, match=told):
            house.writer.run(take_back(house, AGENT, "demo", "parcel-9", ORANGE, 1, number, note))
    back = house.writer.run(take_back(house, AGENT, "demo", "parcel-9", ORANGE, 1, "", "顺丰到付，没有写订单号"))
    assert (back.state, back.order_id) == ("received", None)
