"""Quick replies for the desk: found while typing, filled for the conversation; the shelf with its folders and stars."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.desk.conversations import find
from jinpai.flows.quick_replies.scripts import Offer, Only, Wanted, find_offers, list_shelf
from jinpai.kit.errors import BadInput
from jinpai.playbook.actions import star
from jinpai.playbook.finding import Used
from jinpai.playbook.replies import QuickReply
from jinpai.playbook.store import list_stars
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may

router = APIRouter(prefix="/api/v1", tags=["scripts"])

MOST = 500
Shop = Annotated[str, Query(max_length=64)]
Reader = Annotated[Actor, needs("script.read")]


class ReplyView(BaseModel):
    """A reply: `used` by me in so many messages, last at `used_at` (ms, 0 = never)."""

    id: str
    owner: Literal["shop", "team", "mine"]
    folder: str
    code: str
    title: str
    text: str
    used: int
    used_at: int
    starred: bool


class ScriptView(ReplyView):
    """A reply on the shelf, and in how many messages anybody used it.

    `scene` is a published script's, "" else; `offered` when its conditions are known to hold in the whole shop.
    """

    used_by_all: int
    scene: str
    offered: bool


class ScriptList(BaseModel):
    """Everything on the shelf: mine and the team's by folder and title, then the published ones by scene."""

    items: list[ScriptView]


class OfferView(ReplyView):
    """A reply as it would be inserted: `filled`, with the names of the variables still open in `missing`."""

    filled: str
    missing: list[str]


class FolderView(BaseModel):
    """A folder's path (one name, or two with a slash) and how many replies are in it."""

    folder: str
    count: int


class StarForm(Body):
    """Which reply to keep at hand, or no longer."""

    shop: str = Field(min_length=1, max_length=64)
    script: str = Field(min_length=1, max_length=80)
    starred: bool


class StarList(BaseModel):
    """The ids of the replies I starred in the shop."""

    scripts: list[str]


@router.get("/scripts")
def read_scripts(house: HouseDep, actor: Reader, shop: Shop) -> ScriptList:
    """All replies I may use in one of my shops, whatever their conditions."""
    check_may(actor, "script.read", shop)
    items = [
        ScriptView(
            **_told(one.reply, one.used, starred=one.starred),
            used_by_all=one.used_by_all,
            scene=one.reply.scene,
            offered=one.offered,
        )
        for one in list_shelf(house, actor, shop)
    ]
    return ScriptList(items=items)


@router.get("/scripts/find")
def find_scripts(
    house: HouseDep,
    actor: Reader,
    c: Annotated[str | None, Query(min_length=1, max_length=64)] = None,
    shop: Annotated[str | None, Query(min_length=1, max_length=64)] = None,
    q: Annotated[str, Query(max_length=200)] = "",
    folder: Annotated[str, Query(max_length=50)] = "",
    only: Only = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = 20,
) -> list[OfferView]:
    """The replies that fit what was typed, best first, filled for conversation `c` (without one: for the shop).

    Those whose conditions are not known to hold are left out.
    """
    state = find(house, actor, c) if c is not None else None
    place = state.shop if state is not None else shop
    if place is None:
        raise BadInput("请说明是哪个会话（c）或哪家店（shop）")
    check_may(actor, "script.read", place)
    return [_offer(offer) for offer in find_offers(house, actor, place, state, Wanted(q, folder, only, limit))]


@router.get("/scripts/folders")
def read_folders(house: HouseDep, actor: Reader, shop: Shop) -> list[FolderView]:
    """The folders of the shelf, in the order of the shelf."""
    check_may(actor, "script.read", shop)
    counts: dict[str, int] = {}
    for one in list_shelf(house, actor, shop):
        counts[one.reply.folder] = counts.get(one.reply.folder, 0) + 1
    return [FolderView(folder=folder, count=count) for folder, count in counts.items()]


@router.put("/scripts/stars")
def star_script(house: HouseDep, actor: Annotated[Actor, needs("script.write")], body: StarForm) -> StarList:
    """Keep a reply at hand for me, or no longer."""
    check_may(actor, "script.write", body.shop)
    house.writer.run(star(body.shop, actor.id, body.script, starred=body.starred))
    with house.database.read() as connection:
        return StarList(scripts=list_stars(connection, body.shop, actor.id))


def _offer(offer: Offer) -> OfferView:
    told = _told(offer.reply, offer.used, starred=offer.starred)
    return OfferView(**told, filled=offer.filled, missing=list(offer.missing))


def _told(reply: QuickReply, used: Used, *, starred: bool) -> dict[str, Any]:
    told = {name: getattr(reply, name) for name in ("id", "owner", "folder", "code", "title", "text")}
    return {**told, "used": used.uses, "used_at": used.at, "starred": starred}
