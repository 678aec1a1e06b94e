"""Many rows in few round trips, the fastest way each database has; table and column names come from code only.

PostgreSQL takes a statement's rows as one JSON parameter, and several statements in one journey. SQLite gives up the
interpreter's lock at every step, and waits for it again behind a busy event loop: so a statement inserts up to 64 rows
at a step, and a query answers with one row of JSON. Both run past SQLAlchemy's own execution, which costs more than
a small statement does; its exceptions are kept.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from itertools import chain
from select import select as when_ready
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Connection, Dialect

_POSTGRES: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
_SIZES = (64, 32, 16, 8, 4, 2, 1)
"""Rows a statement; few sizes, so that SQLite has every statement prepared."""

_HELD = "held"
"""Under this name a connection keeps the writes that wait for each other: table → statement and its records."""

Values = Sequence[tuple[Any, ...]]
Query = tuple[str, Sequence[Any]]
"""`SELECT columns FROM …`, in which `:values` may stand for the list after IN, and that list."""


def insert_many(connection: Connection, table: sa.Table, columns: tuple[str, ...], rows: Values) -> None:
    """Insert the rows; each has one value per column, JSON already as text."""
    if not rows:
        return
    if _is_sqlite(connection):
        _sqlite_each(connection, rows, lambda count: _sqlite_insert(table, columns, count))
    else:
        _write(connection, table, _postgres_insert(table, columns), _records(columns, rows))


def update_many(connection: Connection, table: sa.Table, key: str, columns: tuple[str, ...], rows: Values) -> None:
    """Set the columns of the rows with these keys; each row is (key, value, …)."""
    if not rows:
        return
    if _is_sqlite(connection):
        _sqlite_each(connection, rows, lambda count: _sqlite_update(table, key, columns, count))
    else:
        _write(connection, table, _postgres_update(table, key, columns), _records((key, *columns), rows))


def upsert_many(connection: Connection, table: sa.Table, key: str, columns: tuple[str, ...], rows: Values) -> None:
    """Insert rows (key, value, …), or set the columns where the key is already there."""
    if not rows:
        return
    names = (key, *columns)
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns)
    tail = f" ON CONFLICT ({key}) DO UPDATE SET {changes}"
    if _is_sqlite(connection):
        _sqlite_each(connection, rows, lambda count: _sqlite_insert(table, names, count) + tail)
    else:
        _write(connection, table, _postgres_insert(table, names) + tail, _records(names, rows))


def select_in(connection: Connection, select: str, values: Sequence[Any]) -> Sequence[Sequence[Any]]:
    """The rows of `select`, in which `:values` stands for the list after IN."""
    return select_each(connection, (select, values))[0] if values else ()


def select_each(connection: Connection, *queries: Query) -> list[Sequence[Sequence[Any]]]:
    """The rows of each query, read in one round trip."""
    selects = tuple(select for select, _ in queries)
    lists = [values for select, values in queries if ":values" in select]
    if _is_sqlite(connection):
        cursor = execute(connection, _sqlite_selects(selects), [orjson.dumps(values).decode() for values in lists])
    else:
        cursor = execute(connection, _postgres_selects(selects), [list(values) for values in lists])
    return [orjson.loads(rows) for rows in cursor.fetchone()]


@contextmanager
def together(connection: Connection, commit: Callable[[], None] | None = None) -> Iterator[None]:
    """Statements whose results nobody asks for travel together, `commit` as the last of them; what fails is raised at
    the latest in the end. On PostgreSQL writes to different tables wait for each other and become one statement."""
    driver: Any = connection.connection.dbapi_connection
    with ExitStack() as stack:
        if not _is_sqlite(connection) and not driver.pgconn.pipeline_status:
            stack.enter_context(raising(connection))
            stack.enter_context(driver.pipeline())
            stack.callback(connection.info.pop, _HELD)
            connection.info[_HELD] = {}
        yield
        release_writes(connection)
        if commit is not None:
            _send_out(driver)
            commit()


def _send_out(driver: Any) -> None:
    """A commit in a pipeline waits for the replies to what may still lie in the driver's own buffer, so for ever, when
    the network takes less than is to be sent (psycopg 3.3, `_sync_gen`). So nothing lies there."""
    pgconn = getattr(driver, "pgconn", None)
    while pgconn is not None and pgconn.flush():
        readable, _, _ = when_ready([pgconn.socket], [pgconn.socket], [])
        if readable:
            pgconn.consume_input()


def execute(connection: Connection, sql: str, parameters: Sequence[Any]) -> Any:
    """The driver's cursor after this statement and all before it; raises what SQLAlchemy would."""
    release_writes(connection)
    return _execute(connection, sql, parameters)


