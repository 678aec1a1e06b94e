"""What the law lets a person erase leaves the log's bodies; the rows, and their numbers, stay."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.journal.store import body, due, journal
from jinpai.kit.bulk import select_in, update_many

_SAID = "SELECT id FROM journal WHERE conversation IN :values"
_FULL = "SELECT id FROM body WHERE id IN :values AND content IS NOT NULL"
_WORKS = "SELECT id, kind, state, data FROM due WHERE subject IN :values"


def find_said(connection: Connection, conversations: Sequence[str]) -> list[int]:
    """The rows of these conversations."""
    return [row[0] for row in select_in(connection, _SAID, conversations)]


def find_naming(connection: Connection, ids: Sequence[str], after: int = 0) -> list[int]:
    """The rows outside conversations, later than `after`, whose data name one of these ids."""
    written = sa.type_coerce(journal.c.data, sa.Text)
    named = sa.or_(*(written.contains(f'"{id_}"', autoescape=True) for id_ in ids))
    outside = sa.and_(journal.c.conversation.is_(None), journal.c.id > after)
    return list(connection.execute(sa.select(journal.c.id).where(outside, named)).scalars()) if ids else []


def erase_bodies(connection: Connection, ids: Sequence[int]) -> set[int]:
    """Empty what these rows say; the search forgets it in the same transaction. Returns those that still said it."""
    full = [row[0] for row in select_in(connection, _FULL, sorted(set(ids)))]
    update_many(connection, body, "id", ("content",), [(id_, None) for id_ in full])
    return set(full)


def erase_works(connection: Connection, subjects: Sequence[str], but: Sequence[str], why: str, now: int) -> int:
    """Nothing more is done for these subjects, and what was planned for them no longer says what; how many works.

    Works `but` of these kinds go on: they belong to an erasure themselves.
    """
    found = [row for row in select_in(connection, _WORKS, subjects) if row[1] not in but]
    open_ = [(id_, "cancelled", why, now) for id_, _, state, _ in found if state in ("waiting", "running")]
    full = [(id_, "{}") for id_, _, _, data in found if data != "{}"]
    update_many(connection, due, "id", ("state", "why", "ended_at"), open_)
    update_many(connection, due, "id", ("data",), full)
    return len({row[0] for row in (*open_, *full)})
