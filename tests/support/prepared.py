"""Prepared homes: `jinpai init` takes seconds and learning the intents more, copying their result does not."""

import fcntl
import os
import shutil
import uuid
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.support.server import Server

MODELS = "models"
"""What was learned; never changed once written, so copies may share it."""


class Prepared:
    """Runs `jinpai init --demo` once per kind of database, learns the intents once, and hands out copies.

    `common` is shared with the other workers of this run: they need not learn the same.
    """

    def __init__(self, folder: Path, common: Path) -> None:
        self._folder = folder
        self._common = common
        self._originals: dict[str, Server] = {}

    def copy(self, home: Path, database_url: str) -> Server:
        """A server with a home and database of its own, prepared but not started."""
        kind = sa.engine.make_url(database_url).get_backend_name()
        original = self._originals.get(kind)
        if original is None:
            original = self._originals[kind] = self._prepare(kind, database_url)
        shutil.copytree(original.home, home, ignore=shutil.ignore_patterns(MODELS))
        shutil.copytree(original.home / MODELS, home / MODELS, copy_function=os.link)
        if kind == "sqlite":
            target = Path(sa.engine.make_url(database_url).database or "")
            shutil.copy(self._folder / "sqlite.db", target)
        else:
            _copy_database(original.database or "", database_url)
        return Server(home, database_url, accounts=dict(original.accounts))

    def _prepare(self, kind: str, database_url: str) -> Server:
        if kind == "sqlite":
            url = f"sqlite:///{self._folder / 'sqlite.db'}"
        else:
            name = f"prepared_{uuid.uuid4().hex[:8]}"
            _as_admin(database_url, f"CREATE DATABASE {name}")
            url = sa.engine.make_url(database_url).set(database=name).render_as_string(hide_password=False)
        made = Server(self._folder / kind, url).init()
        learned = self._common / MODELS
        with (self._common / "learning.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if learned.exists():
                shutil.copytree(learned, made.home / MODELS)
            else:
                made.learn()
                shutil.copytree(made.home / MODELS, learned)
        return made


def prepare_homes(folders: pytest.TempPathFactory) -> Prepared:
    """For this worker's tests; what is learned is shared with the other workers of this run."""
    folder = folders.mktemp("prepared")
    is_one_of_several = "PYTEST_XDIST_WORKER" in os.environ
    return Prepared(folder, folders.getbasetemp().parent if is_one_of_several else folder)


def _copy_database(source: str, target: str) -> None:
    name, original = (sa.engine.make_url(url).database for url in (target, source))
    _as_admin(target, f"DROP DATABASE {name}")
    _as_admin(target, f"CREATE DATABASE {name} TEMPLATE {original}")


def _as_admin(url: str, statement: str) -> None:
    admin = sa.create_engine(
        sa.engine.make_url(url).set(database="postgres"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool
    )
    with admin.connect() as connection:
        connection.exec_driver_sql(statement)
    admin.dispose()
