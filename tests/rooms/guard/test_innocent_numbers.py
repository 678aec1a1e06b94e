"""Service talk is full of long numbers; only those that lead away from the shop are held back."""

import pytest
from tests.rooms.guard.rulebook import hits, rules_hit, verdict

INNOCENT = [
    "您的订单号是2837465019283746501，已经发货了哦",
    "订单编号 13912345678 已经帮您催发货了",
    "运单号：SF1403358912345，明天派送哦",
    "圆通单号YT13912345678901",
    "商品编号100012043978，您可以复制搜索",
    "条码6923450657713",
    "尺码有 130、140、150、160、170，都有货的",
    "1、3、5、7、9、11、13、15码都有",
    "三围是 155/80A、160/84A、165/88A",
    "价格15.9、19.9、29.9、39.9四种",
    "一共1380元，优惠138元，实付1242元",
    "2026年03月15日10:00到2026年03月18日23:59",
    "规格1.2*1.9米、1.5*2.0米、1.8*2.2米",
    "您的手机号138****5678对吗",
    "尾号5678的手机",
    "顺丰热线95338，中通95311，投诉12315",
    "顺丰400-811-1111也可以查",
    "取件码 8-3-2017",
    "开户行不用填，退款原路返回",
    "一二三四五六七八九十种颜色",
    "身高158到165，体重90到110斤都可以穿",
]


@pytest.mark.parametrize("text", INNOCENT)
def test_order_tracking_sizes_prices_and_hot_lines_pass(text: str) -> None:
    assert verdict(text) == "pass"


def test_the_buyers_own_number_may_be_repeated() -> None:
    buyer = ("buyer", "号码换成 138-0013-8000")
    assert verdict("好的，13800138000 已经记好了哦", buyer) == "pass"
    assert verdict("好的，13900139000 已经记好了哦", buyer) == "block"


def test_the_shops_own_facts_excuse_its_numbers_domains_and_names() -> None:
    assert verdict("打我们的公开热线 400-123-4567 哦", numbers=["400 123 4567"]) == "pass"
    assert verdict("看这里 https://shop.example.org/a", domains=["example.org"]) == "pass"
    assert verdict("看这里 https://example.org.evil.cn/a", domains=["example.org"]) == "block"
    assert verdict("您去拼多多下单") == "block"
    assert verdict("您去拼多多下单", names=["拼多多"]) == "pass"


def test_facts_of_the_wrong_form_excuse_nothing() -> None:
    found = hits("打 13800138000", numbers="13800138000")  # type: ignore[arg-type]
    assert "leak.mobile" in rules_hit(found)
    assert "leak.mobile" in rules_hit(hits("打 13800138000", numbers=[13800138000]))  # type: ignore[list-item]


def test_a_number_sent_in_two_or_three_messages_is_put_together() -> None:
    assert verdict("45678", ("agent", "138123")) == "block"
    assert verdict("5678", ("agent", "138"), ("buyer", "嗯"), ("agent", "1234")) == "block"
    assert verdict("后四位 五六七八", ("agent", "先记 138 1234")) == "block"


def test_a_price_after_an_order_number_is_not_put_together() -> None:
    assert verdict("一共99元哦", ("agent", "订单尾号 138001380")) == "pass"
    assert verdict("99", ("agent", "您的订单尾号 138001380")) == "pass"
    assert verdict("45678", ("buyer", "138123")) == "pass"


def test_bank_cards_are_told_from_order_numbers_by_their_check_digit_or_their_label() -> None:
    assert "leak.bank_card" in rules_hit(hits("6222021234567890128"))
    assert hits("6222021234567890123") == ()
    assert "leak.bank_card" in rules_hit(hits("卡号6222021234567890123"))
    assert hits("订单号6222021234567890128") == ()


def test_a_label_does_not_reach_over_the_next_clause() -> None:
    assert verdict("订单号已经发您了，有事打13800138000") == "block"
