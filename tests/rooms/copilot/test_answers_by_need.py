"""Answers built on what the buyer needs: within the budget, for so many people, two goods side by side, flaws owned."""

from dataclasses import replace
from decimal import Decimal

import pytest
from demo_ground import CONTENT, GOODS, ground, said

from jinpai.catalog.kinds import goods_named, goods_of_kind
from jinpai.copilot.recommending.choosing import find_wanted, recommend, recommended
from jinpai.copilot.skills.answers import Fact
from jinpai.copilot.skills.comparing import compare
from jinpai.copilot.skills.goods import flaws, stock
from jinpai.copilot.skills.shop import arrival, couriers, freight, payment_ways
from jinpai.copilot.skills.sizing import size
from jinpai.copilot.skills.skills import SKILLS


@pytest.mark.parametrize("budget", [30, 60, 100, 150, 200, 300, 450, 1000])
@pytest.mark.parametrize("what", ["送朋友有推荐吗", "推荐点徒步用的", "露营买什么好"])
def test_nothing_above_the_budget_is_recommended(budget: int, what: str) -> None:
    for one in recommend(ground(f"预算{budget}元，{what}")):
        assert one.price <= budget
        assert str(budget) in said([Fact(one.wording, one.told_by, one.values)])


def test_a_kind_no_budget_reaches_is_told_with_its_price_and_that_it_is_more() -> None:
    text = said(find_wanted(ground("三百以内的帐篷有吗")))
    assert "300 元以内" in text
    assert "459 元" in text
    assert "高一些" in text


def test_a_set_costs_no_more_than_the_budget_together() -> None:
    chosen = recommend(ground("预算500，两个人去露营要买哪些"))
    assert chosen
    assert sum(one.price for one in chosen) <= Decimal(500)


def test_a_family_is_shown_the_tent_that_holds_them() -> None:
    assert [one.product.id for one in recommend(ground("一家四口去露营用哪个帐篷"))] == ["tent-luyuan-4p"]
    assert recommend(ground("两个人用的帐篷推荐一下"))[0].product.id == "tent-xiya-2p"


def test_a_kind_is_told_from_what_goods_are_called() -> None:
    def kind(text: str) -> set[str]:
        return {one.short for one in goods_of_kind(text, CONTENT.products, {"露营"})}

    assert kind("两百以下的椅子") == {"松坡高背椅", "月牙露营椅"}
    assert kind("有没有羽绒睡袋") == {"雪岭羽绒睡袋"}
    assert kind("上次那个绿色的链接发我") == set()
    assert find_wanted(ground("上次那个绿色的链接发我")) == []


def test_goods_are_known_by_the_end_of_their_short_name_and_by_what_buyers_call_them() -> None:
    def kind(text: str) -> set[str]:
        return {one.short for one in goods_of_kind(text, CONTENT.products)}

    assert kind("双人帐防水吗") == {"溪崖双人帐"}
    assert kind("推车能推多重") == {"驮云营地车"}
    assert kind("露营灯充一次电用多久") == {"月廊营地灯"}


def test_who_names_a_tent_too_small_for_the_family_is_shown_one_that_holds_them() -> None:
    assert [one.product.id for one in recommend(ground("想买双人帐，一家三口够睡吗"))] == ["tent-luyuan-4p"]


def test_two_goods_named_are_put_side_by_side_by_either_question() -> None:
    asked = "棉睡袋和羽绒睡袋哪个适合秋天"
    assert [one.id for one in goods_named(asked, CONTENT.products)] == ["bag-nuanshan", "bag-xueling"]
    text = said(SKILLS["recommend"](ground(asked)))
    assert text == said(compare(ground(asked)))
    for part in ("暖杉棉睡袋", "169 元", "10 ℃", "雪岭羽绒睡袋", "零下 2 ℃"):
        assert part in text
    assert compare(ground("这两款哪个好")) == []


def test_what_goes_with_a_tent_is_no_other_tent() -> None:
    found = recommended(ground("溪崖双人帐配什么好", "tent-xiya-2p"))
    assert found
    assert all(GOODS[fact.card[0]].category != "帐篷" for fact in found)


def test_flaws_are_owned_and_a_colour_told_short_is_found() -> None:
    assert "不带裙边" in said(flaws(ground("有什么缺点没有", "tent-xiya-2p")))
    gone = replace(ground("棕色的还有没有", "bag-nuanshan"))
    assert "松木棕 左拉链这会儿没有货" in said(stock(gone))


def test_a_foot_measured_is_looked_up() -> None:
    assert "39、40" in said(size(ground("脚长24.5穿多大", "shoes-yanyang")))


def test_far_places_other_couriers_and_ways_of_paying_are_answered_straight() -> None:
    assert "新疆" in said(freight(ground("发新疆运费多少")))
    assert "不在满额包邮" in said(freight(ground("新疆包邮吗")))
    assert "补多少" in said(couriers(ground("可以发顺丰吗，要加多少钱")))
    assert "分期付款店里暂时没有开通" in said(payment_ways(ground("花呗能分期吗")))


def test_an_arrival_is_told_with_its_days() -> None:
    text = said(arrival(ground("现在下单周五能到杭州吗")))
    assert "今天发出" in text
    assert "11 月 24 日（周二）" in text
