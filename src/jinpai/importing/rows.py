"""One line of a table as values by field: what every kind of file does before it makes something of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jinpai.importing.cells import Unreadable, clean
from jinpai.importing.model import Layout
from jinpai.importing.tables import MAX_CELL

Read = Callable[[str, str], Any]
"""What a cell that is not empty means; called with its text and the name of its field."""

Reader = tuple[int, str, Read | None, str]
"""Which cell, its field, how it is read (None: as it stands), and the field's name for people."""


def find_readers(layout: Layout, reads: Mapping[str, Read]) -> Sequence[Reader]:
    """The readers of the columns that are something."""
    fields = [(at, column.field) for at, column in enumerate(layout.columns) if column.field is not None]
    return [(at, field, reads.get(field), layout.form.name_of(field)) for at, field in fields]


def check_shape(row: Sequence[str], width: int) -> None:
    """Unreadable when the line is wider than the headers, or a cell is no content any more."""
    if len(row) > width and any(cell.strip() for cell in row[width:]):
        raise Unreadable(f"这一行有 {len(row)} 列，表头只有 {width} 列，可能有内容里的逗号没有加引号，请核对")
    if max(map(len, row), default=0) > MAX_CELL:
        raise Unreadable(f"有一格超过 {MAX_CELL} 字，不像这里的内容，请核对这一行")


def read_values(row: Sequence[str], readers: Sequence[Reader]) -> dict[str, Any]:
    """What the line tells, by field; a cell that is empty tells nothing."""
    values: dict[str, Any] = {}
    width = len(row)
    for at, field, read, name in readers:
        text = clean(row[at]) if at < width else ""
        if text:
            if "\0" in text:
                raise Unreadable(f"{name}里有空字符，文件可能传坏了，请重新导出")
            values[field] = text if read is None else read(text, name)
    return values
