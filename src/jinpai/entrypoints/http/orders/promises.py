"""The promise ledger over HTTP: what was promised, to whom, by when, and how it ended."""

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, StringConstraints
from sqlalchemy.engine import Connection

from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.cursors import read_cursor, write_cursor
from jinpai.entrypoints.http.desk.conversations import Id
from jinpai.entrypoints.http.desk.conversations import find as find_conversation
from jinpai.flows.ports import House
from jinpai.flows.promising.ledger import text_of, words_of
from jinpai.flows.promising.settling import settle
from jinpai.journal.reader import read_rows
from jinpai.kit.errors import NotFound
from jinpai.orders.model import Order
from jinpai.orders.store import get_orders
from jinpai.promises.checking import PACKED, Check, check_remark
from jinpai.promises.content import Kind
from jinpai.promises.store import (
    Chosen,
    Pledge,
    State,
    count_open,
    find_of_talks,
    find_pledge,
    find_pledges,
    find_unsent,
)
from jinpai.promises.words import Words, title_of
from jinpai.staff.model import ELSEWHERE, Actor
from jinpai.staff.rights import check_may
from jinpai.staff.store import name_authors

router = APIRouter(prefix="/api/v1", tags=["promises"])

PAGE = 50
LONGEST_LIST = 500
Reader = Annotated[Actor, needs("order.read")]
Keeper = Annotated[Actor, needs("conversation.answer")]


class PromiseOrderView(BaseModel):
    """The order a promise is about; `check` says whether its remark tells the packers."""

    id: str
    number: str
    state: str
    title: str
    remark: str
    flag: str
    buyer_note: str
    changed_at: int
    check: Check


class PromiseView(BaseModel):
    """A promise; times in milliseconds, `text` the agent's words, `propose` what to write into the order's remark."""

    id: str
    shop: str
    conversation: str
    seq: int
    kind: Kind
    title: str
    text: str
    who: str
    made_at: int
    due_at: int | None
    state: State
    overdue: bool
    settled_by: str
    settled_at: int | None
    why: str
    propose: str
    order: PromiseOrderView | None


class PromisePage(BaseModel):
    """A page of the ledger, the newest first; `open` and `overdue` count all of them."""

    items: list[PromiseView]
    next: str | None
    open: int
    overdue: int


class PromiseList(BaseModel):
    """Promises without pages, at most five hundred."""

    items: list[PromiseView]


class Settling(Body):
    """How a promise ended, and why where that is not plain."""

    state: Literal["open", "kept", "broken", "void"]
    why: Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)] = ""


@router.get("/promises")
def read_promises(
    house: HouseDep,
    actor: Reader,
    shop: Annotated[str | None, Query(max_length=64)] = None,
    state: Annotated[Chosen, Query()] = "open",
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> PromisePage:
    """The promises of my shops in this state, fifty a page."""
    if shop is not None:
        check_may(actor, "order.read", shop)
    shops, now = (shop,) if shop is not None else actor.shops, house.clock.now()
    with house.database.read() as connection:
        found = find_pledges(connection, shops, state, now, read_cursor(cursor), PAGE)
        total, late = count_open(connection, shops, now)
        items = views_of(house, connection, found)
    last = found[-1] if len(found) == PAGE else None
    return PromisePage(
        items=items, next=write_cursor(last.made_at, last.id) if last else None, open=total, overdue=late
    )


@router.get("/promises/parcels")
def read_unnoted_promises(
    house: HouseDep, actor: Reader, shop: Annotated[str | None, Query(max_length=64)] = None
) -> PromiseList:
    """Before the parcels leave: promises the packers would not know of, or that the order's remark contradicts."""
    if shop is not None:
        check_may(actor, "order.read", shop)
    with house.database.read() as connection:
        found = find_unsent(connection, (shop,) if shop is not None else actor.shops, PACKED, LONGEST_LIST)
        views = views_of(house, connection, found)
    return PromiseList(items=[one for one in views if one.order and one.order.check in ("missing", "contradicted")])


@router.get("/conversations/{conversation_id}/promises")
def read_conversation_promises(house: HouseDep, actor: Reader, conversation_id: Id) -> PromiseList:
    """What was promised in this conversation, oldest first."""
    find_conversation(house, actor, conversation_id)
    with house.database.read() as connection:
        return PromiseList(
            items=views_of(house, connection, find_of_talks(connection, [conversation_id])[-LONGEST_LIST:])
        )


@router.post("/promises/{promise_id}/settle")
def settle_promise(house: HouseDep, actor: Keeper, promise_id: Id, body: Settling) -> PromiseView:
    """Say how a promise ended, or that it is open after all."""
    with house.database.read() as connection:
        known = find_pledge(connection, promise_id)
    if known is None:
        raise NotFound(ELSEWHERE)
    check_may(actor, "conversation.answer", known.shop)
    settled = house.writer.run(settle(promise_id, actor.id, body.state, body.why))
    with house.database.read() as connection:
        return views_of(house, connection, [settled])[0]


def views_of(house: House, connection: Connection, found: Sequence[Pledge]) -> list[PromiseView]:
    """The promises with their words, their orders and what to note."""
    told = {row.id: row for row in read_rows(connection, [one.fact for one in found])}
    orders = get_orders(connection, house.sealer, {one.order_id for one in found if one.order_id})
    names = name_authors(connection, {one.author for one in found} | {one.settled_by for one in found})
    words = {shop: words_of(house.content.shop(shop)) for shop in {one.shop for one in found}}
    now = house.clock.now()
    return [
        _view(one, text_of(told[one.fact], one), orders.get(one.order_id or ""), words[one.shop], names, now)
        for one in found
    ]


def _view(one: Pledge, text: str, order: Order | None, words: Words, names: dict[str, str], now: int) -> PromiseView:
    about = None
    if order is not None:
        check = check_remark(words, one.kind, text, order)
        about = PromiseOrderView.model_validate({**{name: getattr(order, name) for name in _FACTS}, "check": check})
    title = title_of(words, one.kind)
    return PromiseView(
        **{name: getattr(one, name) for name in _SAME},
        title=title,
        text=text,
        who=names.get(one.author, ""),
        overdue=one.state == "open" and one.due_at is not None and one.due_at < now,
        settled_by=names.get(one.settled_by, one.settled_by),
        propose=f"{title}：{text}"[:200] if text else "",
        order=about,
    )


_SAME = ("id", "shop", "conversation", "seq", "kind", "made_at", "due_at", "state", "settled_at", "why")
_FACTS = ("id", "number", "state", "title", "remark", "flag", "buyer_note", "changed_at")
