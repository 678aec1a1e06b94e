"""Many orders at once over HTTP: a flag and words for all of them, each done or reported."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.orders.parting import SeenOrder
from jinpai.entrypoints.http.orders.views import OrderView, view
from jinpai.orders.bulk import MOST_AT_ONCE, change_each, mark
from jinpai.orders.changes import MAX_REMARK
from jinpai.orders.model import Flag
from jinpai.orders.store import get_orders
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may

router = APIRouter(prefix="/api/v1/orders", tags=["orders"])


class MarkForm(Body):
    """The flag for all these orders (null: as it was), and words that are added to each remark."""

    orders: list[SeenOrder] = Field(min_length=1, max_length=MOST_AT_ONCE)
    flag: Flag | None = None
    words: str = Field(default="", max_length=MAX_REMARK)


class LeftOrder(BaseModel):
    """An order that was left as it was, and why."""

    id: str
    number: str
    why: str


class MarkedOrders(BaseModel):
    """Every order that was asked for: done, or left with the reason."""

    done: list[OrderView]
    left: list[LeftOrder]


@router.post("/marks")
def mark_orders(house: HouseDep, actor: Annotated[Actor, needs("order.write")], body: MarkForm) -> MarkedOrders:
    """Flag these orders and add to their remarks; what changed meanwhile or does not fit is reported, not done."""
    seen = {one.id: one.seen for one in body.orders}
    with house.database.read() as connection:
        known = get_orders(connection, house.sealer, list(seen))
    for id_ in seen:
        check_may(actor, "order.write", known[id_].shop if id_ in known else "")
    change = mark(body.flag, body.words)
    changed = house.writer.run(change_each(house.sealer, actor.author, change, seen))
    left = [LeftOrder(id=id_, number=known[id_].number, why=why) for id_, why in changed.refused.items()]
    return MarkedOrders(done=[view(order) for order in changed.done], left=left)
