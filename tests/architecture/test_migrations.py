"""The migrations build exactly the tables the rooms declare, on both databases."""

from importlib import import_module
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from jinpai.kit.database import Database, metadata
from jinpai.kit.migrate import is_current, migrate

SOURCE = Path(__file__).parents[2] / "src" / "jinpai"


def test_migrated_and_declared_tables_are_the_same(database: Database) -> None:
    for store in SOURCE.glob("*/store.py"):
        import_module(f"jinpai.{store.parent.name}.store")
    with database.reading.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_migrating_twice_changes_nothing(database: Database) -> None:
    migrate(database)
    assert is_current(database)
