"""Trades end by themselves on each database: goods come free, reminders stop, and a payment told later wins."""

from concurrent.futures import ThreadPoolExecutor

from tests.flows.conftest import Shop
from tests.flows.reminding import HOUR, change, forward, order, place, reminders

from jinpai.flows.ordering.endings import end_trades
from jinpai.orders.model import TIMED_OUT, Item
from jinpai.orders.store import read_history
from jinpai.stock.store import read_levels

DAY = 24 * HOUR
PACK = Item("林行 45 升徒步背包 可调背负 附防雨罩", "柿子橙", 2, 38_900, "pack-linxing-45")


def reserved(shop: Shop) -> int:
    with shop.house.database.read() as connection:
        return read_levels(connection, "demo")["pack-linxing-45-orange"].reserved


def deeds(shop: Shop, number: str) -> list[str]:
    with shop.house.database.read() as connection:
        history = read_history(connection, order(shop, number).id)
    return [str((fact.data or {}).get("deed", "")) for fact in history]


def test_an_unpaid_order_closes_frees_its_goods_and_comes_back_when_it_was_paid_after_all(shop: Shop) -> None:
    begun = shop.clock.now()
    place(shop, "E1", items=(PACK,), phone="13800138000")
    assert reserved(shop) == 2
    forward(shop, begun + DAY - 1)
    assert end_trades(shop.house, "demo") == 0
    forward(shop, begun + DAY)
    assert end_trades(shop.house, "demo") == 1
    assert end_trades(shop.house, "demo") == 0
    closed = order(shop, "E1")
    assert (closed.state, closed.close_reason, reserved(shop)) == ("closed", TIMED_OUT, 0)
    assert {row.state for row in reminders(shop, "E1")} <= {"sent", "cancelled"}
    assert deeds(shop, "E1").count("ended") == 1
    change(shop, "E1", state="paid", paid=12_900, paid_at=begun + DAY - 1)
    assert (order(shop, "E1").state, reserved(shop)) == ("paid", 2)
    forward(shop, begun + 3 * DAY)
    assert end_trades(shop.house, "demo") == 0


def test_what_left_long_ago_completes_unless_a_refund_is_open(shop: Shop) -> None:
    begun = shop.clock.now()
    for number, refund in (("E2", "none"), ("E3", "open")):
        place(shop, number)
        change(shop, number, state="shipped", paid=12_900, shipped_at=begun, refund=refund)
    forward(shop, begun + 10 * DAY)
    assert end_trades(shop.house, "demo") == 1
    assert (order(shop, "E2").state, order(shop, "E2").completed_at) == ("completed", None)
    assert order(shop, "E3").state == "shipped"


def test_two_processes_end_a_trade_once(shop: Shop) -> None:
    begun = shop.clock.now()
    for number in range(60):
        place(shop, f"E{number}")
    forward(shop, begun + DAY)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: end_trades(shop.house, "demo"), range(2)))
    assert all(deeds(shop, f"E{number}").count("ended") == 1 for number in range(60))
