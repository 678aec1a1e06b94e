"""Parcels on their way: what couriers tell, what the radar finds, hands over and drafts; on each database."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from tests.flows.conftest import AGENT, MONDAY_10_O_CLOCK, Shop

from jinpai.bootstrap import build_house, close_house, open_house
from jinpai.desk.store import get_conversations
from jinpai.flows.importing.running import lay_out
from jinpai.flows.tracking.feed import take_news
from jinpai.flows.tracking.radar import RADAR, lay_again, raise_alert, settle_alert, sweep
from jinpai.flows.tracking.traces import TRACE_FILES, tell_by_hand
from jinpai.importing.model import Tally
from jinpai.kit.errors import BadInput, Conflict
from jinpai.orders.actions import record_orders
from jinpai.orders.alerts.model import Finding
from jinpai.orders.alerts.store import Alert, find_alerts
from jinpai.orders.claims.actions import Asked, move_claim, open_claim
from jinpai.orders.model import Order, OrderRow, Parcel
from jinpai.orders.store import find_order, orders, read_history
from jinpai.orders.tracking.model import Trace, Track
from jinpai.orders.tracking.store import find_tracks
from jinpai.tasks.store import find_of_order

HOUR = 3_600_000
DAY = 24 * HOUR


class Counter:
    """A buyer with a conversation and an order on its way."""

    def __init__(self, shop: Shop) -> None:
        self.shop, self.house = shop, shop.house
        self.chat = shop.chat()
        shop.buyer_says(self.chat, "在吗")
        shop.agent_says(self.chat, "在的亲")
        with self.house.database.read() as connection:
            self.buyer = get_conversations(connection, [self.chat])[self.chat].buyer

    def places(self, number: str = "2611230001", **told: Any) -> Order:
        paid = {"state": "paid", "paid_at": MONDAY_10_O_CLOCK - HOUR, "ordered_at": MONDAY_10_O_CLOCK - HOUR}
        row = OrderRow(number, **{"buyer": self.buyer, **paid, **told})
        self.house.writer.run(record_orders(self.house.sealer, "demo", [row]))
        return self.order(number)

    def sends(self, number: str = "2611230001", waybill: str = "ZT10001", days: int = 1) -> Order:
        at = MONDAY_10_O_CLOCK - days * DAY
        times = {"ordered_at": at - HOUR, "paid_at": at - HOUR, "shipped_at": at}
        return self.places(number, state="shipped", parcels=(Parcel(waybill, "中通快递"),), **times)

    def order(self, number: str) -> Order:
        with self.house.database.read() as connection:
            order = find_order(connection, self.house.sealer, "demo", number)
        assert order is not None
        return order

    def brings(self, *lines: str) -> Tally:
        content = "\n".join(("运单号,时间,状态,物流信息", *lines)).encode()
        job = lay_out(self.house, TRACE_FILES, "demo", "agent:a_1", content)
        foreseen = TRACE_FILES.foresee(self.house, job)
        tally = TRACE_FILES.run(self.house, job, lambda _: None)
        assert foreseen == tally
        return tally

    def track(self, waybill: str = "ZT10001") -> Track | None:
        with self.house.database.read() as connection:
            return find_tracks(connection, "demo", [waybill]).get(waybill)

    def alerts(self, order: Order) -> dict[str, Alert]:
        with self.house.database.read() as connection:
            return {kind: alert for (_, kind), alert in find_alerts(connection, [order.id]).items()}

    def tasks(self, order: Order) -> list[str]:
        with self.house.database.read() as connection:
            return [task.kind for task in find_of_order(connection, order.id)]

    def drafts(self) -> list[str]:
        return [row.entry.body["text"] for row in self.shop.rows(self.chat) if row.entry.kind == "offered"]


@pytest.fixture
def counter(shop: Shop) -> Counter:
    return Counter(shop)


def test_a_courier_s_file_is_taken_in_once_in_any_order_and_delivers_the_order(counter: Counter) -> None:
    order = counter.sends()
    lines = ["ZT10001,2026-11-22 20:00,运输中,离开杭州", "ZT10001,2026-11-22 18:00,已揽收,杭州揽收"]
    tally = counter.brings(*lines, lines[0], "ZT99999,2026-11-22 18:00,已揽收,", "ZT10001,2019-11-22 18:00,已揽收,")
    assert (tally.created, tally.unchanged) == (2, 1)
    assert {one.line: one.reason[:9] for one in tally.rejected} == {5: "店里没有运单号是 ", 6: "运单 ZT10001"[:9]}
    assert counter.track() is not None
    before = counter.track()
    assert counter.brings(*reversed(lines)).unchanged == 2
    assert counter.track() == before
    assert counter.order(order.number).state == "shipped"
    counter.brings("ZT10001,2026-11-23 09:00,已签收,门卫代收")
    assert counter.order(order.number).state == "delivered"
    with counter.house.database.read() as connection:
        kinds = [fact.kind for fact in read_history(connection, order.id)]
    assert kinds == ["order_recorded", "parcel_moved", "parcel_moved", "order_changed"]


def test_a_file_dropped_in_the_folder_is_taken_in_and_put_aside_with_its_report(counter: Counter) -> None:
    counter.sends()
    folder = counter.house.settings.home / "tracking" / "demo"
    folder.mkdir(parents=True)
    (folder / "a.csv").write_text("运单号,时间,状态\nZT10001,2026-11-22 18:00,已揽收\nZT10001,,已签收\n")
    (folder / "b.json").write_text("{torn")
    (folder / "c.csv").write_text("运单号,时间,状态\n")
    assert take_news(counter.house) == 0
    long_ago = time.time() - 60
    for name in ("a.csv", "b.json"):
        os.utime(folder / name, (long_ago, long_ago))
    assert take_news(counter.house) == 2
    track = counter.track()
    assert track is not None
    assert track.state == "accepted"
    report = (folder / "done" / "a.csv.report").read_text()
    assert "新增 1" in report
    assert "第 3 行：没有时间" in report
    assert "没有导入" in (folder / "done" / "b.json.report").read_text()
    assert [path.name for path in folder.glob("*.*")] == ["c.csv"]


def test_what_somebody_found_out_is_noted_only_for_a_parcel_of_the_order(counter: Counter) -> None:
    order = counter.sends()
    trace = Trace("ZT10001", MONDAY_10_O_CLOCK - HOUR, "stuck", "派件员 13900139000 说地址不详")
    counter.house.writer.run(tell_by_hand(counter.house, "agent:a_1", order, trace))
    track = counter.track()
    assert track is not None
    assert (track.state, track.text) == ("stuck", "派件员 139****9000 说地址不详")
    for wrong in (replace(trace, number="ZT2"), replace(trace, at=MONDAY_10_O_CLOCK + 1), replace(trace, at=1)):
        with pytest.raises(BadInput):
            tell_by_hand(counter.house, "agent:a_1", order, wrong)


def test_what_waits_too_long_is_handed_over_and_drafted_once_whoever_looks_and_however_often(counter: Counter) -> None:
    order = counter.places(paid_at=MONDAY_10_O_CLOCK - 47 * HOUR)
    sweep(counter.house, "demo")
    assert counter.alerts(order) == {}
    counter.shop.clock.advance(HOUR)
    other = build_house(counter.house.settings, counter.shop.clock)
    open_house(other)
    try:
        with ThreadPoolExecutor(4) as people:
            finding = Finding(order.id, "late", "", order.paid_at or 0)
            houses = [counter.house, other, counter.house, other]
            raised = list(people.map(lambda house: house.writer.run(raise_alert(house, finding)), houses))
        sweep(other, "demo")
    finally:
        close_house(other)
    assert sorted(raised) == [False, False, False, True]
    assert counter.tasks(order) == ["urge-dispatch"]
    (words,) = counter.drafts()
    assert "申请退款" in words
    alert = counter.alerts(order)["late"]
    assert (alert.state, alert.conversation) == ("open", counter.chat)
    counter.places(state="shipped", parcels=(Parcel("ZT10001", "中通快递"),), shipped_at=counter.shop.clock.now())
    sweep(counter.house, "demo")
    settled = counter.alerts(order)["late"]
    assert (settled.state, settled.settled_by) == ("settled", "facts")


def test_an_order_that_leaves_in_the_last_second_alarms_nobody(counter: Counter) -> None:
    order = counter.places(paid_at=MONDAY_10_O_CLOCK - 50 * HOUR)
    action = raise_alert(counter.house, Finding(order.id, "late", "", order.paid_at or 0))
    counter.sends(order.number)
    assert counter.house.writer.run(action) is False
    assert (counter.tasks(order), counter.drafts(), counter.alerts(order)) == ([], [], {})


def test_trouble_on_the_way_is_found_by_what_the_courier_tells_and_goes_when_it_is_over(counter: Counter) -> None:
    silent = counter.sends("2611230002", "ZT10002", days=4)
    stuck = counter.sends("2611230003", "ZT10003", days=2)
    old = counter.sends("2611230004", "ZT10004", days=40)
    asked = counter.sends("2611230005", "ZT10005", days=4)
    freight = counter.places("2611230006", buyer=None, paid_at=MONDAY_10_O_CLOCK - 4 * DAY)
    is_freight = sa.update(orders).where(orders.c.id == freight.id).values(origin="freight")
    counter.house.writer.run(lambda tx: tx.connection.execute(is_freight))
    counter.places("2611230005", state="shipped", refund="open")
    counter.brings("ZT10003,2026-11-23 09:00,疑难件,收件人电话无人接听")
    sweep(counter.house, "demo")
    found = {order.number: set(counter.alerts(order)) for order in (silent, stuck, old, asked, freight)}
    assert list(found.values()) == [{"silent"}, {"stuck"}, set(), set(), set()]
    assert any("申请退款" in words and "ZT10003" in words for words in counter.drafts())
    counter.brings("ZT10003,2026-11-23 09:30,派送中,", "ZT10002,2026-11-23 09:30,运输中,")
    counter.shop.clock.advance(HOUR)
    sweep(counter.house, "demo")
    assert [counter.alerts(silent)["silent"].state, counter.alerts(stuck)["stuck"].state] == ["settled", "settled"]
    counter.brings("ZT10003,2026-11-23 10:30,拒收,")
    sweep(counter.house, "demo")
    assert counter.tasks(stuck) == ["return-parcel", "chase-courier"]


def test_what_a_person_has_put_aside_stays_aside_and_a_draft_can_be_laid_again(counter: Counter) -> None:
    order = counter.sends("2611230002", "ZT10002", days=4)
    sweep(counter.house, "demo")
    counter.house.writer.run(lay_again(counter.house, order.id, "silent", RADAR))
    assert len(counter.drafts()) == 2
    counter.house.writer.run(settle_alert(counter.house, order.id, "silent", RADAR, "已经和买家说好"))
    sweep(counter.house, "demo")
    alert = counter.alerts(order)["silent"]
    assert (alert.state, alert.why) == ("settled", "已经和买家说好")
    assert counter.tasks(order) == ["chase-courier"]


def test_a_waybill_is_claimed_for_once_whoever_clicks_and_paid_to_the_fen(counter: Counter) -> None:
    order = counter.sends()
    counter.places(order.number, state="shipped", total=12_900, paid=12_900)
    asked = Asked("ZT10001", "lost", 12_900, "快递书面确认丢失", MONDAY_10_O_CLOCK + DAY)
    run = counter.house.writer.run
    with ThreadPoolExecutor(4) as people:
        claims = [
            one.result()
            for one in [people.submit(run, open_claim(counter.house.sealer, order.id, asked, AGENT)) for _ in range(4)]
        ]
    (id_,) = {claim.id for claim in claims}
    with pytest.raises(Conflict):
        run(open_claim(counter.house.sealer, order.id, replace(asked, amount=1), AGENT))
    with pytest.raises(BadInput):
        run(open_claim(counter.house.sealer, order.id, replace(asked, number="ZT2"), AGENT))
    run(move_claim(id_, "sent", AGENT, "", None))
    run(move_claim(id_, "accepted", AGENT, "按声明价值赔", 9_905))
    paid = run(move_claim(id_, "paid", AGENT, "", None))
    assert run(move_claim(id_, "paid", AGENT, "", None)) == paid
    assert (paid.state, paid.granted, paid.answer) == ("paid", 9_905, "按声明价值赔")
    with counter.house.database.read() as connection:
        kinds = [fact.kind for fact in read_history(connection, order.id)]
    assert kinds[-4:] == ["claim_opened", "claim_moved", "claim_moved", "claim_moved"]


def test_a_parcel_the_courier_does_not_know_after_a_day_is_looked_into_where_others_are_heard_of(
    counter: Counter,
) -> None:
    missed = counter.sends("2611230002", "ZT10002")
    sweep(counter.house, "demo")
    assert counter.alerts(missed) == {}
    counter.sends("2611230003", "ZT10003")
    counter.brings("ZT10003,2026-11-22 20:00,已揽收,杭州揽收")
    sweep(counter.house, "demo")
    assert set(counter.alerts(missed)) == {"untraced"}
    assert counter.tasks(missed) == ["chase-courier"]
    (words,) = counter.drafts()
    assert "ZT10002" in words
    assert "申请退款" in words
    counter.brings("ZT10002,2026-11-23 09:30,已揽收,杭州揽收")
    sweep(counter.house, "demo")
    alert = counter.alerts(missed)["untraced"]
    assert (alert.state, alert.settled_by) == ("settled", "facts")
