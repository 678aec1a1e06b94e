"""What the guard may know beside the talk: the shop, the product, the order, the agent's authority.

Everything may be missing; what is missing is unknown, and nothing is judged on it. `jinpai guard schema` prints the
JSON Schema of this shape, which is also the `context` of `jinpai guard check`.
"""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from jinpai.catalog.content import Guarantee, PaymentWay
from jinpai.packs.model import Money, TimeOfDay

Names = tuple[str, ...]
Rate = Annotated[int, Field(ge=0, le=100)]


class Known(BaseModel):
    """A part of the context; fields this version does not know are left alone."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class KnownShop(Known):
    """The shop and what it has signed up for."""

    kind: Literal["c", "tmall", "own"] | None = None
    name: str = ""
    domains: Names = ()
    numbers: Annotated[Names, Field(description="可以公开发出的号码，如品牌热线")] = ()
    guarantees: tuple[Guarantee, ...] | None = None
    payment_ways: tuple[PaymentWay, ...] | None = None
    couriers: Names | None = None
    hours: tuple[TimeOfDay, TimeOfDay] | None = None
    dispatch_cutoff: TimeOfDay | None = None
    free_shipping_from: Money | None = None


class KnownProduct(Known):
    """The product the talk is about; `floor` is the lowest price that may be given, never told."""

    title: str = ""
    price: Money | None = None
    floor: Money | None = None
    stock: Annotated[int, Field(ge=0)] | None = None
    attributes: dict[str, str] = Field(default_factory=dict)
    free_shipping: bool | None = None
    free_shipping_except: Names = ()
    best_seller: bool | None = None
    new_product: bool | None = None


class KnownOrder(Known):
    """The order the talk is about; `is_buyers` says whether the account that chats is the one that bought."""

    number: str = ""
    state: Literal["unpaid", "paid", "shipped", "delivered", "completed", "closed"] | None = None
    amount: Money | None = None
    courier: str = ""
    tracking: str = ""
    is_buyers: bool | None = None
    buyer_asked_to_close: bool | None = None


class KnownPromotion(Known):
    """A promotion that runs now."""

    title: str = ""
    words: str = ""
    ends_at: datetime | None = None


class Authority(Known):
    """How far the agent may go alone; an explicit zero is a zero, None is no limit known."""

    reduction: Money | None = None
    discount: Annotated[Rate | None, Field(description="最多可以便宜百分之几")] = None
    compensation: Money | None = None
    gift: bool | None = None
    free_freight: bool | None = None


class Context(Known):
    """What is known around a conversation."""

    stage: Literal["presale", "insale", "aftersale"] | None = None
    now: datetime | None = None
    shop: KnownShop = KnownShop()
    product: KnownProduct = KnownProduct()
    order: KnownOrder = KnownOrder()
    promotions: tuple[KnownPromotion, ...] | None = None
    authority: Authority = Authority()
    buyer_expert: bool = False
    """Whether the buyer talks like an expert of the trade, to whom jargon needs no explanation."""


def yuan(amount: str | None) -> Decimal | None:
    """An amount of the context as a number."""
    return None if amount is None else Decimal(amount)
