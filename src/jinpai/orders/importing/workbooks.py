"""Excel workbooks, new and old: the first sheet with anything in it, every cell as text."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from typing import Any

import openpyxl
import xlrd

from jinpai.kit.errors import BadInput
from jinpai.orders.importing.tables import MAX_COLUMNS, MAX_ROWS, Row

MAX_UNPACKED = 400 << 20
MAX_RATIO = 300
"""A workbook that unpacks to more, or to so many times its size, is a trap."""

_GAPS = 1_100_000
"""Excel has no more lines; a file that claims more would keep us counting for ever."""

_SPOILT = "这个 Excel 文件打不开，可能没有传完整；请重新导出，或用 Excel 打开后另存为 XLSX 再试"
_LOCKED = "这个 Excel 文件设了密码，请先在 Excel 里去掉密码再导入"


def read_xlsx(content: bytes) -> tuple[str, Iterator[Row], tuple[str, ...]]:
    """An XLSX workbook's rows; BadInput when it is another archive, spoilt, or a trap."""
    _check_archive(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
        for sheet in sheets:
            sheet.reset_dimensions()
        rows, notes = _choose([(sheet.title, _xlsx_rows(sheet)) for sheet in sheets])
        return "XLSX", iter(rows), notes
    except BadInput:
        raise
    except Exception as error:
        raise BadInput(_SPOILT) from error


def read_xls(content: bytes) -> tuple[str, Iterator[Row], tuple[str, ...]]:
    """An XLS workbook's rows; BadInput when it is spoilt, locked, or something else."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise BadInput(_LOCKED)
    try:
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), on_demand=True)
        rows, notes = _choose([(sheet.name, _xls_rows(book, sheet)) for sheet in book.sheets()])
        return "XLS", iter(rows), notes
    except BadInput:
        raise
    except Exception as error:
        raise BadInput(_LOCKED if "encrypt" in str(error).lower() else _SPOILT) from error


def _check_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile:
        raise BadInput(_SPOILT) from None
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise BadInput("这是压缩包，不是订单表格；请先解压，再导入里面的 CSV、XLS 或 XLSX 文件")
    size = sum(part.file_size for part in parts)
    if size > MAX_UNPACKED or size > MAX_RATIO * max(len(content), 1 << 16) or len(parts) > 5_000:
        raise BadInput("这个 Excel 文件解开后大得不正常，没有读取；请从卖家后台重新导出，按月份分开导入")


def _choose(sheets: list[tuple[str, Iterator[Row]]]) -> tuple[list[Row], tuple[str, ...]]:
    """The rows of the first sheet that has any, and a note about the others that do."""
    chosen: list[Row] = []
    left: list[str] = []
    for title, rows in sheets:
        if chosen:
            left += [title for _ in islice((row for row in rows if any(row[1])), 1)]
        else:
            chosen = [row for row in rows if any(row[1])]
    names = "、".join(f"“{title}”" for title in left)
    return chosen, (f"只读了第一个有内容的工作表；{names} 没有读，需要的话请另存为单独的文件导入",) if left else ()


def _xlsx_rows(sheet: Any) -> Iterator[Row]:
    count = 0
    for line, values in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=True), 1):
        cells = tuple(_text(value) for value in values)
        count += any(cells)
        if line > _GAPS or count > MAX_ROWS + 1:
            raise BadInput(f"表格超过 {MAX_ROWS} 行，请按月份分开导出，一个一个导入")
        yield line, cells


def _xls_rows(book: Any, sheet: Any) -> Iterator[Row]:
    for line in range(sheet.nrows):
        yield line + 1, tuple(_xls_text(book, cell) for cell in sheet.row(line)[: MAX_COLUMNS + 1])


def _xls_text(book: Any, cell: Any) -> str:
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _text(xlrd.xldate_as_datetime(cell.value, book.datemode))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return _text(bool(cell.value))
    return "" if cell.ctype == xlrd.XL_CELL_ERROR else _text(cell.value)


def _text(value: object) -> str:
    """The cell as a person would read it; a number too long for Excel keeps its exponent, so that it is noticed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.15G}"
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)
