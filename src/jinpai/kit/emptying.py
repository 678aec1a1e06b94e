"""Columns that are emptied where anything is left in them: done again it finds nothing, and says so."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection


def still_tells(table: sa.Table, empty: Mapping[str, Any]) -> sa.ColumnElement[bool]:
    """Whether any of these columns has another value than its empty one."""
    return sa.or_(*(table.c[name].is_distinct_from(value) for name, value in empty.items()))


def empty_out(
    connection: Connection,
    table: sa.Table,
    mine: sa.ColumnElement[bool],
    empty: Mapping[str, Any],
    beside: Mapping[str, Any] | None = None,
) -> int:
    """Give these columns their empty values in the rows that are `mine` and have others; how many rows had.

    `beside` is set in the same rows, whatever stood there.
    """
    change = sa.update(table).where(mine, still_tells(table, empty)).values({**empty, **(beside or {})})
    return connection.execute(change).rowcount
