"""What sellers' files say, and what is said of those that cannot be right."""

import datetime
import io

import openpyxl
import pytest
from exports import HEADERS, PAID, SHIPPED, csv_file, csv_text, far_apart, xlsx_file, zip_bomb

from jinpai.importing.columns import choose, choose_by_header, find_layout
from jinpai.importing.model import Plan
from jinpai.importing.tables import read_table
from jinpai.kit.errors import BadInput
from jinpai.orders.importing.form import ORDERS
from jinpai.orders.importing.reading import read_plan
from jinpai.orders.model import Item, OrderRow, Parcel

PLUS_8 = datetime.timezone(datetime.timedelta(hours=8))


def plan_of(content: bytes) -> Plan[OrderRow]:
    table = read_table(content)
    return read_plan(table, find_layout(ORDERS, table, {}))


def orders_of(content: bytes) -> list[OrderRow]:
    plan = plan_of(content)
    assert plan.rejected == []
    assert len(plan.lines) == plan.count
    return [order for _, order in plan.lines]


def reasons_of(content: bytes) -> list[tuple[int, str]]:
    plan = plan_of(content)
    assert len(plan.lines) + len(plan.rejected) == plan.count
    return [(one.line, one.reason) for one in plan.rejected]


def milliseconds(text: str) -> int:
    return int(datetime.datetime.fromisoformat(text).replace(tzinfo=PLUS_8).timestamp() * 1000)


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("gbk", ","), ("gb18030", ","), ("utf-8", ","), ("utf-8-sig", ","), ("utf-16", "\t"), ("utf-16-le", "\t"),
     ("utf-16-be", "\t"), ("gbk", "\t"), ("utf-8", ";")],
)  # fmt: skip
def test_an_export_in_every_encoding_says_the_same(encoding: str, separator: str) -> None:
    paid, shipped = orders_of(csv_file(encoding=encoding, separator=separator))
    assert paid.number == "2611220001000001"
    assert (paid.buyer_name, paid.state, paid.paid, paid.total) == ("山里人", "paid", 45_900, 45_900)
    assert (paid.receiver, paid.phone, paid.region) == ("张小满", "13800138000", "浙江")
    assert (paid.title, paid.quantity) == ("双人帐篷 墨绿", 1)
    assert (paid.remark, paid.buyer_note, paid.refunded) == ("已核对", "放门口,谢谢", 0)
    assert paid.ordered_at == milliseconds("2026-11-20 10:00:00")
    assert shipped.parcels == (Parcel("YT123456789", "圆通速递"),)
    assert (shipped.region, shipped.phone, shipped.refund) == ("新疆", "139****6688", None)
    assert shipped.ordered_at == milliseconds("2026-11-19 09:05:00")


def test_a_workbook_with_a_title_dates_and_numbers_as_cells() -> None:
    made = xlsx_file(
        ("订单编号", "总金额", "订单创建时间", "宝贝总数量"),
        ("A-1", 21.1, datetime.datetime(2026, 11, 20, 10, 0, 0), 2.0),
        (261122, 5, datetime.date(2026, 11, 20), 1),
        title="十一月订单报表",
    )
    first, second = orders_of(made)
    assert (first.number, first.total, first.quantity) == ("A-1", 2_110, 2)
    assert first.ordered_at == milliseconds("2026-11-20 10:00:00")
    assert (second.number, second.total) == ("261122", 500)


def test_a_number_that_excel_cut_is_refused_with_the_way_out() -> None:
    (csv_line,) = reasons_of(csv_text(("订单编号", "总金额"), ("1.23457E+15", "1")).encode())
    (sheet_line,) = reasons_of(xlsx_file(("订单编号", "总金额"), (1.23456789012345e18, 1)))
    for line, reason in (csv_line, sheet_line):
        assert line == 2
        assert "科学计数法" in reason
        assert "重新导出" in reason


