"""What sending goods costs, for the desk: an address as the buyer wrote it or an order's, goods or a weight."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from jinpai.catalog.freight_quotes import FreightQuote, Offer, Parcel, sentence
from jinpai.catalog.promotions import Promotion
from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.filling import read_scene
from jinpai.flows.ordering.freight import (
    address_of,
    freight_book,
    goods_price,
    read_address,
    read_amount,
    read_size,
    read_weight,
    stock_of,
    weigh,
    weigh_items,
)
from jinpai.flows.ports import House
from jinpai.kit.errors import BadInput
from jinpai.orders.model import Order
from jinpai.orders.store import get_order
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may

router = APIRouter(prefix="/api/v1/freight", tags=["freight"])

Short = Annotated[str, Field(max_length=40)]
Pieces = Annotated[int, Field(ge=1, le=999)]


class QuoteForm(Body):
    """`to` in free text, or an `order` of the shop; what is sent as `goods` (SKU → pieces), the order's, or `weight`.

    `weight` in kilograms, `size` as `40x30x20` in centimetres, `amount` of the goods in yuan: what is given goes before
    what is worked out.
    """

    shop: str = Field(min_length=1, max_length=64)
    to: str = Field(default="", max_length=300)
    order: str | None = Field(default=None, max_length=64)
    goods: dict[str, Pieces] = Field(default_factory=dict, max_length=50)
    weight: Short = ""
    size: Short = ""
    amount: Short = ""
    courier: str = Field(default="", max_length=80)


class FreightOfferView(BaseModel):
    """One courier: `price` for the buyer and `listed` by the table in yuan, days after dispatch, what to say."""

    courier: str
    price: str
    listed: str
    least_days: int
    most_days: int
    sentence: str


class FreightQuoteView(BaseModel):
    """The quote; `best` is None where the courier does not go, `sentence` then says so. `weight` in kilograms.

    `place` is what was understood of the address, of an order's only the region; `unweighed` are goods whose weight
    nobody wrote down and that are not counted.
    """

    region: str
    place: str
    weight: str
    amount: str | None
    unweighed: list[str]
    is_free: bool
    is_remote: bool
    best: FreightOfferView | None
    alternatives: list[FreightOfferView]
    sentence: str


@router.post("/quotes")
def quote_parcel(house: HouseDep, actor: Annotated[Actor, needs("order.read")], body: QuoteForm) -> FreightQuoteView:
    """What the parcel costs, the shop's own choice first; several goods are one parcel by their total weight."""
    check_may(actor, "order.read", body.shop)
    content = house.content.shop(body.shop)
    order = None if body.order is None else _order(house, actor, body)
    address = read_address(body.to) if body.to.strip() or order is None else address_of(order)
    with house.database.read() as connection:
        scene = read_scene(connection, house.sealer, content, None, body.shop, house.clock.now())
    running = [promotion for promotion, _ in scene.running]
    parcel, unweighed = _parcel(content, running, order, body)
    book = freight_book(content.couriers, content.freight, content.shop, running)
    if not book.couriers or book.rules is None:
        raise BadInput("店里还没有快递和运费表，请在内容里补上 couriers 和 freight")
    told = book.ask(address, parcel, body.courier)
    place = "".join(dict.fromkeys((address.province, address.city, address.district)))
    best, *others = [_offer(content, told, one, parcel.grams) for one in (told.best, *told.alternatives)]
    return FreightQuoteView(
        region=told.region,
        place=told.region if order is not None and not body.to.strip() else place,
        weight=f"{(parcel.grams / 1000).normalize():f}",
        amount=None if parcel.goods is None else f"{parcel.goods:.2f}",
        unweighed=list(unweighed),
        is_free=told.is_free,
        is_remote=told.is_remote,
        best=best,
        alternatives=[one for one in others if one is not None],
        sentence=sentence(book.rules, told, told.best, parcel.grams),
    )


def _offer(content: ShopContent, told: FreightQuote, offer: Offer | None, grams: Decimal) -> FreightOfferView | None:
    if offer is None or content.freight is None:
        return None
    return FreightOfferView(
        courier=offer.courier,
        price=f"{offer.price:.2f}",
        listed=f"{offer.listed:.2f}",
        least_days=offer.days[0],
        most_days=offer.days[1],
        sentence=sentence(content.freight, told, offer, grams),
    )


def _order(house: House, actor: Actor, body: QuoteForm) -> Order:
    with house.database.read() as connection:
        order = get_order(connection, house.sealer, body.order or "")
    check_may(actor, "order.read", order.shop if order else "")
    if order is None or order.shop != body.shop:
        raise BadInput("这个订单不是这家店的，请重新选一个")
    return order


def _parcel(
    content: ShopContent, running: Sequence[Promotion], order: Order | None, body: QuoteForm
) -> tuple[Parcel, tuple[str, ...]]:
    unknown = [sku for sku in body.goods if sku not in stock_of(content.products)]
    if unknown:
        raise BadInput(f"店里没有规格“{'、'.join(unknown)}”，请重新选商品")
    grams, unweighed = weigh(content.products, body.goods)
    amount = goods_price(content.products, running, body.goods) if body.goods else None
    if order is not None and not body.goods:
        grams, unweighed = weigh_items(content.products, order.items)
        amount = Decimal(max(0, order.total - order.freight)) / 100
    if body.weight.strip():
        grams, unweighed = read_weight(body.weight), ()
    if grams <= 0:
        raise BadInput("还不知道多重，请选商品，或写上总重量（公斤）")
    if body.amount.strip():
        amount = read_amount(body.amount)
    return Parcel(grams, read_size(body.size) if body.size.strip() else Decimal(0), amount), unweighed
