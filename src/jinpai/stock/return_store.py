"""Goods that came back: how to read and keep them."""

from collections.abc import Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.kit.bulk import upsert_many
from jinpai.stock.returning import Return
from jinpai.stock.tables import goods_return

_COLUMNS = tuple(part.name for part in fields(Return))
_VALUES = attrgetter(*_COLUMNS)


def find_returns(
    connection: Connection, shop: str, *, ended: bool, cursor: tuple[int, str] | None, limit: int
) -> list[Return]:
    """The shop's returns that are settled, or are not; those that changed last first, behind the cursor."""
    state = goods_return.c.state == "done" if ended else goods_return.c.state != "done"
    query = _read().where(goods_return.c.shop == shop, state)
    if cursor is not None:
        query = query.where(sa.tuple_(goods_return.c.changed_at, goods_return.c.id) < cursor)
    query = query.order_by(goods_return.c.changed_at.desc(), goods_return.c.id.desc()).limit(limit)
    return [Return(*row) for row in connection.execute(query)]


def count_open(connection: Connection, shop: str) -> int:
    """How many returns of the shop are not settled."""
    query = sa.select(sa.func.count()).select_from(goods_return)
    return int(
        connection.execute(query.where(goods_return.c.shop == shop, goods_return.c.state != "done")).scalar_one()
    )


def find_return(connection: Connection, id_: str) -> Return | None:
    """The return with this id."""
    row = connection.execute(_read().where(goods_return.c.id == id_)).one_or_none()
    return None if row is None else Return(*row)


def lock_return(connection: Connection, id_: str) -> Return | None:
    """The return with this id, which no other process changes until the transaction ends."""
    row = connection.execute(_read().where(goods_return.c.id == id_).with_for_update()).one_or_none()
    return None if row is None else Return(*row)


def find_of_order(connection: Connection, order_id: str) -> Sequence[Return]:
    """What came back of this order."""
    return [Return(*row) for row in connection.execute(_read().where(goods_return.c.order_id == order_id))]


def put_return(connection: Connection, one: Return) -> None:
    """Store a return as it stands."""
    upsert_many(connection, goods_return, "id", _COLUMNS[1:], [_VALUES(one)])


def _read() -> sa.Select[Any]:
    return sa.select(*(goods_return.c[name] for name in _COLUMNS))
