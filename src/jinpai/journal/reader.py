"""Reading the log: a conversation by seq, everything by id."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.journal.model import Entry, Row
from jinpai.journal.store import body, bookmark, head, journal
from jinpai.kit.bulk import upsert_many

NEWEST = (1 << 31) - 1
"""A seq beyond every conversation's end, to read backwards from."""

_COLUMNS = (
    journal.c.id,
    journal.c.at,
    journal.c.seq,
    journal.c.kind,
    journal.c.author,
    journal.c.shop,
    journal.c.conversation,
    journal.c.client_id,
    journal.c.data,
    body.c.content,
)
_ROWS = sa.select(*_COLUMNS).outerjoin(body, body.c.id == journal.c.id)


_OF = _ROWS.where(journal.c.conversation == sa.bindparam("of")).limit(sa.bindparam("limit"))
_AFTER = _OF.where(journal.c.seq > sa.bindparam("after")).order_by(journal.c.seq)
_BEFORE = _OF.where(journal.c.seq < sa.bindparam("before")).order_by(journal.c.seq.desc())
_LOG = _ROWS.where(journal.c.id > sa.bindparam("after")).order_by(journal.c.id).limit(sa.bindparam("limit"))


def read_conversation(connection: Connection, conversation: str, after: int, limit: int) -> list[Row]:
    """The rows of a conversation with seq > after, oldest first, at most `limit`."""
    found = connection.execute(_AFTER, {"of": conversation, "after": after, "limit": limit})
    return [_row(row) for row in found]


def read_before(connection: Connection, conversation: str, before: int, limit: int) -> list[Row]:
    """The newest `limit` rows of a conversation with seq < before, oldest first."""
    found = connection.execute(_BEFORE, {"of": conversation, "before": before, "limit": limit}).all()
    return [_row(row) for row in reversed(found)]


def read_newest(
    connection: Connection, conversations: Sequence[str], count: int, kinds: Sequence[str]
) -> dict[str, list[Row]]:
    """The rows of these kinds among the newest `count` of each conversation, oldest first, in one question."""
    query = _ROWS.join(head, head.c.conversation == journal.c.conversation)
    query = query.where(journal.c.conversation.in_(conversations), journal.c.seq > head.c.seq - count)
    found: dict[str, list[Row]] = {}
    for row in connection.execute(query.where(journal.c.kind.in_(kinds)).order_by(journal.c.id)):
        found.setdefault(row.conversation, []).append(_row(row))
    return found


def read_log(connection: Connection, after: int, limit: int) -> list[Row]:
    """The rows of the whole log with id > after, in order, at most `limit`."""
    return [_row(row) for row in connection.execute(_LOG, {"after": after, "limit": limit})]


def read_rows(connection: Connection, ids: Sequence[int]) -> list[Row]:
    """The rows with these ids, in the same order; an id that is not there is left out."""
    found = {row.id: row for row in connection.execute(_ROWS.where(journal.c.id.in_(ids)))} if ids else {}
    return [_row(found[id_]) for id_ in ids if id_ in found]


def get_heads(connection: Connection, conversations: Sequence[str]) -> dict[str, int]:
    """The last seq of each of these conversations; one without rows is absent."""
    query = sa.select(head.c.conversation, head.c.seq).where(head.c.conversation.in_(conversations))
    return {row.conversation: row.seq for row in connection.execute(query)}


def get_bookmark(connection: Connection, reader: str) -> int:
    """The id up to which this follower has read the log, 0 when it has not begun."""
    return connection.execute(sa.select(bookmark.c.id).where(bookmark.c.reader == reader)).scalar() or 0


def put_bookmark(connection: Connection, reader: str, id_: int) -> None:
    """Remember how far this follower has read."""
    upsert_many(connection, bookmark, "reader", ("id",), [(reader, id_)])


def _row(found: Any) -> Row:
    entry = Entry(
        kind=found.kind,
        author=found.author,
        shop=found.shop,
        conversation=found.conversation,
        client_id=found.client_id,
        data=found.data or {},
        body={} if found.content is None else found.content,
    )
    return Row(found.id, found.at, found.seq, entry)
