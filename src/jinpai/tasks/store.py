"""Hand-overs: their tables and how to read them."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any, Literal

import orjson
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.desk.model import MESSAGE_OUT
from jinpai.journal.store import body, journal
from jinpai.kit.bulk import insert_many, select_in, update_many
from jinpai.kit.database import metadata
from jinpai.kit.sealing import Sealer
from jinpai.tasks.invoices import Invoice
from jinpai.tasks.model import INVOICE, RUNNING, Task

task = sa.Table(
    "task",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("department", sa.Text, nullable=False),
    sa.Column("conversation", sa.Text, sa.ForeignKey("conversation.id")),
    sa.Column("order_id", sa.Text, sa.ForeignKey("orders.id")),
    sa.Column("asked_by", sa.Text, nullable=False),
    sa.Column("asked_at", sa.BigInteger, nullable=False),
    sa.Column("due_at", sa.BigInteger, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("owner", sa.Text),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("changed_at", sa.BigInteger, nullable=False),
    sa.Column("ended_at", sa.BigInteger),
    sa.Column("late_at", sa.BigInteger),
    sa.Column("fact", sa.BigInteger, nullable=False),
    sa.Column("answer", sa.BigInteger),
    sa.Column("offered", sa.Integer),
    sa.Column("amount", sa.BigInteger),
    sa.Column("invoice", sa.LargeBinary),
)
"""One row per hand-over; its words and its result are in the bodies of the journal rows `fact` and `answer`, what an
invoice needs is sealed."""
sa.Index("ix_task_shop_state_due_at", task.c.shop, task.c.state, task.c.due_at, task.c.id)
sa.Index("ix_task_conversation", task.c.conversation)
sa.Index("ix_task_order_id", task.c.order_id)

task_fact = sa.Table(
    "task_fact",
    metadata,
    sa.Column("task_id", sa.Text, sa.ForeignKey("task.id"), primary_key=True),
    sa.Column("fact", sa.BigInteger, primary_key=True, autoincrement=False),
)
"""The journal rows that make up the history of a hand-over."""

View = Literal["open", "mine", "late", "returned", "untold", "ended"]
"""open: with a department · mine: mine to do, or given back to me · late · returned · untold: done, and no agent has
written to the buyer since · ended: done or dropped."""

COLUMNS = tuple(part.name for part in fields(Task))
_VALUES = attrgetter(*COLUMNS)
_CHANGING = ("due_at", "note", "owner", "state", "changed_at", "ended_at", "late_at", "answer", "offered")
_CHANGED = attrgetter("id", *_CHANGING)
_READ = sa.select(*(task.c[name] for name in COLUMNS))
_BY = f"SELECT {', '.join(COLUMNS)} FROM task WHERE {{}} IN :values"
_SINCE = journal.c.conversation == task.c.conversation, journal.c.seq > task.c.offered, journal.c.kind == MESSAGE_OUT
_IS_TOLD = sa.exists().where(*_SINCE, journal.c.author.startswith("agent:", autoescape=True))
_IS_UNTOLD = sa.and_(task.c.state == "done", task.c.offered.is_not(None), ~_IS_TOLD)


def add_task(connection: Connection, sealer: Sealer, new: Task, invoice: Invoice | None) -> None:
    """Store a new hand-over; what an invoice needs is sealed."""
    sealed = None
    if invoice is not None:
        written = {part.name: getattr(invoice, part.name) for part in fields(Invoice)}
        sealed = sealer.seal(INVOICE, orjson.dumps(written).decode())
    connection.execute(sa.insert(task).values(**dict(zip(COLUMNS, _VALUES(new), strict=True)), invoice=sealed))
    add_fact(connection, new.id, new.fact)


def put_task(connection: Connection, changed: Task) -> None:
    """Store how it stands now."""
    update_many(connection, task, "id", _CHANGING, [_CHANGED(changed)])


def add_fact(connection: Connection, id_: str, fact: int) -> None:
    """Make this journal row part of its history."""
    insert_many(connection, task_fact, ("task_id", "fact"), [(id_, fact)])


def find_task(connection: Connection, id_: str) -> Task | None:
    """The hand-over with this id."""
    return next(iter(_by(connection, "id", [id_])), None)


def lock_task(connection: Connection, id_: str) -> Task | None:
    """The hand-over with this id, which no other process moves until the transaction ends."""
    row = connection.execute(_READ.where(task.c.id == id_).with_for_update()).one_or_none()
    return None if row is None else Task(*row)


def find_of_talk(connection: Connection, conversation: str) -> list[Task]:
    """What was handed over from this conversation, the newest first."""
    return sorted(_by(connection, "conversation", [conversation]), key=lambda one: (-one.asked_at, one.id))


def find_of_order(connection: Connection, order_id: str) -> list[Task]:
    """What was handed over about this order, the newest first."""
    return sorted(_by(connection, "order_id", [order_id]), key=lambda one: (-one.asked_at, one.id))


def find_untold(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Which of these are done while no agent has written to the buyer since."""
    return set(connection.execute(sa.select(task.c.id).where(task.c.id.in_(ids), _IS_UNTOLD)).scalars())


