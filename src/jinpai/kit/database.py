"""The two databases: SQLite in WAL with full durability, or PostgreSQL; one writing connection, many reading ones."""

import math
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from jinpai.kit.bulk import execute, release_writes
from jinpai.kit.errors import BadInput

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


UNREACHABLE = (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError)
"""What a statement raises when the database is gone, refuses, or has no connection free; it may well come back."""


TRUSTED_SECONDS = 0.5
"""A connection used so recently is taken as it is; one that rested longer is asked whether it still lives."""


class Json(sa.types.TypeDecorator[Any]):
    """A JSON value kept as text on both databases; compact, Chinese unescaped."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> str | None:
        """The value as compact JSON text."""
        return None if value is None else orjson.dumps(value).decode()

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> Any:
        """The value that was stored."""
        return None if value is None else orjson.loads(value)


@dataclass(frozen=True, slots=True)
class Database:
    """An opened database; `read` for queries, the journal's writer alone uses `writing`."""

    url: str
    writing: Engine
    reading: Engine

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database."""
        return self.writing.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one consistent state and cannot write on SQLite."""
        with self.reading.connect() as connection:
            yield connection

    def close(self) -> None:
        """Give all connections back."""
        self.writing.dispose()
        self.reading.dispose()


class Held:
    """A connection of this engine that is kept from one use to the next, until it is let go of or something fails."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    @contextmanager
    def use(self) -> Iterator[Connection]:
        """The connection; taken from the engine, which looks whether it lives, when none is held."""
        if self._connection is None:
            self._connection = self._engine.connect()
        try:
            yield self._connection
        except BaseException:
            self.let_go()
            raise

    def let_go(self) -> None:
        """Give the connection back; a transaction that is still open is undone."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def open_database(url: str) -> Database:
    """Open the database; the file's folder must exist, the tables come from `migrate`."""
    if url.startswith("sqlite:"):
        return Database(url, _sqlite(url, writing=True), _sqlite(url, writing=False))
    return Database(url, _postgres(url, writing=True), _postgres(url, writing=False))


def check_reachable(database: Database) -> None:
    """BadInput when the database cannot be opened at all."""
    try:
        with database.reading.connect():
            pass
    except sa.exc.OperationalError:
        database.close()
        raise BadInput("数据库连不上，请检查 JINPAI_DATABASE 的地址、账号和密码，以及数据库是否在运行") from None


def _postgres(url: str, *, writing: bool) -> Engine:
    options = {"options": "-c idle_in_transaction_session_timeout=15000 -c lock_timeout=10000"} if writing else {}
    engine = sa.create_engine(
        url,
        hide_parameters=True,
        pool_size=1 if writing else 8,
        max_overflow=1 if writing else 8,
        isolation_level="READ COMMITTED" if writing else "AUTOCOMMIT",
        connect_args={"connect_timeout": 5, **options},
    )

    @sa.event.listens_for(engine, "checkin")
    def on_checkin(connection: Any, record: Any) -> None:
        record.info["idle_since"] = time.monotonic()

    @sa.event.listens_for(engine, "checkout")
    def on_checkout(connection: Any, record: Any, proxy: Any) -> None:
        if time.monotonic() - record.info.get("idle_since", math.inf) > TRUSTED_SECONDS:
            try:
                engine.dialect.do_ping(connection)
            except engine.dialect.loaded_dbapi.Error:
                raise sa.exc.DisconnectionError from None

    if writing:

        @sa.event.listens_for(engine, "before_cursor_execute")
        def on_execute(connection: Connection, *_: Any) -> None:
            release_writes(connection)

    return engine


def _sqlite(url: str, *, writing: bool) -> Engine:
    path = Path(sa.engine.make_url(url).database or "")
    if not path.parent.is_dir():
        raise BadInput(f"文件夹 {path.parent} 不存在，请先运行 jinpai init")
    engine = sa.create_engine(
        url,
        hide_parameters=True,
        module=_sqlite_module(),
        pool_size=1 if writing else 8,
        max_overflow=0 if writing else 16,
        poolclass=sa.pool.QueuePool,
        connect_args={"check_same_thread": False, "timeout": 15.0},
    )

    @sa.event.listens_for(engine, "connect")
    def on_connect(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"cache_size={-16000 if writing else -1000}",
            *(() if writing else ("query_only=ON",)),
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    @sa.event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        execute(connection, "BEGIN IMMEDIATE" if writing else "BEGIN", ())

    return engine


def _sqlite_module() -> Any:
    """The newer SQLite of the wheel; the interpreter's own only where it is new enough (no WAL-reset bug)."""
    try:
        import pysqlite3

        return pysqlite3
    except ImportError:
        if sqlite3.sqlite_version_info < (3, 51, 3):
            raise BadInput("自带的 SQLite 太旧，请安装 pysqlite3 或改用 PostgreSQL（JINPAI_DATABASE）") from None
        return sqlite3
