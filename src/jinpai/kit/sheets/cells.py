"""What workbooks old and new have in common: the sheet that is read, and a cell as a person would read it."""

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice

from jinpai.kit.sheets.model import Row

SPOILT = "这个 Excel 文件打不开，可能没有传完整；请重新导出，或用 Excel 打开后另存为 XLSX 再试"
LOCKED = "这个 Excel 文件设了密码，请先在 Excel 里去掉密码再导入"


def choose(sheets: Iterator[tuple[str, Iterator[Row]]]) -> tuple[list[Row], tuple[str, ...]]:
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


def cell_text(value: object) -> str:
    """The cell's text; a number too long for Excel keeps its exponent, so that it is noticed."""
    if isinstance(value, str):
        return value
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
