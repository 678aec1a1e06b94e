"""Care tasks: the table and how to read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.care.model import UNDONE, Care, State
from jinpai.journal.store import body
from jinpai.kit.bulk import insert_many, select_in, update_many
from jinpai.kit.database import metadata

care = sa.Table(
    "care",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("buyer", sa.Text, sa.ForeignKey("buyer.id"), nullable=False, index=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("plan", sa.Text, nullable=False),
    sa.Column("occasion", sa.Text, nullable=False),
    sa.Column("about", sa.Text, nullable=False),
    sa.Column("order_id", sa.Text, sa.ForeignKey("orders.id")),
    sa.Column("due_at", sa.BigInteger, nullable=False),
    sa.Column("ends_at", sa.BigInteger, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("means", sa.Text, nullable=False),
    sa.Column("conversation", sa.Text),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("fact", sa.BigInteger),
    sa.Column("done_at", sa.BigInteger),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("settled_by", sa.Text, nullable=False),
    sa.Column("created_at", sa.BigInteger, nullable=False),
)
"""One row per occasion to look after a customer; its words are in the body of the journal row `fact`."""
sa.Index("ix_care_shop_state_due_at", care.c.shop, care.c.state, care.c.due_at, care.c.id)

COLUMNS = tuple(part.name for part in fields(Care))
_VALUES = attrgetter(*COLUMNS)
_CHANGING = (
    "due_at", "ends_at", "state", "why", "means", "conversation", "author", "fact", "done_at", "outcome", "settled_by",
)  # fmt: skip
_CHANGED = attrgetter("id", *_CHANGING)
_READ = sa.select(*(care.c[name] for name in COLUMNS))
_KEYS = "SELECT key FROM care WHERE key IN :values"


@dataclass(frozen=True, slots=True)
class Sum:
    """What became of one plan's tasks: given, and how many ended in each outcome."""

    plan: str
    sent: int
    answered: int
    bought: int
    no_answer: int
    opted_out: int


def add_cares(connection: Connection, new: Sequence[Care]) -> list[Care]:
    """Store those whose occasion has no task yet, and return them."""
    known = {row[0] for row in select_in(connection, _KEYS, [one.key for one in new])}
    fresh = list({one.key: one for one in new if one.key not in known}.values())
    insert_many(connection, care, COLUMNS, [_VALUES(one) for one in fresh])
    return fresh


def put_care(connection: Connection, changed: Care) -> None:
    """Store the task as it is now."""
    update_many(connection, care, "id", _CHANGING, [_CHANGED(changed)])


def find_care(connection: Connection, id_: str) -> Care | None:
    """The task with this id."""
    row = connection.execute(_READ.where(care.c.id == id_)).one_or_none()
    return None if row is None else Care(*row)


def find_of_buyers(connection: Connection, buyers: Sequence[str]) -> list[Care]:
    """Every task for these buyers, by its time."""
    query = _READ.where(care.c.buyer.in_(buyers)).order_by(care.c.due_at, care.c.id)
    return [Care(*row) for row in connection.execute(query)]


def find_given(connection: Connection, buyers: Sequence[str], since: int, but: str) -> list[int]:
    """When these buyers, who are one person, were looked after since then (ms), on its way counted, `but` this task."""
    given = sa.and_(care.c.state.in_(("sending", "sent")), care.c.done_at >= since, care.c.id != but)
    return list(connection.execute(sa.select(care.c.done_at).where(care.c.buyer.in_(buyers), given)).scalars())


def close_cares(connection: Connection, buyers: Sequence[str], why: str) -> int:
    """Nothing more for these buyers; how many tasks that ended."""
    open_ = sa.and_(care.c.buyer.in_(buyers), care.c.state.in_(UNDONE))
    return connection.execute(sa.update(care).where(open_).values(state="cancelled", why=why)).rowcount


def list_cares(
    connection: Connection,
    shops: Sequence[str],
    states: Sequence[State],
    cursor: tuple[int, str] | None,
    limit: int,
    *,
    soonest: bool,
) -> list[tuple[Care, Mapping[str, Any]]]:
    """The tasks of these shops in these states, by their time, `soonest` first or last.

    With each the body of its fact: the words (`text`), the number they went to (`phone`, masked), empty once erased.
    """
    query = _READ.add_columns(body.c.content).outerjoin(body, body.c.id == care.c.fact)
    query = query.where(care.c.shop.in_(shops), care.c.state.in_(states))
    place = sa.tuple_(care.c.due_at, care.c.id)
    if cursor is not None:
        query = query.where(place > cursor if soonest else place < cursor)
    order = (care.c.due_at, care.c.id) if soonest else (care.c.due_at.desc(), care.c.id.desc())
    rows = connection.execute(query.order_by(*order).limit(limit))
    return [(Care(*row[:-1]), row[-1] or {}) for row in rows]


def count_states(connection: Connection, shops: Sequence[str]) -> dict[str, int]:
    """How many tasks of these shops are in each state; a state without any is absent."""
    query = sa.select(care.c.state, sa.func.count().label("many")).where(care.c.shop.in_(shops))
    return {row.state: row.many for row in connection.execute(query.group_by(care.c.state))}


def sum_up(connection: Connection, shops: Sequence[str], since: int) -> list[Sum]:
    """What became of the tasks done since then (ms), by plan."""
    outcomes = ("answered", "bought", "no_answer", "opted_out")
    counts = [sa.func.sum(sa.case((care.c.outcome == one, 1), else_=0)).label(one) for one in outcomes]
    query = sa.select(care.c.plan, sa.func.count().label("sent"), *counts)
    query = query.where(care.c.shop.in_(shops), care.c.state == "sent", care.c.done_at >= since)
    rows = connection.execute(query.group_by(care.c.plan).order_by(care.c.plan))
    return [Sum(row.plan, *(int(value) for value in row[1:])) for row in rows]
