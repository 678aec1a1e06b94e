"""Imports through the page: the file is kept, sealed, until its orders are in; what became of it stays."""

import base64
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.journal.writer import Tx, Writer
from jinpai.kit.database import Database
from jinpai.kit.errors import Conflict, NotFound, Refusal
from jinpai.kit.ids import new_id
from jinpai.kit.sealing import Sealer
from jinpai.orders.importing.columns import Layout, check_complete, choose, find_layout
from jinpai.orders.importing.reading import Rejected, read_plan
from jinpai.orders.importing.running import Tally, find_mapping, remember_mapping, run_plan
from jinpai.orders.importing.tables import Table, read_table
from jinpai.orders.store import order_import

State = Literal["waiting", "running", "done", "failed"]
FILE = "order_import.content"
"""The sealed column: part of what the encryption binds."""

SILENT = 60_000
"""A run that has not been heard of for so long (milliseconds) was cut short and may be taken up again."""

KEPT = 24 * 3_600_000
"""How long a file that nobody ran is kept (milliseconds)."""


@dataclass(frozen=True, slots=True)
class Upload:
    """An import as it stands; `fields` is what each column was decided to be."""

    id: str
    shop: str
    author: str
    name: str
    created_at: int
    changed_at: int
    state: State
    fields: Sequence[str | None]
    done: int
    tally: Tally
    problem: str


def open_upload(
    sealer: Sealer, shop: str, author: str, name: str, content: bytes, layout: Layout, count: int
) -> Callable[[Tx], str]:
    """Keep a file whose table has been read; returns the import's id. Files nobody ran are let go after a day."""
    packed = base64.b64encode(zlib.compress(content, 1)).decode()

    def act(tx: Tx) -> str:
        old = sa.and_(order_import.c.shop == shop, order_import.c.changed_at < tx.now - KEPT)
        tx.connection.execute(sa.update(order_import).where(old).values(content=None))
        id_ = new_id("i")
        row = {
            "id": id_, "shop": shop, "author": author, "name": name, "created_at": tx.now, "changed_at": tx.now,
            "state": "waiting", "fields": [column.field for column in layout.columns], "rows": count, "done": 0,
            "created": 0, "updated": 0, "unchanged": 0, "rejected": [], "problem": "",
            "content": sealer.seal(FILE, packed),
        }  # fmt: skip
        tx.connection.execute(sa.insert(order_import).values(row))
        return id_

    return act


def find_upload(connection: Connection, id_: str) -> Upload | None:
    """The import with this id."""
    columns = [column for column in order_import.c if column.name != "content"]
    row = connection.execute(sa.select(*columns).where(order_import.c.id == id_)).one_or_none()
    if row is None:
        return None
    rejected = [Rejected(line, reason) for line, reason in row.rejected]
    tally = Tally(row.rows, row.created, row.updated, row.unchanged, rejected)
    moments = (row.created_at, row.changed_at)
    return Upload(row.id, row.shop, row.author, row.name, *moments, row.state, row.fields, row.done, tally, row.problem)


def read_upload(connection: Connection, sealer: Sealer, upload: Upload) -> tuple[Table, Layout]:
    """The table of this import, and its layout as guessed from the headers; NotFound when the file is gone."""
    query = sa.select(order_import.c.content).where(order_import.c.id == upload.id)
    sealed = connection.execute(query).scalar_one_or_none()
    if sealed is None:
        raise NotFound("这次导入的文件已经清理掉了，请重新上传")
    table = read_table(zlib.decompress(base64.b64decode(sealer.open(FILE, sealed))))
    return table, find_layout(table, find_mapping(connection, upload.shop))


def start_upload(upload: Upload, layout: Layout) -> Callable[[Tx], None]:
    """Mark it as running with these fields, which the shop's next file will be guessed by; Conflict while it runs."""
    check_complete(layout)
    fields = [column.field for column in layout.columns]

    def act(tx: Tx) -> None:
        may = sa.or_(order_import.c.state != "running", order_import.c.changed_at < tx.now - SILENT)
        mine = sa.and_(order_import.c.id == upload.id, order_import.c.state != "done", may)
        values: Mapping[str, Any] = {"state": "running", "fields": fields, "problem": "", "changed_at": tx.now}
        if tx.connection.execute(sa.update(order_import).where(mine).values(values)).rowcount == 0:
            raise Conflict("这次导入正在进行，请等它结束")
        remember_mapping(upload.shop, layout)(tx)

    return act


def run_upload(database: Database, writer: Writer, sealer: Sealer, id_: str) -> Tally:
    """Record the orders of a started import, its progress kept; what is refused is kept as its problem, and raised."""
    with database.read() as connection:
        upload = find_upload(connection, id_)
    if upload is None or upload.state != "running":
        raise NotFound(f"没有正在进行的导入“{id_}”，请在页面上重新开始")
    try:
        with database.read() as connection:
            table, layout = read_upload(connection, sealer, upload)
        plan = read_plan(table, choose(layout, upload.fields))
        tally = run_plan(
            writer, sealer, upload.shop, plan, upload.author, lambda tally: writer.run(_note(id_, tally, "running"))
        )
    except Refusal as refusal:
        writer.run(_note(id_, upload.tally, "failed", refusal.message))
        raise
    writer.run(_note(id_, tally, "done"))
    return tally


def _note(id_: str, tally: Tally, state: State, problem: str = "") -> Callable[[Tx], None]:
    """Keep how far it is; the rejected lines are all known from the start and written once more at the end."""
    values: dict[str, Any] = {
        "state": state, "problem": problem, "rows": tally.rows, "done": tally.done, "created": tally.created,
        "updated": tally.updated, "unchanged": tally.unchanged,
    }  # fmt: skip
    if state == "done":
        values |= {"rejected": [[one.line, one.reason] for one in tally.rejected], "content": None}

    def act(tx: Tx) -> None:
        mine = order_import.c.id == id_
        tx.connection.execute(sa.update(order_import).where(mine).values(changed_at=tx.now, **values))

    return act
