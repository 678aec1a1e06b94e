"""What happens to goods that come back; each action is one transaction, and what is good is in the stock with it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import blake2b

from jinpai.desk.model import Author
from jinpai.journal.writer import Tx
from jinpai.kit.errors import Conflict, NotFound
from jinpai.staff.model import ELSEWHERE
from jinpai.stock.actions import Opening, load_book, log
from jinpai.stock.model import Cause
from jinpai.stock.return_store import find_of_order, find_return, lock_return, put_return
from jinpai.stock.returning import (
    INSPECTED,
    RECEIVED,
    SETTLED,
    Return,
    check_inspected,
    check_received,
)
from jinpai.stock.store import put_book


@dataclass(frozen=True, slots=True)
class Arrival:
    """Goods of one kind that came back: of which order (`ordered` pieces of them), or whence, in words.

    `key` is the sender's own id for it, so that a second click is the same arrival.
    """

    key: str
    shop: str
    sku: str
    title: str
    pieces: int
    order_id: str | None
    number: str
    ordered: int | None
    note: str


def receive(arrived: Arrival, by: Author) -> Callable[[Tx], Return]:
    """Write down what came back; nothing of it can be sold before somebody has looked. BadInput for its numbers."""
    id_ = f"r_{blake2b(f'{by.key()} {arrived.key}'.encode(), digest_size=12).hexdigest()}"

    def act(tx: Tx) -> Return:
        known = find_return(tx.connection, id_)
        if known is not None:
            return known
        before = find_of_order(tx.connection, arrived.order_id) if arrived.order_id else ()
        back = sum(one.pieces for one in before if one.sku == arrived.sku)
        check_received(arrived.pieces, arrived.ordered, back, arrived.note)
        new = Return(
            id_, arrived.shop, arrived.sku, arrived.title, arrived.order_id, arrived.number, arrived.pieces, None,
            "received", arrived.note, by.key(), tx.now, tx.now,
        )  # fmt: skip
        _keep(tx, new, RECEIVED, by)
        return new

    return act


def inspect(id_: str, good: int, seen: int | None, by: Author) -> Callable[[Tx], Return]:
    """Write down how many can be sold again; the same number again changes nothing."""

    def act(tx: Tx) -> Return:
        known = _lock(tx, id_)
        if known.good == good:
            return known
        check_inspected(known, good, seen)
        after = replace(known, good=good, state="inspected", changed_at=tx.now)
        _keep(tx, after, INSPECTED, by)
        return after

    return act


def settle(opening: Opening, id_: str, by: Author) -> Callable[[Tx], Return]:
    """Put what is good back on the shelf and write the rest off, once; Conflict before somebody has looked."""

    def act(tx: Tx) -> Return:
        known = _lock(tx, id_)
        if known.state == "done":
            return known
        if known.good is None:
            raise Conflict("还没有验货，请先写下能再卖几件")
        after = replace(known, state="done", changed_at=tx.now)
        cause = _keep(tx, after, SETTLED, by)
        if known.good:
            book = load_book(tx, opening, known.sku)
            told = replace(cause, order_id=known.order_id, number=known.number)
            book.count(known.sku, book.levels[known.sku].on_hand + known.good, told, "returned")
            put_book(tx.connection, book)
        return after

    return act


def _keep(tx: Tx, one: Return, kind: str, by: Author) -> Cause:
    put_return(tx.connection, one)
    data = {"return": one.id, "sku": one.sku, "order": one.order_id, "pieces": one.pieces, "good": one.good}
    return log(tx, one.shop, kind, by, data)


def _lock(tx: Tx, id_: str) -> Return:
    known = lock_return(tx.connection, id_)
    if known is None:
        raise NotFound(ELSEWHERE)
    return known
