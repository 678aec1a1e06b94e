"""What an invoice needs: tax numbers by their check digit, the amount from the order, where it goes."""

from dataclasses import replace

import pytest

from jinpai.kit.errors import BadInput, Conflict
from jinpai.orders.model import Order
from jinpai.tasks.invoices import amount_for, mask_title, mask_to, read_invoice, read_tax_number

ORDER = Order("o_1", "demo", "1001", 0, 0, state="completed", total=13_800, paid=13_800, freight=1_200, refunded=2_000)


@pytest.mark.parametrize(
    "typed", ["91350100M000100Y43", " 9135 0100 m000 100y 43 ", "９１３５０１００Ｍ０００１００Ｙ４３"]
)
def test_a_right_tax_number_is_taken_however_it_was_pasted(typed: str) -> None:
    assert read_tax_number(typed) == "91350100M000100Y43"


def test_the_old_number_of_a_company_is_checked_by_its_own_digit() -> None:
    assert read_tax_number("350100D2143569X") == "350100D2143569X"
    with pytest.raises(BadInput, match="校验位"):
        read_tax_number("350100D21435691")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("91350100M000100Y34", "校验位"),
        ("91350100M000100Y4", "17 位"),
        ("91350100M00O100Y43", "“O”"),
        ("", "统一社会信用代码"),
    ],
    ids=["digits changed places", "one lost", "the letter O", "none"],
)
def test_a_wrong_tax_number_says_what_is_wrong(typed: str, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        read_invoice("electronic", "company", "福州测试有限公司", typed, "fapiao@example.com")


def test_an_electronic_invoice_needs_a_mailbox_and_a_paper_one_an_address() -> None:
    with pytest.raises(BadInput, match="邮箱"):
        read_invoice("electronic", "personal", "张小满", "", "浙江省杭州市西湖区文三路 1 号")
    with pytest.raises(BadInput, match="地址"):
        read_invoice("paper", "personal", "张小满", "", "杭州")


def test_the_amount_is_the_goods_as_paid_without_freight_and_refunds() -> None:
    assert amount_for(ORDER) == 10_600
    with pytest.raises(Conflict, match="付款"):
        amount_for(replace(ORDER, state="unpaid", paid=0))
    with pytest.raises(Conflict, match="没有可以开票的金额"):
        amount_for(replace(ORDER, refunded=13_800))


def test_a_person_s_name_and_mailbox_are_masked_a_company_s_title_is_not() -> None:
    mine = read_invoice("electronic", "personal", "张小满", "", "zhangxm@example.com")
    assert (mask_title(mine), mask_to(mine)) == ("张**", "z***@example.com")
    firm = read_invoice("paper", "company", "福州测试有限公司", "91350100M000100Y43", "福建省福州市鼓楼区 1 号 李四")
    assert (mask_title(firm), mask_to(firm)) == ("福州测试有限公司", "福建省****")
