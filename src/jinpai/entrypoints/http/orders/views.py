"""How orders are shown over HTTP: people masked, amounts in yuan, with the orders beside them."""

from typing import Literal

from pydantic import BaseModel

from jinpai.kit.money import yuan
from jinpai.orders.kin import Kin
from jinpai.orders.model import Order, Origin, State, mask_address, mask_name, mask_phone
from jinpai.orders.parts import overpaid

MONEY = frozenset(("total", "paid", "freight", "refunded"))


class OrderItemView(BaseModel):
    """Goods of one kind; `price` for one piece, in yuan."""

    title: str
    sku: str
    quantity: int
    price: str | None
    product: str


class OrderParcelView(BaseModel):
    """A parcel; the number is empty while only the courier is known."""

    number: str
    courier: str


class OrderView(BaseModel):
    """An order as lists show it: amounts in yuan as decimal strings, times in milliseconds, people masked.

    `overpaid` is what is due back to the buyer since orders were merged.
    """

    id: str
    shop: str
    number: str
    buyer: str | None
    buyer_name: str
    state: State
    refund: Literal["none", "open", "done"]
    total: str
    paid: str
    freight: str
    refunded: str
    title: str
    quantity: int
    items: list[OrderItemView]
    parcels: list[OrderParcelView]
    receiver: str
    phone: str
    address: str
    region: str
    ordered_at: int | None
    paid_at: int | None
    shipped_at: int | None
    completed_at: int | None
    remark: str
    flag: str
    buyer_note: str
    close_reason: str
    origin: Origin
    belongs_to: str | None
    freight_collect: bool
    overpaid: str
    created_at: int
    changed_at: int


class KinView(BaseModel):
    """An order beside another: `above` where the other came from it, went into it, or pays its freight."""

    id: str
    number: str
    state: State
    origin: Origin
    total: str
    above: bool


def view(order: Order) -> OrderView:
    """The order with its people masked."""
    values = {name: getattr(order, name) for name in OrderView.model_fields if name != "overpaid"}
    values["overpaid"] = yuan(overpaid(order))
    values |= {name: yuan(getattr(order, name)) for name in MONEY}
    values["items"] = [
        OrderItemView(
            title=item.title,
            sku=item.sku,
            quantity=item.quantity,
            price=None if item.price is None else yuan(item.price),
            product=item.product,
        )
        for item in order.items
    ]
    values["parcels"] = [OrderParcelView(number=parcel.number, courier=parcel.courier) for parcel in order.parcels]
    values |= {"receiver": mask_name(order.receiver), "phone": mask_phone(order.phone)}
    return OrderView(**values | {"address": mask_address(order.address, order.region)})


def view_kin(kin: Kin) -> KinView:
    """An order beside another one, its amount in yuan."""
    return KinView(
        id=kin.id, number=kin.number, state=kin.state, origin=kin.origin, total=yuan(kin.total), above=kin.above
    )
