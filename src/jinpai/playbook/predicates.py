"""The conditions content may name; Python says what they mean, content only uses them."""

from collections.abc import Callable, Mapping
from typing import Any, Literal

from pydantic import Field

from jinpai.catalog.content import Guarantee, PaymentWay
from jinpai.packs.model import Shape, Text
from jinpai.playbook.model import Facts

ShopKind = Literal["c", "tmall", "own"]
OrderState = Literal["unpaid", "paid", "dispatched", "delivered", "completed"]
UnpaidReason = Literal[
    "balance",
    "payment_trouble",
    "price",
    "freight_not_corrected",
    "asking_family",
    "comparing",
    "mistake",
    "unknown",
]
"""余额不足 · 付款不顺 · 嫌贵 · 邮费没改 · 和家人商量 · 还在比较 · 拍错 · 不清楚; one list, used everywhere."""


Approval = Literal["waiting", "approved", "countered", "refused"]
"""主管还没答复 · 同意 · 还价 · 没同意."""

Trouble = Literal["late", "untraced", "silent", "stuck", "refused", "returned", "lost"]
"""付款后没发 · 发出后查不到 · 没有物流更新 · 疑难 · 拒收 · 退回 · 丢失."""


class When(Shape):
    """Conditions on live facts; all that are written must hold, and an unknown fact holds nothing."""

    shop_kind: ShopKind | None = Field(None, description="店铺类型是")
    guarantee: Guarantee | None = Field(None, description="店铺已加入这项保障")
    payment_way: PaymentWay | None = Field(None, description="店铺支持这种付款方式")
    courier: Text | None = Field(None, description="店铺发这家快递")
    before_cutoff: bool | None = Field(None, description="现在是发货日的截单时间之前")
    free_shipping: bool | None = Field(None, description="这笔订单包邮")
    in_stock: bool | None = Field(None, description="咨询的规格有货")
    stock_at_most: int | None = Field(None, ge=1, description="有货，且库存不超过")
    promotion_running: bool | None = Field(None, description="有进行中的活动")
    promotion_ends_today: bool | None = Field(None, description="活动今天结束")
    best_seller: bool | None = Field(None, description="销量数据显示是热销款")
    new_product: bool | None = Field(None, description="是新品")
    well_reviewed: bool | None = Field(None, description="评价数据显示口碑好")
    order_state: OrderState | None = Field(None, description="订单状态是")
    price_changed: bool | None = Field(None, description="价格已经改好")
    freight_corrected: bool | None = Field(None, description="邮费已经改好")
    returning_buyer: bool | None = Field(None, description="买家以前买过")
    has_trace: bool | None = Field(None, description="已有物流记录")
    body_sizes: bool | None = Field(None, description="按身高体重分码的商品，还不知道是哪件的也算")
    refund_open: bool | None = Field(None, description="订单的退款或售后正在办理")
    trouble: Trouble | None = Field(None, description="物流雷达发现这笔订单")
    unpaid_reason: UnpaidReason | None = Field(None, description="买家没付款的原因是")
    approval: Approval | None = Field(None, description="主管对让价申请的答复是")


def _same(name: str) -> Callable[[Facts, Any], bool]:
    return lambda facts, wanted: getattr(facts, name) == wanted


def _among(name: str) -> Callable[[Facts, Any], bool]:
    return lambda facts, wanted: wanted in getattr(facts, name)


def _in_stock(facts: Facts, wanted: bool) -> bool:
    return facts.stock is not None and (facts.stock > 0) == wanted


def _stock_at_most(facts: Facts, limit: int) -> bool:
    return facts.stock is not None and 0 < facts.stock <= limit


PREDICATES: Mapping[str, Callable[[Facts, Any], bool]] = {
    "guarantee": _among("guarantees"),
    "payment_way": _among("payment_ways"),
    "courier": _among("couriers"),
    "trouble": _among("troubles"),
    "in_stock": _in_stock,
    "stock_at_most": _stock_at_most,
    **{
        name: _same(name)
        for name in (
            "shop_kind",
            "before_cutoff",
            "free_shipping",
            "promotion_running",
            "promotion_ends_today",
            "best_seller",
            "new_product",
            "well_reviewed",
            "order_state",
            "price_changed",
            "freight_corrected",
            "returning_buyer",
            "has_trace",
            "body_sizes",
            "refund_open",
            "unpaid_reason",
            "approval",
        )
    },
}
"""Each field of `When` and what makes it hold."""


def named(when: When) -> frozenset[str]:
    """The conditions that are written."""
    return frozenset(name for name in PREDICATES if getattr(when, name) is not None)


def holds(when: When, facts: Facts) -> bool:
    """Whether every written condition is known to be true."""
    return all(PREDICATES[name](facts, getattr(when, name)) for name in named(when))
