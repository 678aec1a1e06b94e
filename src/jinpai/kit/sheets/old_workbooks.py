"""Excel's old workbooks: the first sheet with anything in it, every cell as text."""

import io
from collections.abc import Iterator
from typing import Any

import xlrd

from jinpai.kit.errors import BadInput
from jinpai.kit.sheets.cells import LOCKED, SPOILT, cell_text, choose
from jinpai.kit.sheets.model import MAX_COLUMNS, Row, Rows


def read_xls(content: bytes) -> Rows:
    """An XLS workbook's rows; BadInput when it is spoilt, locked, or something else."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise BadInput(LOCKED)
    try:
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), on_demand=True)
        rows, notes = choose((sheet.name, _rows(book, sheet)) for sheet in book.sheets())
        return "XLS", iter(rows), notes
    except BadInput:
        raise
    except Exception as error:
        raise BadInput(LOCKED if "encrypt" in str(error).lower() else SPOILT) from error


def _rows(book: Any, sheet: Any) -> Iterator[Row]:
    for line in range(sheet.nrows):
        yield line + 1, tuple(_text(book, cell) for cell in sheet.row(line)[: MAX_COLUMNS + 1])


def _text(book: Any, cell: Any) -> str:
    if cell.ctype == xlrd.XL_CELL_DATE:
        return cell_text(xlrd.xldate_as_datetime(cell.value, book.datemode))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return cell_text(bool(cell.value))
    return "" if cell.ctype == xlrd.XL_CELL_ERROR else cell_text(cell.value)
