"""Before dispatch, over HTTP: another choice of the goods, freight to be collected, freight that is still missing."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from sqlalchemy.engine import Connection

from jinpai.entrypoints.http.access import HouseDep
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.desk.conversations import Id
from jinpai.entrypoints.http.orders.deeds import LEADERS, Money, Seen, WordForm, Writer, agreed, find_writable
from jinpai.entrypoints.http.orders.ordering import PlacedOrder
from jinpai.entrypoints.http.orders.views import OrderView, view
from jinpai.flows.ordering.choosing import Choice, change_sku, list_choices
from jinpai.flows.ordering.deeds import Limits, grant_for
from jinpai.flows.ordering.freight import read_amount
from jinpai.flows.ordering.placing import payment_words
from jinpai.kit.money import yuan
from jinpai.orders.actions import change_order
from jinpai.orders.arranging import charge_freight
from jinpai.orders.changes import put_collect, unchanged_since
from jinpai.orders.model import Order
from jinpai.staff.model import Actor

router = APIRouter(prefix="/api/v1/orders", tags=["orders"])


class SkuForm(Body):
    """The choice by SKU code that takes the place of the one in a line (from 0); `word` is where the buyer said so."""

    seen: Seen
    line: int = Field(ge=0, le=999)
    sku: str = Field(min_length=1, max_length=80)
    word: WordForm


class ChoiceView(BaseModel):
    """Another choice: `left` pieces can be sold, `total` is what the order then costs in yuan; else the `problem`."""

    sku: str
    name: str
    price: str
    left: int
    total: str | None
    problem: str


class ChoiceList(BaseModel):
    """The other choices of a line; `total` is what the order costs now, in yuan."""

    items: list[ChoiceView]
    total: str


class CollectForm(Body):
    """Whether the courier collects the freight; if not, what it costs in yuan. `word` is the buyer's consent."""

    seen: Seen
    collect: bool
    freight: Money = ""
    word: WordForm


class DifferenceForm(Body):
    """How much freight is still missing, in yuan."""

    seen: Seen
    amount: Annotated[str, Field(min_length=1, max_length=20)]


@router.get("/{order_id}/skus")
def read_order_skus(
    house: HouseDep, actor: Writer, order_id: Id, line: Annotated[int, Query(ge=0, le=999)] = 0
) -> ChoiceList:
    """The other choices of a line's goods, and what the order would cost with each; nothing is written."""
    order = find_writable(house, actor, order_id)
    content = house.content.shop(order.shop)
    with house.database.read() as connection:
        limits = _limits(house, connection, actor, order)
        now = house.clock.now()
        found = list_choices(connection, house.sealer, content, order, line, limits, now)
    return ChoiceList(items=[_choice(one) for one in found], total=yuan(order.total))


@router.put("/{order_id}/sku")
def put_order_sku(house: HouseDep, actor: Writer, order_id: Id, body: SkuForm) -> OrderView:
    """Send another colour or size, before dispatch and because the buyer said so in the chat.

    The price follows the promotions of the day it was ordered; 403 when a price agreed by hand would be too low.
    """
    word = agreed(house, actor, order_id, body.word)
    order = find_writable(house, actor, order_id)
    content = house.content.shop(order.shop)
    with house.database.read() as connection:
        limits = _limits(house, connection, actor, order)
        change, why = change_sku(connection, house.sealer, content, order, body.line, body.sku, limits)
    checked = unchanged_since(body.seen, change)
    action = change_order(house.sealer, order_id, actor.author, checked, {**word.as_data(), **why})
    return view(house.writer.run(action))


@router.put("/{order_id}/collect")
def put_order_collect(house: HouseDep, actor: Writer, order_id: Id, body: CollectForm) -> OrderView:
    """Let the courier collect the freight, or not after all, while nothing is paid and with the buyer's consent."""
    word = agreed(house, actor, order_id, body.word)
    freight = int(read_amount(body.freight) * 100) if not body.collect else 0
    change = unchanged_since(body.seen, put_collect(body.collect, freight))
    return view(house.writer.run(change_order(house.sealer, order_id, actor.author, change, word.as_data())))


@router.post("/{order_id}/difference")
def charge_order_freight(house: HouseDep, actor: Writer, order_id: Id, body: DifferenceForm) -> PlacedOrder:
    """Write an order that pays the missing freight, and what to tell the buyer."""
    order = find_writable(house, actor, order_id)
    amount = int(read_amount(body.amount) * 100)
    due = house.writer.run(charge_freight(house.sealer, order_id, actor.author, amount, body.seen))
    return PlacedOrder(order=view(due), text=payment_words(house.content.shop(order.shop), due))


def _limits(house: HouseDep, connection: Connection, actor: Actor, order: Order) -> Limits:
    """By whose rules this person changes this order, with what was approved for it."""
    content = house.content.shop(order.shop)
    grant = grant_for(connection, house.sealer, content, order, house.clock.now())
    used = grant if grant is not None and grant.order_id == order.id else None
    return Limits(content.shop, content.authority, actor.login, actor.role in LEADERS, used)


def _choice(one: Choice) -> ChoiceView:
    total = None if one.total is None else yuan(one.total)
    return ChoiceView(
        sku=one.sku.id, name=one.sku.name, price=one.sku.price, left=one.left, total=total, problem=one.problem
    )
