"""An order written for a buyer: what it costs, once, within limits; and two that leave as one, on each database."""

from dataclasses import replace

import pytest
from tests.flows.conftest import AGENT, Shop
from tests.flows.haggling import XIAOLIN, ZHOULAN, Haggle

from jinpai.flows.ordering.choosing import Choice, change_sku, list_choices
from jinpai.flows.ordering.deeds import BASE, Limits
from jinpai.flows.ordering.parting import merge_for_buyer
from jinpai.flows.ordering.placing import Owner, Wish, payment_words, place_order, price_basket, write_order
from jinpai.flows.send import clear
from jinpai.flows.tasks import move_on
from jinpai.guard.model import Cleared
from jinpai.kit.errors import BadInput, Conflict, NotAllowed
from jinpai.orders.actions import change_order, record_orders
from jinpai.orders.changes import put_price
from jinpai.orders.model import Order, OrderRow
from jinpai.orders.parts import overpaid
from jinpai.orders.store import find_buyer_orders, read_history
from jinpai.staff.model import Actor, Role
from jinpai.tasks.store import find_of_order

HOME = "张三 13800138000 浙江省杭州市西湖区文三路1号"
BOTTLE = {"bottle-shanquan-white": 1}
TENT_SKU = "tent-xiya-2p-green"


def wish(lines: dict[str, int], address: str = HOME, goods: int | None = None) -> Wish:
    return Wish("demo", lines, address, goods=goods)


def placed(talk: Haggle, wanted: Wish, key: str = "key-1234", by: Actor = XIAOLIN) -> Order:
    house, state = talk.shop.house, talk.state
    content = house.content.shop("demo")
    limits = Limits(content.shop, content.authority, by.login, by.role is not Role.AGENT)
    with house.database.read() as connection:
        priced = price_basket(house, connection, wanted)
        order = write_order(priced, wanted, Owner(state.buyer, state.buyer_name), key, house.clock.now())
        action = place_order(house, connection, wanted, order, priced, limits, by.author, {})
    return house.writer.run(action)


def theirs(talk: Haggle) -> list[Order]:
    with talk.shop.house.database.read() as connection:
        return find_buyer_orders(connection, talk.shop.house.sealer, "demo", talk.state.buyer)


def test_a_bottle_to_hangzhou_is_ordered_once_and_the_link_may_be_sent(shop: Shop) -> None:
    talk = Haggle(shop)
    order = placed(talk, wish(BOTTLE))
    assert placed(talk, wish(BOTTLE)) == order
    with pytest.raises(Conflict, match=order.number):
        placed(talk, wish({"bottle-shanquan-white": 2}))
    assert theirs(talk) == [order]
    assert (order.state, order.freight, order.total) == ("unpaid", 1_200, order.freight + 9_900)
    assert (order.receiver, order.phone, order.address) == ("张三", "13800138000", "浙江省杭州市西湖区文三路1号")
    words = payment_words(shop.house.content.shop("demo"), order)
    assert f"https://shanyeji.example/pay/{order.number}" in words
    assert "¥111.00" in words
    assert isinstance(clear(shop.house, shop.draft(talk.chat, words), ()), Cleared)
    assert [fact.author for fact in _history(shop, order)] == [XIAOLIN.author]


def test_what_is_missing_is_named_and_nothing_is_written(shop: Shop) -> None:
    talk = Haggle(shop)
    for wanted, told in (
        (wish({"no-such-sku": 1}), "no-such-sku"),
        (wish({}), "选商品"),
        (wish(BOTTLE, "浙江省杭州市西湖区文三路1号"), "收货人、电话"),
        (wish(BOTTLE, "张三 13800138000 浙江"), "市、区和门牌"),
    ):
        with pytest.raises(BadInput, match=told):
            placed(talk, wanted)
    assert theirs(talk) == []


