"""Wishes about an order or the way it comes are answered with what was already said, not asked for again."""

from dataclasses import replace

import pytest
from demo_ground import CONTENT, GOODS, ground, said

from jinpai.copilot.skills.orders import exchange, order_state
from jinpai.copilot.skills.shop import couriers, invoice, payment_ways
from jinpai.flows.filling import Scene, values_of
from jinpai.orders.model import Item, Order

NOW = 1_795_399_200_000
SHOES = Item("岩羊 中帮徒步鞋", "深棕 40 码", product="shoes-yanyang")
ORDER = Order("o_1", "demo", "2611230001", NOW, NOW, state="delivered", items=(SHOES,))


@pytest.mark.parametrize(
    ("text", "told"), [("换大一码行不行", "深棕 41 码现在有货"), ("大了 换小一号", "深棕 39 码现在有货")]
)
def test_the_next_size_is_counted_from_the_one_ordered(text: str, told: str) -> None:
    assert told in said(exchange(ground(text, order=ORDER)))


def test_what_is_wanted_instead_is_the_other_of_two_that_are_named() -> None:
    mat = Item("蛋巢 折叠防潮垫", "双人 185×112 厘米", product="pad-danchao")
    order = Order("o_2", "demo", "2611230002", NOW, NOW, state="paid", items=(mat,))
    assert "单人 185×56 厘米现在有货" in said(exchange(ground("拍错了 要单人的不是双人 能换不", order=order)))
    named = replace(ground("拍错了 要单人的不是双人 能换不", order=order), product=GOODS["tent-xiya-2p"])
    assert "单人 185×56 厘米现在有货" in said(exchange(named))


@pytest.mark.parametrize("text", ["退的那条裤子钱啥时候退给我", "钱怎么还没退", "退款到账没"])
def test_who_asks_for_money_back_that_nobody_applied_for_hears_that(text: str) -> None:
    assert "还没有看到退款申请" in said(order_state(ground(text, order=ORDER)))


def test_another_courier_than_the_usual_costs_another_freight_and_that_is_said_first() -> None:
    assert "两家运费不一样" in said(couriers(ground("可以帮我发顺丰不")))
    assert "拍下后帮您备注上" in said(couriers(ground("发中通可以吗")))


def test_who_asks_where_to_send_the_title_of_an_invoice_is_told() -> None:
    assert "抬头、税号和收票的邮箱发在这个窗口" in said(invoice(ground("要开公司的票 抬头发哪里")))
    assert "抬头" not in said(invoice(ground("有发票吗")))


def test_how_many_instalments_is_answered_with_whether_there_are_any() -> None:
    assert "分期付款店里暂时没有开通" in said(payment_ways(ground("花呗能分几期")))


def test_only_goods_that_cost_less_are_named_to_who_wants_to_pay_less() -> None:
    assert values_of(CONTENT, Scene(product=GOODS["tent-xiya-2p"])).get("实惠商品", "") == ""
    assert values_of(CONTENT, Scene(product=GOODS["tent-luyuan-4p"]))["实惠商品"] == "溪崖双人帐"


def test_no_wording_of_the_ladder_calls_goods_cheaper_that_are_merely_alike() -> None:
    cheaper = [one for one in CONTENT.scripts if "价位更友好" in one.text or "低一档" in one.title]
    assert cheaper
    assert not any("{替代商品}" in one.text for one in cheaper)
