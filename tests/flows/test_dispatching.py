"""Out of the door: what leaves today, what goes into the parcel, and waybills that mark it sent, on each database."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tests.flows.conftest import MONDAY_10_O_CLOCK, Shop

from jinpai.desk.store import get_conversations
from jinpai.flows.dispatch.queue import Queue, read_queue
from jinpai.flows.dispatch.waybills import WAYBILL_FILES
from jinpai.flows.filling import read_scene
from jinpai.flows.importing.running import lay_out
from jinpai.flows.ordering.promotions import gifts_of
from jinpai.flows.promising.ledger import follow_promises
from jinpai.importing.model import Tally
from jinpai.orders.actions import change_order, record_orders
from jinpai.orders.changes import put_remark
from jinpai.orders.model import Item, Order, OrderRow, Search
from jinpai.orders.searching import find_orders
from jinpai.orders.store import find_order, read_history

HOUR = 3_600_000
ADDRESS = "浙江省 杭州市 西湖区 文三路 1 号"


def place(shop: Shop, number: str, **told: Any) -> Order:
    """An order paid an hour ago; what is told of it counts more."""
    paid = {"state": "paid", "paid_at": MONDAY_10_O_CLOCK - HOUR, "ordered_at": MONDAY_10_O_CLOCK - HOUR}
    row = OrderRow(number, **{"region": "浙江", "address": ADDRESS, **paid, **told})
    shop.house.writer.run(record_orders(shop.house.sealer, "demo", [row]))
    return find(shop, number)


def find(shop: Shop, number: str) -> Order:
    with shop.house.database.read() as connection:
        order = find_order(connection, shop.house.sealer, "demo", number)
    assert order is not None
    return order


def buyer_of(shop: Shop, conversation: str) -> str:
    with shop.house.database.read() as connection:
        return get_conversations(connection, [conversation])[conversation].buyer


def queue(shop: Shop) -> Queue:
    while follow_promises(shop.house):
        pass
    with shop.house.database.read() as connection:
        return read_queue(shop.house, connection, "demo", shop.clock.now())


def bring(shop: Shop, *lines: str, trial: bool = False) -> Tally:
    job = lay_out(shop.house, WAYBILL_FILES, "demo", "agent:a_1", "\n".join(lines).encode())
    return WAYBILL_FILES.foresee(shop.house, job) if trial else WAYBILL_FILES.run(shop.house, job, lambda _: None)


def mine(found: Queue, *numbers: str) -> Sequence[str]:
    return [one.order.number for one in found.packings if one.order.number in numbers]


def test_the_most_urgent_goes_first_and_a_refund_waits(shop: Shop) -> None:
    place(shop, "2611230001", paid_at=MONDAY_10_O_CLOCK + 5 * HOUR)
    place(shop, "2611230002")
    place(shop, "2611230003", paid_at=MONDAY_10_O_CLOCK - 30 * HOUR)
    place(shop, "2611230004", refund="open")
    place(shop, "2611230005", state="unpaid")
    found = queue(shop)
    numbers = [f"261123000{at}" for at in range(1, 6)]
    assert mine(found, *numbers) == ["2611230003", "2611230002", "2611230004", "2611230001"]
    standing = {one.order.number: one.standing for one in found.packings}
    assert [standing[number] for number in mine(found, *numbers)] == ["late", "today", "held", "later"]


def test_a_gift_promised_and_forgotten_in_the_remark_is_on_the_list_until_it_is_noted(shop: Shop) -> None:
    conversation = shop.chat()
    order = place(shop, "2611230001", buyer=buyer_of(shop, conversation), items=(Item("保温壶", "墨绿", 2),))
    shop.buyer_says(conversation, "送个小礼物吧")
    shop.agent_says(conversation, "好的亲，给您放一双袜子")
    (one,) = [one for one in queue(shop).packings if one.order.id == order.id]
    assert [(step.source, step.check) for step in one.steps] == [("goods", ""), ("promise", "missing")]
    assert one.steps[0].text == "保温壶 墨绿 ×2"
    assert one.is_untold
    noted = put_remark("放一双袜子；轻放", "red")
    shop.house.writer.run(change_order(shop.house.sealer, order.id, "agent:a_1", noted))
    (one,) = [one for one in queue(shop).packings if one.order.id == order.id]
    assert [step.text for step in one.steps] == ["保温壶 墨绿 ×2", "放一双袜子", "轻放"]
    assert not one.is_untold


def test_what_was_promised_for_an_earlier_hour_goes_before_its_turn(shop: Shop) -> None:
    conversation = shop.chat()
    place(shop, "2611230001", paid_at=MONDAY_10_O_CLOCK - 2 * HOUR)
    place(shop, "2611230002", buyer=buyer_of(shop, conversation))
    shop.buyer_says(conversation, "今天能发吗")
    shop.agent_says(conversation, "能的亲，今天下午3点前给您发出")
    assert mine(queue(shop), "2611230001", "2611230002") == ["2611230002", "2611230001"]


def test_a_promotion_s_gift_is_on_the_list_from_its_amount_on(shop: Shop) -> None:
    place(shop, "2611230001", total=60_000, paid=60_000)
    place(shop, "2611230002", total=60_000, paid=60_000, freight=1_200)
    gifts = {
        one.order.number: [step.text for step in one.steps if step.source == "gift"] for one in queue(shop).packings
    }
    assert gifts["2611230001"] == ["眠云充气枕（颜色随机）一只"]
    assert gifts["2611230002"] == []


def gifted(shop: Shop) -> list[str]:
    return sorted(one.order.number for one in queue(shop).packings if any(step.source == "gift" for step in one.steps))


def test_one_buyer_has_the_gift_once_and_a_closed_order_passes_it_on(shop: Shop) -> None:
    big: dict[str, Any] = {"total": 60_000, "paid": 60_000, "buyer_name": "行山客"}
    place(shop, "2611230001", **big)
    place(shop, "2611230002", **big, ordered_at=MONDAY_10_O_CLOCK - HOUR + 1)
    place(shop, "2611230003", total=60_000, paid=60_000, buyer_name="云上走")
    assert gifted(shop) == ["2611230001", "2611230003"]
    shop.house.writer.run(record_orders(shop.house.sealer, "demo", [OrderRow("2611230001", state="closed")]))
    assert gifted(shop) == ["2611230002", "2611230003"]


def test_the_gifts_go_to_the_first_until_they_are_given_and_are_not_offered_any_more(shop: Shop) -> None:
    for at in range(62):
        number = f"26112300{at:02}"
        place(shop, number, total=60_000, paid=60_000, ordered_at=MONDAY_10_O_CLOCK - HOUR + at, buyer_name=f"买家{at}")
    assert len(gifted(shop)) == 60
    assert "2611230060" not in gifted(shop)
    content, now = shop.house.content.shop("demo"), shop.clock.now()
    with shop.house.database.read() as connection:
        scene = read_scene(connection, shop.house.sealer, content, None, "demo", now)
    assert "pillow-gift" in {one.id for one in content.promotions}
    assert "pillow-gift" not in {one.id for one, _ in scene.running}
    assert scene.running


def test_a_gift_of_some_goods_goes_with_these_under_whatever_name_they_were_imported(shop: Shop) -> None:
    for at, title in enumerate(("【新品】山野集 溪崖双人帐篷 防雨", "月廊营灯 暖白"), 1):
        place(shop, f"261123000{at}", total=60_000, paid=60_000, buyer_name=title, items=(Item(title, "", 1),))
    content = shop.house.content.shop("demo")
    gift = next(one for one in content.promotions if one.id == "pillow-gift")
    narrowed = gift.model_copy(update={"products": ("tent-xiya-2p",)})
    orders = [find(shop, f"261123000{at}") for at in (1, 2)]
    with shop.house.database.read() as connection:
        found = gifts_of(connection, replace(content, promotions=(narrowed,)), "demo", orders, shop.clock.now())
    assert set(found) & {one.id for one in orders} == {orders[0].id}


def test_waybills_mark_orders_sent_once_and_name_every_other_line(shop: Shop) -> None:
    for number in ("2611230001", "2611230002"):
        place(shop, number, address=f"{ADDRESS}{number}")
    place(shop, "2611230003", state="unpaid")
    place(shop, "2611230004", remark="发顺丰")
    place(shop, "2611230005", region="新疆", address="新疆 乌鲁木齐市 天山区 1 号")
    place(shop, "2611230006", buyer_note="不要发中通，谢谢")
    place(shop, "2611230007", refund="open")
    lines = (
        "2611230001 中通 ZT10001", "2611230002 中通 ZT10001", "2611230003 中通 ZT10003", "2611230004 中通 ZT10004",
        "2611230005 中通 ZT10005", "2611230006 中通 ZT10006", "2611230007 中通 ZT10007", "2611239999 中通 ZT10009",
        "2611230002 圆通 YT10002",
    )  # fmt: skip
    trial = bring(shop, *lines, trial=True)
    assert find(shop, "2611230001").state == "paid"
    done = bring(shop, *lines)
    assert trial == done
    assert (done.rows, done.updated, done.done) == (9, 1, 9)
    reasons = {one.line: one.reason for one in done.rejected}
    telling = {2: "第 1 行重复", 3: "没付款", 4: "顺丰", 5: "邮政EMS", 6: "不要发中通", 7: "退款", 8: "没有这个订单"}
    assert all(word in reasons[line] for line, word in telling.items())
    sent = find(shop, "2611230001")
    assert (sent.state, sent.shipped_at) == ("shipped", shop.clock.now())
    assert [(one.number, one.courier) for one in sent.parcels] == [("ZT10001", "中通快递")]
    shop.clock.advance(HOUR)
    again = bring(shop, lines[0])
    assert (again.updated, again.unchanged) == (0, 1)
    with shop.house.database.read() as connection:
        assert [fact.author for fact in read_history(connection, sent.id)] == ["system:", "agent:a_1"]


def test_two_orders_of_one_door_share_a_parcel_and_a_sent_one_is_not_sent_anew(shop: Shop) -> None:
    place(shop, "2611230001")
    place(shop, "2611230002")
    assert bring(shop, "2611230001 中通 ZT10001", "2611230002 中通 ZT10001").updated == 2
    other = bring(shop, "2611230001 中通 ZT10088")
    assert "已经用 ZT10001 发出" in other.rejected[0].reason
    assert [one.number for one in find(shop, "2611230001").parcels] == ["ZT10001"]


def test_a_number_belongs_to_one_courier_however_it_is_written(shop: Shop) -> None:
    for number in ("2611230001", "2611230002", "2611230003"):
        place(shop, number)
    lines = ["2611230001 中通 zt10001", "2611230002 顺丰 ZT10001", "2611230003 中通快递 Zt10001"]
    trial, done = bring(shop, *lines, trial=True), bring(shop, *lines)
    assert (trial, done.updated) == (done, 2)
    assert [one.reason for one in done.rejected] == ["运单号 ZT10001 在第 1 行是中通快递的，这一行却是顺丰速运，请核对"]
    assert [one.number for one in find(shop, "2611230001").parcels] == ["ZT10001"]
    with shop.house.database.read() as connection:
        found = find_orders(connection, shop.house.sealer, ["demo"], Search(tracking="zt10001"))
    assert {one.number for one in found} == {"2611230001", "2611230003"}
    later = bring(shop, "2611230001 顺丰 ZT10001", "2611230002 顺丰 ZT10001")
    assert "在这个订单上记的是中通快递，这一行却是顺丰速运" in later.rejected[0].reason
    assert "记的是中通快递，这一行却是顺丰速运" in later.rejected[1].reason
    assert find(shop, "2611230002").state == "paid"
