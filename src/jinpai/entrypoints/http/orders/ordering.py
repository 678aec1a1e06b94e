"""Writing an order for a buyer over HTTP: what it comes to, writing it once, and the words with the payment link."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.customers.portraits import find_buyer
from jinpai.entrypoints.http.desk.conversations import Id
from jinpai.entrypoints.http.desk.conversations import find as find_conversation
from jinpai.entrypoints.http.orders.deeds import LEADERS
from jinpai.entrypoints.http.orders.views import OrderItemView, OrderView, view
from jinpai.flows.ordering.deeds import Limits
from jinpai.flows.ordering.freight import read_amount
from jinpai.flows.ordering.placing import Owner, Priced, Wish, payment_words, place_order, price_basket, write_order
from jinpai.flows.ports import House
from jinpai.kit.errors import BadInput, Conflict
from jinpai.kit.money import yuan
from jinpai.orders.store import get_order
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may

router = APIRouter(prefix="/api/v1/orders", tags=["orders"])

Writer = Annotated[Actor, needs("order.write")]
Place = Annotated[str, Field(min_length=1, max_length=64)]
Sku = Annotated[str, Field(min_length=1, max_length=80)]
Pieces = Annotated[int, Field(ge=1, le=999)]
Money = Annotated[str, Field(max_length=20)]


class BasketForm(Body):
    """What the buyer of this conversation (or this customer) wants, SKU → pieces, and where it goes, as they wrote it.

    `goods` and `freight` in yuan only where agreed by hand; an explicit zero is a zero.
    """

    conversation: Place | None = None
    customer: Place | None = None
    lines: dict[Sku, Pieces] = Field(max_length=50)
    address: str = Field(max_length=300)
    courier: str = Field(default="", max_length=80)
    goods: Money = ""
    freight: Money = ""
    note: str = Field(default="", max_length=500)


class OrderForm(BasketForm):
    """The basket as an order; the same `key` writes it once, however often it is sent.

    `waits`: the buyer knows that there are too few now and waits for the rest.
    """

    key: str = Field(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")
    waits: bool = False


class ShortageView(BaseModel):
    """Goods of which fewer pieces can be sold now than are wanted."""

    sku: str
    name: str
    wanted: int
    left: int


class BasketView(BaseModel):
    """What it comes to, amounts in yuan: `listed` by list price, `usual` under promotions, `quoted` freight by table.

    `address` is what was understood of it; `unweighed` goods are not in the freight; `short` is of what there are
    too few; `couriers` all go there.
    """

    items: list[OrderItemView]
    listed: str
    usual: str
    goods: str
    quoted: str
    freight: str
    total: str
    courier: str
    couriers: list[str]
    applied: list[str]
    gifts: list[str]
    spent: list[str]
    unweighed: list[str]
    short: list[ShortageView]
    receiver: str
    phone: str
    address: str
    region: str


class PaymentWords(BaseModel):
    """What to tell the buyer of an unpaid order, with how to pay it."""

    text: str


class PlacedOrder(PaymentWords):
    """The order as it was written, and what to tell its buyer."""

    order: OrderView


@router.post("/price")
def price_order_for_buyer(house: HouseDep, actor: Writer, body: BasketForm) -> BasketView:
    """What this basket comes to now, and how the address was understood; nothing is written."""
    shop, owner = _owner(house, actor, body)
    with house.database.read() as connection:
        priced = price_basket(house, connection, _wish(shop, owner, body))
    return _view(priced, write_order(priced, _wish(shop, owner, body), owner, "-", house.clock.now()).address)


@router.post("")
def place_order_for_buyer(house: HouseDep, actor: Writer, body: OrderForm) -> PlacedOrder:
    """Write the order in the buyer's name: within one's authority (supervisors beyond it), never below the floor.

    409 with how many there are when there are too few, unless the order `waits`.
    """
    shop, owner = _owner(house, actor, body)
    wish, content = replace(_wish(shop, owner, body), waits=body.waits), house.content.shop(shop)
    limits = Limits(content.shop, content.authority, actor.login, actor.role in LEADERS)
    why = {} if body.conversation is None else {"conversation": body.conversation}
    with house.database.read() as connection:
        priced = price_basket(house, connection, wish)
        order = write_order(priced, wish, owner, body.key, house.clock.now())
        action = place_order(house, connection, wish, order, priced, limits, actor.author, why)
    placed = house.writer.run(action)
    return PlacedOrder(order=view(placed), text=payment_words(content, placed))


@router.get("/{order_id}/payment")
def read_payment_words(house: HouseDep, actor: Writer, order_id: Id) -> PaymentWords:
    """What to tell the buyer of an order that waits to be paid."""
    with house.database.read() as connection:
        order = get_order(connection, house.sealer, order_id)
    check_may(actor, "order.write", order.shop if order else "")
    assert order is not None
    if order.state != "unpaid":
        raise Conflict("这个订单不用再付款了，请看一下它现在的状态")
    return PaymentWords(text=payment_words(house.content.shop(order.shop), order))


def _owner(house: House, actor: Actor, body: BasketForm) -> tuple[str, Owner]:
    """Whose order it shall be, and in which shop; only what this person may write in."""
    if (body.conversation is None) == (body.customer is None):
        raise BadInput("请选一位买家：从会话里下单，或选一位客户")
    if body.conversation is not None:
        talk = find_conversation(house, actor, body.conversation)
        check_may(actor, "order.write", talk.shop)
        return talk.shop, Owner(talk.buyer, talk.buyer_name)
    shop, name = find_buyer(house, actor, body.customer or "", "order.write")
    return shop, Owner(body.customer or "", name)


def _wish(shop: str, owner: Owner, body: BasketForm) -> Wish:
    return Wish(
        shop,
        body.lines,
        body.address,
        body.courier.strip(),
        _fen(body.goods),
        _fen(body.freight),
        body.note.strip(),
        buyer=owner.id,
    )


def _fen(text: str) -> int | None:
    return int(read_amount(text) * 100) if text.strip() else None


def _view(priced: Priced, address: str) -> BasketView:
    amounts = {name: yuan(getattr(priced, name)) for name in ("listed", "usual", "goods", "quoted", "freight", "total")}
    return BasketView(
        items=[
            OrderItemView(
                title=one.title, sku=one.sku, quantity=one.quantity, price=yuan(one.price or 0), product=one.product
            )
            for one in priced.items
        ],
        **amounts,
        courier=priced.courier,
        couriers=list(priced.couriers),
        applied=list(priced.applied),
        gifts=list(priced.gifts),
        spent=list(priced.spent),
        unweighed=list(priced.unweighed),
        short=[ShortageView(sku=one.sku, name=one.name, wanted=one.wanted, left=one.left) for one in priced.short],
        receiver=priced.address.name,
        phone=priced.address.phone,
        address=address,
        region=priced.address.region,
    )
