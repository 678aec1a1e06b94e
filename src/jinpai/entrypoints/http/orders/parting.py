"""Orders rearranged over HTTP: a parcel of its own for some goods, one parcel for several orders of a buyer."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.desk.conversations import Id
from jinpai.entrypoints.http.desk.handing import author
from jinpai.entrypoints.http.orders.deeds import Seen
from jinpai.entrypoints.http.orders.views import OrderView, view
from jinpai.flows.ordering.parting import merge_for_buyer, split_order
from jinpai.flows.ports import House
from jinpai.kit.errors import BadInput
from jinpai.orders.model import Order
from jinpai.orders.parts import MOST_TOGETHER
from jinpai.orders.store import get_order
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may

router = APIRouter(prefix="/api/v1/orders", tags=["orders"])

Writer = Annotated[Actor, needs("order.write")]


class TakenForm(Body):
    """Pieces of one line of the order; `line` counts from 0."""

    line: int = Field(ge=0, le=999)
    pieces: int = Field(ge=1, le=99_999)


class SplitForm(Body):
    """What goes into a parcel of its own."""

    seen: Seen
    takes: list[TakenForm] = Field(min_length=1, max_length=200)


class SeenOrder(Body):
    """An order and its `changed_at` as it was looked at."""

    id: str = Field(min_length=1, max_length=64)
    seen: Seen


class MergeForm(Body):
    """The orders that shall be one."""

    orders: list[SeenOrder] = Field(min_length=2, max_length=MOST_TOGETHER)


class SplitOrder(BaseModel):
    """The order as it stands, and the new one."""

    order: OrderView
    part: OrderView


class MergedOrder(BaseModel):
    """The order that is kept, and those that went into it."""

    order: OrderView
    gone: list[OrderView]


@router.post("/{order_id}/split")
def split_order_in_two(house: HouseDep, actor: Writer, order_id: Id, body: SplitForm) -> SplitOrder:
    """Send some goods of an unsent order apart; both together cost and paid what the one did."""
    order = _find(house, actor, order_id)
    takes = {one.line: one.pieces for one in body.takes}
    if len(takes) < len(body.takes):
        raise BadInput("同一行商品写了两次，请合成一行再拆")
    rest, part = house.writer.run(split_order(house, order, actor.author, takes, body.seen))
    return SplitOrder(order=view(rest), part=view(part))


@router.post("/merge")
def merge_orders_of_buyer(house: HouseDep, actor: Writer, body: MergeForm) -> MergedOrder:
    """Send several unsent orders of a buyer to one address as one, with one freight by their total weight."""
    seen = {one.id: one.seen for one in body.orders}
    if len(seen) < len(body.orders):
        raise BadInput("同一个订单选了两次，请重新选")
    shops = {_find(house, actor, id_).shop for id_ in seen}
    if len(shops) > 1:
        raise BadInput("只能合并同一家店的订单")
    with house.database.read() as connection:
        action = merge_for_buyer(house, connection, shops.pop(), author(actor), seen)
    kept, gone = house.writer.run(action)
    return MergedOrder(order=view(kept), gone=[view(one) for one in gone])


def _find(house: House, actor: Actor, order_id: str) -> Order:
    with house.database.read() as connection:
        order = get_order(connection, house.sealer, order_id)
    check_may(actor, "order.write", order.shop if order else "")
    assert order is not None
    return order
