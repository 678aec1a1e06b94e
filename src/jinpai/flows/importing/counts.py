"""Count sheets into the stock: what differs is shown first, and every line is corrected or told."""

from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy.engine import Connection

from jinpai.desk.model import Author
from jinpai.flows.importing.jobs import Change, Job, Kind
from jinpai.flows.ports import House
from jinpai.flows.stocking.stock import opening_of
from jinpai.flows.stocking.stocktaking import Stocked, take_stock
from jinpai.importing.model import Outcome, Rejected, Tally
from jinpai.importing.running import AT_ONCE, Progress
from jinpai.kit.sheets.writing import write_xlsx
from jinpai.stock.actions import Opening
from jinpai.stock.count_actions import Lines, count_sheet, find_differences, judge_lines
from jinpai.stock.counting import COUNTS, SHEET, CountLine, read_counts


def write_count_sheet(house: House, shop: str) -> bytes:
    """The sheet to fill in, with what the book has of every variant, as a workbook."""
    content = house.content.shop(shop)
    with house.database.read() as connection:
        stock = take_stock(connection, content, shop)
    return write_xlsx(SHEET, [_row(one) for one in stock])


def _row(one: Stocked) -> Sequence[str]:
    title = one.title or "（已下架）"
    return (one.level.sku, title, one.name, str(one.level.on_hand), "", "", "")


def _foresee(house: House, job: Job) -> Tally:
    plan = read_counts(job.table, job.layout)
    tally = Tally(plan.count, rejected=list(plan.rejected))
    with house.database.read() as connection:
        opening = _opening(house, connection, job.shop)
        for lines in _batches(plan.lines):
            _count(tally, judge_lines(connection, opening, lines))
    return tally


def _run(house: House, job: Job, progress: Progress) -> Tally:
    plan = read_counts(job.table, job.layout)
    tally = Tally(plan.count, rejected=list(plan.rejected))
    with house.database.read() as connection:
        opening = _opening(house, connection, job.shop)
    progress(tally)
    for lines in _batches(plan.lines):
        _count(tally, house.writer.run(count_sheet(opening, lines, Author.read(job.author))))
        progress(tally)
    return tally


def _changes(house: House, job: Job) -> Sequence[Change]:
    """What the sheet corrects, with the names people know the variants by."""
    content = house.content.shop(job.shop)
    names = {sku.id: f"{product.short} {sku.name}" for product in content.products for sku in product.skus}
    plan, found = read_counts(job.table, job.layout), []
    with house.database.read() as connection:
        opening = _opening(house, connection, job.shop)
        for lines in _batches(plan.lines):
            for one in find_differences(connection, opening, lines):
                found.append(Change(one.line, one.sku, names.get(one.sku, one.sku), one.before, one.after))
    return found


def _opening(house: House, connection: Connection, shop: str) -> Opening:
    return opening_of(connection, house.content.shop(shop), shop)


def _batches(lines: Sequence[tuple[int, CountLine]]) -> Iterator[Lines]:
    for start in range(0, len(lines), AT_ONCE):
        yield lines[start : start + AT_ONCE]


def _count(tally: Tally, outcomes: Sequence[Outcome | Rejected]) -> None:
    tally.add([one for one in outcomes if not isinstance(one, Rejected)])
    refused = [one for one in outcomes if isinstance(one, Rejected)]
    tally.rejected = sorted([*tally.rejected, *refused], key=lambda one: one.line)


COUNT_FILES: Final = Kind(COUNTS, "stock.write", _foresee, _run, changes=_changes)
