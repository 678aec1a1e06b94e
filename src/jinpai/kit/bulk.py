"""Many rows in one statement, the fastest way each database has; table and column names come from code only.

PostgreSQL takes one JSON parameter (`json_to_recordset`). SQLite gives up the interpreter's lock at every step, and
waits for it again behind a busy event loop: so a statement inserts up to 64 rows at a step, and a query answers with
one row of JSON.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Connection, Dialect

_POSTGRES: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
_SIZES = (64, 32, 16, 8, 4, 2, 1)
"""Rows a statement; few sizes, so that SQLite has every statement prepared."""

Values = Sequence[tuple[Any, ...]]


def insert_many(connection: Connection, table: sa.Table, columns: tuple[str, ...], rows: Values) -> None:
    """Insert the rows; each has one value per column, JSON already as text."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        _sqlite_each(connection, rows, lambda count: _sqlite_insert(table, columns, count))
    else:
        connection.exec_driver_sql(_postgres_insert(table, columns), (_records(columns, rows),))


def update_many(connection: Connection, table: sa.Table, key: str, columns: tuple[str, ...], rows: Values) -> None:
    """Set the columns of the rows with these keys; each row is (key, value, …)."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        _sqlite_each(connection, rows, lambda count: _sqlite_update(table, key, columns, count))
    else:
        connection.exec_driver_sql(_postgres_update(table, key, columns), (_records((key, *columns), rows),))


def upsert_many(connection: Connection, table: sa.Table, key: str, columns: tuple[str, ...], rows: Values) -> None:
    """Insert rows (key, value, …), or set the columns where the key is already there."""
    if not rows:
        return
    names = (key, *columns)
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns)
    tail = f" ON CONFLICT ({key}) DO UPDATE SET {changes}"
    if connection.dialect.name == "sqlite":
        _sqlite_each(connection, rows, lambda count: _sqlite_insert(table, names, count) + tail)
    else:
        connection.exec_driver_sql(_postgres_insert(table, names) + tail, (_records(names, rows),))


def select_in(connection: Connection, select: str, values: Sequence[Any]) -> Sequence[Sequence[Any]]:
    """The rows of `select`, a query `SELECT columns FROM …` in which `:values` stands for the list after IN."""
    if not values:
        return ()
    if connection.dialect.name == "sqlite":
        rows: Sequence[Sequence[Any]] = orjson.loads(
            connection.exec_driver_sql(_sqlite_select(select), (orjson.dumps(values).decode(),)).scalar_one()
        )
        return rows
    return connection.exec_driver_sql(select.replace("IN :values", "= ANY(%s)"), (list(values),)).all()


def _records(columns: tuple[str, ...], rows: Values) -> str:
    return orjson.dumps([dict(zip(columns, row, strict=True)) for row in rows]).decode()


def _sqlite_each(connection: Connection, rows: Values, statement: Callable[[int], str]) -> None:
    for some in _cut(rows):
        connection.exec_driver_sql(statement(len(some)), tuple(chain.from_iterable(some)))


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
def _sqlite_select(select: str) -> str:
    columns, _, rest = select.removeprefix("SELECT ").partition(" FROM ")
    source = rest.replace(":values", "(SELECT value FROM json_each(?))")
    return f"SELECT json_group_array(json_array({columns})) FROM {source}"


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
