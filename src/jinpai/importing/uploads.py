"""Imports through the page: the file is kept, sealed, until its lines are in; what became of it stays."""

import base64
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.importing.columns import check_complete
from jinpai.importing.memory import remember_mapping, remember_names
from jinpai.importing.model import Layout, Rejected, Tally
from jinpai.importing.store import import_upload
from jinpai.journal.writer import Action, Tx
from jinpai.kit.errors import Conflict, NotFound
from jinpai.kit.ids import new_id
from jinpai.kit.sealing import Sealer

State = Literal["waiting", "running", "done", "failed"]
FILE = "import_upload.content"
"""The sealed column: part of what the encryption binds."""

SILENT = 60_000
"""A run that has not been heard of for so long (milliseconds) was cut short and may be taken up again."""

KEPT = 24 * 3_600_000
"""How long a file that nobody ran is kept (milliseconds)."""


@dataclass(frozen=True, slots=True)
class Put:
    """A file as it is put in: for which shop, what it tells of, by whom, under which name."""

    shop: str
    kind: str
    author: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Upload:
    """An import as it stands; `fields` is what each column was decided to be, `ours` whose names speak for the shop."""

    id: str
    shop: str
    kind: str
    author: str
    name: str
    created_at: int
    changed_at: int
    state: State
    fields: Sequence[str | None]
    ours: Sequence[str]
    done: int
    tally: Tally
    problem: str


def open_upload(sealer: Sealer, put: Put, layout: Layout, count: int) -> Callable[[Tx], str]:
    """Keep a file whose table has been read; returns the import's id. Files nobody ran are let go after a day."""
    packed = sealer.seal(FILE, base64.b64encode(zlib.compress(put.content, 1)).decode())
    fields = [column.field for column in layout.columns]
    told = {"shop": put.shop, "kind": put.kind, "author": put.author, "name": put.name, "rows": count}
    nothing: dict[str, Any] = {"done": 0, "created": 0, "updated": 0, "unchanged": 0, "rejected": [], "problem": ""}

    def act(tx: Tx) -> str:
        old = sa.and_(import_upload.c.shop == put.shop, import_upload.c.changed_at < tx.now - KEPT)
        tx.connection.execute(sa.update(import_upload).where(old).values(content=None))
        id_ = new_id("i")
        row = {"id": id_, "created_at": tx.now, "changed_at": tx.now, "state": "waiting", "fields": fields, "ours": []}
        tx.connection.execute(sa.insert(import_upload).values(**row, **told, **nothing, content=packed))
        return id_

    return act


def find_upload(connection: Connection, id_: str) -> Upload | None:
    """The import with this id."""
    columns = [column for column in import_upload.c if column.name != "content"]
    row = connection.execute(sa.select(*columns).where(import_upload.c.id == id_)).one_or_none()
    if row is None:
        return None
    rejected = [Rejected(line, reason) for line, reason in row.rejected]
    tally = Tally(row.rows, row.created, row.updated, row.unchanged, rejected)
    whose = (row.id, row.shop, row.kind, row.author, row.name, row.created_at, row.changed_at)
    return Upload(*whose, row.state, row.fields, row.ours, row.done, tally, row.problem)


def read_content(connection: Connection, sealer: Sealer, upload: Upload) -> bytes:
    """The file of this import; NotFound when it is gone."""
    query = sa.select(import_upload.c.content).where(import_upload.c.id == upload.id)
    sealed = connection.execute(query).scalar_one_or_none()
    if sealed is None:
        raise NotFound("这次导入的文件已经清理掉了，请重新上传")
    return zlib.decompress(base64.b64decode(sealer.open(FILE, sealed)))


def start_upload(upload: Upload, layout: Layout, ours: Sequence[str] = ()) -> Callable[[Tx], None]:
    """Mark it as running with these fields, which the shop's next file will be guessed by; Conflict while it runs."""
    check_complete(layout)
    fields = [column.field for column in layout.columns]

    def act(tx: Tx) -> None:
        may = sa.or_(import_upload.c.state != "running", import_upload.c.changed_at < tx.now - SILENT)
        mine = sa.and_(import_upload.c.id == upload.id, import_upload.c.state != "done", may)
        values = {"state": "running", "fields": fields, "ours": list(ours), "problem": "", "changed_at": tx.now}
        if tx.connection.execute(sa.update(import_upload).where(mine).values(values)).rowcount == 0:
            raise Conflict("这次导入正在进行，请等它结束")
        remember_mapping(upload.shop, layout)(tx)
        remember_names(upload.shop, upload.kind, ours)(tx)

    return act


def note_progress(id_: str, tally: Tally, state: State, problem: str = "") -> Action[None]:
    """Keep how far it is; the rejected lines are all known from the start and written once more at the end."""
    values: dict[str, Any] = {
        "state": state, "problem": problem, "rows": tally.rows, "done": tally.done, "created": tally.created,
        "updated": tally.updated, "unchanged": tally.unchanged,
    }  # fmt: skip
    if state == "done":
        values |= {"rejected": [[one.line, one.reason] for one in tally.rejected], "content": None}
    return lambda tx: _update(tx, id_, values)


def _update(tx: Tx, id_: str, values: Mapping[str, Any]) -> None:
    mine = import_upload.c.id == id_
    tx.connection.execute(sa.update(import_upload).where(mine).values(changed_at=tx.now, **values))