def test_an_agreed_price_keeps_to_authority_to_what_was_approved_and_to_the_floor(shop: Shop) -> None:
    talk = Haggle(shop)
    talk.buyer_says("430行不行，行我就下单")
    tent = {"tent-xiya-2p-green": 1}
    with shop.house.database.read() as connection:
        usual = price_basket(shop.house, connection, wish(tent)).usual
    with pytest.raises(NotAllowed, match="先向主管申请"):
        placed(talk, wish(tent, goods=usual - 4_000))
    with pytest.raises(NotAllowed, match="底价"):
        placed(talk, wish(tent, goods=20_000), by=ZHOULAN)
    talk.answers(talk.asks(), "approved")
    order = placed(talk, wish(tent, goods=usual - 4_000))
    assert (order.total - order.freight, theirs(talk)) == (usual - 4_000, [order])
    with pytest.raises(NotAllowed):
        placed(talk, wish(tent, goods=usual - 4_000), key="another-one")


def test_a_limited_price_is_had_as_often_as_one_may_over_all_orders(shop: Shop) -> None:
    talk, house = Haggle(shop), shop.house
    tarp = {"tarp-yunyin-43-khaki": 1}
    mine = replace(wish(tarp), buyer=talk.state.buyer)
    first = placed(talk, mine)
    with house.database.read() as connection:
        two = price_basket(house, connection, replace(mine, lines={"tarp-yunyin-43-khaki": 2}))
        other = price_basket(house, connection, wish({"tarp-yunyin-43-khaki": 2}))
    assert (two.usual, other.usual) == (first.total - first.freight + 25_900 - 4_000, 2 * 22_900 - 4_000)
    assert two.spent == ()
    placed(talk, mine, key="key-5678")
    with house.database.read() as connection:
        third = price_basket(house, connection, mine)
        again = price_basket(house, connection, wish(tarp))
    assert (third.usual, again.usual) == (25_900, 22_900)
    assert third.spent == ("云隐天幕 限时价 229 元",)
    with house.database.read() as connection:
        assert price_basket(house, connection, replace(mine, lines=BOTTLE)).spent == ()


def test_a_price_that_another_order_used_up_meanwhile_is_told_and_the_same_order_again_is_no_other(shop: Shop) -> None:
    talk, house = Haggle(shop), shop.house
    mine = replace(wish({"tarp-yunyin-43-khaki": 2}, goods=22_900 * 2 - 4_000), buyer=talk.state.buyer)
    content = house.content.shop("demo")
    limits, writes = Limits(content.shop, content.authority, XIAOLIN.login, is_leader=False), []
    for key in ("key-1234", "key-5678"):
        with house.database.read() as connection:
            priced = price_basket(house, connection, mine)
            order = write_order(priced, mine, Owner(talk.state.buyer, "山野"), key, house.clock.now())
            writes.append(place_order(house, connection, mine, order, priced, limits, XIAOLIN.author, {}))
    first = house.writer.run(writes[0])
    with pytest.raises(Conflict, match="变成 ¥478"):
        house.writer.run(writes[1])
    assert placed(talk, mine, key="key-1234") == first
    assert theirs(talk) == [first]


def test_two_orders_of_one_day_leave_as_one_with_one_freight(shop: Shop) -> None:
    talk = Haggle(shop)
    first = placed(talk, wish(BOTTLE))
    second = placed(talk, wish({"bucket-xishui-10": 1}), key="key-5678")
    seen = {order.id: order.changed_at for order in (first, second)}
    with shop.house.database.read() as connection:
        merge = merge_for_buyer(shop.house, connection, "demo", AGENT, seen)
    kept, gone = shop.house.writer.run(merge)
    assert (first.freight, second.freight) == (1_200, 1_200)
    assert (kept.freight, kept.total) == (2_200, 9_900 + 3_500 + 2_200)
    assert {(order.number, order.state) for order in theirs(talk)} == {
        (kept.number, "unpaid"),
        (gone[0].number, "closed"),
    }
    with pytest.raises(Conflict):
        shop.house.writer.run(merge)
    assert sum(order.total for order in theirs(talk)) == kept.total


def test_where_free_shipping_does_not_reach_freight_is_asked_and_a_dearer_courier_costs_the_difference(
    shop: Shop,
) -> None:
    far = "王平 13612345678 新疆乌鲁木齐市天山区文艺路1号"
    tent = {TENT_SKU: 1}
    with shop.house.database.read() as connection:
        near, away, swift = (
            price_basket(shop.house, connection, one)
            for one in (wish(tent), wish(tent, far), replace(wish(tent), courier="顺丰速运"))
        )
    assert (near.quoted, "满 199 元包邮" in near.applied) == (0, True)
    assert (away.quoted > 0, "满 199 元包邮" in away.applied) == (True, False)
    assert (swift.quoted > 0, "满 199 元包邮" in swift.applied) == (True, True)


