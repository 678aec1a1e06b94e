"""The promise ledger: its table and how to read it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.kit.bulk import insert_many, select_in, update_many
from jinpai.kit.database import metadata
from jinpai.orders.store import orders
from jinpai.promises.content import Kind

State = Literal["open", "kept", "broken", "void"]
"""open: not decided yet · kept · broken · void: it was none, or the buyer let it go."""

promise = sa.Table(
    "promise",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("conversation", sa.Text, nullable=False),
    sa.Column("fact", sa.BigInteger, nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("order_id", sa.Text),
    sa.Column("made_at", sa.BigInteger, nullable=False),
    sa.Column("due_at", sa.BigInteger),
    sa.Column("starts", sa.Integer, nullable=False),
    sa.Column("ends", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("settled_by", sa.Text, nullable=False),
    sa.Column("settled_at", sa.BigInteger),
    sa.Column("why", sa.Text, nullable=False),
    sa.UniqueConstraint("fact", "kind"),
)
"""One row per promise; its words are those of the message (`fact`, the journal row) from `starts` to `ends`, so that
what the law erases there is gone here too. `settled_by` is the account, or `facts` where the order decided."""
sa.Index("ix_promise_shop_made_at", promise.c.shop, promise.c.made_at, promise.c.id)
sa.Index("ix_promise_conversation", promise.c.conversation)
_OPEN = promise.c.state == "open"
sa.Index("ix_promise_open_due_at", promise.c.due_at, sqlite_where=_OPEN, postgresql_where=_OPEN)


@dataclass(frozen=True, slots=True)
class Pledge:
    """A promise as the ledger has it; times in ms, `starts` and `ends` count code points of the message."""

    id: str
    shop: str
    conversation: str
    fact: int
    seq: int
    kind: Kind
    author: str
    order_id: str | None
    made_at: int
    due_at: int | None
    starts: int
    ends: int
    state: State
    settled_by: str
    settled_at: int | None
    why: str


COLUMNS = tuple(part.name for part in fields(Pledge))
_VALUES = attrgetter(*COLUMNS)
_READ = sa.select(*(promise.c[name] for name in COLUMNS))
_PLACE = sa.tuple_(promise.c.made_at, promise.c.id)
_BY = f"SELECT {', '.join(COLUMNS)} FROM promise WHERE {{}} IN :values"
Chosen = Literal["all", "open", "overdue", "kept", "broken", "void"]


def add_pledges(connection: Connection, new: Sequence[Pledge]) -> None:
    """Store new promises; what a message promised already stays as it is."""
    known = {(one.fact, one.kind) for one in _by(connection, "fact", [one.fact for one in new])}
    insert_many(connection, promise, COLUMNS, [_VALUES(one) for one in new if (one.fact, one.kind) not in known])


def settle_pledges(connection: Connection, settled: Sequence[Pledge]) -> None:
    """Store how these promises ended, and which order they are about."""
    columns = ("order_id", "state", "settled_by", "settled_at", "why")
    rows = [(one.id, one.order_id, one.state, one.settled_by, one.settled_at, one.why) for one in settled]
    update_many(connection, promise, "id", columns, rows)


def find_pledge(connection: Connection, id_: str) -> Pledge | None:
    """The promise with this id."""
    return next(iter(find_by_ids(connection, [id_])), None)


def find_by_ids(connection: Connection, ids: Sequence[str]) -> list[Pledge]:
    """The promises with these ids."""
    return _by(connection, "id", ids)


def find_of_talks(connection: Connection, conversations: Sequence[str]) -> list[Pledge]:
    """The promises made in these conversations, oldest first."""
    return sorted(_by(connection, "conversation", list(conversations)), key=lambda one: (one.made_at, one.id))


def find_by_orders(connection: Connection, orders: Sequence[str]) -> list[Pledge]:
    """The promises about these orders."""
    return _by(connection, "order_id", orders)


def find_pledges(
    connection: Connection,
    shops: Sequence[str],
    chosen: Chosen,
    now: int,
    after: tuple[int, str] | None,
    limit: int,
) -> list[Pledge]:
    """The promises of these shops, the newest first; `overdue` are open ones whose time is over."""
    query = _READ.where(promise.c.shop.in_(shops))
    if chosen == "overdue":
        query = query.where(promise.c.state == "open", promise.c.due_at < now)
    elif chosen != "all":
        query = query.where(promise.c.state == chosen)
    if after is not None:
        query = query.where(sa.tuple_(*map(sa.literal, after)) > _PLACE)
    found = connection.execute(query.order_by(promise.c.made_at.desc(), promise.c.id.desc()).limit(limit))
    return [Pledge(*row) for row in found]


def find_open(
    connection: Connection, kinds: Collection[Kind], after: tuple[int, str] | None, limit: int
) -> list[Pledge]:
    """Open promises of these kinds that are about an order, the oldest first, from behind the one at `after`."""
    query = _READ.where(promise.c.state == "open", promise.c.kind.in_(kinds), promise.c.order_id.is_not(None))
    if after is not None:
        query = query.where(sa.tuple_(*map(sa.literal, after)) < _PLACE)
    found = connection.execute(query.order_by(promise.c.made_at, promise.c.id).limit(limit))
    return [Pledge(*row) for row in found]


def find_unsent(connection: Connection, shops: Sequence[str], kinds: Collection[Kind], limit: int) -> list[Pledge]:
    """Open promises of these kinds whose order has not left yet, the oldest first."""
    query = _READ.join(orders, orders.c.id == promise.c.order_id)
    query = query.where(promise.c.shop.in_(shops), promise.c.state == "open", promise.c.kind.in_(kinds))
    query = query.where(orders.c.state.in_(("unpaid", "paid"))).order_by(promise.c.made_at, promise.c.id)
    return [Pledge(*row) for row in connection.execute(query.limit(limit))]


def count_open(connection: Connection, shops: Sequence[str], now: int) -> tuple[int, int]:
    """How many promises of these shops are open, and how many of them are overdue."""
    overdue = sa.func.sum(sa.case((promise.c.due_at < now, 1), else_=0))
    query = sa.select(sa.func.count(), overdue).where(promise.c.shop.in_(shops), promise.c.state == "open")
    total, late = connection.execute(query).one()
    return total, int(late or 0)


def _by(connection: Connection, column: str, values: Sequence[str | int]) -> list[Pledge]:
    return [Pledge(*row) for row in select_in(connection, _BY.format(column), values)]