def test_a_number_in_science_that_lost_nothing_is_read() -> None:
    (order,) = orders_of(csv_text(("订单编号", "总金额"), ("1.234567890123456E+15", "1")).encode())
    assert order.number == "1234567890123456"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"订单编号": ""}, "没有订单编号"),
        ({"订单编号": "=A1+1"}, "公式"),
        ({"订单编号": "12 34"}, "不该有的字符"),
        ({"订单编号": "1" * 80}, "有 80 个字，太长了"),
        ({"总金额": "免费"}, "不是金额"),
        ({"总金额": "-3"}, "负数"),
        ({"总金额": "1.005"}, "不是金额"),
        ({"订单创建时间": "#######"}, "列太窄"),
        ({"订单创建时间": "昨天"}, "不是时间"),
        ({"订单创建时间": "2026-02-30 00:00:00"}, "不是时间"),
        ({"订单付款时间": "2026-11-20 09:59:59"}, "付款时间比下单时间还早"),
        ({"订单状态": "在路上飞"}, "不认识"),
        ({"宝贝总数量": "一些"}, "不是件数"),
        ({"联系手机": "1.38001E+10"}, "科学计数法"),
        ({"联系手机": "无法联系"}, "不像电话"),
        ({"物流单号": "???"}, "不像快递单号"),
        ({"买家留言": "好" * 10_001}, "超过 10000 字"),
    ],
)
def test_a_line_that_cannot_be_right_is_named_and_its_neighbours_taken(changes: dict[str, str], said: str) -> None:
    names = [name.strip() for name in HEADERS]
    broken = [changes.get(name, cell) for name, cell in zip(names, PAID, strict=True)]
    plan = plan_of(csv_file(SHIPPED, broken))
    assert [order.buyer_name for _, order in plan.lines] == ["慢慢走"]
    (rejected,) = plan.rejected
    assert rejected.line == 3
    assert said in rejected.reason


def test_lines_are_numbered_as_the_sellers_program_shows_them() -> None:
    text = '订单编号,买家留言,总金额\n1,"第一行\n第二行",5\n\n2,,坏\n3,,7,多出来的\n'
    assert [line for line, _ in reasons_of(text.encode())] == [5, 6]


def test_one_number_with_two_contents_is_refused_once() -> None:
    ((line, reason),) = reasons_of(csv_text(("订单编号", "总金额"), ("1", "5"), ("1", "6"), ("1", "5")).encode())
    assert line == 3
    assert "第 2 行" in reason


def test_a_goods_report_has_a_line_per_kind_of_goods() -> None:
    header = ("订单编号", "标题", "价格", "购买数量", "商品属性", "外部系统编号")
    first, second = orders_of(
        csv_text(header, ("7", "帐篷", "459.00", "1", "墨绿", "ZP-1"), ("7", "地垫", "59", "2", "", "")).encode("gbk")
    )
    assert first.items == (Item("帐篷", "墨绿", 1, 45_900, "ZP-1"),)
    assert second.items == (Item("地垫", "", 2, 5_900),)


def test_a_day_without_a_time_is_not_before_the_order_of_that_day() -> None:
    names = [name.strip() for name in HEADERS]
    row = [{"订单付款时间": "2026-11-20"}.get(name, cell) for name, cell in zip(names, PAID, strict=True)]
    (order,) = orders_of(csv_file(row))
    assert order.paid_at == milliseconds("2026-11-20T00:00:00")


def test_missing_columns_are_simply_not_told() -> None:
    (order,) = orders_of("订单编号,总金额\n1,5\n".encode())
    assert order == OrderRow("1", total=500)


def test_states_are_told_by_times_and_amounts_where_there_is_no_column() -> None:
    header = ("订单编号", "总金额", "买家实际支付金额", "订单付款时间 ", "退款金额")
    rows = (("1", "5", "0", "", "0"), ("2", "5", "5", "2026-11-20", "0"), ("3", "5", "0", "2026-11-20", "5"))
    found = orders_of(csv_text(header, *rows).encode())
    assert [(one.state, one.refund) for one in found] == [("unpaid", None), ("paid", None), ("closed", "done")]


