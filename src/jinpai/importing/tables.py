"""A seller's file as a table of texts: what it is is told by its content, never by its name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jinpai.kit.errors import BadInput
from jinpai.kit.sheets.model import MAX_COLUMNS, MAX_ROWS, Row
from jinpai.kit.sheets.reading import read_rows

MAX_BYTES = 100 << 20
"""The largest file, in bytes."""

MAX_UPLOAD = 10 << 20
"""The largest file through the page; larger ones go by the command line."""

MAX_CELL = 10_000
"""The longest text of one cell, in characters; a row with a longer one is refused, not the file."""

_FOREIGN = (
    ((b"%PDF",), "PDF 文件"),
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8"), "图片"),
    ((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"), "压缩包，请先解压"),
)
_HOW = "请在卖家后台导出报表（CSV、XLS 或 XLSX），原样上传"


@dataclass(frozen=True, slots=True)
class Table:
    """What was in the file: `rows` with blank lines left out; `notes` tell the reader what was not read, and why."""

    kind: str
    rows: Sequence[Row]
    notes: tuple[str, ...] = ()


def read_table(content: bytes) -> Table:
    """The table in this file; BadInput, saying what to do, when there is none or it is dangerous."""
    if not content.strip():
        raise BadInput(f"文件是空的。{_HOW}")
    if len(content) > MAX_BYTES:
        raise BadInput(f"文件超过 {MAX_BYTES >> 20} MB，请按月份分开导出，一个一个导入")
    for starts, name in _FOREIGN:
        if content.startswith(starts):
            raise BadInput(f"这是{name}，不是表格。{_HOW}")
    kind, rows, notes = read_rows(content)
    kept = list(_within_limits(rows))
    if not any(len([cell for cell in cells if cell.strip()]) > 1 for _, cells in kept[:20]):
        raise BadInput(f"这个文件只有一列，看不出是表格。{_HOW}")
    if len(kept) < 2:
        raise BadInput(f"文件里只有一行，没有内容。{_HOW}")
    return Table(kind, kept, notes)


def _within_limits(rows: Iterator[Row]) -> Iterator[Row]:
    count = 0
    for line, cells in rows:
        if len(cells) > MAX_COLUMNS and any(cell.strip() for cell in cells[MAX_COLUMNS:]):
            raise BadInput(f"第 {line} 行超过 {MAX_COLUMNS} 列，不像表格。{_HOW}")
        if not any(cells) or not any(cell.strip() for cell in cells):
            continue
        count += 1
        if count > MAX_ROWS + 1:
            raise BadInput(f"文件超过 {MAX_ROWS} 行，请按月份分开导出，一个一个导入")
        yield line, cells[:MAX_COLUMNS]
