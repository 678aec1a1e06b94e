"""Parcels over HTTP: where those of an order stand, all that was told of them, and what people found out."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field, StringConstraints

from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.desk.conversations import Id
from jinpai.flows.ports import House
from jinpai.flows.tracking.traces import tell_by_hand
from jinpai.orders.model import Order
from jinpai.orders.store import get_order
from jinpai.orders.tracking.model import MAX_WORDS, State, Trace
from jinpai.orders.tracking.store import find_traces, find_tracks
from jinpai.staff.model import Actor
from jinpai.staff.rights import Permission, check_may
from jinpai.staff.store import name_authors

router = APIRouter(prefix="/api/v1/orders", tags=["parcels"])


class TraceView(BaseModel):
    """One thing told of a parcel: when (ms), what it means, the courier's words; `who` told it where that was a person.

    `who` is empty for what came from a file.
    """

    at: int
    state: State
    text: str
    who: str


class ParcelView(BaseModel):
    """A parcel and where it stands, its traces the newest first; None while nothing was told of it."""

    number: str
    courier: str
    state: State | None
    since: int | None
    last_at: int | None
    traces: list[TraceView]


class ParcelList(BaseModel):
    """The parcels of an order that have a number."""

    items: list[ParcelView]


class TraceForm(Body):
    """What was found out about a parcel; `at` (ms) only where it happened earlier than now."""

    number: str = Field(min_length=1, max_length=64)
    state: State
    text: Annotated[str, StringConstraints(max_length=MAX_WORDS, strip_whitespace=True)] = ""
    at: Annotated[int, Field(ge=0, le=1 << 53)] | None = None


@router.get("/{order_id}/parcels")
def read_parcels(house: HouseDep, actor: Annotated[Actor, needs("order.read")], order_id: Id) -> ParcelList:
    """The parcels of this order with their traces."""
    return _view(house, find_own(house, actor, order_id, "order.read"))


@router.post("/{order_id}/traces")
def add_trace(
    house: HouseDep, actor: Annotated[Actor, needs("order.write")], order_id: Id, body: TraceForm
) -> ParcelList:
    """Note what somebody found out about a parcel; the same twice is kept once."""
    order = find_own(house, actor, order_id, "order.write")
    at = house.clock.now() if body.at is None else body.at
    trace = Trace(body.number, at, body.state, body.text)
    house.writer.run(tell_by_hand(house, actor.author, order, trace))
    return _view(house, order)


def find_own(house: House, actor: Actor, order_id: str, permission: Permission) -> Order:
    """The order with this id, where this person has the right; else refused as if there were none."""
    with house.database.read() as connection:
        order = get_order(connection, house.sealer, order_id)
    check_may(actor, permission, order.shop if order else "")
    assert order is not None
    return order


def _view(house: House, order: Order) -> ParcelList:
    numbers = [parcel.number for parcel in order.parcels if parcel.number]
    with house.database.read() as connection:
        traces = find_traces(connection, order.shop, numbers)
        tracks = find_tracks(connection, order.shop, numbers)
        names = name_authors(connection, {one.author for told in traces.values() for one in told})
    views = []
    for parcel in order.parcels:
        track = tracks.get(parcel.number)
        told = [
            TraceView(at=one.at, state=one.state, text=one.text, who=names.get(one.author, ""))
            for one in reversed(traces.get(parcel.number, ()))
        ]
        if parcel.number:
            views.append(
                ParcelView(
                    number=parcel.number,
                    courier=parcel.courier,
                    state=track and track.state,
                    since=track and track.since,
                    last_at=track and track.last_at,
                    traces=told,
                )
            )
    return ParcelList(items=views)
