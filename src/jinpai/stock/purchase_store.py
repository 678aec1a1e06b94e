"""Purchases: how to read and keep them."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.journal.store import body, journal
from jinpai.kit.bulk import insert_many, upsert_many
from jinpai.stock.purchasing import OPEN, Line, Purchase, State
from jinpai.stock.tables import purchase, purchase_fact, purchase_line

_COLUMNS = tuple(part.name for part in fields(Purchase) if part.name != "lines")
_VALUES = attrgetter(*_COLUMNS)
_LINE = tuple(part.name for part in fields(Line))
_LINE_OF = attrgetter(*_LINE)


def find_purchases(
    connection: Connection, shops: Sequence[str], states: Sequence[State], cursor: tuple[int, str] | None, limit: int
) -> list[Purchase]:
    """The shops' purchases in these states, those that changed last first, behind the cursor (changed_at, id)."""
    query = _read().where(purchase.c.shop.in_(shops), purchase.c.state.in_(states))
    if cursor is not None:
        query = query.where(sa.tuple_(purchase.c.changed_at, purchase.c.id) < cursor)
    return _with_lines(connection, query.order_by(purchase.c.changed_at.desc(), purchase.c.id.desc()).limit(limit))


def find_purchase(connection: Connection, id_: str) -> Purchase | None:
    """The purchase with this id."""
    return next(iter(_with_lines(connection, _read().where(purchase.c.id == id_))), None)


def lock_purchase(connection: Connection, id_: str) -> Purchase | None:
    """The purchase with this id, which no other process changes until the transaction ends."""
    return next(iter(_with_lines(connection, _read().where(purchase.c.id == id_).with_for_update())), None)


def count_purchases(connection: Connection, shops: Sequence[str]) -> Mapping[State, int]:
    """How many purchases of these shops are in each state; a state without any is absent."""
    query = sa.select(purchase.c.state, sa.func.count().label("purchases")).where(purchase.c.shop.in_(shops))
    return {row.state: row.purchases for row in connection.execute(query.group_by(purchase.c.state))}


def count_incoming(connection: Connection, shop: str) -> Mapping[str, int]:
    """Variant → the pieces that are being bought and not on the shelf yet."""
    line = purchase_line.c
    due = sa.case((line.received < line.ordered, line.ordered), else_=line.received)
    pieces = sa.func.sum(due - line.defective - line.shelved)
    query = sa.select(line.sku, pieces).join(purchase, purchase.c.id == line.purchase_id)
    query = query.where(line.shop == shop, purchase.c.state.in_(OPEN)).group_by(line.sku)
    return {sku: max(0, int(count)) for sku, count in connection.execute(query)}


def count_numbers(connection: Connection, shop: str, beginning: str) -> int:
    """How many purchases of the shop have a number that begins like this."""
    query = sa.select(sa.func.count()).select_from(purchase)
    query = query.where(purchase.c.shop == shop, purchase.c.number.startswith(beginning, autoescape=True))
    return int(connection.execute(query).scalar_one())


def put_purchase(connection: Connection, one: Purchase, fact: int) -> None:
    """Store a purchase as it stands, and this journal row as part of its history."""
    upsert_many(connection, purchase, "id", _COLUMNS[1:], [_VALUES(one)])
    lines: list[tuple[Any, ...]] = [(f"{one.id}/{line.sku}", one.id, one.shop, *_LINE_OF(line)) for line in one.lines]
    upsert_many(connection, purchase_line, "id", ("purchase_id", "shop", *_LINE), lines)
    insert_many(connection, purchase_fact, ("purchase_id", "fact"), [(one.id, fact)])


def read_history(connection: Connection, id_: str) -> Sequence[Any]:
    """The facts of a purchase, oldest first: id, at, kind, author, data, content."""
    query = sa.select(journal.c.id, journal.c.at, journal.c.kind, journal.c.author, journal.c.data, body.c.content)
    query = query.outerjoin(body, body.c.id == journal.c.id).join(purchase_fact, purchase_fact.c.fact == journal.c.id)
    return connection.execute(query.where(purchase_fact.c.purchase_id == id_).order_by(journal.c.id)).all()


def _read() -> sa.Select[Any]:
    return sa.select(*(purchase.c[name] for name in _COLUMNS))


def _with_lines(connection: Connection, query: sa.Select[Any]) -> list[Purchase]:
    rows = connection.execute(query).all()
    of = sa.select(purchase_line.c.purchase_id, *(purchase_line.c[name] for name in _LINE))
    of = of.where(purchase_line.c.purchase_id.in_([row.id for row in rows])).order_by(purchase_line.c.id)
    lines: dict[str, list[Line]] = {}
    for row in connection.execute(of) if rows else ():
        lines.setdefault(row.purchase_id, []).append(Line(*row[1:]))
    return [replace(Purchase(*row), lines=tuple(lines.get(row.id, ()))) for row in rows]
