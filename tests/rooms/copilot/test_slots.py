"""What a buyer's message names: measures, goods, places, times, numbers."""

from typing import Any

import pytest

from jinpai.copilot.hearing.slots import find_slots
from jinpai.flows.content.shop import load_shop_content

CASES: list[tuple[str, dict[str, Any]]] = [
    ("身高165体重110穿什么码", {"height": 165, "weight": 55.0}),
    ("我一米七五，140斤，选哪个", {"height": 175, "weight": 70.0}),
    ("1米68 52kg", {"height": 168, "weight": 52.0}),
    ("1.82m 160斤", {"height": 182, "weight": 80.0}),
    ("一米六，一百零五斤", {"height": 160, "weight": 52.5}),
    ("一米八 一百三十斤", {"height": 180, "weight": 65.0}),
    ("170/65", {"height": 170, "weight": 65.0}),
    ("体重60公斤左右", {"weight": 60.0}),
    ("我要两件，发顺丰", {"quantity": 2, "courier": "顺丰"}),
    ("买3个能便宜吗", {"quantity": 3}),
    ("拍了2双", {"quantity": 2}),
    ("80元卖不卖", {"price": "80"}),
    ("￥129.50包邮吗", {"price": "129.50"}),
    ("一百块行不行", {"price": "100"}),
    ("一百二十块可以吗", {"price": "120"}),
    ("99可以吗", {"price": "99"}),
    ("墨绿色L码还有吗", {"colour": "墨绿色", "size": "L"}),
    ("有没有黑的", {"colour": "黑"}),
    ("xl和2xl差多少", {"size": "XL"}),
    ("鞋子42码偏大吗", {"size": "42"}),
    ("大号的有吗", {"size": "大"}),
    ("明天能发吗", {"time": "明天"}),
    ("周五前能到吗", {"time": "周五"}),
    ("下午3点前付款今天发吗", {"time": "下午3点前"}),
    ("寄到广州要几天", {"place": "广东省广州市"}),
    ("新疆包邮吗", {"place": "新疆维吾尔自治区"}),
    ("订单号 202603011234567890 查一下", {"order_number": "202603011234567890"}),
    ("电话改成13812345678", {"phone": "13812345678"}),
]


@pytest.mark.parametrize(("said", "named"), CASES, ids=[said for said, _ in CASES])
def test_what_is_named_is_found(said: str, named: dict[str, Any]) -> None:
    found = find_slots(said)
    assert {name: found.get(name) for name in named} == named


@pytest.mark.parametrize(
    "said", ["在吗", "你好", "这个怎么样", "等一下", "😀😀", "", "好的谢谢", "这一个多少钱", "有没有优惠", "质量好不好"]
)
def test_what_is_not_named_is_left_out(said: str) -> None:
    assert not set(find_slots(said)) - {"time"}
    assert find_slots(said).get("quantity") is None


@pytest.mark.parametrize("said", ["保温壶3公斤吗", "一斤装的", "帐篷重2.3kg", "长170cm宽80"])
def test_the_weight_of_goods_is_not_the_buyers(said: str) -> None:
    assert "weight" not in find_slots(said)


def test_goods_of_the_shop_are_recognised_by_name_and_choice() -> None:
    content = load_shop_content("demo")
    found = find_slots("林行45升背包柿子橙还有吗", content.names)
    assert found["product"] == "pack-linxing-45"
    assert found["sku"] == "pack-linxing-45-orange"
    pack = next(product for product in content.products if product.id == "pack-linxing-45")
    assert find_slots("岩灰的有货吗", content.names, pack)["sku"] == "pack-linxing-45-grey"


@pytest.mark.parametrize("said", ["1" * 10_000, "一" * 10_000, "米" * 5_000, "１２３斤", "\x00公斤", "9" * 400 + "元"])
def test_nonsense_is_looked_through_without_error(said: str) -> None:
    find_slots(said)
