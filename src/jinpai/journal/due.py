"""Work with a time, as rows that pages can show; every change runs inside a writer's transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.journal.store import due
from jinpai.kit.bulk import insert_many, select_in, update_many
from jinpai.kit.ids import new_id

_KEYS = "SELECT key FROM due WHERE key IN :values"
_STATES = "SELECT id, state, attempt FROM due WHERE id IN :values"
WAITING = (
    "SELECT subject, id, kind FROM due "
    "WHERE subject IN :values AND state = 'waiting' AND state IN ('waiting', 'running')"
)
"""What still waits for these subjects, as (subject, id, kind)."""

_IS_OPEN = sa.text("due.state IN ('waiting', 'running')")
"""In these words, because an index of open rows is used only where a query names its condition."""


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be done at `due_at` (ms); `key` makes it happen once, `subject` is what it is about."""

    shop: str
    kind: str
    subject: str
    key: str
    due_at: int
    data: Mapping[str, Any] = field(default_factory=dict)
    attempt: int = 0
    id: str = ""


def schedule(connection: Connection, works: Sequence[Due], now: int) -> None:
    """Add the works whose key is not there yet."""
    known = {row[0] for row in select_in(connection, _KEYS, [work.key for work in works])}
    columns = ("id", "shop", "kind", "subject", "key", "due_at", "state", "attempt", "why", "data", "created_at")
    rows = [
        (new_id("d"), w.shop, w.kind, w.subject, w.key, w.due_at, "waiting", 0, "", _json(w.data), now)
        for w in works
        if w.key not in known
    ]
    insert_many(connection, due, columns, rows)


def cancel(connection: Connection, kinds: Sequence[str], subjects: Sequence[str], why: str, now: int) -> None:
    """Cancel what still waits of these kinds for these subjects; `why` is shown to people."""
    call_off(connection, [id_ for _, id_, kind in select_in(connection, WAITING, subjects) if kind in kinds], why, now)


def call_off(connection: Connection, ids: Sequence[str], why: str, now: int) -> None:
    """Cancel these works, which wait; `why` is shown to people."""
    update_many(connection, due, "id", ("state", "why", "ended_at"), [(id_, "cancelled", why, now) for id_ in ids])


def find_ripe(
    connection: Connection, now: int, limit: int, *, only: Sequence[str] = (), but: Sequence[str] = ()
) -> list[Due]:
    """What is due by now, oldest first; claims that ran out count again. `only` these kinds, or all `but` these."""
    lapsed = sa.and_(due.c.state == "running", due.c.claimed_until <= now)
    ripe = sa.or_(due.c.state == "waiting", lapsed)
    query = sa.select(due).where(_IS_OPEN, ripe, due.c.due_at <= now).order_by(due.c.due_at, due.c.id).limit(limit)
    query = query.where(due.c.kind.in_(only)) if only else query.where(due.c.kind.not_in(but)) if but else query
    return [_due(row) for row in connection.execute(query)]


def find_by_key(connection: Connection, key: str) -> Due | None:
    """The work with this key, whatever became of it."""
    row = connection.execute(sa.select(due).where(due.c.key == key)).one_or_none()
    return None if row is None else _due(row)


def is_open(connection: Connection, work: Due) -> bool:
    """Whether the work still waits (or its claim has run out), seen inside the transaction that will end it."""
    state = connection.execute(sa.select(due.c.state, due.c.attempt).where(due.c.id == work.id)).one_or_none()
    return state is not None and state.state in ("waiting", "running") and state.attempt == work.attempt


def find_open(connection: Connection, works: Sequence[Due]) -> list[Due]:
    """Those of the works that `is_open` would find open, asked together."""
    states = {id_: (state, attempt) for id_, state, attempt in select_in(connection, _STATES, [w.id for w in works])}
    return [work for work in works if states.get(work.id) in (("waiting", work.attempt), ("running", work.attempt))]


def claim(connection: Connection, work: Due, now: int, until: int) -> Due | None:
    """Take the work for an outside call until `until`; None when somebody else has it or it ended."""
    if not is_open(connection, work):
        return None
    change = sa.update(due).where(due.c.id == work.id)
    connection.execute(change.values(state="running", attempt=work.attempt + 1, claimed_until=until))
    return Due(
        work.shop, work.kind, work.subject, work.key, work.due_at, work.data, attempt=work.attempt + 1, id=work.id
    )


def finish(connection: Connection, work: Due, state: str, why: str, now: int) -> None:
    """End the work as `done`, `cancelled` or `failed`."""
    connection.execute(sa.update(due).where(due.c.id == work.id).values(state=state, why=why, ended_at=now))


def finish_all(connection: Connection, works: Sequence[Due], now: int) -> None:
    """End these works as `done`."""
    rows = [(work.id, "done", "", now) for work in works]
    update_many(connection, due, "id", ("state", "why", "ended_at"), rows)


def postpone(connection: Connection, work: Due, due_at: int, why: str) -> None:
    """Let the work wait again until `due_at`."""
    connection.execute(
        sa.update(due).where(due.c.id == work.id).values(state="waiting", due_at=due_at, why=why, claimed_until=None)
    )


def next_due_at(connection: Connection) -> int | None:
    """When the next waiting work is due, in ms."""
    query = sa.select(sa.func.min(due.c.due_at)).where(_IS_OPEN)
    found: int | None = connection.execute(query).scalar_one()
    return found


def _due(row: Any) -> Due:
    return Due(row.shop, row.kind, row.subject, row.key, row.due_at, row.data, row.attempt, row.id)


def _json(data: Mapping[str, Any]) -> str:
    return orjson.dumps(data).decode()
