"""An answer to one buyer becomes an answer for all only without what tells that buyer from others."""

import pytest

from jinpai.knowledge.drafting import People, clean, personal

PEOPLE = People(("李雪梅", "13812345678"), "雪落无声", "小林", frozenset({"polyester", "gore-tex"}))


@pytest.mark.parametrize(
    ("said", "told", "taken"),
    [
        ("雪落无声您好，帐篷手洗阴干就好", "{买家}您好，帐篷手洗阴干就好", ("姓名",)),
        ("王女士，订单号 2026112208123 今天安排", "{买家}，订单号 {订单号} 今天安排", ("姓名", "号码")),
        ("可以的，到您那里运费 12 元", "可以的，到您那里运费 {运费}", ("金额",)),
        ("手洗就好，有事打 13812345678 找我。阴干再收", "手洗就好，阴干再收", ("号码",)),
        ("地址是杭州市西湖区文三路 90 号，我改好了，明天发", "我改好了，明天发", ("地址",)),
        ("小林帮您查过，面料是 Polyester，不怕水", "{客服}帮您查过，面料是 Polyester，不怕水", ("姓名",)),
        ("补您 5 块钱，撑杆可以单买", "撑杆可以单买", ("金额",)),
    ],
)
def test_personal_data_becomes_a_variable_or_is_left_out(said: str, told: str, taken: tuple[str, ...]) -> None:
    cleaned = clean(said, PEOPLE, variables=True)
    assert (cleaned.text, cleaned.taken) == (told, taken)
    assert personal(cleaned.text, PEOPLE) == ()


def test_a_product_question_has_no_variables_so_names_and_amounts_are_left_out() -> None:
    cleaned = clean("雪落无声，这款 199 元，手洗阴干就好", PEOPLE, variables=False)
    assert cleaned.text == "手洗阴干就好"
    assert set(cleaned.taken) == {"姓名", "金额"}


@pytest.mark.parametrize("typed", ["有事找李雪梅", "加微信 jinpai2026", "打幺三八幺二三四五六七八", "寄到杭州市西湖区"])
def test_what_a_person_types_into_it_again_is_found(typed: str) -> None:
    assert personal(typed, PEOPLE)
