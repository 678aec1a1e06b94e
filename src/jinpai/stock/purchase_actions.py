"""What happens to a purchase; each action is one transaction, and what is shelved is in the stock with it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from jinpai.desk.model import Author
from jinpai.journal.writer import Tx
from jinpai.kit.clock import SHOP_TIME
from jinpai.kit.errors import Conflict, NotFound
from jinpai.kit.ids import new_id
from jinpai.staff.model import ELSEWHERE
from jinpai.stock.actions import Opening, load_book, log
from jinpai.stock.model import Cause
from jinpai.stock.purchase_store import count_numbers, find_purchases, lock_purchase, put_purchase
from jinpai.stock.purchasing import (
    ASKED,
    COUNTED,
    ENDED,
    MOVED,
    Line,
    Purchase,
    State,
    Tally,
    check_lines,
    check_move,
    check_tally,
    tally,
)
from jinpai.stock.store import put_book
from jinpai.stock.supplying import expected

RECENT = 200
"""Among so many proposals a second click is recognised."""


def propose(
    shop: str, supplier: str, lines: Sequence[Line], by: Author, words: str, lead_days: int | None = None
) -> Callable[[Tx], Purchase]:
    """Ask for a purchase; the same by the same person, while nobody has decided, is the same one.

    BadInput for lines that cannot be.
    """
    check_lines(lines)
    wanted = tuple(sorted(lines, key=lambda line: line.sku))

    def act(tx: Tx) -> Purchase:
        for known in find_purchases(tx.connection, (shop,), ("proposed",), None, RECENT):
            if (known.supplier, known.asked_by) == (supplier, by.key()) and _sorted(known) == wanted:
                return known
        day = f"CG{datetime.fromtimestamp(tx.now / 1000, SHOP_TIME):%y%m%d}-"
        number = f"{day}{count_numbers(tx.connection, shop, day) + 1:02}"
        new = Purchase(
            new_id("b"), shop, number, supplier, "proposed", by.key(), tx.now, None, tx.now, None, 1,
            lead_days, expected(tx.now, lead_days), wanted,
        )  # fmt: skip
        asked = {line.sku: line.ordered for line in wanted}
        cause = log(tx, shop, ASKED, by, {"purchase": new.id, "number": number, "pieces": asked}, words)
        put_purchase(tx.connection, new, cause.fact)
        return new

    return act


def move(id_: str, to: State, seen: int, by: Author, words: str) -> Callable[[Tx], Purchase]:
    """Approve, refuse, send, cancel or end a purchase; a second click changes nothing.

    Conflict where this cannot follow, or it has changed since it was looked at (`seen` = its steps).
    """

    def act(tx: Tx) -> Purchase:
        known = _lock(tx, id_)
        if known.state == to:
            return known
        check_move(known, to, words)
        _check_seen(known, seen)
        changed = _step(known, to, tx.now)
        if to == "approved":
            changed = replace(changed, approved_by=by.key())
        if to == "sent":
            changed = replace(changed, expected_at=expected(tx.now, known.lead_days))
        data = {"purchase": id_, "number": known.number, "to": to, **_differences(known)}
        put_purchase(tx.connection, changed, log(tx, known.shop, MOVED, by, data, words).fact)
        return changed

    return act


def count(
    opening: Opening, id_: str, counted: Sequence[Tally], seen: int, by: Author, words: str
) -> Callable[[Tx], Purchase]:
    """Write down what has come, what is good and what is shelved, in totals; what is shelved can be sold at once.

    The same numbers again change nothing; when all has come and is shelved, the purchase is done.
    """

    def act(tx: Tx) -> Purchase:
        known = _lock(tx, id_)
        lines = tally(known, counted)
        if lines == known.lines:
            return known
        if known.state != "sent":
            raise Conflict("这张采购单不在收货，请刷新看看最新的进展")
        _check_seen(known, seen)
        check_tally(known, lines)
        changed = replace(
            _step(known, "done" if all(line.is_settled for line in lines) else "sent", tx.now), lines=lines
        )
        told = {line.sku: _numbers(line) for line, before in zip(lines, known.lines, strict=True) if line != before}
        data = {"purchase": id_, "number": known.number, "lines": told, "state": changed.state}
        cause = log(tx, known.shop, COUNTED, by, data, words)
        put_purchase(tx.connection, changed, cause.fact)
        _shelve(tx, opening, known, changed, replace(cause, purchase=id_, number=known.number))
        return changed

    return act


def _shelve(tx: Tx, opening: Opening, before: Purchase, after: Purchase, cause: Cause) -> None:
    new = {line.sku: line.shelved - old.shelved for old, line in zip(before.lines, after.lines, strict=True)}
    new = {sku: pieces for sku, pieces in new.items() if pieces}
    book = load_book(tx, opening, *new)
    for sku, pieces in new.items():
        book.count(sku, book.levels[sku].on_hand + pieces, cause, "shelved")
    put_book(tx.connection, book)


def _lock(tx: Tx, id_: str) -> Purchase:
    known = lock_purchase(tx.connection, id_)
    if known is None:
        raise NotFound(ELSEWHERE)
    return known


def _check_seen(known: Purchase, seen: int) -> None:
    if known.steps != seen:
        raise Conflict("这张采购单刚刚有同事动过，请看过最新的数量再改")


def _step(known: Purchase, to: State, now: int) -> Purchase:
    return replace(known, state=to, changed_at=now, steps=known.steps + 1, ended_at=now if to in ENDED else None)


def _sorted(known: Purchase) -> tuple[Line, ...]:
    return tuple(sorted(known.lines, key=lambda line: line.sku))


def _numbers(line: Line) -> dict[str, int]:
    return {name: getattr(line, name) for name in ("ordered", "received", "good", "defective", "shelved")}


def _differences(known: Purchase) -> dict[str, object]:
    """What came too many (+) or too few (−) of, when it ends."""
    apart = {line.sku: line.received - line.ordered for line in known.lines if line.received != line.ordered}
    return {"apart": apart} if known.state == "sent" and apart else {}
