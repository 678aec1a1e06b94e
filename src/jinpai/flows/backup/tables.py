"""The tables of a database as plain rows that fit both kinds of database, read from one moment and written back."""

import base64
import gzip
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.kit.bulk import raising

CHUNK_BYTES = 4_000_000
"""Rows are packed in pieces of about so many bytes before compression."""

_ELSEWHERE = ("alembic_version", "message_index")
"""What a backup leaves out: the number of the tables' form stands in its manifest, the search index is made anew."""

_KINDS = ((sa.Boolean, "bool"), (sa.Integer, "int"), (sa.LargeBinary, "bytes"), (sa.String, "text"))
_AT_ONCE = 1_000
_LEVEL = 4


@dataclass(frozen=True, slots=True)
class Form:
    """A table's name and its columns: name and kind, one of bool, int, bytes, text."""

    name: str
    columns: tuple[tuple[str, str], ...]


Values = Sequence[Any]


def list_forms(connection: Connection) -> list[Form]:
    """The tables of this database, each after those it refers to."""
    inspector = sa.inspect(connection)
    names = [name for name, _ in inspector.get_sorted_table_and_fkc_names() if name is not None]
    kept = [name for name in names if not name.startswith(_ELSEWHERE)]
    return [
        Form(name, tuple((column["name"], _kind(column["type"])) for column in inspector.get_columns(name)))
        for name in kept
    ]


def has_tables(connection: Connection) -> bool:
    """Whether anything has been put into this database yet."""
    return bool(sa.inspect(connection).get_table_names())


def read_rows(connection: Connection, form: Form) -> Iterator[Values]:
    """Every row of the table, as the connection's transaction sees it, in no order."""
    query = sa.text(f"SELECT {_columns(form)} FROM {_quoted(form.name)}")
    yield from connection.execution_options(stream_results=True, yield_per=_AT_ONCE).execute(query)


def write_rows(connection: Connection, form: Form, rows: Iterable[Values]) -> int:
    """Add rows as `unpack` gives them; returns how many."""
    if connection.dialect.name == "sqlite":
        return _insert(connection, form, rows)
    return _copy(connection, form, rows)


def pack(form: Form, rows: Iterable[Values]) -> Iterator[tuple[bytes, int]]:
    """The rows as compressed JSON lines in pieces, each with its number of rows."""
    encode = _encoder(form)
    lines, size = list[bytes](), 0
    for row in rows:
        line = orjson.dumps(encode(row))
        lines.append(line)
        size += len(line)
        if size > CHUNK_BYTES:
            yield _squeezed(lines), len(lines)
            lines, size = [], 0
    if lines:
        yield _squeezed(lines), len(lines)


def unpack(form: Form, piece: bytes) -> Iterator[Values]:
    """The rows of a piece."""
    places = [(at, kind) for at, (_, kind) in enumerate(form.columns) if kind == "bytes"]
    for line in gzip.decompress(piece).splitlines():
        row = orjson.loads(line)
        for at, _ in places:
            if row[at] is not None:
                row[at] = base64.b64decode(row[at])
        yield row


def _encoder(form: Form) -> Any:
    blobs = [at for at, (_, kind) in enumerate(form.columns) if kind == "bytes"]
    flags = [at for at, (_, kind) in enumerate(form.columns) if kind == "bool"]

    def encode(row: Values) -> list[Any]:
        values = list(row)
        for at in blobs:
            if values[at] is not None:
                values[at] = base64.b64encode(values[at]).decode()
        for at in flags:
            if values[at] is not None:
                values[at] = bool(values[at])
        return values

    return encode


def _squeezed(lines: Sequence[bytes]) -> bytes:
    return gzip.compress(b"\n".join(lines), _LEVEL, mtime=0)


def _insert(connection: Connection, form: Form, rows: Iterable[Values]) -> int:
    marks = ", ".join("?" * len(form.columns))
    statement = f"INSERT INTO {_quoted(form.name)} ({_columns(form)}) VALUES ({marks})"
    count, left = 0, iter(rows)
    while some := list(islice(left, _AT_ONCE)):
        connection.exec_driver_sql(statement, [tuple(row) for row in some])
        count += len(some)
    return count


def _copy(connection: Connection, form: Form, rows: Iterable[Values]) -> int:
    count = 0
    statement = f"COPY {_quoted(form.name)} ({_columns(form)}) FROM STDIN"
    cursor: Any = connection.connection.cursor()
    with raising(connection), cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def _columns(form: Form) -> str:
    return ", ".join(_quoted(name) for name, _ in form.columns)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _kind(type_: sa.types.TypeEngine[Any]) -> str:
    for kind, name in _KINDS:
        if isinstance(type_, kind):
            return name
    raise TypeError(f"a column of type {type_!r} cannot be kept in a backup")
