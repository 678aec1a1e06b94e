"""Importing orders through the page: put a file in, see what it would bring, correct it, run it, see what became of it.

The run itself is a process of its own (`jinpai import upload ID`), so that nobody's chat waits for a spreadsheet.
"""

import csv
import io
import os
import subprocess
import sys
from collections.abc import Callable
from threading import Thread
from typing import Annotated, Literal, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.conversations import Id
from jinpai.flows.ports import House
from jinpai.kit.settings import Settings
from jinpai.orders.importing.cells import clean
from jinpai.orders.importing.columns import FIELDS, NUMBER, Layout, choose, find_layout
from jinpai.orders.importing.reading import Rejected, read_plan
from jinpai.orders.importing.running import Tally, find_mapping, try_plan
from jinpai.orders.importing.tables import Table, read_table
from jinpai.orders.importing.uploads import Upload, find_upload, open_upload, read_upload, start_upload
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may

router = APIRouter(prefix="/api/v1", tags=["orders"])

PREVIEW = 20
SHOWN = 200
"""How many lines of the file, and how many rejected ones, an answer shows; the download has them all."""

RAW = {"requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {"type": "string"}}}}}
CSV = "text/csv; charset=utf-8"
Importer = Annotated[Actor, needs("order.import")]
T = TypeVar("T")
_one_at_a_time = CapacityLimiter(1)


class ImportColumnView(BaseModel):
    """A column of the file and what it is taken for; `why` is remembered, name, alike, or empty."""

    header: str
    field: str | None
    why: str


class ImportLineView(BaseModel):
    """A line of the file."""

    line: int
    cells: list[str]


class RejectedLineView(BaseModel):
    """A line that is not taken, and why."""

    line: int
    reason: str


class ImportTallyView(BaseModel):
    """What becomes of the file's lines; `rejected` shows at most two hundred of `refused`."""

    rows: int
    created: int
    updated: int
    unchanged: int
    refused: int
    rejected: list[RejectedLineView]


class ImportFieldView(BaseModel):
    """What a column can be."""

    id: str
    name: str


class ImportPreview(BaseModel):
    """What the file holds and what it would bring; null while no column is the order's number."""

    id: str
    shop: str
    name: str
    kind: str
    notes: list[str]
    columns: list[ImportColumnView]
    fields: list[ImportFieldView]
    lines: list[ImportLineView]
    tally: ImportTallyView | None


class ImportView(BaseModel):
    """How far an import is: `done` of `tally.rows` lines. One that was cut short may be run again."""

    id: str
    shop: str
    name: str
    state: Literal["waiting", "running", "done", "failed"]
    done: int
    problem: str
    tally: ImportTallyView


class FieldsForm(Body):
    """What each column is, in the file's order; null leaves it out."""

    fields: list[Annotated[str, Field(max_length=40)] | None] = Field(max_length=300)


@router.post("/orders/imports", status_code=201, openapi_extra=RAW)
async def add_import(
    request: Request,
    house: HouseDep,
    actor: Importer,
    shop: Annotated[str, Query(max_length=64)],
    name: Annotated[str, Query(max_length=200)] = "",
) -> ImportPreview:
    """Put a file in (the body is the file itself, at most 10 MB); nothing is imported yet."""
    check_may(actor, "order.import", shop)
    content = await request.body()

    def work() -> ImportPreview:
        table = read_table(content)
        with house.database.read() as connection:
            layout = find_layout(table, find_mapping(connection, shop))
        count = len(table.rows) - layout.start
        id_ = house.writer.run(open_upload(house.sealer, shop, actor.author, name, content, layout, count))
        return _preview(house, id_, shop, name, table, layout)

    return await _slowly(work)


@router.post("/orders/imports/{import_id}/preview")
async def preview_import(house: HouseDep, actor: Importer, import_id: Id, body: FieldsForm) -> ImportPreview:
    """What the file would bring with these columns."""

    def work() -> ImportPreview:
        upload = _find(house, actor, import_id)
        with house.database.read() as connection:
            table, layout = read_upload(connection, house.sealer, upload)
        return _preview(house, upload.id, upload.shop, upload.name, table, choose(layout, body.fields))

    return await _slowly(work)


@router.post("/orders/imports/{import_id}/run")
async def run_import(house: HouseDep, actor: Importer, import_id: Id, body: FieldsForm) -> ImportView:
    """Start it, or take up one that was cut short; one that is done stays as it is."""

    def work() -> ImportView:
        upload = _find(house, actor, import_id)
        if upload.state != "done":
            with house.database.read() as connection:
                _, layout = read_upload(connection, house.sealer, upload)
            house.writer.run(start_upload(upload, choose(layout, body.fields)))
            _spawn(house.settings, upload.id)
        return _view(_find(house, actor, import_id))

    return await _slowly(work)


@router.get("/orders/imports/{import_id}")
def read_import(house: HouseDep, actor: Importer, import_id: Id) -> ImportView:
    """How far it is."""
    return _view(_find(house, actor, import_id))


@router.get(
    "/orders/imports/{import_id}/rejected",
    response_class=Response,
    responses={200: {"description": "没有导入的行", "content": {"text/csv": {}}}},
)
def read_rejected(house: HouseDep, actor: Importer, import_id: Id) -> Response:
    """Every line that was not taken, as a CSV that Excel opens."""
    upload = _find(house, actor, import_id)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("行号", "原因"))
    writer.writerows((one.line, _harmless(one.reason)) for one in upload.tally.rejected)
    headers = {"content-disposition": 'attachment; filename="rejected.csv"', "cache-control": "no-store"}
    return Response("\ufeff" + out.getvalue(), media_type=CSV, headers=headers)


