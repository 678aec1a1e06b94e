"""A person's own and the team's quick replies: written, taken away, brought in and out as spreadsheets; their use."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.desk.files import RAW
from jinpai.flows.ports import House
from jinpai.flows.quick_replies.scripts import list_shelf
from jinpai.kit.errors import BadInput
from jinpai.kit.sheets.writing import CSV, XLSX
from jinpai.playbook.actions import add_replies, keep_reply, remove_reply
from jinpai.playbook.replies import MAX_TEXT, Wording, check_wording
from jinpai.playbook.sheets import MAX_PROBLEMS, read_sheet, write_replies
from jinpai.playbook.usage import read_usage
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may, may

router = APIRouter(prefix="/api/v1", tags=["scripts"])

DAY = 86_400_000
Owner = Literal["shop", "team", "mine"]
Shop = Annotated[str, Query(min_length=1, max_length=64)]
ReplyId = Annotated[str, Path(pattern=r"^q_[A-Za-z0-9_-]{8,60}$")]
Writer = Annotated[Actor, needs("script.write")]
Sharer = Annotated[Actor, needs("script.share")]
SHEETS = {"csv": CSV, "xlsx": XLSX}


class ReplyForm(Body):
    """What a reply says; an empty title becomes the beginning of the text, an empty folder the unsorted one."""

    shop: str = Field(min_length=1, max_length=64)
    folder: str = Field(max_length=100)
    code: str = Field(max_length=40)
    title: str = Field(max_length=200)
    text: str = Field(max_length=MAX_TEXT * 2)


class Kept(BaseModel):
    """The reply as it was kept."""

    id: str
    folder: str
    code: str
    title: str
    text: str


class Removed(BaseModel):
    """Whether it was there."""

    removed: bool


class LineProblem(BaseModel):
    """A line that cannot be taken, as the seller's program numbers it."""

    line: int
    reason: str


class Imported(BaseModel):
    """What an import did, or with `check` would do; with problems nothing was taken."""

    rows: int
    added: int
    updated: int
    problems: list[LineProblem]


class UsageView(BaseModel):
    """What a reply did: messages, people, conversations, and those in which the buyer ordered within three days."""

    script: str
    title: str
    owner: Owner | None
    uses: int
    people: int
    conversations: int
    ordered: int
    at: int


@router.put("/scripts/mine/{reply_id}")
def keep_own_reply(house: HouseDep, actor: Writer, reply_id: ReplyId, body: ReplyForm) -> Kept:
    """Write a reply of my own under an id I chose; the same again changes nothing."""
    check_may(actor, "script.write", body.shop)
    return _keep(house, actor, reply_id, body, actor.id)


@router.put("/scripts/team/{reply_id}")
def keep_team_reply(house: HouseDep, actor: Sharer, reply_id: ReplyId, body: ReplyForm) -> Kept:
    """Write a reply of the team under an id I chose; the same again changes nothing."""
    check_may(actor, "script.share", body.shop)
    return _keep(house, actor, reply_id, body, None)


@router.delete("/scripts/mine/{reply_id}")
def remove_own_reply(house: HouseDep, actor: Writer, reply_id: ReplyId, shop: Shop) -> Removed:
    """Take a reply of my own away."""
    check_may(actor, "script.write", shop)
    return _remove(house, actor, reply_id, shop, actor.id)


@router.delete("/scripts/team/{reply_id}")
def remove_team_reply(house: HouseDep, actor: Sharer, reply_id: ReplyId, shop: Shop) -> Removed:
    """Take a reply of the team away."""
    check_may(actor, "script.share", shop)
    return _remove(house, actor, reply_id, shop, None)


@router.post("/scripts/mine/import", openapi_extra=RAW)
async def import_own_replies(
    request: Request, house: HouseDep, actor: Writer, shop: Shop, check: bool = False
) -> Imported:
    """Bring replies of my own in; the body is the file. One problem, and nothing is taken: each line is told."""
    check_may(actor, "script.write", shop)
    content = await request.body()
    return await run_in_threadpool(_import, house, actor, shop, actor.id, content, check)


