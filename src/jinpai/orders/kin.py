"""Orders that belong together: split apart, gone into one another, or paying another one's freight."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.orders.model import Order, Origin, State
from jinpai.orders.store import orders

_COLUMNS = ("id", "number", "state", "origin", "total", "belongs_to")


@dataclass(frozen=True, slots=True)
class Kin:
    """An order beside another one: `above` where the other came from it, went into it, or pays its freight."""

    id: str
    number: str
    state: State
    origin: Origin
    total: int
    above: bool


def find_kin(connection: Connection, known: Sequence[Order]) -> Mapping[str, Sequence[Kin]]:
    """Order → the orders beside it, the one it belongs to first; orders without any are left out."""
    if not known:
        return {}
    table = orders.c
    here, above = {order.id for order in known}, {order.belongs_to for order in known if order.belongs_to}
    query = sa.select(*(table[name] for name in _COLUMNS)).where(
        sa.or_(table.belongs_to.in_(here), table.id.in_(above))
    )
    found = connection.execute(query.order_by(table.created_at, table.number)).all()
    by_id = {row.id: row for row in found}
    beside: dict[str, list[Kin]] = {}
    for order in known:
        if order.belongs_to in by_id:
            beside.setdefault(order.id, []).append(_kin(by_id[order.belongs_to], above=True))
    for row in found:
        if row.belongs_to in here:
            beside.setdefault(row.belongs_to, []).append(_kin(row, above=False))
    return beside


def _kin(row: sa.Row[Any], *, above: bool) -> Kin:
    return Kin(row.id, row.number, row.state, row.origin, row.total, above)
