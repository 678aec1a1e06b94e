"""What a buyer says of the goods that would do: a budget, a number of people; and what is no such thing."""

import pytest

from jinpai.copilot.hearing.slots import find_slots


@pytest.mark.parametrize(
    ("text", "budget"),
    [
        ("三百以内的帐篷有吗", "300"),
        ("预算500，两个人去露营", "500"),
        ("预算大概两千", "2000"),
        ("二百块左右送人的", "200"),
        ("300-500的冲锋衣", "500"),
        ("三五百块的背包", "500"),
        ("不超过三百", "300"),
        ("最多四百块", "400"),
        ("一百五左右的睡袋", "150"),
        ("价位200到300之间", "300"),
    ],
)
def test_the_most_a_buyer_wants_to_pay_is_heard(text: str, budget: str) -> None:
    assert find_slots(text)["budget"] == budget


@pytest.mark.parametrize(
    "text",
    [
        "身高170-180能穿吗",
        "120斤左右穿什么码",
        "5天以内能到吗",
        "20升左右的包",
        "200斤以内能坐吗",
        "最多几个人睡",
        "满199减多少",
        "发到内蒙古最多几天",
        "不超过3个小时",
    ],
)
def test_a_measure_is_no_budget(text: str) -> None:
    assert "budget" not in find_slots(text)


@pytest.mark.parametrize(
    ("text", "people"),
    [("一家四口去露营", 4), ("两大一小用", 3), ("三个人能睡吗", 3), ("我们俩用", 2), ("一个人去徒步", 1)],
)
def test_the_number_of_people_is_heard_and_is_no_number_of_pieces(text: str, people: int) -> None:
    slots = find_slots(text)
    assert slots["people"] == people
    assert "quantity" not in slots


def test_a_dented_piece_is_no_money_and_a_foot_is_measured() -> None:
    assert "price" not in find_slots("水壶瘪了一块")
    assert find_slots("就一块钱")["price"] == "1"
    assert find_slots("脚长24.5，平时38")["foot"] == 24.5
    assert find_slots("脚长245")["foot"] == 24.5
