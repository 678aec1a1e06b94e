"""Making a backup while everybody works: one moment of the database, the files it names, and what proves them whole."""

from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from sqlalchemy.engine import Connection

from jinpai.flows.backup.archive import KEY, Pen, writing
from jinpai.flows.backup.tables import list_forms, pack, read_rows
from jinpai.journal.append import last_id
from jinpai.kit.clock import Clock
from jinpai.kit.database import Database
from jinpai.kit.migrate import HEAD
from jinpai.kit.sealing import Sealer

FILES = "files"
"""The folder of pictures in JINPAI_HOME, and its place in the archive."""


@dataclass(frozen=True, slots=True)
class Report:
    """What is in an archive: `journal` is the id of the log's last row, `migration` the form of the tables."""

    version: str
    migration: str
    made_at: int
    journal: int
    rows: int
    files: int
    with_key: bool


def make_backup(
    database: Database, sealer: Sealer, clock: Clock, home: Path, path: Path, key: str | None = None
) -> Report:
    """Write an archive of everything; people go on working meanwhile, and it holds the moment it began.

    With `key` (the master key as text) it can be opened by whoever has it, so it must be kept as the key is kept.
    """
    with writing(path) as pen, database.read() as connection:
        if not database.is_sqlite:
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            journal = last_id(connection)
            tables, rows = _write_tables(pen, connection)
        files = _write_files(pen, home / FILES)
        if key is not None:
            pen.add(KEY, key.encode())
        report = Report(version("jinpai"), HEAD, clock.now(), journal, rows, files, key is not None)
        pen.seal({**asdict(report), "database": connection.dialect.name, "tables": tables}, sealer)
    return report


def _write_tables(pen: Pen, connection: Connection) -> tuple[list[dict[str, object]], int]:
    """Every table's form and number of rows for the manifest, and the number of all rows."""
    told, total = list[dict[str, object]](), 0
    for form in list_forms(connection):
        count = 0
        for number, (piece, rows) in enumerate(pack(form, read_rows(connection, form)), 1):
            pen.add(f"tables/{form.name}/{number:06}.jsonl.gz", piece)
            count += rows
        told.append({"name": form.name, "columns": form.columns, "rows": count})
        total += count
    return told, total


def _write_files(pen: Pen, folder: Path) -> int:
    """Files are never changed and lie there before a row names them, so those of the moment are all here.

    One that vanishes meanwhile was swept: no message ever carried it.
    """
    paths = sorted(path for path in folder.glob("[0-9a-f][0-9a-f]/*") if len(path.name) == 64)
    kept = 0
    for path in paths:
        with suppress(FileNotFoundError):
            pen.add(f"{FILES}/{path.parent.name}/{path.name}", path.read_bytes())
            kept += 1
    return kept
