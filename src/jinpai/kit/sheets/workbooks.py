"""Excel workbooks: the first sheet with anything in it, every cell as text.

The reader lays a sheet out in memory up to its last row and last column. Both are looked up in the file first, so that
one cell far away is no trap.
"""

import io
import re
import zipfile
from collections.abc import Iterator

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from jinpai.kit.errors import BadInput
from jinpai.kit.sheets.cells import SPOILT, cell_text, choose
from jinpai.kit.sheets.model import MAX_COLUMNS, MAX_ROWS, Row, Rows

MAX_UNPACKED = 400 << 20
MAX_RATIO = 300
"""A workbook that unpacks to more, or to so many times its size, is a trap."""

MAX_CELLS, MAX_LINES = 15_000_000, 1_000_000
"""How large a sheet's outline may be, rows times columns: some 500 MB while it is read."""

_CHUNK = 1 << 20
_OVERLAP = 512
_FILLED = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"'][^>]*(?<!/)>")
"""A cell with something in it, and where it stands."""


def read_xlsx(content: bytes) -> Rows:
    """An XLSX workbook's rows; BadInput when it is another archive, spoilt, or a trap."""
    try:
        _check_archive(content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows, notes = choose((name, _rows(book.get_sheet_by_name(name))) for name in _names(book))
        return "XLSX", iter(rows), notes
    except (BadInput, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # What goes wrong inside the reader may come out as more than an Exception.
        raise BadInput(SPOILT) from error


def _names(book: CalamineWorkbook) -> list[str]:
    tables = [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    return [sheet.name for sheet in tables if sheet.visible == SheetVisibleEnum.Visible] or [one.name for one in tables]


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    count = 0
    for line, values in enumerate(sheet.to_python(skip_empty_area=False), 1):
        cells = tuple(map(cell_text, values[: MAX_COLUMNS + 1]))
        count += any(cells)
        if count > MAX_ROWS + 1:
            raise BadInput(f"表格超过 {MAX_ROWS} 行，请按月份分开导出，一个一个导入")
        yield line, cells


def _check_archive(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if not any(part.filename == "xl/workbook.xml" for part in parts):
            raise BadInput("这是压缩包，不是表格；请先解压，再导入里面的 CSV、XLS 或 XLSX 文件")
        size = sum(part.file_size for part in parts)
        if size > MAX_UNPACKED or size > MAX_RATIO * max(len(content), 1 << 16) or len(parts) > 5_000:
            raise BadInput("这个 Excel 文件解开后大得不正常，没有读取；请从卖家后台重新导出，按月份分开导入")
        for part in parts:
            if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                _check_outline(archive, part)


def _check_outline(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    columns, last = set[bytes](), 1
    with archive.open(part) as file:
        text = b""
        while more := file.read(_CHUNK):
            text = text[-_OVERLAP:] + more
            for column, row in _FILLED.findall(text):
                columns.add(column)
                last = max(last, int(row))
    if last > MAX_LINES or last * max(map(_number, columns), default=1) > MAX_CELLS:
        raise BadInput("这个表格里有一格离得太远，中间全是空的，没有读取；请只留有内容的部分，另存后再导入")


def _number(column: bytes) -> int:
    """Which column these letters name, A the first."""
    number = 0
    for letter in column.upper():
        number = number * 26 + letter - 64
    return number
