"""Importing files through the page: put one in, see what it would bring, correct it, run it, see what became of it.

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
from jinpai.entrypoints.http.desk.conversations import Id
from jinpai.flows.importing.jobs import Change, Job, Kind
from jinpai.flows.importing.kinds import find_kind
from jinpai.flows.importing.running import decide, put_in, start, take_out
from jinpai.flows.ports import House
from jinpai.importing.cells import clean
from jinpai.importing.model import Rejected, Tally
from jinpai.importing.uploads import Upload, find_upload
from jinpai.kit.errors import BadInput
from jinpai.kit.settings import Settings
from jinpai.kit.sheets.writing import harmless
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may

router = APIRouter(prefix="/api/v1", tags=["imports"])

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


class ImportPersonView(BaseModel):
    """Somebody who speaks in a chat log, on so many lines; `ours` when for the shop, `sure` when the name says so."""

    name: str
    lines: int
    ours: bool
    sure: bool


class ImportChangeView(BaseModel):
    """A number that a line would put right."""

    line: int
    code: str
    name: str
    before: int
    after: int


class ImportPreview(BaseModel):
    """What the file holds and what it would bring; `changes` shows at most two hundred of the numbers it puts right.

    `tally` is null while a column is missing that `needs` names, or where the whole file cannot be taken: `problem`.
    """

    id: str
    shop: str
    kind: str
    name: str
    format: str
    notes: list[str]
    columns: list[ImportColumnView]
    fields: list[ImportFieldView]
    needs: list[list[str]]
    lines: list[ImportLineView]
    people: list[ImportPersonView]
    changes: list[ImportChangeView]
    tally: ImportTallyView | None
    problem: str


class ImportView(BaseModel):
    """How far an import is: `done` of `tally.rows` lines. One that was cut short may be run again."""

    id: str
    shop: str
    kind: str
    name: str
    state: Literal["waiting", "running", "done", "failed"]
    done: int
    problem: str
    tally: ImportTallyView


class FieldsForm(Body):
    """What each column is, in the file's order (null leaves it out), and the names that speak for the shop.

    Without names those count that were said before.
    """

    fields: list[Annotated[str, Field(max_length=40)] | None] = Field(max_length=300)
    ours: list[Annotated[str, Field(min_length=1, max_length=100)]] | None = Field(default=None, max_length=200)


@router.post("/imports", status_code=201, openapi_extra=RAW)
async def add_import(
    request: Request,
    house: HouseDep,
    actor: Importer,
    shop: Annotated[str, Query(max_length=64)],
    kind: Annotated[str, Query(max_length=40)] = "orders",
    name: Annotated[str, Query(max_length=200)] = "",
) -> ImportPreview:
    """Put a file in (the body is the file itself, at most 10 MB); nothing is imported yet."""
    chosen = find_kind(kind)
    check_may(actor, chosen.permission, shop)
    content = await request.body()

    def work() -> ImportPreview:
        id_, job = put_in(house, chosen, shop, actor.author, name, content)
        return _preview(house, chosen, id_, name, job)

    return await _slowly(work)


@router.post("/imports/{import_id}/preview")
async def preview_import(house: HouseDep, actor: Importer, import_id: Id, body: FieldsForm) -> ImportPreview:
    """What the file would bring with these columns."""

    def work() -> ImportPreview:
        upload = _find(house, actor, import_id)
        job = decide(take_out(house, upload), body.fields, body.ours)
        return _preview(house, find_kind(upload.kind), upload.id, upload.name, job)

    return await _slowly(work)


@router.post("/imports/{import_id}/run")
async def run_import(house: HouseDep, actor: Importer, import_id: Id, body: FieldsForm) -> ImportView:
    """Start it, or take up one that was cut short; one that is done stays as it is."""

    def work() -> ImportView:
        upload = _find(house, actor, import_id)
        if upload.state != "done":
            start(house, upload, decide(take_out(house, upload), body.fields, body.ours))
            _spawn(house.settings, upload.id)
        return _view(_find(house, actor, import_id))

    return await _slowly(work)


@router.get("/imports/{import_id}")
def read_import(house: HouseDep, actor: Importer, import_id: Id) -> ImportView:
    """How far it is."""
    return _view(_find(house, actor, import_id))


@router.get(
    "/imports/{import_id}/rejected",
    response_class=Response,
    responses={200: {"description": "没有导入的行", "content": {"text/csv": {}}}},
)
def read_rejected(house: HouseDep, actor: Importer, import_id: Id) -> Response:
    """Every line that was not taken, as a CSV that Excel opens."""
    upload = _find(house, actor, import_id)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("行号", "原因"))
    writer.writerows((one.line, harmless(one.reason)) for one in upload.tally.rejected)
    headers = {"content-disposition": 'attachment; filename="rejected.csv"', "cache-control": "no-store"}
    return Response("\ufeff" + out.getvalue(), media_type=CSV, headers=headers)


def _find(house: House, actor: Actor, import_id: str) -> Upload:
    with house.database.read() as connection:
        upload = find_upload(connection, import_id)
    check_may(actor, find_kind(upload.kind).permission if upload else "order.import", upload.shop if upload else "")
    assert upload is not None
    return upload


async def _slowly(work: Callable[[], T]) -> T:
    return await to_thread.run_sync(work, limiter=_one_at_a_time)


def _preview(house: House, kind: Kind, id_: str, name: str, job: Job) -> ImportPreview:
    table, layout = job.table, job.layout
    width = len(layout.columns)
    lines = table.rows[layout.start : layout.start + PREVIEW]
    people = kind.find_people(house, job)
    tally, problem = _foresee(house, kind, job)
    return ImportPreview(
        id=id_,
        shop=job.shop,
        kind=kind.form.kind,
        name=name,
        format=table.kind,
        notes=list(table.notes),
        columns=[ImportColumnView(header=one.header, field=one.field, why=one.why) for one in layout.columns],
        fields=[ImportFieldView(id=field, name=words) for field, (words, _) in kind.form.fields.items()],
        needs=[list(group) for group in kind.form.needs],
        lines=[ImportLineView(line=line, cells=[clean(cell)[:80] for cell in cells[:width]]) for line, cells in lines],
        people=[ImportPersonView(name=one.name, lines=one.lines, ours=one.ours, sure=one.sure) for one in people],
        changes=[_change(one) for one in kind.find_changes(house, job)[:SHOWN]],
        tally=tally,
        problem=problem,
    )


def _foresee(house: House, kind: Kind, job: Job) -> tuple[ImportTallyView | None, str]:
    if not job.layout.is_complete:
        return None, ""
    try:
        return _tally(kind.foresee(house, job)), ""
    except BadInput as refusal:
        return None, refusal.message


def _view(upload: Upload) -> ImportView:
    told = {name: getattr(upload, name) for name in ("id", "shop", "kind", "name", "state", "done", "problem")}
    return ImportView(**told, tally=_tally(upload.tally))


def _tally(tally: Tally) -> ImportTallyView:
    return ImportTallyView(
        rows=tally.rows,
        created=tally.created,
        updated=tally.updated,
        unchanged=tally.unchanged,
        refused=len(tally.rejected),
        rejected=[_rejected(one) for one in tally.rejected[:SHOWN]],
    )


def _change(one: Change) -> ImportChangeView:
    return ImportChangeView(line=one.line, code=one.code, name=one.name, before=one.before, after=one.after)


def _rejected(one: Rejected) -> RejectedLineView:
    return RejectedLineView(line=one.line, reason=one.reason)


def _spawn(settings: Settings, import_id: str) -> None:
    environment = {**os.environ, "JINPAI_HOME": str(settings.home), "JINPAI_DATABASE": settings.database}
    if settings.secret:
        environment["JINPAI_SECRET"] = settings.secret
    command = [sys.executable, "-m", "jinpai", "import", "upload", import_id]
    process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL)  # noqa: S603
    Thread(target=process.wait, name="import", daemon=True).start()