def _find(house: House, actor: Actor, import_id: str) -> Upload:
    with house.database.read() as connection:
        upload = find_upload(connection, import_id)
    check_may(actor, "order.import", upload.shop if upload else "")
    assert upload is not None
    return upload


async def _slowly(work: Callable[[], T]) -> T:
    return await to_thread.run_sync(work, limiter=_one_at_a_time)


def _preview(house: House, id_: str, shop: str, name: str, table: Table, layout: Layout) -> ImportPreview:
    tally = None
    if any(column.field == NUMBER for column in layout.columns):
        with house.database.read() as connection:
            tally = _tally(try_plan(connection, house.sealer, shop, read_plan(table, layout)))
    width = len(layout.columns)
    lines = table.rows[layout.start : layout.start + PREVIEW]
    return ImportPreview(
        id=id_,
        shop=shop,
        name=name,
        kind=table.kind,
        notes=list(table.notes),
        columns=[ImportColumnView(header=one.header, field=one.field, why=one.why) for one in layout.columns],
        fields=[ImportFieldView(id=field, name=words) for field, (words, _) in FIELDS.items()],
        lines=[ImportLineView(line=line, cells=[clean(cell)[:80] for cell in cells[:width]]) for line, cells in lines],
        tally=tally,
    )


def _view(upload: Upload) -> ImportView:
    return ImportView(
        id=upload.id,
        shop=upload.shop,
        name=upload.name,
        state=upload.state,
        done=upload.done,
        problem=upload.problem,
        tally=_tally(upload.tally),
    )


def _tally(tally: Tally) -> ImportTallyView:
    return ImportTallyView(
        rows=tally.rows,
        created=tally.created,
        updated=tally.updated,
        unchanged=tally.unchanged,
        refused=len(tally.rejected),
        rejected=[_rejected(one) for one in tally.rejected[:SHOWN]],
    )


def _rejected(one: Rejected) -> RejectedLineView:
    return RejectedLineView(line=one.line, reason=one.reason)


def _harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def _spawn(settings: Settings, import_id: str) -> None:
    environment = {**os.environ, "JINPAI_HOME": str(settings.home), "JINPAI_DATABASE": settings.database}
    if settings.secret:
        environment["JINPAI_SECRET"] = settings.secret
    command = [sys.executable, "-m", "jinpai", "import", "upload", import_id]
    process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL)  # noqa: S603
    Thread(target=process.wait, name="order-import", daemon=True).start()
