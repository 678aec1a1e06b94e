"""What the guard may know beside the talk: the shop, the product, the order, the agent's authority.

Everything may be missing; what is missing is unknown, and nothing is judged on it. `jinpai guard schema` prints the
JSON Schema of this shape, which is also the `context` of `jinpai guard check`.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from jinpai.catalog.content import Guarantee, PaymentWay
from jinpai.packs.model import Money, Shape, TimeOfDay

Names = tuple[str, ...]
ShopKind = Literal["c", "tmall", "own"]
Stage = Literal["presale", "insale", "aftersale"]
OrderState = Literal["unpaid", "paid", "shipped", "delivered", "completed", "closed"]
Rate = Annotated[int, Field(ge=0, le=100)]

SHOP_TIME = ZoneInfo("Asia/Shanghai")


def _zoned(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=SHOP_TIME)


Moment = Annotated[datetime, AfterValidator(_zoned), Field(description="没写时区的按北京时间")]
"""A moment; written without a zone it is the shop's."""


class Known(BaseModel):
    """A part of the context."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class KnownShop(Known):
    """The shop and what it has signed up for."""

    kind: ShopKind | None = None
    name: str = ""
    domains: Names = ()
    numbers: Annotated[Names, Field(description="可以公开发出的号码，如品牌热线")] = ()
    guarantees: tuple[Guarantee, ...] | None = None
    payment_ways: tuple[PaymentWay, ...] | None = None
    couriers: Names | None = None
    hours: tuple[TimeOfDay, TimeOfDay] | None = None
    dispatch_cutoff: TimeOfDay | None = None
    free_shipping_from: Money | None = None


class KnownVariant(Known):
    """One variant of the product that the talk may be about."""

    name: str = ""
    price: Money | None = None
    stock: Annotated[int, Field(ge=0)] | None = None


class KnownProduct(Known):
    """The product the talk is about; `floor` is the lowest price that may be given, never told.

    With `variants`, prices and stock are theirs: what is said is borne out when it is true of one of them.
    """

    title: str = ""
    price: Money | None = None
    floor: Money | None = None
    stock: Annotated[int, Field(ge=0)] | None = None
    variants: tuple[KnownVariant, ...] = ()
    attributes: dict[str, str] = Field(default_factory=dict)
    free_shipping: bool | None = None
    free_shipping_except: Names = ()
    best_seller: bool | None = None
    new_product: bool | None = None


class KnownOrder(Known):
    """The order the talk is about; `is_buyers` says whether the account that chats is the one that bought."""

    number: str = ""
    state: OrderState | None = None
    amount: Money | None = None
    courier: str = ""
    tracking: str = ""
    is_buyers: bool | None = None
    buyer_asked_to_close: bool | None = None


class KnownPromotion(Known):
    """A promotion that runs now."""

    title: str = ""
    words: str = ""
    ends_at: Moment | None = None


class Authority(Known):
    """How far the agent may go alone; an explicit zero is a zero, None is no limit known."""

    reduction: Money | None = None
    discount: Annotated[Rate | None, Field(description="最多可以便宜百分之几")] = None
    compensation: Money | None = None
    gift: bool | None = None
    free_freight: bool | None = None


_NO_SHOP, _NO_PRODUCT, _NO_ORDER, _NO_AUTHORITY = KnownShop(), KnownProduct(), KnownOrder(), Authority()
"""One of each is enough; a default that is a model would be copied, deeply, into every context."""


class Context(Known):
    """What is known around a conversation."""

    stage: Stage | None = None
    now: Moment | None = None
    shop: KnownShop = Field(default_factory=lambda: _NO_SHOP)
    product: KnownProduct = Field(default_factory=lambda: _NO_PRODUCT)
    order: KnownOrder = Field(default_factory=lambda: _NO_ORDER)
    promotions: tuple[KnownPromotion, ...] | None = None
    authority: Authority = Field(default_factory=lambda: _NO_AUTHORITY)
    buyer_expert: bool = False
    """Whether the buyer talks like an expert of the trade, to whom jargon needs no explanation."""


NOTHING = Context()
"""Nothing is known."""


class Given(Shape):
    """Conditions on the context; all that are written must be known to hold."""

    shop_kind: ShopKind | None = Field(None, description="店铺类型是")
    stage: Stage | None = Field(None, description="接待的是售前、售中还是售后")
    order_state: OrderState | None = Field(None, description="订单状态是")
    is_buyers: bool | None = Field(None, description="来问的账号就是下单的账号")
    buyer_asked_to_close: bool | None = Field(None, description="买家自己提出关闭订单")
    guarantee: Guarantee | None = Field(None, description="店铺已加入这项保障")
    payment_way: PaymentWay | None = Field(None, description="店铺支持这种付款方式")
    no_payment_way: PaymentWay | None = Field(None, description="店铺不支持这种付款方式")
    free_shipping: bool | None = Field(None, description="页面写了包邮")
    best_seller: bool | None = Field(None, description="销量数据显示是热销款")
    expert: bool | None = Field(None, description="买家是内行")
    limits_set: bool | None = Field(None, description="店铺给客服设了让利权限")

    def holds(self, context: Context) -> bool:
        """Whether every written condition is known to be true."""
        return all(_HOLDS[name](context, wanted) for name, wanted in self._written)

    @cached_property
    def _written(self) -> list[tuple[str, Any]]:
        return [(name, value) for name in _HOLDS if (value := getattr(self, name)) is not None]


def _same(read: Callable[[Context], Any]) -> Callable[[Context, Any], bool]:
    return lambda context, wanted: read(context) == wanted


def _limits_set(context: Context) -> bool:
    return any(getattr(context.authority, name) is not None for name in Authority.model_fields)


def _free_shipping(context: Context) -> bool | None:
    """Whether no freight is due: by the page of the product, or because the order is large enough."""
    start, amount = context.shop.free_shipping_from, context.order.amount
    if start is not None and amount is not None and amount >= start:
        return True
    return context.product.free_shipping


_HOLDS: Mapping[str, Callable[[Context, Any], bool]] = {
    "shop_kind": _same(lambda context: context.shop.kind),
    "stage": _same(lambda context: context.stage),
    "order_state": _same(lambda context: context.order.state),
    "is_buyers": _same(lambda context: context.order.is_buyers),
    "buyer_asked_to_close": _same(lambda context: context.order.buyer_asked_to_close),
    "guarantee": lambda context, wanted: wanted in (context.shop.guarantees or ()),
    "payment_way": lambda context, wanted: wanted in (context.shop.payment_ways or ()),
    "no_payment_way": lambda context, wanted: (
        context.shop.payment_ways is not None and wanted not in context.shop.payment_ways
    ),
    "free_shipping": _same(_free_shipping),
    "best_seller": _same(lambda context: context.product.best_seller),
    "expert": _same(lambda context: context.buyer_expert),
    "limits_set": _same(_limits_set),
}
"""Each condition and what makes it hold."""


def known_facts(context: Context) -> Mapping[str, tuple[str, ...]]:
    """What may excuse a find: the shop's names, numbers and domains, and the numbers of the order."""
    shop, order = context.shop, context.order
    numbers = tuple(number for number in (*shop.numbers, order.number, order.tracking) if number)
    return {"names": (shop.name,) if shop.name else (), "domains": shop.domains, "numbers": numbers}


def yuan(amount: str | None) -> Decimal | None:
    """An amount of the context as a number."""
    return None if amount is None else Decimal(amount)