@router.post("/scripts/team/import", openapi_extra=RAW)
async def import_team_replies(
    request: Request, house: HouseDep, actor: Sharer, shop: Shop, check: bool = False
) -> Imported:
    """Bring replies of the team in; the body is the file. One problem, and nothing is taken: each line is told."""
    check_may(actor, "script.share", shop)
    content = await request.body()
    return await run_in_threadpool(_import, house, actor, shop, None, content, check)


@router.get("/scripts/export", response_class=Response)
def export_replies(
    house: HouseDep,
    actor: Annotated[Actor, needs("script.read")],
    shop: Shop,
    owner: Owner = "mine",
    form: Annotated[Literal["csv", "xlsx"], Query(alias="format")] = "xlsx",
) -> Response:
    """Mine, the team's or the published replies as a file that a spreadsheet opens without running anything."""
    check_may(actor, "script.read", shop)
    replies = [one.reply for one in list_shelf(house, actor, shop) if one.reply.owner == owner]
    content = write_replies(replies, form)
    headers = {"content-disposition": f'attachment; filename="scripts-{owner}.{form}"'}
    return Response(content, media_type=SHEETS[form], headers=headers)


@router.get("/scripts/usage")
def read_script_usage(
    house: HouseDep,
    actor: Annotated[Actor, needs("script.read")],
    shop: Shop,
    days: Annotated[int, Query(ge=1, le=366)] = 30,
) -> list[UsageView]:
    """How replies were used in the last days, most used first: everybody's for those who share, else my own."""
    check_may(actor, "script.read", shop)
    person = None if may(actor, "script.share", shop) else actor.id
    with house.database.read() as connection:
        usage = read_usage(connection, shop, house.clock.now() - days * DAY, person)
    known = {one.reply.id: one.reply for one in list_shelf(house, actor, shop)}
    return [
        UsageView(
            script=one.script,
            title=known[one.script].title if one.script in known else one.script,
            owner=known[one.script].owner if one.script in known else None,
            uses=one.uses,
            people=one.people,
            conversations=one.conversations,
            ordered=one.ordered,
            at=one.at,
        )
        for one in usage
    ]


def _keep(house: House, actor: Actor, reply_id: str, body: ReplyForm, person: str | None) -> Kept:
    wording = check_wording(Wording(body.folder, body.code, body.title, body.text))
    house.writer.run(keep_reply(reply_id, body.shop, person, actor.author, wording))
    house.shelves.forget(body.shop)
    return Kept(id=reply_id, folder=wording.folder, code=wording.code, title=wording.title, text=wording.text)


def _remove(house: House, actor: Actor, reply_id: str, shop: str, person: str | None) -> Removed:
    removed = house.writer.run(remove_reply(reply_id, shop, person, actor.author))
    house.shelves.forget(shop)
    return Removed(removed=removed)


def _import(house: House, actor: Actor, shop: str, person: str | None, content: bytes, check: bool) -> Imported:
    sheet = read_sheet(content)
    rows = len(sheet.wordings) + len(sheet.problems)
    problems = [LineProblem(line=one.line, reason=one.reason) for one in sheet.problems[:MAX_PROBLEMS]]
    if check:
        owner = "team" if person is None else "mine"
        shelf = [one.reply for one in list_shelf(house, actor, shop)]
        there = {(one.folder, one.title) for one in shelf if one.owner == owner}
        told = {(one.folder, one.title) for one in sheet.wordings}
        return Imported(rows=rows, added=len(told - there), updated=len(told & there), problems=problems)
    if problems:
        first = problems[0]
        raise BadInput(
            f"有 {len(sheet.problems)} 行要先改好，这次一条也没有导入。第 {first.line} 行：{first.reason}",
            problems=[problem.model_dump() for problem in problems],
        )
    added, updated = house.writer.run(add_replies(shop, person, actor.author, sheet.wordings))
    house.shelves.forget(shop)
    return Imported(rows=rows, added=added, updated=updated, problems=[])
