"""Many rows in one statement, the fastest way each database has; table and column names come from code only.

PostgreSQL takes one JSON parameter (`json_to_recordset`), SQLite a prepared statement run over tuples.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Connection, Dialect

_POSTGRES: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
Values = Sequence[tuple[Any, ...]]


def insert_many(connection: Connection, table: sa.Table, columns: tuple[str, ...], rows: Values) -> None:
    """Insert the rows; each has one value per column, JSON already as text."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_sqlite_insert(table, columns), list(rows))
    else:
        connection.exec_driver_sql(_postgres_insert(table, columns), (_records(columns, rows),))


def update_many(connection: Connection, table: sa.Table, key: str, columns: tuple[str, ...], rows: Values) -> None:
    """Set the columns of the rows with these keys; each row is (key, value, …)."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        moved = [(*row[1:], row[0]) for row in rows]
        connection.exec_driver_sql(_sqlite_update(table, key, columns), moved)
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
        connection.exec_driver_sql(_sqlite_insert(table, names) + tail, list(rows))
    else:
        connection.exec_driver_sql(_postgres_insert(table, names) + tail, (_records(names, rows),))


def select_in(connection: Connection, select: str, values: Sequence[Any]) -> Sequence[Any]:
    """The rows of `select`, in which `:values` stands for the list after IN."""
    if not values:
        return ()
    if connection.dialect.name == "sqlite":
        sql = select.replace(":values", "(" + ",".join("?" * len(values)) + ")")
        return connection.exec_driver_sql(sql, tuple(values)).all()
    return connection.exec_driver_sql(select.replace("IN :values", "= ANY(%s)"), (list(values),)).all()


def _records(columns: tuple[str, ...], rows: Values) -> str:
    return orjson.dumps([dict(zip(columns, row, strict=True)) for row in rows]).decode()


@lru_cache
def _sqlite_insert(table: sa.Table, columns: tuple[str, ...]) -> str:
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})"


@lru_cache
def _sqlite_update(table: sa.Table, key: str, columns: tuple[str, ...]) -> str:
    changes = ", ".join(f"{name} = ?" for name in columns)
    return f"UPDATE {table.name} SET {changes} WHERE {key} = ?"


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
