"""Bringing a backup back into an empty place, of either kind of database: all of it, or nothing."""

import os
import shutil
from collections.abc import Iterator, Mapping
from errno import ENOSPC
from hashlib import sha256
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.desk.search.following import start_over
from jinpai.flows.backup.archive import CHANGED, KEY, NEWER, Archive, sync_folder
from jinpai.flows.backup.keeping import FILES
from jinpai.flows.backup.tables import Form, has_tables, list_forms, unpack, write_rows
from jinpai.kit.database import Database, check_reachable, open_database
from jinpai.kit.errors import BadInput
from jinpai.kit.migrate import HEAD, migrate_here
from jinpai.kit.settings import Settings

_UNFINISHED = ".restoring"
NOT_EMPTY = "{place} 里已经有数据，恢复只能放进空的地方，不会覆盖；请换一个空文件夹（JINPAI_HOME）和空数据库再恢复"


def check_empty(settings: Settings) -> None:
    """BadInput unless home and database are still empty; a key laid ready in the home does not matter."""
    if settings.is_sqlite:
        path = _sqlite_path(settings)
        if path.exists():
            raise BadInput(NOT_EMPTY.format(place=path))
    else:
        _check_no_tables(settings)
    files = settings.home / FILES
    if files.exists() and any(files.iterdir()) and not (files / _UNFINISHED).exists():
        raise BadInput(NOT_EMPTY.format(place=files))


def check_version(manifest: Mapping[str, Any]) -> None:
    """BadInput when the backup was made by a newer program."""
    if str(manifest["migration"]) > HEAD:
        raise BadInput(NEWER.format(version=manifest["version"]))


def restore(archive: Archive, settings: Settings) -> None:
    """Put the backup into the empty home and database; interrupted, nothing has been put there."""
    try:
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if KEY in archive.manifest["members"] and not (settings.home / KEY).exists():
            _write(settings.home / KEY, archive.read(KEY))
        fresh = _unpack_files(archive, settings.home)
        if settings.is_sqlite:
            _restore_sqlite(archive, settings, fresh)
        else:
            _restore_postgres(archive, settings, fresh)
        (settings.home / FILES / _UNFINISHED).unlink(missing_ok=True)
    except OSError as error:
        why = "磁盘满了" if error.errno == ENOSPC else error.strerror
        raise BadInput(f"恢复写不进 {settings.home}：{why}。什么也没有留下，解决后可以重来") from None
    except sa.exc.DBAPIError as error:
        raise BadInput(f"数据库写不进去（{error.orig}）。什么也没有留下，解决后可以重来") from None


def _restore_sqlite(archive: Archive, settings: Settings, files: Path) -> None:
    """Into a file of another name, which gets its own when it is complete."""
    path = _sqlite_path(settings)
    fresh = path.with_name(path.name + _UNFINISHED)
    _remove_sqlite(fresh)
    try:
        database = open_database(f"sqlite:///{fresh}")
        try:
            with database.writing.begin() as connection:
                _load(archive, connection)
            _leave_wal(database)
        finally:
            database.close()
        _show(files)
        fresh.rename(path)
    except BaseException:
        _remove_sqlite(fresh)
        _hide(files)
        raise
    sync_folder(path.parent)


def _restore_postgres(archive: Archive, settings: Settings, files: Path) -> None:
    """In one transaction."""
    database = open_database(settings.database)
    try:
        with database.writing.begin() as connection:
            _load(archive, connection)
            _show(files)
    except BaseException:
        _hide(files)
        raise
    finally:
        database.close()


def _load(archive: Archive, connection: Connection) -> None:
    manifest = archive.manifest
    migrate_here(connection, manifest["migration"])
    forms = {form.name: form for form in list_forms(connection)}
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for table in manifest["tables"]:
        form = Form(table["name"], tuple((name, kind) for name, kind in table["columns"]))
        if set(form.columns) != set(forms[form.name].columns):
            raise BadInput(CHANGED.format(name=form.name))
        if write_rows(connection, form, _rows(archive, form)) != table["rows"]:
            raise BadInput(CHANGED.format(name=form.name))
    start_over(connection)
    migrate_here(connection)


def _rows(archive: Archive, form: Form) -> Iterator[Any]:
    for name in archive.names(f"tables/{form.name}"):
        yield from unpack(form, archive.read(name))


def _unpack_files(archive: Archive, home: Path) -> Path:
    """The backup's files in a folder that is not theirs yet; a note in it says that it is not finished."""
    fresh = home / f"{FILES}{_UNFINISHED}"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    (fresh / _UNFINISHED).touch()
    for name in archive.names(FILES):
        path = fresh / name.removeprefix(f"{FILES}/")
        path.parent.mkdir(mode=0o700, exist_ok=True)
        content = archive.read(name)
        if sha256(content).hexdigest() != path.name:
            raise BadInput(CHANGED.format(name=name))
        _write(path, content)
    return fresh


def _show(fresh: Path) -> None:
    """Give the folder its name; what an interrupted restore left there is not needed any more."""
    place = fresh.with_name(FILES)
    if place.exists():
        shutil.rmtree(place)
    fresh.rename(place)


def _hide(fresh: Path) -> None:
    """Remove the files of a restore that failed, whichever name they bear by now."""
    shutil.rmtree(fresh, ignore_errors=True)
    if (fresh.with_name(FILES) / _UNFINISHED).exists():
        shutil.rmtree(fresh.with_name(FILES))


def _check_no_tables(settings: Settings) -> None:
    database = open_database(settings.database)
    try:
        check_reachable(database)
        with database.read() as connection:
            if has_tables(connection):
                raise BadInput(NOT_EMPTY.format(place="数据库"))
    finally:
        database.close()


def _sqlite_path(settings: Settings) -> Path:
    return Path(sa.engine.make_url(settings.database).database or "")


def _leave_wal(database: Database) -> None:
    """Bring everything into the one file, so that it can be given another name."""
    raw: Any = database.writing.raw_connection()
    try:
        raw.cursor().execute("PRAGMA journal_mode = DELETE").close()
    finally:
        raw.close()


def _remove_sqlite(path: Path) -> None:
    for tail in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + tail).unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
