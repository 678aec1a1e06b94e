"""Goods that come back, over HTTP: received, looked at, and back on the shelf or written off."""

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, StringConstraints
from sqlalchemy.engine import Connection

from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.cursors import read_cursor, write_cursor
from jinpai.entrypoints.http.desk.conversations import Id, Nothing
from jinpai.entrypoints.http.desk.handing import author
from jinpai.flows.ports import House
from jinpai.flows.stocking.returning import put_back, take_back
from jinpai.kit.errors import NotFound
from jinpai.staff.model import ELSEWHERE, Actor
from jinpai.staff.rights import check_may
from jinpai.staff.store import name_authors
from jinpai.stock.model import MOST
from jinpai.stock.return_actions import inspect
from jinpai.stock.return_store import count_open, find_return, find_returns
from jinpai.stock.returning import MAX_NOTE, Return, State

router = APIRouter(prefix="/api/v1", tags=["stock"])

PAGE = 50
Reader = Annotated[Actor, needs("stock.read")]
Keeper = Annotated[Actor, needs("stock.write")]


class ReturnView(BaseModel):
    """Goods of one kind that came back; `good` pieces can be sold again, null until somebody has looked."""

    id: str
    shop: str
    sku: str
    title: str
    order_id: str | None
    number: str
    pieces: int
    good: int | None
    state: State
    note: str
    who: str
    received_at: int
    changed_at: int


class ReturnPage(BaseModel):
    """A page of returns, those that changed last first; `open` counts what is not settled."""

    items: list[ReturnView]
    next: str | None
    open: int


class ReturnForm(Body):
    """What came back, of which order (`number`) or from where (`note`); `id` is new for every parcel."""

    id: str = Field(min_length=8, max_length=64)
    shop: str = Field(min_length=1, max_length=64)
    sku: str = Field(min_length=1, max_length=100)
    pieces: int = Field(ge=1, le=MOST)
    number: Annotated[str, StringConstraints(max_length=64, strip_whitespace=True)] = ""
    note: Annotated[str, StringConstraints(max_length=MAX_NOTE, strip_whitespace=True)] = ""


class InspectionForm(Body):
    """How many can be sold again; `seen` is what the page said before."""

    good: int = Field(ge=0, le=MOST)
    seen: Annotated[int, Field(ge=0, le=MOST)] | None = None


@router.get("/returns")
def read_returns(
    house: HouseDep,
    actor: Reader,
    shop: Annotated[str, Query(max_length=64)],
    view: Annotated[Literal["open", "ended"], Query()] = "open",
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> ReturnPage:
    """What came back to one of my shops and is not settled yet, or is."""
    check_may(actor, "stock.read", shop)
    with house.database.read() as connection:
        found = find_returns(connection, shop, ended=view == "ended", cursor=read_cursor(cursor), limit=PAGE)
        items, waiting = _views(connection, found), count_open(connection, shop)
    last = found[-1] if len(found) == PAGE else None
    return ReturnPage(items=items, next=write_cursor(last.changed_at, last.id) if last else None, open=waiting)


@router.post("/returns")
def receive_return(house: HouseDep, actor: Keeper, body: ReturnForm) -> ReturnView:
    """Write down what came back; the same `id` again is the same parcel."""
    check_may(actor, "stock.write", body.shop)
    asked = body.id, body.sku, body.pieces, body.number, body.note
    return _view(house, house.writer.run(take_back(house, author(actor), body.shop, *asked)))


@router.post("/returns/{return_id}/inspect")
def inspect_return(house: HouseDep, actor: Keeper, return_id: Id, body: InspectionForm) -> ReturnView:
    """Write down how many can be sold again; 409 when a colleague has looked meanwhile."""
    _find(house, actor, return_id)
    return _view(house, house.writer.run(inspect(return_id, body.good, body.seen, author(actor))))


@router.post("/returns/{return_id}/settle")
def settle_return(house: HouseDep, actor: Keeper, return_id: Id, body: Nothing) -> ReturnView:
    """Put what is good back on the shelf and write the rest off; 409 before somebody has looked."""
    return _view(house, house.writer.run(put_back(house, author(actor), _find(house, actor, return_id))))


def _find(house: House, actor: Actor, return_id: str) -> Return:
    with house.database.read() as connection:
        known = find_return(connection, return_id)
    if known is None:
        raise NotFound(ELSEWHERE)
    check_may(actor, "stock.read", known.shop)
    return known


def _view(house: House, known: Return) -> ReturnView:
    with house.database.read() as connection:
        return _views(connection, [known])[0]


def _views(connection: Connection, found: Sequence[Return]) -> list[ReturnView]:
    names = name_authors(connection, {one.received_by for one in found})
    same = tuple(name for name in ReturnView.model_fields if name != "who")
    return [
        ReturnView(**{name: getattr(one, name) for name in same}, who=names.get(one.received_by, "")) for one in found
    ]
