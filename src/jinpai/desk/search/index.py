"""The index of messages: FTS5 on SQLite, a GIN index over tsvector on PostgreSQL; both only know tokens.

It holds no text. Migration 0006 makes it, and makes what is erased leave it in the same transaction.
"""

from collections.abc import Callable, Iterable, Sequence

import orjson
from sqlalchemy.engine import Connection

from jinpai.desk.search.model import Groups, Term
from jinpai.kit.bulk import execute

MERGE_PAGES = 16
"""How much of SQLite's index is tidied at a time: a few milliseconds."""

_SPAN = 20_000
_WIDER = 8
"""PostgreSQL looks through the newest so many messages first, then through ever more: common words are found at once,
and for rare ones the last look is short."""

_SQLITE_FIND = """SELECT rowid FROM message_index WHERE message_index MATCH ? AND rowid < ?
ORDER BY rowid DESC LIMIT ?"""
_POSTGRES_ADD = """INSERT INTO message_index (id, tokens) SELECT r.id, array_to_tsvector(r.tokens)
FROM json_to_recordset(%s) AS r(id bigint, tokens text[])"""
_MERGE = "INSERT INTO message_index (message_index, rank) VALUES ('merge', ?)"


def add_to_index(connection: Connection, messages: Sequence[tuple[int, Iterable[str]]]) -> None:
    """Add messages that are not there yet: the id in the log, and the tokens."""
    if not messages:
        return
    if connection.dialect.name == "sqlite":
        marks = ", ".join(["(?, ?)"] * len(messages))
        values = [value for id_, tokens in messages for value in (id_, " ".join(tokens))]
        execute(connection, f"INSERT INTO message_index (rowid, tokens) VALUES {marks}", values)
    else:
        rows = [{"id": id_, "tokens": list(tokens)} for id_, tokens in messages]
        execute(connection, _POSTGRES_ADD, (orjson.dumps(rows).decode(),))


def merge_index(connection: Connection) -> None:
    """Tidy a little of SQLite's index, so that it stays quick to look into."""
    execute(connection, _MERGE, (MERGE_PAGES,))


def find_ids(connection: Connection, groups: Groups, before: int, limit: int) -> list[int]:
    """The ids below `before` of messages with a term of every group, newest first, at most `limit`."""
    if connection.dialect.name == "sqlite":
        rows = execute(connection, _SQLITE_FIND, (_expression(groups, " AND ", " OR ", _fts5), before, limit))
        return [row[0] for row in rows.fetchall()]
    return _find_postgres(connection, _expression(groups, " & ", " | ", _lexeme), before, limit)


def _find_postgres(connection: Connection, wanted: str, before: int, limit: int) -> list[int]:
    newest = execute(connection, "SELECT max(id) FROM message_index", ()).fetchone()[0] or 0
    upper, span, found = min(before, newest + 1), _SPAN, list[int]()
    while upper > 1 and len(found) < limit:
        lower = max(upper - span, 1)
        # The bounds stand in the statement itself, so that each is planned for what it is about to read; apart from the
        # limit, because for its sake rows would be read one by one, and of a word that is nowhere all of them.
        query = f"""WITH hit AS MATERIALIZED
        (SELECT id FROM message_index WHERE tokens @@ %s::tsquery AND id >= {lower} AND id < {upper})
        SELECT id FROM hit ORDER BY id DESC LIMIT {limit - len(found)}"""
        found += [row[0] for row in execute(connection, query, (wanted,)).fetchall()]
        upper, span = lower, span * _WIDER
    return found


def _expression(groups: Groups, both: str, either: str, term: Callable[[Term], str]) -> str:
    return both.join(f"({either.join(map(term, group))})" for group in groups)


def _fts5(term: Term) -> str:
    return f'"{term.token}"{"*" * term.is_beginning}'


def _lexeme(term: Term) -> str:
    return f"'{term.token}'{':*' * term.is_beginning}"
