"""What a spreadsheet file gives, whatever kind it is."""

from collections.abc import Iterator, Sequence

MAX_ROWS = 200_000
MAX_COLUMNS = 300

Row = tuple[int, Sequence[str]]
"""A line number as the seller's program shows it, and the cells."""

Rows = tuple[str, Iterator[Row], tuple[str, ...]]
"""The kind of file (with its encoding), its rows, and notes about what was not read and why."""
