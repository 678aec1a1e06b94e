"""What the guard remarked on sent messages, over HTTP: lists, appeals, decisions, the counter-examples they make."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from starlette.responses import PlainTextResponse

from jinpai.desk.model import Author
from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.cursors import read_cursor, write_cursor
from jinpai.entrypoints.http.desk.conversations import Id
from jinpai.flows.guarding.hits import Seen, counter_examples, list_seen
from jinpai.flows.ports import House
from jinpai.flows.receive import MAX_REASON, check_reason
from jinpai.guard.families import Family
from jinpai.kit.errors import BadInput
from jinpai.quality.actions import appeal, decide
from jinpai.quality.model import HitRecord, State, Verdict, Wanted
from jinpai.quality.store import count_hits, get_hit
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may, may

router = APIRouter(prefix="/api/v1", tags=["hits"])

PAGE = 50
Reader = Annotated[Actor, needs("hit.read")]
Appellant = Annotated[Actor, needs("hit.appeal")]
Judge = Annotated[Actor, needs("hit.judge")]
Moment = Annotated[int | None, Query(ge=0, le=1 << 53)]


class HitWord(BaseModel):
    """What somebody said of a remark."""

    by: str
    at: int
    reason: str


class HitView(BaseModel):
    """A remark with the message it is about; `text` is empty once erased, `reason` why it was sent all the same.

    `after` says that it was found when the conversation ended. `name` is the agent's, `buyer` the buyer's.
    """

    id: str
    shop: str
    conversation: str
    seq: int
    at: int
    agent: str
    name: str
    buyer: str
    rule: str
    family: str
    severity: str
    start: int
    end: int
    text: str
    why: str
    points: int
    confirmed: bool
    reason: str
    after: bool
    state: State
    appeal: HitWord | None
    decision: HitWord | None


class HitPage(BaseModel):
    """A page of remarks, the newest first; `next` asks for the following one. The first page counts all states."""

    items: list[HitView]
    next: str | None
    counts: dict[State, int] | None


class Words(Body):
    """Why."""

    reason: str = Field(min_length=1, max_length=MAX_REASON)


class DecisionForm(Body):
    """The verdict; overturning needs a reason."""

    verdict: Verdict
    reason: str = Field(default="", max_length=MAX_REASON)


@router.get("/hits")
def read_hits(
    house: HouseDep,
    actor: Reader,
    shop: Annotated[str | None, Query(max_length=64)] = None,
    agent: Annotated[str, Query(max_length=64)] = "",
    family: Family | Literal[""] = "",
    state: State | Literal[""] = "",
    since: Moment = None,
    until: Moment = None,
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> HitPage:
    """The remarks on what was said in my shops; agents see those on their own words."""
    if shop is not None:
        check_may(actor, "hit.read", shop)
    mine = actor.id if not may(actor, "hit.judge") else agent
    wanted = Wanted((shop,) if shop is not None else actor.shops, mine, family, state, since, until)
    after = read_cursor(cursor)
    with house.database.read() as connection:
        seen = list_seen(connection, wanted, after, PAGE)
        counts = count_hits(connection, wanted) if after is None else None
    last = seen[-1].hit if len(seen) == PAGE else None
    return HitPage.model_validate(
        {"items": map(_view, seen), "next": write_cursor(last.at, last.id) if last else None, "counts": counts}
    )


@router.get("/hits/counter-examples")
def read_counter_examples(
    house: HouseDep, actor: Judge, shop: Annotated[str, Query(min_length=1, max_length=64)]
) -> PlainTextResponse:
    """The overturned remarks as `must_pass` lines of their rules, in YAML; long numbers are blotted out."""
    check_may(actor, "hit.judge", shop)
    with house.database.read() as connection:
        text = counter_examples(connection, (shop,))
    return PlainTextResponse(text, media_type="application/yaml; charset=utf-8")


@router.post("/hits/{hit_id}/appeal")
def appeal_hit(house: HouseDep, actor: Appellant, hit_id: Id, body: Words) -> HitView:
    """Say why a remark on my own words is wrong, once."""
    _find(house, actor, hit_id)
    house.writer.run(appeal(hit_id, _author(actor), _reason(body.reason))).check()
    return _shown(house, hit_id)


@router.post("/hits/{hit_id}/decision")
def decide_hit(house: HouseDep, actor: Judge, hit_id: Id, body: DecisionForm) -> HitView:
    """Agree with a remark, or overturn it with a reason; nobody judges themselves."""
    _find(house, actor, hit_id)
    house.writer.run(decide(hit_id, _author(actor), body.verdict, check_reason(body.reason))).check()
    return _shown(house, hit_id)


def _find(house: House, actor: Actor, hit_id: str) -> HitRecord:
    with house.database.read() as connection:
        hit = get_hit(connection, hit_id)
    check_may(actor, "hit.read", hit.shop if hit else "")
    assert hit is not None
    return hit


def _reason(text: str) -> str:
    reason = check_reason(text)
    if not reason:
        raise BadInput("请写一句理由，主管能看到")
    return reason


def _author(actor: Actor) -> Author:
    return Author("agent", actor.id, actor.name)


def _shown(house: House, hit_id: str) -> HitView:
    with house.database.read() as connection:
        found = list_seen(connection, None, None, 1, only=hit_id)
    return HitView.model_validate(_view(found[0]))


def _view(seen: Seen) -> dict[str, object]:
    hit = seen.hit
    kept = ("id", "shop", "conversation", "seq", "at", "agent", "rule", "family", "severity", "why", "points")
    told = {name: getattr(hit, name) for name in (*kept, "confirmed", "after", "state")}
    words = {
        name: None if word is None else {"by": word.by, "at": word.at, "reason": word.reason}
        for name, word in (("appeal", seen.appeal), ("decision", seen.decision))
    }
    place = {"start": hit.begins, "end": hit.ends, "text": seen.text, "reason": seen.reason}
    return {**told, **words, **place, "name": seen.name, "buyer": seen.buyer}
