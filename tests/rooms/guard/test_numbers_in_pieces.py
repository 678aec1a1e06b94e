"""A number given away in pieces: over messages, or one after the other within one."""

import pytest
from tests.rooms.guard.rulebook import hits as found
from tests.rooms.guard.rulebook import rules_hit, verdict


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (("138126",), "40937"),
        (("记一下 1381264 前七位",), "后四位 0937"),
        (("幺三八幺二六四",), "零九三七"),
        (("138",), "1264"),
        (("138", "1264"), "0937"),
    ],
)
def test_a_phone_number_over_messages(before: tuple[str, ...], text: str) -> None:
    said = [("buyer", "怎么联系您"), *(("agent", words) for words in before)]
    blocked = "leak.mobile" in rules_hit(found(text, *said))
    assert blocked == (sum(map(len, (*before, text))) > 7)


def test_a_phone_number_told_in_pieces_within_a_message() -> None:
    assert "leak.mobile" in rules_hit(found("我的号139开头，后面12640937"))
    assert "leak.mobile" not in rules_hit(found("前面3件48元，后面5件75元，一共1380元哦"))


def test_a_labelled_number_over_messages() -> None:
    assert "leak.qq" in rules_hit(found("50439", ("buyer", "有图吗"), ("agent", "QQ 2718")))
    assert "leak.qq" not in rules_hit(found("50439", ("buyer", "卖了多少"), ("agent", "月销 2718")))


def test_numbers_of_orders_and_parcels_stay_innocent() -> None:
    assert verdict("订单号前面是4821，后面是739005562138") in ("pass", "hint")
    assert verdict("后四位 0937", ("agent", "取件码 1381264")) in ("pass", "hint")
