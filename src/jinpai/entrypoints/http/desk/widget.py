"""The buyer's side over HTTP: opening the chat window, reading one's own history."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from jinpai.desk.channels import check_site, find_channel
from jinpai.desk.identity import Identity
from jinpai.desk.marks import rate
from jinpai.desk.model import Author
from jinpai.desk.visits import open_chat
from jinpai.entrypoints.http.access import HouseDep, buyer, public
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.desk.conversations import Done, EventPage, read_page
from jinpai.entrypoints.http.throttle import address_of, throttle
from jinpai.flows.receive import check_text
from jinpai.journal.reader import NEWEST
from jinpai.kit.money import yuan
from jinpai.orders.model import Order, State
from jinpai.orders.store import find_buyer_orders
from jinpai.staff.model import BuyerParty

router = APIRouter(prefix="/api/v1/widget", tags=["widget"])

OWN_ORDERS = 20


class IdentityForm(Body):
    """The site's word about its signed-in user; `expires` in seconds since 1970."""

    id: str = Field(min_length=1, max_length=100)
    name: str = Field(min_length=1, max_length=40)
    phone: str = Field(default="", max_length=32)
    expires: int = Field(ge=0, le=1 << 40)
    signature: str = Field(min_length=1, max_length=200)


class ChatForm(Body):
    """Which channel, and who asks: a returning visitor's token, a site's signed user, or nobody known."""

    channel: str = Field(min_length=1, max_length=64)
    token: str | None = Field(default=None, min_length=1, max_length=200)
    identity: IdentityForm | None = None


class BuyerView(BaseModel):
    """The buyer; `known` when the site's signature was genuine."""

    id: str
    name: str
    known: bool


class ShopView(BaseModel):
    """The shop one talks to."""

    id: str
    name: str


class ChatView(BaseModel):
    """An opened chat window; keep the token, it is shown only now."""

    token: str
    buyer: BuyerView
    conversation: str
    shop: ShopView


@router.post("/session", dependencies=[public("anybody may ask the shop a question")])
def open_window(request: Request, house: HouseDep, body: ChatForm) -> ChatView:
    """Open the chat window; the same visitor comes back to the same conversation."""
    throttle(request, "widget.session", address_of(request))
    with house.database.read() as connection:
        place = find_channel(connection, body.channel)
    if place is not None:
        check_site(request.headers.get("origin"), request.headers.get("host", ""), place.domains)
    identity = None if body.identity is None else Identity(**body.identity.model_dump())
    chat = house.writer.run(open_chat(house.sealer, body.channel, body.token, identity))
    visitor = chat.visitor
    return ChatView(
        token=chat.token,
        buyer=BuyerView(id=visitor.id, name=visitor.name, known=chat.known),
        conversation=visitor.conversation,
        shop=ShopView(id=visitor.shop, name=visitor.shop_name),
    )


class RatingForm(Body):
    """How it was, 1–5 stars, with words if the buyer likes."""

    stars: int = Field(ge=1, le=5)
    words: str = Field(default="", max_length=500)


@router.post("/rating")
def rate_service(house: HouseDep, party: Annotated[BuyerParty, buyer("chat.write")], body: RatingForm) -> Done:
    """Rate the reception that has just ended; until the next message it may be changed."""
    words = check_text(body.words) if body.words.strip() else ""
    receipt = house.writer.run(rate(party.conversation, Author("buyer", party.id), body.stars, words))
    return Done(seq=receipt.seq, at=receipt.at)


class OwnOrderView(BaseModel):
    """An order of mine; `amount` in yuan."""

    number: str
    state: State
    title: str
    amount: str
    count: int
    ordered_at: int | None


class OwnOrders(BaseModel):
    """My newest orders, newest first."""

    items: list[OwnOrderView]


@router.get("/orders")
def read_own_orders(house: HouseDep, party: Annotated[BuyerParty, buyer("chat.read")]) -> OwnOrders:
    """What I ordered in this shop, as far as its own site vouches for who I am; a visitor has nothing."""
    with house.database.read() as connection:
        orders = find_buyer_orders(connection, house.sealer, party.shop, party.id, OWN_ORDERS)
    return OwnOrders(items=[_own(order) for order in orders])


def _own(order: Order) -> OwnOrderView:
    return OwnOrderView(
        number=order.number,
        state=order.state,
        title=order.title,
        amount=yuan(order.total),
        count=order.quantity,
        ordered_at=order.ordered_at,
    )


@router.get("/events")
def read_own_events(
    house: HouseDep,
    party: Annotated[BuyerParty, buyer("chat.read")],
    before: Annotated[int, Query(ge=1, le=NEWEST)] = NEWEST,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
) -> EventPage:
    """Older events of my own conversation."""
    return read_page(house, party.conversation, before, limit, staff=False)
