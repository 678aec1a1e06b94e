"""One order as several parcels, several as one: every fen stays, nothing happens twice."""

from dataclasses import replace
from typing import Any

import pytest
from orderbook import SHOP, OrderBook

from jinpai.kit.errors import BadInput, Conflict
from jinpai.orders.arranging import merge_orders, split
from jinpai.orders.model import Item, Order, OrderRow
from jinpai.orders.parts import overpaid, split_off

CAMP = OrderRow(
    number="2611220001",
    buyer_name="山里人",
    state="paid",
    total=10_000,
    paid=10_000,
    freight=1_200,
    items=(Item("帐篷", "墨绿", 1, 5_000), Item("袜子", "", 3, 1_000), Item("头灯", "", 1, 1_999)),
    receiver="张小满",
    phone="13800138000",
    address="浙江省 杭州市 西湖区 龙井路1号",
    region="浙江",
    ordered_at=1_795_200_000_000,
    paid_at=1_795_200_060_000,
)
SOCKS = replace(
    CAMP, number="2611220002", total=1_700, paid=1_700, freight=700, items=(Item("袜子", "", 1, 1_000),),
    remark="送一张卡片", ordered_at=1_795_210_000_000,
)  # fmt: skip


def part_with(book: OrderBook, order: Order, takes: dict[int, int], seen: int | None = None) -> tuple[Order, Order]:
    when = order.changed_at if seen is None else seen
    return book.writer.run(split(book.sealer, order.id, "agent:a_1", takes, when, lambda before, rest: {}))


def merged(book: OrderBook, *orders: Order, freight: int | None = 1_300) -> tuple[Order, list[Order]]:
    seen = {order.id: order.changed_at for order in orders}
    return book.writer.run(merge_orders(book.sealer, "agent:a_1", seen, lambda _: freight))


def money(*orders: Order) -> tuple[int, int, int]:
    return tuple(sum(getattr(order, name) for order in orders) for name in ("total", "paid", "freight"))  # type: ignore[return-value]


def test_two_pairs_of_socks_leave_first_and_every_fen_is_somewhere(book: OrderBook) -> None:
    book.record(CAMP)
    before = book.order(CAMP.number)
    rest, part = part_with(book, before, {1: 2, 2: 1})
    assert (part.number, part.items) == ("2611220001-1", (Item("袜子", "", 2, 1_000), Item("头灯", "", 1, 1_999)))
    assert [item.quantity for item in rest.items] == [1, 1]
    assert money(rest, part) == money(before) == (10_000, 10_000, 1_200)
    assert (part.total, part.freight, part.paid) == (3_519, 0, 3_519)
    assert (part.address, part.paid_at, part.belongs_to) == (before.address, before.paid_at, before.id)
    assert book.order(part.number) == part
    assert [book.history(order.number)[-1].data["others"][0]["number"] for order in (rest, part)] == [
        part.number,
        rest.number,
    ]


def test_a_second_click_splits_nothing_more(book: OrderBook) -> None:
    book.record(CAMP)
    before = book.order(CAMP.number)
    part_with(book, before, {1: 1})
    with pytest.raises(Conflict, match="刚刚有变化"):
        part_with(book, before, {1: 1})
    assert book.count() == 2
    assert part_with(book, book.order(CAMP.number), {1: 1})[1].number == "2611220001-2"


@pytest.mark.parametrize("takes", [{}, {0: 2}, {7: 1}, {0: 0}, {0: 1, 1: 3, 2: 1}])
def test_what_is_not_in_the_order_or_is_all_of_it_is_not_split_off(book: OrderBook, takes: dict[int, int]) -> None:
    book.record(CAMP)
    order = book.order(CAMP.number)
    with pytest.raises(BadInput):
        part_with(book, order, takes)
    assert (book.order(CAMP.number), book.count()) == (order, 1)


def test_the_back_office_tells_the_whole_order_again_and_nothing_comes_back(book: OrderBook) -> None:
    book.record(CAMP)
    rest, part = part_with(book, book.order(CAMP.number), {0: 1})
    assert book.record(CAMP) == ["unchanged"]
    assert (book.order(rest.number), book.order(part.number)) == (rest, part)
    assert book.record(replace(CAMP, state="shipped")) == ["updated"]
    assert money(book.order(rest.number), part) == (10_000, 10_000, 1_200)


def test_two_paid_orders_leave_as_one_parcel_and_the_freight_too_much_is_due_back(book: OrderBook) -> None:
    book.record(CAMP, SOCKS)
    before = [book.order(number) for number in (SOCKS.number, CAMP.number)]
    kept, gone = merged(book, *before)
    assert (kept.number, [one.number for one in gone]) == (CAMP.number, [SOCKS.number])
    assert kept.items[1] == Item("袜子", "", 4, 1_000)
    assert money(kept, *gone) == (8_800 + 1_000 + 1_300, 11_700, 1_300)
    assert overpaid(kept) == 600
    assert (gone[0].state, gone[0].close_reason, kept.remark) == ("closed", "已并入订单 2611220001", "送一张卡片")
    book.record(SOCKS)
    assert (book.order(SOCKS.number), book.order(CAMP.number)) == (gone[0], kept)


def test_a_parcel_whose_weight_nobody_knows_pays_the_dearest_freight_once(book: OrderBook) -> None:
    book.record(CAMP, SOCKS)
    assert merged(book, book.order(CAMP.number), book.order(SOCKS.number), freight=None)[0].freight == 1_200


@pytest.mark.parametrize(
    "other",
    [
        {"address": "浙江省 杭州市 西湖区 文三路1号"},
        {"phone": "13900139000"},
        {"phone": "138****8000"},
        {"buyer_name": "海边人"},
        {"state": "unpaid", "paid": 0},
        {"state": "shipped"},
        {"refund": "open"},
    ],
)
def test_what_may_not_leave_together_stays_apart(book: OrderBook, other: dict[str, Any]) -> None:
    book.record(CAMP, replace(SOCKS, **other))
    before = [book.order(number) for number in (CAMP.number, SOCKS.number)]
    with pytest.raises(Conflict):
        merged(book, *before)
    assert [book.order(order.number) for order in before] == before


def test_shares_of_odd_amounts_add_up_to_the_fen() -> None:
    order = Order("o_1", SHOP, "1", 0, 0, state="paid", total=1_001, paid=1_001, items=CAMP.items)
    for takes in ({0: 1}, {1: 1}, {1: 2, 2: 1}, {0: 1, 1: 3}):
        assert money(*split_off(order, takes, "o_2", "1-1", 1))[:2] == (1_001, 1_001)
