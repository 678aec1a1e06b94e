"""Orders over HTTP: lists, one order with its history, a buyer's orders, and the reveal of whom it goes to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.cursors import read_cursor, write_cursor
from jinpai.entrypoints.http.desk.conversations import Id, Nothing
from jinpai.entrypoints.http.desk.conversations import find as find_conversation
from jinpai.entrypoints.http.orders.views import MONEY, KinView, OrderView, view, view_kin
from jinpai.flows.ordering.endings import time_outs
from jinpai.flows.ports import House
from jinpai.kit.money import yuan
from jinpai.orders.actions import reveal_contact
from jinpai.orders.endings import ending_of
from jinpai.orders.kin import find_kin
from jinpai.orders.model import Order, Search, State
from jinpai.orders.reviews import Rating, Review, find_reviews
from jinpai.orders.searching import find_orders
from jinpai.orders.store import count_states, find_buyer_orders, get_order, read_history
from jinpai.staff.model import Actor
from jinpai.staff.rights import Permission, check_may
from jinpai.staff.store import name_authors

router = APIRouter(prefix="/api/v1", tags=["orders"])

PAGE = 50
Reader = Annotated[Actor, needs("order.read")]
Words = Annotated[str, Query(max_length=100)]
Moment = Annotated[int | None, Query(ge=0, le=1 << 53)]


class OrderPage(BaseModel):
    """A page of orders, the newest first; `next` asks for the following one. The first page counts all states.

    `kin` names the orders beside those that have any.
    """

    items: list[OrderView]
    kin: dict[str, list[KinView]]
    next: str | None
    counts: dict[State, int] | None


class OtherOrder(BaseModel):
    """Another order that this one was rearranged with."""

    id: str
    number: str


class OrderFactView(BaseModel):
    """A change: `changes` field → [before, after], `fields` the names of those whose values history does not keep.

    `conversation` and `seq` are the buyer's message by which they agreed to it; `deed` how orders were rearranged,
    together with the `others`.
    """

    at: int
    kind: str
    who: str
    changes: dict[str, list[Any]]
    fields: list[str]
    conversation: str | None
    seq: int | None
    deed: str
    others: list[OtherOrder]


class OrderReviewView(BaseModel):
    """What the buyer said of the order afterwards; `title` are the goods, empty for all of it, `stars` where told."""

    title: str
    rating: Rating
    stars: int | None
    text: str
    addition: str
    reply: str
    at: int | None


class OrderEnding(BaseModel):
    """How a trade ends if nobody does anything, and when (ms)."""

    how: Literal["closes", "completes"]
    at: int


class OrderStory(BaseModel):
    """An order, how it ends by itself, the orders beside it, its history, oldest first, and its reviews."""

    order: OrderView
    ending: OrderEnding | None
    kin: list[KinView]
    history: list[OrderFactView]
    reviews: list[OrderReviewView]


class OrderList(BaseModel):
    """A buyer's orders, the newest first, at most fifty."""

    items: list[OrderView]


class OrderContact(BaseModel):
    """Whom the order goes to, in full."""

    receiver: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which orders of which shop (None: of all of mine)."""

    shop: str | None
    search: Search

    def shops(self, actor: Actor, permission: Permission) -> Sequence[str]:
        """The shops to look in; refuses one that is not the actor's."""
        if self.shop is not None:
            check_may(actor, permission, self.shop)
        return (self.shop,) if self.shop is not None else actor.shops


def find_wanted(
    shop: Annotated[str | None, Query(max_length=64)] = None,
    q: Words = "",
    number: Words = "",
    buyer: Words = "",
    phone: Annotated[str, Query(max_length=20)] = "",
    product: Words = "",
    tracking: Words = "",
    state: Annotated[State | None, Query()] = None,
    refund: Annotated[Literal["open", "done"] | None, Query()] = None,
    since: Moment = None,
    until: Moment = None,
) -> Wanted:
    """What a list of orders is narrowed to; `q` looks everywhere, `phone` takes the last four digits too."""
    texts = (q.strip(), number.strip(), buyer.strip(), phone.strip(), product.strip(), tracking.strip())
    return Wanted(shop, Search(*texts, state or "", refund or "", since, until))


