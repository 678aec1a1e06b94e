"""What buyers would reckon themselves is reckoned: goods together, freight of these goods, what is in the box."""

from functools import partial

import pytest
from demo_ground import CONTENT, MONDAY, said
from demo_ground import ground as ground_on_monday

from jinpai.copilot.recommending.choosing import recommended
from jinpai.copilot.skills.goods import price
from jinpai.copilot.skills.promotions import for_so_many, gift
from jinpai.copilot.skills.shop import freight

RUNNING = tuple((one, MONDAY.date()) for one in CONTENT.promotions if one.id != "spring-walk")
ground = partial(ground_on_monday, running=RUNNING)


def test_what_is_in_the_box_is_no_gift_that_has_to_be_earned() -> None:
    assert "风绳 8 根、地钉 10 枚" in said(gift(ground("送不送地钉跟绳子", "tarp-yunyin")))
    assert "天幕杆 2 根" in said(gift(ground("送杆子吗", "tarp-yunyin")))
    assert "充气枕" in said(gift(ground("有什么赠品", "tarp-yunyin")))
    assert "充气枕" in said(gift(ground("送气罐吗", "stove-liaohuo")))


def test_goods_of_a_set_are_reckoned_together_with_its_saving() -> None:
    text = said(price(ground("帐篷防潮垫睡袋一套拿下多少钱", "tent-xiya-2p")))
    assert "627 元" in text
    assert "单人 185×56 厘米" in text


def test_one_thing_is_priced_alone() -> None:
    assert "459.00 元" in said(price(ground("帐篷多少钱", "tent-xiya-2p")))


@pytest.mark.parametrize(
    ("text", "told"), [("最大的多少钱", "239.00"), ("最小的多少钱", "189.00"), ("最便宜的多少", "189.00")]
)
def test_the_largest_or_cheapest_is_priced_as_such(text: str, told: str) -> None:
    assert f"是 {told} 元" in said(price(ground(text, "table-pingchuan")))


def test_several_pieces_are_reckoned_for_who_asks_how_much_less_they_cost() -> None:
    assert "918 元" in said(for_so_many(ground("买两件一起能便宜多少", "jacket-fengkou")))


def test_goods_that_reach_the_amount_ship_free_and_the_exceptions_are_named() -> None:
    text = said(freight(ground("包邮不", "chair-songpo")))
    assert "松坡高背椅满 199 元，发货包邮" in text
    assert "新疆、西藏路远，运费另算" in text
    assert "不满的话" in said(freight(ground("包邮吗", "bottle-shanquan")))
    assert "满 199 元，发货包邮" in said(freight(ground("三个包邮吗", "bottle-shanquan")))


def test_a_set_for_two_is_not_recommended_to_a_family_of_four() -> None:
    facts = recommended(ground("我们一家四口第一次露营 都要买啥"))
    assert facts
    assert not any("溪崖" in told for told in said(facts).splitlines())
    assert "溪崖双人帐、蛋巢防潮垫" in said(recommended(ground("第一次露营 都要买啥")))
