"""The migrations build exactly the tables the rooms declare, on both databases."""

from importlib import import_module
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from jinpai.kit.database import Database, metadata, open_database
from jinpai.kit.migrate import HEAD, is_current, migrate

SOURCE = Path(__file__).parents[2] / "src" / "jinpai"


def is_declared(name: str | None, kind: str, parents: object) -> bool:
    """Not the search index: each database keeps it in a way of its own, which no declaration covers."""
    return kind != "table" or not (name or "").startswith("message_index")


def test_migrated_and_declared_tables_are_the_same(database: Database) -> None:
    for store in SOURCE.rglob("*store.py"):
        import_module(".".join(("jinpai", *store.relative_to(SOURCE).with_suffix("").parts)))
    with database.reading.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_declared})
        assert compare_metadata(context, metadata) == []


def test_migrating_twice_changes_nothing(database: Database) -> None:
    migrate(database)
    with database.read() as connection:
        assert is_current(connection)


def test_the_named_head_is_the_newest_migration() -> None:
    scripts = ScriptDirectory(str(SOURCE / "kit" / "migrations"))
    assert scripts.get_heads() == [HEAD]


def test_a_database_without_tables_is_not_current(tmp_path: Path) -> None:
    empty = open_database(f"sqlite:///{tmp_path / 'empty.db'}")
    with empty.read() as connection:
        assert not is_current(connection)
    empty.close()