def find_tasks(
    connection: Connection,
    shops: Sequence[str],
    view: View,
    person: str,
    department: str | None,
    now: int,
    after: tuple[int, str] | None,
    limit: int,
) -> list[Task]:
    """A page of the hand-overs of these shops: what ended the latest first, all else by when it is due."""
    query = _READ.where(task.c.shop.in_(shops), _is_in(view, person, now))
    if department is not None:
        query = query.where(task.c.department == department)
    at, place = (task.c.ended_at, sa.tuple_(task.c.ended_at, task.c.id))
    if view in ("ended", "untold"):
        here = [] if after is None else [place < sa.tuple_(*map(sa.literal, after))]
        query = query.where(*here).order_by(at.desc(), task.c.id.desc())
    else:
        place = sa.tuple_(task.c.due_at, task.c.id)
        here = [] if after is None else [place > sa.tuple_(*map(sa.literal, after))]
        query = query.where(*here).order_by(task.c.due_at, task.c.id)
    return [Task(*row) for row in connection.execute(query.limit(limit))]


def count_tasks(
    connection: Connection, shops: Sequence[str], person: str, department: str | None, now: int
) -> dict[View, int]:
    """How many there are in each view but the ended ones."""
    views: tuple[View, ...] = ("open", "mine", "late", "returned", "untold")
    here = [task.c.shop.in_(shops)] + ([] if department is None else [task.c.department == department])
    asked = [sa.select(sa.func.count()).where(*here, _is_in(view, person, now)).scalar_subquery() for view in views]
    return dict(zip(views, connection.execute(sa.select(*asked)).one(), strict=True))


def read_history(connection: Connection, id_: str) -> Sequence[Any]:
    """The facts of a hand-over, oldest first: id, at, kind, author, data, content (what the law may ask to erase)."""
    query = sa.select(
        journal.c.id, journal.c.at, journal.c.kind, journal.c.author, journal.c.data, body.c.content
    ).join(task_fact, task_fact.c.fact == journal.c.id)
    query = query.outerjoin(body, body.c.id == journal.c.id).where(task_fact.c.task_id == id_)
    return connection.execute(query.order_by(journal.c.id)).all()


def read_invoices(connection: Connection, sealer: Sealer, ids: Sequence[str]) -> Mapping[str, Invoice]:
    """What the invoices among these need, by id."""
    query = sa.select(task.c.id, task.c.invoice).where(task.c.id.in_(ids), task.c.invoice.is_not(None))
    found = connection.execute(query)
    return {row.id: Invoice(**orjson.loads(sealer.open(INVOICE, row.invoice))) for row in found}


def _is_in(view: View, person: str, now: int) -> sa.ColumnElement[bool]:
    running = task.c.state.in_(RUNNING)
    if view == "mine":
        given_back = sa.and_(task.c.state == "returned", task.c.asked_by == f"agent:{person}")
        return sa.or_(sa.and_(running, task.c.owner == person), given_back)
    if view == "late":
        return sa.and_(running, task.c.due_at < now)
    if view == "returned":
        return task.c.state == "returned"
    if view == "untold":
        return _IS_UNTOLD
    return running if view == "open" else task.c.state.in_(("done", "dropped"))


def _by(connection: Connection, column: str, values: Sequence[str]) -> list[Task]:
    return [Task(*row) for row in select_in(connection, _BY.format(column), values)]
