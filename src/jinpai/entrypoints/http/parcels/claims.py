"""Claims against couriers over HTTP: opened for a waybill, moved on, listed by deadline."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, StringConstraints
from sqlalchemy.engine import Connection

from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.cursors import read_cursor, write_cursor
from jinpai.entrypoints.http.desk.conversations import Id
from jinpai.entrypoints.http.desk.handing import author
from jinpai.entrypoints.http.parcels.parcels import find_own
from jinpai.flows.ordering.freight import read_amount
from jinpai.flows.ports import House
from jinpai.kit.errors import BadInput
from jinpai.kit.money import yuan
from jinpai.orders.claims.actions import Asked, move_claim, open_claim
from jinpai.orders.claims.model import MAX_WORDS, RUNNING, WITHIN_DAYS, Claim, Kind, State
from jinpai.orders.claims.store import View, find_claims, find_of_order
from jinpai.orders.store import get_orders
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may
from jinpai.staff.store import name_authors

router = APIRouter(prefix="/api/v1", tags=["parcels"])

PAGE = 50
DAY = 86_400_000
FARTHEST = 180 * DAY
Reader = Annotated[Actor, needs("order.read")]
Writer = Annotated[Actor, needs("order.write")]
Words = Annotated[str, StringConstraints(max_length=MAX_WORDS, strip_whitespace=True)]
Amount = Annotated[str, Field(max_length=20)]


class ClaimView(BaseModel):
    """A claim for a waybill: what is asked for and was granted in yuan, times in ms; `late` while its time is over."""

    id: str
    shop: str
    order_id: str
    order_number: str
    buyer: str
    number: str
    courier: str
    kind: Kind
    state: State
    amount: str
    granted: str | None
    evidence: str
    answer: str
    who: str
    opened_at: int
    due_at: int
    changed_at: int
    late: bool


class ClaimList(BaseModel):
    """The claims of an order, the newest first."""

    items: list[ClaimView]


class ClaimPage(BaseModel):
    """A page of claims; `next` asks for the following one."""

    items: list[ClaimView]
    next: str | None


class ClaimForm(Body):
    """What is asked for, in yuan, with what proves it; `due_at` (ms) only where not the usual fifteen days."""

    number: str = Field(min_length=1, max_length=64)
    kind: Kind
    amount: Amount
    evidence: Annotated[str, StringConstraints(min_length=1, max_length=MAX_WORDS, strip_whitespace=True)]
    due_at: Annotated[int, Field(ge=0, le=1 << 53)] | None = None


class ClaimMove(Body):
    """Where it moves; what the courier said, and what it grants in yuan once it accepts."""

    to: State
    words: Words = ""
    granted: Amount | None = None


@router.get("/claims")
def read_claims(
    house: HouseDep,
    actor: Reader,
    shop: Annotated[str | None, Query(max_length=64)] = None,
    view: Annotated[View, Query()] = "running",
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> ClaimPage:
    """The claims of my shops: running ones by deadline, ended ones the latest first."""
    if shop is not None:
        check_may(actor, "order.read", shop)
    shops = (shop,) if shop is not None else actor.shops
    with house.database.read() as connection:
        found = find_claims(connection, shops, view, read_cursor(cursor), PAGE)
        items = _views(house, connection, found)
    last = found[-1] if len(found) == PAGE else None
    at = None if last is None else last.due_at if view == "running" else last.changed_at
    return ClaimPage(items=items, next=write_cursor(at or 0, last.id) if last else None)


@router.get("/orders/{order_id}/claims")
def read_order_claims(house: HouseDep, actor: Reader, order_id: Id) -> ClaimList:
    """The claims for the parcels of this order."""
    find_own(house, actor, order_id, "order.read")
    return _of_order(house, order_id)


@router.post("/orders/{order_id}/claims")
def open_order_claim(house: HouseDep, actor: Writer, order_id: Id, body: ClaimForm) -> ClaimList:
    """Claim for a parcel, once per waybill; 409 when a colleague has claimed for it otherwise."""
    find_own(house, actor, order_id, "order.write")
    now = house.clock.now()
    due_at = now + WITHIN_DAYS * DAY if body.due_at is None else body.due_at
    if not now < due_at <= now + FARTHEST:
        raise BadInput("截止日期要在现在之后、180 天以内，请重新选")
    asked = Asked(body.number, body.kind, _fen(body.amount), body.evidence, due_at)
    house.writer.run(open_claim(house.sealer, order_id, asked, author(actor)))
    return _of_order(house, order_id)


@router.post("/orders/{order_id}/claims/{claim_id}/move")
def move_order_claim(house: HouseDep, actor: Writer, order_id: Id, claim_id: Id, body: ClaimMove) -> ClaimList:
    """Send it to the courier, note the answer, the payment, or that it is dropped; 409 where that is impossible."""
    find_own(house, actor, order_id, "order.write")
    with house.database.read() as connection:
        mine = {one.id for one in find_of_order(connection, order_id)}
    if claim_id not in mine:
        raise BadInput("这个订单没有这笔索赔，请刷新看看")
    granted = None if body.granted is None else _fen(body.granted)
    house.writer.run(move_claim(claim_id, body.to, author(actor), body.words, granted))
    return _of_order(house, order_id)


def _of_order(house: House, order_id: str) -> ClaimList:
    with house.database.read() as connection:
        return ClaimList(items=_views(house, connection, find_of_order(connection, order_id)))


def _views(house: House, connection: Connection, found: Sequence[Claim]) -> list[ClaimView]:
    orders = get_orders(connection, house.sealer, {one.order_id for one in found})
    names = name_authors(connection, {one.opened_by for one in found})
    now, views = house.clock.now(), []
    for one in found:
        order = orders.get(one.order_id)
        views.append(
            ClaimView(
                **{name: getattr(one, name) for name in _SAME},
                order_number=order.number if order else "",
                buyer=order.buyer_name if order else "",
                amount=yuan(one.amount),
                granted=None if one.granted is None else yuan(one.granted),
                who=names.get(one.opened_by, ""),
                late=one.state in RUNNING and one.due_at < now,
            )
        )
    return views


def _fen(text: str) -> int:
    return int(read_amount(text) * 100)


_SAME = (
    "id", "shop", "order_id", "number", "courier", "kind", "state", "evidence", "answer", "opened_at", "due_at",
    "changed_at",
)  # fmt: skip
