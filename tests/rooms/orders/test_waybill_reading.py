"""Waybills as people have them: a printer's table, lines pasted with or without headers, and what is wrong in them."""

import pytest

from jinpai.importing.columns import find_layout
from jinpai.importing.model import Plan
from jinpai.kit.errors import BadInput
from jinpai.orders.importing.waybills import WAYBILLS, Waybill, read_waybill_table, read_waybills


def read(text: str, encoding: str = "utf-8") -> Plan[Waybill]:
    table = read_waybill_table(text.encode(encoding))
    return read_waybills(table, find_layout(WAYBILLS, table, {}))


@pytest.mark.parametrize(
    "text",
    [
        "2611230001,中通,ZT10001",
        "2611230001\t中通\tZT10001\n",
        "2611230001 中通 ZT10001",
        "订单号 快递公司 运单号\n2611230001 中通 ZT10001",
        '序号,订单编号,物流公司,快递单号\n1,="2611230001",中通,ZT10001\n',
    ],
)
def test_a_line_is_read_with_and_without_headers(text: str) -> None:
    plan = read(text)
    assert [one for _, one in plan.lines] == [Waybill("2611230001", "中通", ("ZT10001",))]
    assert plan.rejected == []


def test_a_printer_s_table_in_gbk_and_an_order_in_two_parcels() -> None:
    plan = read("订单编号,快递公司,运单号\n2611230001,中通,ZT10001、ZT10002\n", "gbk")
    assert plan.lines == [(2, Waybill("2611230001", "中通", ("ZT10001", "ZT10002")))]


def test_what_cannot_be_right_is_named_by_its_line() -> None:
    plan = read(
        "2611230001,中通,ZT10001\n2611230001,中通,ZT10001\n2611230001,中通,ZT10009\n"
        "2611230002,中通\n2.61123E+15,中通,ZT10003\n2611230004,中通,单号忘了\n\n2611230005,中通,ZT10005"
    )
    assert [line for line, _ in plan.lines] == [1, 8]
    reasons = {one.line: one.reason for one in plan.rejected}
    assert list(reasons) == [2, 3, 4, 5, 6]
    telling = {2: "一模一样", 3: "同一个订单", 4: "没有运单号", 5: "科学计数法", 6: "不像快递单号"}
    assert all(word in reasons[line] for line, word in telling.items())


def test_an_empty_paste_says_what_to_do() -> None:
    with pytest.raises(BadInput):
        read(" \n")