def test_too_few_pieces_are_said_and_the_order_waits_only_when_told_so(shop: Shop) -> None:
    talk = Haggle(shop)
    with shop.house.database.read() as connection:
        left = price_basket(shop.house, connection, wish({TENT_SKU: 999})).short[0].left
    first = placed(talk, wish({TENT_SKU: left - 1}))
    with pytest.raises(Conflict, match="只有 1 件"):
        placed(talk, wish({TENT_SKU: 2}), key="key-5678")
    assert placed(talk, wish({TENT_SKU: left - 1})) == first
    waiting = placed(talk, replace(wish({TENT_SKU: 2}), waits=True), key="key-5678")
    assert {order.id for order in theirs(talk)} == {first.id, waiting.id}


def test_freight_paid_twice_goes_to_finance_and_the_buyer_hears_of_it(shop: Shop) -> None:
    talk = Haggle(shop)
    orders = [placed(talk, wish(BOTTLE)), placed(talk, wish({"bucket-xishui-10": 1}), key="key-5678")]
    paid = [OrderRow(one.number, state="paid", paid=one.total, paid_at=shop.clock.now()) for one in orders]
    shop.house.writer.run(record_orders(shop.house.sealer, "demo", paid))
    seen = {order.id: order.changed_at for order in theirs(talk)}
    with shop.house.database.read() as connection:
        merge = merge_for_buyer(shop.house, connection, "demo", AGENT, seen)
    kept, _ = shop.house.writer.run(merge)
    with shop.house.database.read() as connection:
        task, *others = find_of_order(connection, kept.id)
    assert (overpaid(kept), others, task.kind, task.conversation) == (200, [], "refund-freight", talk.chat)
    shop.house.writer.run(move_on(shop.house, task, "done", AGENT, "2 元退到您的支付账户了。", leads=True))
    assert "2 元退到您的支付账户了。" in shop.rows(talk.chat)[-1].entry.body["text"]


def test_another_size_costs_what_the_promotion_of_that_day_says_and_never_falls_below_the_floor(shop: Shop) -> None:
    talk = Haggle(shop)
    order = placed(talk, wish({"tarp-yunyin-54-khaki": 1}))
    usual, limited = 33_900, 22_900
    assert order.total - order.freight == usual
    agreed = put_price(27_000, order.freight)
    order = shop.house.writer.run(change_order(shop.house.sealer, order.id, ZHOULAN.author, agreed, {BASE: usual}))
    with pytest.raises(NotAllowed, match="底价"):
        chosen(talk, order, "tarp-yunyin-43-khaki")
    refused = offered(talk, order)["tarp-yunyin-43-khaki"]
    assert (refused.total, "底价" in refused.problem) == (None, True)
    back = put_price(usual, order.freight)
    order = shop.house.writer.run(change_order(shop.house.sealer, order.id, ZHOULAN.author, back, {BASE: usual}))
    told = offered(talk, order)["tarp-yunyin-43-khaki"]
    order = chosen(talk, order, "tarp-yunyin-43-khaki")
    assert (told.total, told.problem) == (order.total, "")
    assert (order.total - order.freight, order.items[0].sku) == (limited, "卡其 4×3 米")


def chosen(talk: Haggle, order: Order, sku: str) -> Order:
    house, content = talk.shop.house, talk.shop.house.content.shop("demo")
    limits = Limits(content.shop, content.authority, "zhoulan", is_leader=True)
    with house.database.read() as connection:
        change, why = change_sku(connection, house.sealer, content, order, 0, sku, limits)
    return house.writer.run(change_order(house.sealer, order.id, XIAOLIN.author, change, why))


def offered(talk: Haggle, order: Order) -> dict[str, Choice]:
    house, content = talk.shop.house, talk.shop.house.content.shop("demo")
    limits = Limits(content.shop, content.authority, "zhoulan", is_leader=True)
    with house.database.read() as connection:
        found = list_choices(connection, house.sealer, content, order, 0, limits, talk.shop.clock.now())
    return {one.sku.id: one for one in found}


def _history(shop: Shop, order: Order) -> list[object]:
    with shop.house.database.read() as connection:
        return list(read_history(connection, order.id))
