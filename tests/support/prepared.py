"""Prepared homes: `jinpai init` takes seconds and learning the intents more, copying their result does not."""

import fcntl
import os
import shutil
import uuid
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from tests.support.server import Server

from jinpai.kit.database import open_database
from jinpai.kit.migrate import migrate

MODELS = "models"
"""What was learned; never changed once written, so copies may share it."""


class Prepared:
    """Runs `jinpai init --demo` once per kind of database and time, learns the intents once, and hands out copies.

    `common` is shared with the other workers of this run: they need not learn the same.
    """

    def __init__(self, folder: Path, common: Path) -> None:
        self._folder = folder
        self._common = common
        self._originals: dict[tuple[str, int | None], Server] = {}

    def copy(self, home: Path, database_url: str, at: int | None = None) -> Server:
        """A server with a home and database of its own, prepared (now, or as if it were `at`) but not started.

        A test whose clock stands still gives its time: a shop that opens after its first order counts no stock for it.
        """
        kind = sa.engine.make_url(database_url).get_backend_name()
        original = self._originals.get((kind, at))
        if original is None:
            original = self._originals[kind, at] = self._prepare(kind, database_url, at)
        shutil.copytree(original.home, home, ignore=shutil.ignore_patterns(MODELS))
        shutil.copytree(original.home / MODELS, home / MODELS, copy_function=os.link)
        _copy_database(original.database or "", database_url)
        return Server(home, database_url, accounts=dict(original.accounts))

    def _prepare(self, kind: str, database_url: str, at: int | None) -> Server:
        folder = self._folder / str(at or "now")
        folder.mkdir(exist_ok=True)
        url = _new_database(kind, folder, database_url)
        made = Server(folder / kind, url).init(at)
        learned = self._common / MODELS
        with (self._common / "learning.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if learned.exists():
                shutil.copytree(learned, made.home / MODELS)
            else:
                made.learn()
                shutil.copytree(made.home / MODELS, learned)
        return made


class Blank:
    """Migrates one database of each kind and hands out copies: migrating takes longer than most tests of a store."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._originals: dict[str, str] = {}

    def copy(self, database_url: str) -> None:
        """Make the database at this URL, empty until now, one that has its tables."""
        kind = sa.engine.make_url(database_url).get_backend_name()
        if kind not in self._originals:
            self._originals[kind] = _new_database(kind, self._folder, database_url)
            database = open_database(self._originals[kind])
            migrate(database)
            database.close()
        _copy_database(self._originals[kind], database_url)


def prepare_homes(folders: pytest.TempPathFactory) -> Prepared:
    """For this worker's tests; what is learned is shared with the other workers of this run."""
    return Prepared(folders.mktemp("prepared"), common_folder(folders))


def common_folder(folders: pytest.TempPathFactory) -> Path:
    """A folder all workers of this run share."""
    mine = folders.getbasetemp()
    return mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine


def _new_database(kind: str, folder: Path, beside: str) -> str:
    """The URL of a database to be copied: a file in this folder, or one on the same server."""
    if kind == "sqlite":
        return f"sqlite:///{folder / 'sqlite.db'}"
    name = f"prepared_{uuid.uuid4().hex[:8]}"
    as_admin(beside, f"CREATE DATABASE {name}")
    return sa.engine.make_url(beside).set(database=name).render_as_string(hide_password=False)


def _copy_database(source: str, target: str) -> None:
    if target.startswith("sqlite"):
        shutil.copy(*(sa.engine.make_url(url).database or "" for url in (source, target)))
        return
    name, original = (sa.engine.make_url(url).database for url in (target, source))
    copy = f"CREATE DATABASE {name} TEMPLATE {original} STRATEGY FILE_COPY"
    as_admin(target, f"DROP DATABASE IF EXISTS {name}", copy)


def as_admin(url: str, *statements: str) -> None:
    """Say these statements, each a transaction of its own, to the PostgreSQL that has this database."""
    server = sa.engine.make_url(url).set(drivername="postgresql", database="postgres")
    with psycopg.connect(server.render_as_string(hide_password=False), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)
