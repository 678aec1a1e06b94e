"""Freight asked at the desk: a pasted address or the buyer's order, goods or a weight, a sentence ready to send."""

from typing import Any

import pytest
from front import OWN, Front

from jinpai.guard.model import verdict_of

QUOTES = "/api/v1/freight/quotes"
TENT, SOCKS = "tent-xiya-2p-green", "lamp-yuelang-white"


def ask(front: Front, **asked: Any) -> dict[str, Any]:
    answer = front.client("agent").post(QUOTES, json={"shop": OWN, **asked})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


def test_a_pasted_address_and_a_weight(front: Front) -> None:
    told = ask(front, to="张三 13800138000 寄到浙江杭州西湖区文三路1号", weight="1.3")
    assert told["place"] == "浙江省杭州市西湖区"
    assert (told["best"]["courier"], told["best"]["price"]) == ("中通快递", "22.00")
    assert (told["best"]["least_days"], told["best"]["most_days"]) == (1, 2)
    assert [offer["courier"] for offer in told["alternatives"]] == ["顺丰速运", "邮政EMS"]


def test_several_goods_are_one_parcel_and_their_price_may_free_it(front: Front) -> None:
    told = ask(front, to="浙江", goods={TENT: 1, SOCKS: 2})
    assert told["weight"] == "3.82"
    assert (told["is_free"], told["best"]["price"], told["best"]["listed"]) == (True, "0.00", "42.00")
    assert "包邮" in told["sentence"]
    assert ask(front, to="新疆", goods={TENT: 1, SOCKS: 2})["best"]["price"] == "42.00"


def test_the_address_of_an_order_without_showing_it(front: Front) -> None:
    told = ask(front, order=front.people.orders[OWN].order, weight="1", amount="0")
    assert (told["region"], told["place"]) == ("浙江", "浙江")
    assert told["best"]["price"] == "12.00"
    assert "龙井路" not in str(told)


def test_every_sentence_passes_the_guard(front: Front) -> None:
    guard = front.house.content.shop(OWN).guard
    for to, amount in (("浙江", "10"), ("浙江", "500"), ("西藏", "10"), ("香港九龙", "10")):
        told = ask(front, to=to, weight="2.5", amount=amount)
        for text in [told["sentence"], *(offer["sentence"] for offer in told["alternatives"])]:
            assert verdict_of(guard.check(text)) in ("pass", "hint"), text
            assert "送不到" in text or "正常" in text


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"to": "鼓楼区中山路", "weight": "1"}, "南京市"),
        ({"to": "这里", "weight": "1"}, "省份或城市"),
        ({"to": "浙江"}, "总重量"),
        ({"to": "浙江", "weight": "-1"}, "重量"),
        ({"to": "浙江", "weight": "1", "courier": "天边快递"}, "没有快递"),
        ({"to": "浙江", "goods": {"nothing": 1}}, "没有规格"),
    ],
)
def test_what_cannot_be_quoted_says_what_to_do(front: Front, asked: dict[str, Any], says: str) -> None:
    answer = front.client("agent").post(QUOTES, json={"shop": OWN, **asked})
    assert answer.status_code == 400
    assert says in answer.json()["detail"]
