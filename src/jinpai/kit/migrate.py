"""Bringing a database to the tables this program knows; safe to call from several processes at once."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from jinpai.kit.database import Database

_LOCK = "SELECT pg_advisory_xact_lock(7202610)"


def migrate(database: Database) -> None:
    """Run the missing migrations, all in one transaction: killed midway, nothing has happened."""
    with database.writing.begin() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql(_LOCK)
        command.upgrade(_config(connection), "head")


def is_current(database: Database) -> bool:
    """Whether the database has exactly the tables this program knows."""
    with database.read() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    return present == ScriptDirectory.from_config(_config(None)).get_current_head()


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    attributes: dict[str, Any] = config.attributes
    attributes["connection"] = connection
    return config
