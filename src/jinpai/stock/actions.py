"""What moves stock; each action is one transaction of the writer, so that no two count on the same piece."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.engine import Connection

from jinpai.desk.model import Author
from jinpai.journal.model import Entry
from jinpai.journal.writer import Tx
from jinpai.kit.errors import BadInput, Conflict
from jinpai.stock.booking import Book
from jinpai.stock.model import (
    CORRECTED,
    MAX_NOTE,
    MOST,
    REORDER_SET,
    TOPIC,
    Cause,
    Level,
    Need,
    Reason,
    level_id,
)
from jinpai.stock.store import find_holds, find_levels, find_live, find_waiting, put_book, put_level

SYSTEM = "system:"


@dataclass(frozen=True, slots=True)
class Opening:
    """With how many pieces each variant of a shop begins, and since when (ms) these numbers are true."""

    shop: str
    pieces: Mapping[str, int]
    at: int


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody counted of a variant, and why it differs; `seen` is what the book said when they looked."""

    sku: str
    counted: int
    seen: int
    reason: Reason
    note: str = ""


def follow_orders(connection: Connection, opening: Opening, needs: Sequence[tuple[Need, Cause]], now: int) -> None:
    """Let these orders of one shop hold, send or release what they need by now; the same again moves nothing."""
    known = find_holds(connection, [need.order_id for need, _ in needs])
    counting = [need for need, _ in needs if need.standing != "over" and need.ordered_at >= opening.at]
    fresh = {sku for need in counting for sku in need.wanted}
    wanted = {sku for need, _ in needs for sku in need.wanted} | {hold.sku for hold in known}
    there = find_levels(connection, opening.shop, wanted)
    keys = {level.id for level in there}
    waiting = find_waiting(connection, keys) if keys else []
    book = Book(there, {hold.id: hold for hold in (*waiting, *known)}.values(), now)
    for need, cause in needs:
        _open(book, opening, fresh & need.wanted.keys(), Cause(SYSTEM, cause.fact), now)
        book.follow(need, cause)
    put_book(connection, book)


def correct(opening: Opening, asked: Correction, by: Author) -> Callable[[Tx], Level]:
    """Put a variant's number to what was counted, with the reason; the same number again changes nothing.

    BadInput for what cannot be, Conflict when the number has changed since it was looked at.
    """
    if not 0 <= asked.counted <= MOST:
        raise BadInput(f"库存要在 0 到 {MOST:,} 件之间，请核对数字")
    if asked.reason == "other" and not asked.note:
        raise BadInput("请写一句为什么改，以后对账看得懂")
    if len(asked.note) > MAX_NOTE:
        raise BadInput(f"说明最多 {MAX_NOTE} 字，请写短一点")

    def act(tx: Tx) -> Level:
        book = load_book(tx, opening, asked.sku)
        level = book.levels[asked.sku]
        if level.on_hand == asked.counted:
            put_book(tx.connection, book)
            return level
        if level.on_hand != asked.seen:
            raise Conflict(f"库存刚刚变成了 {level.on_hand} 件，请核对后再改")
        data = {"sku": asked.sku, "from": level.on_hand, "to": asked.counted, "reason": asked.reason}
        cause = log(tx, opening.shop, CORRECTED, by, data, asked.note)
        book.count(asked.sku, asked.counted, replace(cause, reason=asked.reason))
        put_book(tx.connection, book)
        return book.levels[asked.sku]

    return act


def set_reorder(opening: Opening, sku: str, line: int | None, by: Author) -> Callable[[Tx], Level]:
    """Set the line below which a variant is bought again; None is the usual one, zero never."""
    if line is not None and not 0 <= line <= MOST:
        raise BadInput(f"补货线要在 0 到 {MOST:,} 件之间，0 表示不补")

    def act(tx: Tx) -> Level:
        book = load_book(tx, opening, sku)
        put_book(tx.connection, book)
        level = book.levels[sku]
        if level.reorder_at == line:
            return level
        log(tx, opening.shop, REORDER_SET, by, {"sku": sku, "from": level.reorder_at, "to": line})
        after = replace(level, reorder_at=line)
        put_level(tx.connection, after)
        return after

    return act


def load_book(tx: Tx, opening: Opening, *skus: str) -> Book:
    """The book of these variants with all that orders need of them, opened where nothing has moved yet."""
    there = find_levels(tx.connection, opening.shop, skus)
    book = Book(there, (hold for sku in skus for hold in find_live(tx.connection, level_id(opening.shop, sku))), tx.now)
    _open(book, opening, skus, Cause(SYSTEM, 0), tx.now)
    return book


def log(tx: Tx, shop: str, kind: str, by: Author, data: Mapping[str, object], note: str = "") -> Cause:
    """Note what somebody did by hand and tell every process; the cause of what moves by it."""
    body = {"name": by.name} | ({"text": note} if note else {})
    receipt = tx.append(Entry(kind, by.key(), shop, data=dict(data), body=body))
    tx.tell(TOPIC, {"shop": shop})
    _ = tx.connection
    return Cause(by.key(), receipt.id)


def _open(book: Book, opening: Opening, skus: Collection[str], cause: Cause, now: int) -> None:
    """Begin the book of variants that have not moved yet, with what content says."""
    for sku in sorted(skus):
        if sku not in book.levels:
            book.levels[sku] = Level(level_id(opening.shop, sku), opening.shop, sku, 0, 0, opening.at, now)
            book.count(sku, opening.pieces.get(sku, 0), cause, "opened")
