"""What spreadsheets and other programs did to sellers' files on the way: noticed, not guessed, and nothing lost."""

import pytest
from exports import csv_text
from orderbook import SHOP, OrderBook
from test_reading import milliseconds, orders_of, plan_of, reasons_of

from jinpai.importing.columns import find_layout
from jinpai.importing.memory import find_mapping, remember_mapping
from jinpai.importing.tables import read_table
from jinpai.kit.errors import BadInput
from jinpai.orders.importing.form import ORDERS
from jinpai.orders.model import OrderRow


@pytest.mark.parametrize(
    ("written", "receiver", "address"),
    [
        ("浙江省 杭州市 西湖区 龙井路1号 张小满 13800138000", "张小满", "浙江省 杭州市 西湖区 龙井路1号"),
        ("13800138000 张小满 浙江省 杭州市 西湖区", "张小满", "浙江省 杭州市 西湖区"),
        ("浙江 13800138000", None, "浙江"),
        ("浙江省 杭州市 13800138000", None, "浙江省 杭州市"),
        ("张小满 13800138000 浙江省杭州市1号 备用13900139000", "张小满", "浙江省杭州市1号 备用13900139000"),
    ],
)
def test_a_city_beside_the_phone_is_no_name_and_stays_in_the_address(
    written: str, receiver: str | None, address: str
) -> None:
    (order,) = orders_of(csv_text(("订单编号", "收货人信息"), ("1", written)).encode())
    assert (order.receiver, order.phone, order.address) == (receiver, "13800138000", address)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026/3/1 下午3:30", "2026-03-01 15:30:00"),
        ("2026/3/1 下午 3:30:05", "2026-03-01 15:30:05"),
        ("2026/3/1 上午12:05", "2026-03-01 00:05:00"),
        ("2026-3-1 3:30 PM", "2026-03-01 15:30:00"),
        ("2026-03-01 12:30 pm", "2026-03-01 12:30:00"),
        ("2026年3月1日 15时30分", "2026-03-01 15:30:00"),
        ("2026-03-01T10:30:00Z", "2026-03-01 18:30:00"),
        ("2026-03-01T10:30:00.250+08:00", "2026-03-01 10:30:00"),
        ("2026-03-01 10:30:00 -0530", "2026-03-02 00:00:00"),
    ],
)
def test_halves_of_the_day_and_zones_are_minded(written: str, meant: str) -> None:
    (order,) = orders_of(csv_text(("订单编号", "下单时间"), ("1", written)).encode())
    assert order.ordered_at == milliseconds(meant)


@pytest.mark.parametrize(
    ("written", "state", "refund"),
    [
        ("支付完成", "paid", None),
        ("付款完成，待发货", "paid", None),
        ("退款完成", "closed", "done"),
        ("交易成功（退款关闭）", "completed", "none"),
        ("已完成", "completed", None),
    ],
)
def test_a_payment_that_is_complete_is_no_completed_trade(written: str, state: str, refund: str | None) -> None:
    (order,) = orders_of(csv_text(("订单编号", "订单状态"), ("1", written)).encode())
    assert (order.state, order.refund) == (state, refund)


def test_a_quote_that_never_ends_is_noticed_below_one_in_the_middle_of_words() -> None:
    text = '订单编号,卖家备注\n1,"好"的\n2,"没有配对\n3,x\n4,y\n'
    with pytest.raises(BadInput, match="第 3 行的引号没有配对"):
        plan_of(text.encode())


def test_zeros_where_a_spreadsheet_lost_digits_are_no_numbers() -> None:
    header = ("订单编号", "总金额")
    lost = csv_text(header, ("123456789012345000", "1"), ("223456789012345000", "2"), ("A-1", "3")).encode()
    assert [(line, "变成了 0" in reason) for line, reason in reasons_of(lost)] == [(2, True), (3, True)]
    assert [row.number for _, row in plan_of(lost).lines] == ["A-1"]
    whole = csv_text(header, ("123456789012345000", "1"), ("223456789012345678", "2")).encode()
    assert len(orders_of(whole)) == 2


def test_the_same_goods_twice_with_other_pieces_are_not_one_of_both() -> None:
    header = ("订单编号", "标题", "商品属性", "数量", "单价")
    rows = (("7", "衬衫", "白", "1", "10"), ("7", "衬衫", "白", "2", "10"), ("7", "衬衫", "蓝", "2", "10"))
    ((line, reason),) = reasons_of(csv_text(header, *rows).encode())
    assert line == 3
    assert "第 2 行" in reason


def test_goods_without_a_title_keep_their_pieces() -> None:
    unnamed, by_choice = orders_of(
        csv_text(("订单编号", "标题", "商品属性", "数量"), ("1", "", "", "3"), ("2", "", "墨绿", "2")).encode()
    )
    assert unnamed == OrderRow("1", quantity=3)
    assert [(item.title, item.quantity) for item in by_choice.items] == [("墨绿", 2)]


def test_two_columns_of_one_name_are_remembered_by_the_one_that_is_something(book: OrderBook) -> None:
    table = read_table("订单编号,备注,备注\n1,要红色,\n".encode())
    first = find_layout(ORDERS, table, {})
    book.writer.run(remember_mapping(SHOP, first))
    with book.database.read() as connection:
        again = find_layout(ORDERS, table, find_mapping(connection, SHOP, "orders"))
    assert [column.field for column in again.columns] == ["number", "remark", None]
    assert [column.field for column in first.columns] == ["number", "remark", None]
