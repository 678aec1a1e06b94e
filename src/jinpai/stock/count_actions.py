"""A count sheet into the book: each line is held against the number there is, in the transaction that corrects it."""

from collections.abc import Callable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.desk.model import Author
from jinpai.importing.cells import Unreadable
from jinpai.importing.model import Outcome, Rejected
from jinpai.journal.model import Entry
from jinpai.journal.writer import Tx
from jinpai.kit.bulk import upsert_many
from jinpai.stock.actions import Opening, load_book
from jinpai.stock.counting import CountLine, Difference, LastCount, judge
from jinpai.stock.model import CORRECTED, TOPIC, Cause, level_id
from jinpai.stock.store import find_levels, put_book
from jinpai.stock.tables import stock_count

Lines = Sequence[tuple[int, CountLine]]


def count_sheet(opening: Opening, lines: Lines, by: Author) -> Callable[[Tx], list[Outcome | Rejected]]:
    """Correct the book by these lines, one outcome or refusal each; the same lines again change nothing."""

    def act(tx: Tx) -> list[Outcome | Rejected]:
        judged = judge_lines(tx.connection, opening, lines)
        wrong = [one for (_, one), told in zip(lines, judged, strict=True) if told == "updated"]
        book = load_book(tx, opening, *(one.sku for one in wrong))
        told_of = [(one, tx.append(_fact(opening.shop, one, book.levels[one.sku].on_hand, by))) for one in wrong]
        connection = tx.connection  # From here on the facts have their numbers.
        for one, receipt in told_of:
            book.count(one.sku, one.counted or 0, Cause(by.key(), receipt.id, reason=one.reason))
        put_book(connection, book)
        taken = [one for (_, one), told in zip(lines, judged, strict=True) if not isinstance(told, Rejected)]
        _remember(connection, opening.shop, taken, tx.now)
        if wrong:
            tx.tell(TOPIC, {"shop": opening.shop})
        return judged

    return act


def judge_lines(connection: Connection, opening: Opening, lines: Lines) -> list[Outcome | Rejected]:
    """What `count_sheet` would do with these lines now."""
    on_hand = _on_hand(connection, opening, lines)
    last = _find_last(connection, opening.shop, [one.sku for _, one in lines])
    found: list[Outcome | Rejected] = []
    for line, one in lines:
        try:
            if one.sku not in on_hand:
                raise Unreadable(f"店里没有规格“{one.sku[:60]}”，请核对编码；新规格请先导入商品")
            found.append(judge(one, on_hand[one.sku], last.get(one.sku)))
        except Unreadable as error:
            found.append(Rejected(line, str(error)))
    return found


def find_differences(connection: Connection, opening: Opening, lines: Lines) -> list[Difference]:
    """The lines that would correct the book, with its number before and after."""
    on_hand = _on_hand(connection, opening, lines)
    judged = zip(lines, judge_lines(connection, opening, lines), strict=True)
    wrong = [(line, one) for (line, one), told in judged if told == "updated"]
    return [Difference(line, one.sku, on_hand[one.sku], one.counted or 0) for line, one in wrong]


def _on_hand(connection: Connection, opening: Opening, lines: Lines) -> dict[str, int]:
    """The book's number of each of these variants it knows; what has not moved yet is as content says."""
    wanted = {one.sku for _, one in lines}
    known = {level.sku: level.on_hand for level in find_levels(connection, opening.shop, wanted)}
    return {sku: opening.pieces[sku] for sku in wanted & opening.pieces.keys()} | known


def _find_last(connection: Connection, shop: str, skus: Sequence[str]) -> Mapping[str, LastCount]:
    columns = stock_count.c.sku, stock_count.c.counted, stock_count.c.believed
    query = sa.select(*columns).where(stock_count.c.shop == shop, stock_count.c.sku.in_(skus))
    return {row.sku: LastCount(*row) for row in connection.execute(query)}


def _remember(connection: Connection, shop: str, lines: Sequence[CountLine], now: int) -> None:
    rows = [
        (level_id(shop, one.sku), shop, one.sku, one.counted, one.believed, now)
        for one in lines
        if one.counted is not None
    ]
    upsert_many(connection, stock_count, "id", ("shop", "sku", "counted", "believed", "at"), rows)


def _fact(shop: str, one: CountLine, before: int, by: Author) -> Entry:
    data = {"sku": one.sku, "from": before, "to": one.counted, "reason": one.reason}
    body = {"name": by.name} | ({"text": one.note} if one.note else {})
    return Entry(CORRECTED, by.key(), shop, data=data, body=body)