@router.get("/orders")
def read_orders(
    house: HouseDep,
    actor: Reader,
    wanted: Annotated[Wanted, Depends(find_wanted)],
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> OrderPage:
    """The orders of my shops that fit, fifty a page."""
    shops = wanted.shops(actor, "order.read")
    with house.database.read() as connection:
        found = find_orders(connection, house.sealer, shops, wanted.search, read_cursor(cursor), PAGE)
        counts: Any = count_states(connection, shops) if cursor is None else None
        kin = find_kin(connection, found)
    last = found[-1] if len(found) == PAGE else None
    return OrderPage(
        items=[view(order) for order in found],
        kin={id_: [view_kin(one) for one in beside] for id_, beside in kin.items()},
        next=write_cursor(last.listed_at, last.id) if last else None,
        counts=counts,
    )


@router.get("/orders/{order_id}")
def read_order(house: HouseDep, actor: Reader, order_id: Id) -> OrderStory:
    """One order with every change and who made it."""
    order = _find(house, actor, order_id)
    with house.database.read() as connection:
        facts = read_history(connection, order_id)
        names = name_authors(connection, {fact.author for fact in facts})
        reviews = find_reviews(connection, order.shop, order.number)
        kin = find_kin(connection, [order]).get(order_id, ())
    history = [
        OrderFactView(
            at=fact.at,
            kind=fact.kind,
            who=names.get(fact.author, ""),
            changes=_readable((fact.data or {}).get("changes", {})),
            fields=(fact.data or {}).get("fields", []),
            conversation=(fact.data or {}).get("message", {}).get("conversation"),
            seq=(fact.data or {}).get("message", {}).get("seq"),
            deed=(fact.data or {}).get("deed", ""),
            others=[OtherOrder(**other) for other in (fact.data or {}).get("others", [])],
        )
        for fact in facts
    ]
    shown, beside = [_review(one) for one in reviews], [view_kin(one) for one in kin]
    ending = ending_of(time_outs(house.content.shop(order.shop)), order)
    told = OrderEnding(how=ending.how, at=ending.at) if ending is not None and ending.at > house.clock.now() else None
    return OrderStory(order=view(order), ending=told, kin=beside, history=history, reviews=shown)


@router.post("/orders/{order_id}/reveal")
def reveal_order(
    house: HouseDep, actor: Annotated[Actor, needs("order.reveal")], order_id: Id, body: Nothing
) -> OrderContact:
    """Whom it goes to, unmasked; that I looked is kept in the order's history."""
    order = _find(house, actor, order_id)
    house.writer.run(reveal_contact(order, actor.author))
    return OrderContact(receiver=order.receiver, phone=order.phone, address=order.address)


@router.get("/conversations/{conversation_id}/orders")
def read_buyer_orders(house: HouseDep, actor: Reader, conversation_id: Id) -> OrderList:
    """The orders of the buyer of this conversation."""
    talk = find_conversation(house, actor, conversation_id)
    with house.database.read() as connection:
        found = find_buyer_orders(connection, house.sealer, talk.shop, talk.buyer)
    return OrderList(items=[view(order) for order in found])


def _review(review: Review) -> OrderReviewView:
    return OrderReviewView(
        title=review.title,
        rating=review.rating,
        stars=review.stars,
        text=review.text,
        addition=review.addition,
        reply=review.reply,
        at=review.reviewed_at,
    )


def _find(house: House, actor: Actor, order_id: str) -> Order:
    with house.database.read() as connection:
        order = get_order(connection, house.sealer, order_id)
    check_may(actor, "order.read", order.shop if order else "")
    assert order is not None
    return order


def _readable(changes: dict[str, list[Any]]) -> dict[str, list[Any]]:
    return {name: [yuan(one) for one in pair] if name in MONEY else pair for name, pair in changes.items()}
