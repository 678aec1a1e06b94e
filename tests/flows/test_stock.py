"""The shop's stock in step with its orders, on each database: never below zero, and told alike by everybody."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from tests.flows.conftest import AGENT, Shop

from jinpai.copilot.skills.goods import stock as stock_skill
from jinpai.desk.store import get_conversations
from jinpai.flows.advising.suggesting import ground_of
from jinpai.flows.filling import read_scene
from jinpai.flows.guarding.circumstances import Asked, Subject, context_of
from jinpai.flows.guarding.surroundings import read_record
from jinpai.flows.stocking.stock import opening_for
from jinpai.kit.errors import BadInput, Conflict, NotFound, Refusal
from jinpai.orders.actions import change_order, record_orders
from jinpai.orders.changes import close
from jinpai.orders.model import Item, OrderRow, Parcel
from jinpai.orders.store import find_order
from jinpai.stock.actions import Correction, correct
from jinpai.stock.model import Level
from jinpai.stock.store import count_missing, read_available, read_levels, read_movements

PACK = "林行 45 升徒步背包 可调背负 附防雨罩"
ORANGE, GREY = "pack-linxing-45-orange", "pack-linxing-45-grey"


class Warehouse:
    """The demo shop's warehouse: three orange packs and twenty-two grey ones to begin with."""

    def __init__(self, shop: Shop) -> None:
        self.house = shop.house
        with self.house.database.read() as connection:
            self.opened = opening_for(connection, self.house.content.shop("demo"), "demo", [ORANGE]).at

    def order(self, number: str, pieces: int = 1, state: str = "paid", colour: str = "柿子橙", at: int = 1_000) -> None:
        parcels = (Parcel("788000012345", "中通"),) if state == "shipped" else ()
        row = OrderRow(
            number, state=state, total=38_900, items=(Item(PACK, colour, pieces, 38_900, "pack-linxing-45"),),  # type: ignore[arg-type]
            ordered_at=self.opened + at, parcels=parcels,
        )  # fmt: skip
        self.house.writer.run(record_orders(self.house.sealer, "demo", [row]))

    def corrects(self, counted: int, seen: int, **more: Any) -> Level:
        asked = Correction(ORANGE, counted, seen, **({"reason": "counted"} | more))
        with self.house.database.read() as connection:
            opening = opening_for(connection, self.house.content.shop("demo"), "demo", [ORANGE])
        return self.house.writer.run(correct(opening, asked, AGENT))

    def numbers(self, sku: str = ORANGE) -> tuple[int, int]:
        with self.house.database.read() as connection:
            level = read_levels(connection, "demo")[sku]
        return level.on_hand, level.reserved

    def lines(self, sku: str = ORANGE) -> list[tuple[str, int, int, str]]:
        with self.house.database.read() as connection:
            found = read_movements(connection, "demo", sku, None, 50)
        return [(one.kind, one.pieces, one.held, one.cause.number) for one in reversed(found)]


@pytest.fixture
def warehouse(shop: Shop) -> Warehouse:
    return Warehouse(shop)


def test_an_order_reserves_closing_releases_and_dispatch_takes_it_out(warehouse: Warehouse) -> None:
    house = warehouse.house
    warehouse.order("SK1", 2, "unpaid")
    warehouse.order("SK2", 1, at=2_000)
    assert warehouse.numbers() == (3, 3)
    with house.database.read() as connection:
        first = find_order(connection, house.sealer, "demo", "SK1")
    assert first is not None
    house.writer.run(change_order(house.sealer, first.id, AGENT.key(), close("不想要了")))
    warehouse.order("SK2", 1, "shipped", at=2_000)
    warehouse.order("SK2", 1, "completed", at=2_000)
    assert warehouse.numbers() == (2, 0)
    assert warehouse.lines() == [
        ("opened", 3, 0, ""), ("held", 0, 2, "SK1"), ("held", 0, 1, "SK2"), ("released", 0, -2, "SK1"),
        ("sent", -1, -1, "SK2"),
    ]  # fmt: skip


def test_twenty_buyers_at_once_never_hold_more_than_there_is(warehouse: Warehouse) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: warehouse.order(f"RUSH{number}", at=number), range(20)))
    assert warehouse.numbers() == (3, 3)
    with warehouse.house.database.read() as connection:
        assert count_missing(connection, "demo") == {ORANGE: 17}


def test_history_and_orders_nobody_dates_reserve_nothing(warehouse: Warehouse) -> None:
    warehouse.order("OLD1", at=-1)
    row = OrderRow("NODATE", state="paid", items=(Item(PACK, "柿子橙", 1, 38_900, "pack-linxing-45"),))
    warehouse.house.writer.run(record_orders(warehouse.house.sealer, "demo", [row]))
    with warehouse.house.database.read() as connection:
        assert read_levels(connection, "demo") == {}


def test_guard_copilot_and_variables_tell_what_is_left_not_what_was(shop: Shop, warehouse: Warehouse) -> None:
    house, chat = shop.house, shop.chat()
    warehouse.order("SK1", 2)
    content, now = house.content.shop("demo"), house.clock.now()
    product = next(one for one in content.products if one.id == "pack-linxing-45")
    orange = next(sku for sku in product.skus if sku.id == ORANGE)
    with house.database.read() as connection:
        state = get_conversations(connection, [chat])[chat]
        scene = read_scene(connection, house.sealer, content, state, "demo", now)
        record = read_record(connection, house.sealer, "demo", chat, (0, frozenset()), now)
    ground = ground_of(content, scene, {"product": product.id, "sku": ORANGE}, "柿子橙还有吗", now)
    assert stock_skill(ground)[0].values["库存"] == "1"
    known = context_of(content, Subject(product.id, ORANGE), Asked("柿子橙只剩 1 件了"), record, "", now).product
    assert known is not None
    assert [one.stock for one in known.variants] == [1]
    assert scene.stock.of(orange) == 1


def test_what_is_counted_is_written_down_once_with_its_reason_and_two_do_not_overwrite_each_other(
    warehouse: Warehouse,
) -> None:
    warehouse.order("SK1", 2)
    with ThreadPoolExecutor(4) as pool:
        levels = list(pool.map(lambda _: warehouse.corrects(5, 3, reason="found", note="货架后面还有"), range(4)))
    assert {(one.on_hand, one.available) for one in levels} == {(5, 3)}
    assert warehouse.lines()[-1] == ("corrected", 2, 0, "")
    with pytest.raises(Conflict, match="5 件"):
        warehouse.corrects(4, 3)
    assert warehouse.corrects(1, 5, reason="damaged").reserved == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"counted": -1}, BadInput), ({"counted": 2_000_000}, BadInput), ({"counted": 1, "reason": "other"}, BadInput)],
)
def test_what_cannot_be_counted_is_refused(warehouse: Warehouse, wrong: dict[str, Any], told: type[Refusal]) -> None:
    with pytest.raises(told):
        warehouse.corrects(seen=3, **wrong)
    with warehouse.house.database.read() as connection, pytest.raises(NotFound, match="没有规格"):
        opening_for(connection, warehouse.house.content.shop("demo"), "demo", ["no-such"])
    with warehouse.house.database.read() as connection:
        assert read_available(connection, "demo").pieces == {}
