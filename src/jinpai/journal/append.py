"""Appending a batch: look up what is known, number the rest, insert it all in a handful of statements."""

from collections.abc import Sequence
from itertools import islice

import orjson
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.journal.model import Known, Pending, Projection, Row, number
from jinpai.journal.store import COLUMNS, body, head, journal
from jinpai.kit.bulk import insert_many, select_each, upsert_many

_KNOWN = "SELECT client_key, digest, id, seq, at FROM journal WHERE client_key IN :values"
_HEADS = "SELECT conversation, seq FROM head WHERE conversation IN :values"
_LAST_ID = "SELECT id FROM (SELECT max(id) AS id FROM journal) AS newest"


def append_rows(
    connection: Connection, batch: Sequence[Pending], now: int, projections: Sequence[Projection] = ()
) -> list[Row]:
    """Insert the batch's new entries, fill every receipt and have them projected; returns the rows in order.

    What the journal and the projections must know is read in one round trip, before anything is written.
    """
    keys = [item.key for item in batch if item.key is not None]
    conversations = sorted({item.entry.conversation for item in batch if item.entry.conversation is not None})
    reads = [(read, conversations) for projection in projections for read in projection.reads]
    found, seqs, ids, *told = select_each(connection, (_KNOWN, keys), (_HEADS, conversations), (_LAST_ID, ()), *reads)
    known = {row[0]: Known(*row[1:]) for row in found}
    heads = {row[0]: row[1] for row in seqs}
    numbered = number(batch, heads, known, ids[0][0] or 0, now)
    bodies = [(row.id, orjson.dumps(row.entry.body).decode()) for _, row in numbered if row.entry.body]
    ends = {row.entry.conversation: row.seq for _, row in numbered if row.entry.conversation is not None}
    insert_many(connection, journal, COLUMNS, [_journal_values(item, row) for item, row in numbered])
    insert_many(connection, body, ("id", "content"), bodies)
    upsert_many(connection, head, "conversation", ("seq",), list(ends.items()))
    rows = [row for _, row in numbered]
    answers = iter(told)
    for projection in projections:
        projection.project(connection, rows, *islice(answers, len(projection.reads)))
    return rows


def last_id(connection: Connection) -> int:
    """The id of the newest row, 0 in an empty log."""
    return int(connection.execute(sa.select(sa.func.coalesce(sa.func.max(journal.c.id), 0))).scalar_one())


def _journal_values(item: Pending, row: Row) -> tuple[object, ...]:
    entry = row.entry
    return (
        row.id,
        row.at,
        entry.shop,
        entry.conversation,
        row.seq,
        entry.kind,
        entry.author,
        entry.client_id,
        item.key,
        item.digest,
        orjson.dumps(entry.data).decode() if entry.data else None,
    )