def test_province_city_and_street_are_put_together_once() -> None:
    header = ("订单编号", "省", "市", "区", "详细地址")
    split, merged = orders_of(
        csv_text(
            header, ("1", "浙江省", "杭州市", "西湖区", "龙井路1号"), ("2", "浙江省", "", "", "浙江省杭州市1号")
        ).encode()
    )
    assert split.address == "浙江省 杭州市 西湖区 龙井路1号"
    assert merged.address == "浙江省杭州市1号"


def test_a_name_and_a_phone_inside_the_address_are_taken_out() -> None:
    (order,) = orders_of(
        csv_text(("订单编号", "收货人信息"), ("1", "张小满，13800138000，浙江省杭州市龙井路1号")).encode()
    )
    assert (order.receiver, order.phone, order.address) == ("张小满", "13800138000", "浙江省杭州市龙井路1号")


def test_headers_are_guessed_remembered_and_corrected() -> None:
    table = read_table("单号,Amount,我的卖家备注\nX1,5,好\n".encode())
    guessed = find_layout(ORDERS, table, {})
    assert [column.field for column in guessed.columns] == [None, None, "remark"]
    with pytest.raises(BadInput, match=r"找不到“订单编号”这一列.*单号、Amount"):
        read_plan(table, guessed)
    corrected = choose_by_header(guessed, {"单号": "number", "amount": "总金额", "我的卖家备注": ""})
    assert [column.field for column in corrected.columns] == ["number", "total", None]
    again = find_layout(ORDERS, table, {"单号": "number", "amount": "total", "我的卖家备注": ""})
    assert [column.field for column in again.columns] == ["number", "total", None]


@pytest.mark.parametrize(
    ("fields", "said"),
    [((None,), "3 列"), (("number", "number", None), "两列都对应"), (("number", "boss", None), "没有“boss”")],
)
def test_a_correction_that_cannot_be_is_refused(fields: tuple[str | None, ...], said: str) -> None:
    table = read_table("单号,金额,备注\nX1,5,好\n".encode())
    with pytest.raises(BadInput, match=said):
        choose(find_layout(ORDERS, table, {}), fields)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空的"),
        (b" \r\n \n", "空的"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "图片"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x1f\x8b\x08" + bytes(50), "压缩包"),
        (bytes(range(256)) * 40, "不是文字表格|读不出来"),
        (b"PK\x03\x04" + bytes(200), "打不开"),
        (b"\xd0\xcf\x11\xe0" + bytes(2_000), "打不开"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (zip_bomb(), "大得不正常"),
        (far_apart(), "离得太远"),
        ("订单编号\n1\n2\n".encode(), "只有一列"),
        ("订单编号,总金额\n".encode(), "只有一行"),
        (b"," * 2_000_000 + b"x\n1,2\n", "超过 300 列"),
        ("订单编号,备注\n1,".encode() + b"a" * 200_000 + b"\n", "13 万字"),
        ('订单编号,备注\n1,好\n2,"没有结束\n3,好\n'.encode(), "第 3 行的引号没有配对"),
        ("<html><table><tr><td>订单编号</td></tr></table>".encode(), "网页"),
        ("订单编号,总金额\n1,5\n".encode() + "坏".encode("gbk")[:1] + b"\n", "第 3 行有读不出来的字符"),
    ],
)
def test_a_file_that_is_no_order_table_is_explained(content: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        plan_of(content)


def test_a_quote_in_the_middle_of_words_spoils_nothing() -> None:
    (order,) = orders_of('订单编号,买家留言\n1,"好看"的帐篷\n'.encode())
    assert order.buyer_note == "好看的帐篷"


def test_a_second_sheet_is_not_passed_over_in_silence() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_file(("订单编号", "总金额"), ("1", 5))))
    book.create_sheet("十二月").append(["订单编号", "总金额"])
    out = io.BytesIO()
    book.save(out)
    (note,) = read_table(out.getvalue()).notes
    assert "十二月" in note
