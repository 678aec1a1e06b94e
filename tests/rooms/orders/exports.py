"""Files as sellers have them, written for the tests."""

import io
import zipfile
from collections.abc import Sequence

import openpyxl

HEADERS = (
    "订单编号", "买家会员名", "买家实际支付金额", "总金额", "订单状态", "收货人姓名", "收货地址 ", "联系手机",
    "订单创建时间", "订单付款时间 ", "宝贝标题", "宝贝总数量", "物流单号", "物流公司",
    "订单备注", "买家留言", "退款金额",
)  # fmt: skip
PAID = (
    '="2611220001000001"', "山里人", "459.00", "459.00", "买家已付款，等待卖家发货", "张小满",
    "浙江省 杭州市 西湖区 龙井路1号",
    "'13800138000", "2026-11-20 10:00:00", "2026-11-20 10:00:08", "双人帐篷 墨绿", "1", "", "",
    "已核对", "放门口,谢谢", "0.00",
)  # fmt: skip
SHIPPED = (
    '="2611220001000002"', "慢慢走", "128.50", "128.50", "卖家已发货，等待买家确认", "李四",
    "新疆维吾尔自治区 乌鲁木齐市",
    "139****6688", "2026/11/19 9:05", "2026/11/19 9:06", "登山杖", "2", "No:YT123456789", "圆通速递", "", "", "",
)  # fmt: skip


def csv_text(*rows: Sequence[str], separator: str = ",") -> str:
    """Rows as a CSV; a cell that begins with = stands bare, as back offices write it."""
    return "".join(separator.join(_quoted(cell) for cell in row) + "\r\n" for row in rows)


def csv_file(*rows: Sequence[str], encoding: str = "gbk", separator: str = ",") -> bytes:
    return csv_text(HEADERS, *(rows or (PAID, SHIPPED)), separator=separator).encode(encoding)


def xlsx_file(*rows: Sequence[object], title: str | None = None) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    if title is not None:
        sheet.append([title])
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def far_apart() -> bytes:
    """Two cells with all that a sheet can hold between them."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["XFD9000"] = "订单编号", "远"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (64 << 20))
    return out.getvalue()


def _quoted(cell: str) -> str:
    if cell.startswith("=") or not any(mark in cell for mark in ',"\n\t'):
        return cell
    return '"' + cell.replace('"', '""') + '"'
