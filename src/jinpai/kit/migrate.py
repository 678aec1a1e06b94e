"""Bringing a database to the tables this program knows; safe to call from several processes at once."""

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.kit.database import Database
from jinpai.kit.errors import BadInput

HEAD = "0027"
"""The newest migration; alembic itself is loaded only to run one, because it costs half a second."""

_LOCK = "SELECT pg_advisory_xact_lock(7202610)"
_VERSION = "SELECT version_num FROM alembic_version"


def migrate(database: Database) -> None:
    """Run the missing migrations, all in one transaction: killed midway, nothing has happened."""
    with database.writing.begin() as connection:
        migrate_here(connection)


def migrate_here(connection: Connection, revision: str = "head") -> None:
    """Run the migrations up to this one in the open transaction; BadInput when this program does not know it."""
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql(_LOCK)
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, revision)
    except CommandError:
        raise BadInput("数据库的版本比这个程序新，请先升级程序") from None


def is_current(connection: Connection) -> bool:
    """Whether the database has exactly the tables this program knows."""
    try:
        return connection.exec_driver_sql(_VERSION).scalars().all() == [HEAD]
    except (sa.exc.OperationalError, sa.exc.ProgrammingError):
        return False
