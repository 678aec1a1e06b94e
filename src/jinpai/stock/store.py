"""Levels, holds and movements of stock: how to read and keep them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.kit.bulk import insert_many, select_in, upsert_many
from jinpai.stock.booking import Book
from jinpai.stock.model import Available, Cause, Hold, Level, Movement, level_id
from jinpai.stock.tables import stock_hold, stock_level, stock_movement

_LEVEL = ("id", "shop", "sku", "on_hand", "reserved", "opened_at", "changed_at", "moves", "reorder_at")
_LEVEL_OF = attrgetter(*_LEVEL)
_LEVELS = f"SELECT {', '.join(_LEVEL)} FROM stock_level WHERE id IN :values"
_HOLD = ("id", "shop", "sku", "order_id", "number", "wanted", "held", "since", "sent_at")
_HOLD_OF = attrgetter(*_HOLD)
_HOLDS = f"SELECT {', '.join(_HOLD)} FROM stock_hold WHERE"
_OF_ORDERS = f"{_HOLDS} order_id IN :values"
_LIVE = f"{_HOLDS} live IN :values"
_WAITING = f"{_LIVE} AND wanted > held"
_CAUSE = ("author", "fact", "order_id", "number", "purchase", "reason")
_CAUSE_OF = attrgetter(*_CAUSE)
_MOVE = ("shop", "sku", "place", "at", "kind", "pieces", "held", "on_hand", "reserved", "short")
_MOVE_OF = attrgetter(*_MOVE)


def read_available(connection: Connection, shop: str) -> Available:
    """What can be sold in this shop now, of every variant whose stock has moved."""
    left = (stock_level.c.on_hand - stock_level.c.reserved).label("left")
    found = connection.execute(sa.select(stock_level.c.sku, left).where(stock_level.c.shop == shop))
    return Available({row.sku: row.left for row in found})


def read_levels(connection: Connection, shop: str) -> dict[str, Level]:
    """The levels of the shop's variants whose stock has moved, by variant."""
    columns = (stock_level.c[name] for name in _LEVEL)
    found = connection.execute(sa.select(*columns).where(stock_level.c.shop == shop))
    return {row.sku: Level(*row) for row in found}


def find_levels(connection: Connection, shop: str, skus: Collection[str]) -> list[Level]:
    """The levels of these variants, where they have moved."""
    rows = select_in(connection, _LEVELS, [level_id(shop, sku) for sku in sorted(skus)])
    return [Level(*row) for row in rows]


def find_holds(connection: Connection, orders: Sequence[str]) -> list[Hold]:
    """What these orders need or needed of each variant."""
    return [Hold(*row) for row in select_in(connection, _OF_ORDERS, orders)]


def find_waiting(connection: Connection, levels: Iterable[str]) -> list[Hold]:
    """What orders wait for of the variants with these levels' keys."""
    return [Hold(*row) for row in select_in(connection, _WAITING, sorted(levels))]


def find_live(connection: Connection, level: str) -> list[Hold]:
    """What orders need now of the variant with this level's key."""
    return [Hold(*row) for row in select_in(connection, _LIVE, [level])]


def count_missing(connection: Connection, shop: str) -> Mapping[str, int]:
    """Variant → the pieces that orders of the shop wait for, where any do."""
    missing = sa.func.sum(stock_hold.c.wanted - stock_hold.c.held)
    query = sa.select(stock_hold.c.sku, missing).where(stock_hold.c.shop == shop, stock_hold.c.live.is_not(None))
    query = query.where(stock_hold.c.wanted > stock_hold.c.held).group_by(stock_hold.c.sku)
    return {sku: int(pieces) for sku, pieces in connection.execute(query)}


def read_movements(connection: Connection, shop: str, sku: str, before: int | None, limit: int) -> list[Movement]:
    """The newest movements of a variant, those at a place < `before` when it is given."""
    table = stock_movement
    columns = [table.c[name] for name in (*_MOVE, *_CAUSE)]
    query = sa.select(*columns).where(table.c.shop == shop, table.c.sku == sku)
    if before is not None:
        query = query.where(table.c.place < before)
    rows = connection.execute(query.order_by(table.c.place.desc()).limit(limit))
    return [Movement(**_told(row, _MOVE), cause=Cause(**_told(row, _CAUSE))) for row in rows]


def put_book(connection: Connection, book: Book) -> None:
    """Store what a book has moved."""
    moved = {movement.sku for movement in book.movements}
    levels: list[tuple[Any, ...]] = [_LEVEL_OF(book.levels[sku]) for sku in sorted(moved)]
    upsert_many(connection, stock_level, "id", _LEVEL[1:], levels)
    holds = [(*_HOLD_OF(hold), _live(hold)) for hold in book.changed.values()]
    upsert_many(connection, stock_hold, "id", (*_HOLD[1:], "live"), holds)
    lines = [(*_MOVE_OF(one), *_CAUSE_OF(one.cause)) for one in book.movements]
    insert_many(connection, stock_movement, (*_MOVE, *_CAUSE), lines)


def put_level(connection: Connection, level: Level) -> None:
    """Store a level as it stands."""
    upsert_many(connection, stock_level, "id", _LEVEL[1:], [_LEVEL_OF(level)])


def _told(row: Any, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _live(hold: Hold) -> str | None:
    return level_id(hold.shop, hold.sku) if hold.sent_at is None and hold.wanted else None