def _execute(connection: Connection, sql: str, parameters: Sequence[Any]) -> Any:
    with raising(connection):
        cursor = connection.connection.cursor()
        cursor.execute(sql, parameters)
        return cursor


@contextmanager
def raising(connection: Connection) -> Iterator[None]:
    """What the driver raises comes out as what SQLAlchemy would raise."""
    driver = connection.dialect.loaded_dbapi
    try:
        yield
    except driver.Error as error:
        raise sa.exc.DBAPIError.instance(
            None, None, error, driver.Error, hide_parameters=True, dialect=connection.dialect
        ) from error


def _write(connection: Connection, table: sa.Table, sql: str, records: str) -> None:
    """Run a statement that changes this table, at the latest with the next one that may see what it did."""
    held: dict[str, tuple[str, str]] | None = connection.info.get(_HELD)
    if held is None:
        _execute(connection, sql, (records,))
        return
    if table.name in held:
        release_writes(connection)
    held[table.name] = (sql, records)


def release_writes(connection: Connection) -> None:
    """Run the writes held back, as one statement, because what comes next may want to see them."""
    held: dict[str, tuple[str, str]] | None = connection.info.get(_HELD)
    if held:
        statements = tuple(sql for sql, _ in held.values())
        parameters = [records for _, records in held.values()]
        held.clear()
        _execute(connection, _at_once(statements), parameters)


@lru_cache
def _at_once(statements: tuple[str, ...]) -> str:
    """One statement that does all of these, none of which sees another's changes."""
    *parts, last = statements
    named = ", ".join(f"w{at} AS ({part})" for at, part in enumerate(parts))
    return f"WITH {named} {last}" if parts else last


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def _records(columns: tuple[str, ...], rows: Values) -> str:
    return orjson.dumps([dict(zip(columns, row, strict=True)) for row in rows]).decode()


def _sqlite_each(connection: Connection, rows: Values, statement: Callable[[int], str]) -> None:
    for some in _cut(rows):
        execute(connection, statement(len(some)), tuple(chain.from_iterable(some)))


def _cut(rows: Values) -> Iterator[Values]:
    start = 0
    for size in _SIZES:
        while len(rows) - start >= size:
            yield rows[start : start + size]
            start += size


@lru_cache
def _sqlite_insert(table: sa.Table, columns: tuple[str, ...], count: int) -> str:
    return f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES {_marks(len(columns), count)}"


@lru_cache
def _sqlite_update(table: sa.Table, key: str, columns: tuple[str, ...], count: int) -> str:
    changes = ", ".join(f"{name} = r.column{at}" for at, name in enumerate(columns, 2))
    rows = f"(VALUES {_marks(len(columns) + 1, count)}) AS r"
    return f"UPDATE {table.name} SET {changes} FROM {rows} WHERE {table.name}.{key} = r.column1"


@lru_cache
def _sqlite_selects(selects: tuple[str, ...]) -> str:
    return _selects(selects, "json_group_array(json_array({}))", "(SELECT value FROM json_each(?))")


@lru_cache
def _postgres_selects(selects: tuple[str, ...]) -> str:
    arrays = "coalesce(json_agg(json_build_array({})), '[]')::text"
    return _selects(tuple(select.replace("IN :values", "= ANY(:values)") for select in selects), arrays, "%s")


def _selects(selects: Sequence[str], array: str, values: str) -> str:
    """One row with a JSON array of rows for each query."""
    parts = (select.removeprefix("SELECT ").partition(" FROM ") for select in selects)
    found = (f"(SELECT {array.format(columns)} FROM {rest.replace(':values', values)})" for columns, _, rest in parts)
    return f"SELECT {', '.join(found)}"


def _marks(columns: int, count: int) -> str:
    row = f"({', '.join('?' * columns)})"
    return ", ".join([row] * count)


@lru_cache
def _postgres_insert(table: sa.Table, columns: tuple[str, ...]) -> str:
    names = ", ".join(columns)
    return (
        f"INSERT INTO {table.name} ({names}) SELECT {names} FROM json_to_recordset(%s) AS r({_typed(table, columns)})"
    )


@lru_cache
def _postgres_update(table: sa.Table, key: str, columns: tuple[str, ...]) -> str:
    changes = ", ".join(f"{name} = r.{name}" for name in columns)
    record = f"json_to_recordset(%s) AS r({_typed(table, (key, *columns))})"
    return f"UPDATE {table.name} AS t SET {changes} FROM {record} WHERE t.{key} = r.{key}"


def _typed(table: sa.Table, columns: tuple[str, ...]) -> str:
    return ", ".join(f"{name} {table.c[name].type.compile(_POSTGRES)}" for name in columns)
