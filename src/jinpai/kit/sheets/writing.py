"""Tables out, as files that a spreadsheet opens without running anything.

A cell that a spreadsheet would take for a formula goes out with an apostrophe before it.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import xlsxwriter

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to be: its name, and of each column the header and the width in characters."""

    name: str
    columns: Sequence[tuple[str, int]]

    @property
    def header(self) -> tuple[str, ...]:
        """The first line."""
        return tuple(name for name, _ in self.columns)


def write_csv(sheet: Sheet, rows: Iterable[Sequence[str]]) -> bytes:
    """The rows as CSV that Excel opens as UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(sheet.header)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def write_xlsx(sheet: Sheet, rows: Iterable[Sequence[str]]) -> bytes:
    """The rows as a workbook in which every cell is text."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 0)
        for at, (name, width) in enumerate(sheet.columns):
            page.set_column(at, at, width)
            page.write_string(0, at, name)
        for line, row in enumerate(rows, 1):
            for at, text in enumerate(row):
                page.write_string(line, at, harmless(text))
    return out.getvalue()


def harmless(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet might run it."""
    return f"'{text}" if is_live(text) else text


def is_live(text: str) -> bool:
    """Whether a spreadsheet might run the cell, apostrophes and blanks before it aside."""
    return text.startswith(("\t", "\r")) or text.lstrip("' \t\r\n").startswith(("=", "+", "-", "@"))
