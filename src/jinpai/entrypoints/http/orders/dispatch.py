"""The dispatch queue over HTTP: what has to leave today, what goes into each parcel, what was promised besides."""

from collections import Counter
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel

from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.orders.promises import PromiseView, views_of
from jinpai.entrypoints.http.orders.views import OrderView, view
from jinpai.flows.dispatch.queue import LONGEST_QUEUE, Packing, read_queue, rhythm_of
from jinpai.orders.dispatch import STANDINGS, Standing
from jinpai.promises.packing import UNTOLD, Source
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may

router = APIRouter(prefix="/api/v1", tags=["dispatch"])


class PackingStepView(BaseModel):
    """A line of the checklist; `promise` is the id where it comes from the chat, `check` what the remark says of it."""

    source: Source
    text: str
    check: Literal["", "noted", "missing", "contradicted"]
    promise: str


class PackingView(BaseModel):
    """A paid order on its way out; `promises` are those its remark does not tell, or contradicts."""

    order: OrderView
    leaves_by: int
    standing: Standing
    steps: list[PackingStepView]
    promises: list[PromiseView]


class DispatchQueue(BaseModel):
    """The orders that have not left, the most urgent first; `counts` by urgency, `untold` with promises to settle.

    `is_whole` is false where there are more orders than are looked at. `unknown` years have no days off entered.
    """

    items: list[PackingView]
    counts: dict[Standing, int]
    untold: int
    is_whole: bool
    cutoff: str
    pickup: str
    unknown: list[int]


@router.get("/dispatch")
def read_dispatch(
    house: HouseDep,
    actor: Annotated[Actor, needs("order.read")],
    shop: Annotated[str, Query(max_length=64)],
) -> DispatchQueue:
    """What has to leave this shop, by deadline, each order with its packing checklist."""
    check_may(actor, "order.read", shop)
    with house.database.read() as connection:
        queue = read_queue(house, connection, shop, house.clock.now())
        untold = {step.promise for one in queue.packings for step in one.steps if step.check in UNTOLD}
        pledges = [pledge for one in queue.packings for pledge in one.pledges if pledge.id in untold]
        promises = {one.id: one for one in views_of(house, connection, pledges)}
    counts = Counter(one.standing for one in queue.packings)
    rhythm = rhythm_of(house.content.shop(shop))
    return DispatchQueue(
        items=[_view(one, promises) for one in queue.packings],
        counts={standing: counts[standing] for standing in STANDINGS},
        untold=sum(one.is_untold for one in queue.packings),
        is_whole=len(queue.packings) < LONGEST_QUEUE,
        cutoff=rhythm.cutoff,
        pickup=rhythm.pickup,
        unknown=list(queue.unknown),
    )


def _view(one: Packing, promises: dict[str, PromiseView]) -> PackingView:
    steps = [PackingStepView.model_validate(step, from_attributes=True) for step in one.steps]
    mine = [promises[pledge.id] for pledge in one.pledges if pledge.id in promises]
    return PackingView(
        order=view(one.order), leaves_by=one.leaves_by, standing=one.standing, steps=steps, promises=mine
    )
