"""The index follows the log: it reads on from its bookmark and stores what it made of it together with the mark."""

from collections.abc import Sequence

from sqlalchemy.engine import Connection

from jinpai.desk.search.index import add_to_index
from jinpai.desk.search.model import row_tokens
from jinpai.journal.model import Row
from jinpai.journal.reader import get_bookmark, put_bookmark, read_log
from jinpai.kit.bulk import execute, select_in

READER = "search"
LEADER = "SELECT pg_try_advisory_xact_lock(7202612)"

_CHANNELS = "SELECT id, channel FROM conversation WHERE id IN :values"
_HOLD_BODIES = "SELECT 1 FROM body WHERE id > %s AND id <= %s FOR SHARE"
_FORGET_ERASED = """DELETE FROM message_index WHERE rowid IN
(SELECT id FROM body WHERE id > ? AND id <= ? AND content IS NULL)"""

Document = tuple[int, set[str]]


def read_on(connection: Connection, limit: int) -> tuple[list[Document], int, int]:
    """The next rows of the log as documents, the id before the first and the id of the last (equal: nothing new)."""
    start = get_bookmark(connection, READER)
    rows = read_log(connection, start, limit)
    return _documents(connection, rows), start, rows[-1].id if rows else start


def store_sqlite(connection: Connection, documents: Sequence[Document], start: int, end: int) -> None:
    """Store what was read before this transaction; what has been erased since is not kept."""
    add_to_index(connection, documents)
    execute(connection, _FORGET_ERASED, (start, end)).close()
    put_bookmark(connection, READER, end)


def follow_postgres(connection: Connection, limit: int) -> int:
    """Read and store in one transaction; how many rows were read, 0 also where another process is at it.

    Bodies are held meanwhile, so that an erasure comes either before the reading or after the storing.
    """
    if not execute(connection, LEADER, ()).fetchone()[0]:
        return 0
    start = get_bookmark(connection, READER)
    execute(connection, _HOLD_BODIES, (start, start + limit))
    documents, _, end = read_on(connection, limit)
    add_to_index(connection, documents)
    if end > start:
        put_bookmark(connection, READER, end)
    return end - start


def start_over(connection: Connection) -> None:
    """Forget the index; the follower will make it anew from the whole log."""
    connection.exec_driver_sql("DELETE FROM message_index")
    put_bookmark(connection, READER, 0)


def _documents(connection: Connection, rows: Sequence[Row]) -> list[Document]:
    said = [row for row in rows if row.entry.conversation is not None and row.entry.body.get("text")]
    places = sorted({row.entry.conversation or "" for row in said})
    channels = {row[0]: row[1] for row in select_in(connection, _CHANNELS, places)}
    return [(row.id, row_tokens(row, row.entry.body["text"], channels.get(row.entry.conversation, ""))) for row in said]
