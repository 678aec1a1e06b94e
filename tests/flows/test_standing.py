"""What sells best and what is new is told by the shop's own orders and dates; the guard holds agents to it."""

import pytest
from tests.flows.conftest import Shop
from tests.flows.test_live_facts import Desk

from jinpai.flows.learning.habits import DAY
from jinpai.orders.actions import record_orders
from jinpai.orders.model import Item, OrderRow

TENT, BOTTLE = "tent-xiya-2p", "bottle-shanquan"
POPULAR, NOVEL = "false_claim.popularity", "false_claim.novelty"


class Stall(Desk):
    """A desk whose shop has sold something."""

    def sells(self, product: str, times: int, days_ago: int = 1) -> None:
        goods = {one.id: one for one in self.shop.house.content.shop("demo").products}
        at = self.shop.clock.now() - days_ago * DAY
        rows = [
            OrderRow(
                f"{product}{days_ago}{number}", state="completed", items=(Item(goods[product].title, product=product),),
                ordered_at=at, total=100,
            )
            for number in range(times)
        ]  # fmt: skip
        self.shop.house.writer.run(record_orders(self.shop.house.sealer, "demo", rows))
        self.shop.house.sales.forget("demo")
        self.changes["demo"] += 1

    def severity(self, text: str, rule: str) -> str:
        return next((hit.severity for hit in self.says(text).hits if hit.rule == rule), "")


@pytest.fixture
def counter(shop: Shop) -> Stall:
    return Stall(shop)


def test_a_best_seller_may_be_called_one_and_nothing_else_may(counter: Stall) -> None:
    counter.sells(TENT, 40)
    counter.sells(BOTTLE, 2)
    counter.hears("溪崖双人帐怎么样")
    assert counter.severity("您好😊 这款是我们店的爆款，双层防雨，两个人睡正好", POPULAR) == ""
    counter.hears("山泉保温壶呢")
    assert counter.severity("您好😊 这款是我们店的爆款，一升装，保温很久哦", POPULAR) == "block"


def test_a_shop_that_sold_little_is_only_warned(counter: Stall) -> None:
    counter.sells(TENT, 3)
    counter.hears("溪崖双人帐怎么样")
    assert counter.severity("您好😊 这款是我们店的爆款，双层防雨，两个人睡正好", POPULAR) == "warn"


def test_what_sold_well_last_quarter_is_no_best_seller_now(counter: Stall) -> None:
    counter.sells(TENT, 40, days_ago=60)
    counter.sells(BOTTLE, 40)
    counter.hears("溪崖双人帐怎么样")
    assert counter.severity("您好😊 这款是我们店的爆款，双层防雨，两个人睡正好", POPULAR) == "block"


def test_what_was_sold_long_ago_is_not_new(counter: Stall) -> None:
    said = "您好😊 这款是新品上市哦，双层防雨，两个人睡正好"
    counter.hears("溪崖双人帐怎么样")
    assert counter.severity(said, NOVEL) == "warn"
    counter.sells(TENT, 1, days_ago=120)
    assert counter.severity(said, NOVEL) == "block"
