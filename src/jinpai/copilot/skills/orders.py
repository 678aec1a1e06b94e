"""Live answers about the buyer's own newest order: its state, its parcel, a remark, a refund."""

import re
from collections.abc import Mapping
from datetime import datetime

from jinpai.catalog.content import Product, Sku
from jinpai.catalog.naming import meant_skus
from jinpai.copilot.skills.answers import SAYING, Fact
from jinpai.copilot.skills.bounds import SIZE
from jinpai.copilot.skills.goods import is_size, stock
from jinpai.copilot.skills.ground import Facts, Ground, day_words
from jinpai.kit.clock import SHOP_TIME
from jinpai.kit.money import yuan
from jinpai.orders.model import Order

_TWO_DIGITS = re.compile(r"(?<![\d.])\d{2}(?![\d.])")
TAIL = 4
"""How many digits of its number name an order to its buyer."""


_PAID = ("付款了", "付了", "付过", "扣款", "扣了", "已付", "已经付")
"""What tells that the buyer paid what the record does not show as paid."""
_REFUND = re.compile(r"退款|没退|退[^，。？?]{0,6}钱|钱[^，。？?]{0,8}退|退[^，。？?]{0,6}到账")
"""What tells that a question about the order is one about its refund."""
_LARGER, _SMALLER = ("大一码", "大一号", "大1码", "大一个码"), ("小一码", "小一号", "小1码", "小一个码")
"""What asks for the next size."""
_WORRIES = (
    "没动",
    "不动",
    "没更新",
    "不更新",
    "丢",
    "没收到",
    "没有收到",
    "卡住",
    "停了",
    "停在",
    "签收了",
    "没拿到",
    "找不到",
    "谁签",
    "还没到",
    "催",
    "拒收",
    "拒签",
    "退回",
)
"""What tells that the parcel is stuck or lost, which its number alone does not answer."""


def order_state(ground: Ground) -> Facts:
    """How far the order is, or its refund."""
    order = ground.order
    if order is None:
        return []
    values, source = {"订单尾号": order.number[-TAIL:]}, _source(order)
    if order.state == "unpaid" and any(word in ground.text for word in _PAID):
        return [Fact(f"{SAYING}payment_not_shown", source, values, asks=True)]
    if order.refund == "none" and order.state != "closed" and _REFUND.search(ground.text):
        return [Fact(f"{SAYING}no_refund", source, values, asks=True)]
    if order.refund == "open":
        return [Fact("refund.open", source, values)]
    if order.refund == "done":
        return [Fact("refund.done", source, {**values, "退款金额": yuan(order.refunded) if order.refunded else ""})]
    return [Fact(f"order.{order.state}", source, values)]


def tracking(ground: Ground) -> Facts:
    """Where the parcel is by the newest that was told of it, its number and courier, or that there is none yet."""
    order = ground.order
    if order is None:
        return []
    parcel = next((parcel for parcel in reversed(order.parcels) if parcel.number), None)
    values = {"订单尾号": order.number[-TAIL:]}
    if parcel is not None:
        values |= {"快递": parcel.courier, "运单号": parcel.number}
        worried = any(word in ground.text for word in _WORRIES)
        number = Fact("say.tracking_worried" if worried else "tracking.number", _source(order), values, asks=worried)
        return [*_told(ground, parcel.number, values), number]
    return [Fact("tracking.not_yet", _source(order), values)] if order.state in ("unpaid", "paid") else []


def exchange(ground: Ground) -> Facts:
    """Whether the variant is there that the buyer wants instead of the one ordered; before an order, what is there."""
    order = ground.order
    if order is None or order.state == "closed":
        return stock(ground)
    named = [one for one in order.items if ground.product is not None and one.product == ground.product.id]
    items = named or list(order.items)
    product = next((one for one in ground.products if len(items) == 1 and one.id == items[0].product), None)
    if product is None:
        return []
    had = meant_skus(product.skus, (items[0].sku,))
    meant = _wanted_instead(product, had, ground.text, items[0].sku)
    if len(meant) != 1 or meant == had:
        return []
    there = ground.stock.of(meant[0]) > 0
    sent = "sent" if order.state in ("shipped", "delivered", "completed") else "unsent"
    values = {"订单尾号": order.number[-TAIL:], "商品": product.short, "规格": meant[0].name}
    name = f"{SAYING}exchange.{sent}.{'there' if there else 'gone'}"
    return [Fact(name, f"商品资料：{product.short}库存", values, asks=True)]


def _wanted_instead(product: Product, had: tuple[Sku, ...], text: str, sku: str) -> tuple[Sku, ...]:
    """The variants that may be meant instead of the one ordered: named, or by their size alone, or the next size."""
    meant = meant_skus(product.skus, (text, sku))
    if len(had) == 1 and len(meant) == 2 and had[0] in meant:
        meant = tuple(one for one in meant if one != had[0])
    if len(meant) != 1 or meant == had:
        sizes = _TWO_DIGITS.findall(text)
        meant = tuple(one for one in product.skus if any(is_size(one, size) for size in sizes))
    return meant if len(meant) == 1 or len(had) != 1 else _next_size(product, had[0], text)


def _next_size(product: Product, had: Sku, text: str) -> tuple[Sku, ...]:
    """The variant one size up or down from this one, where that is wanted; sizes in the record's order."""
    step = 1 if any(word in text for word in _LARGER) else -1 if any(word in text for word in _SMALLER) else 0
    alike = [sku for sku in product.skus if {**sku.spec, SIZE: ""} == {**had.spec, SIZE: ""}]
    place = alike.index(had) + step if SIZE in had.spec else -1
    return (alike[place],) if step and 0 <= place < len(alike) else ()


def remark(ground: Ground) -> Facts:
    """Whether a wish can still be noted on the order."""
    order = ground.order
    if order is None or order.state in ("closed", "completed"):
        return []
    can = order.state in ("unpaid", "paid")
    return [Fact("remark.can" if can else "remark.late", _source(order), {"订单尾号": order.number[-TAIL:]})]


def _told(ground: Ground, number: str, values: Mapping[str, str]) -> Facts:
    """What the courier told last of this parcel, in the words for what that means."""
    track = ground.track
    if track is None or track.number != number:
        return []
    last, since = (datetime.fromtimestamp(at / 1000, SHOP_TIME) for at in (track.last_at, track.since))
    told = {**values, "轨迹时间": _moment(last), "轨迹": track.text, "起始时间": _moment(since)}
    return [Fact(f"tracking.{track.state}", f"物流：运单号 {number}", told)]


def _moment(at: datetime) -> str:
    return f"{day_words(at.date())} {at:%H:%M}"


def _source(order: Order) -> str:
    return f"订单：尾号 {order.number[-TAIL:]}"
