"""Live answers about the buyer's own newest order: its state, its parcel, a remark, a refund."""

from collections.abc import Mapping
from datetime import datetime

from jinpai.copilot.answers import Fact
from jinpai.copilot.ground import Facts, Ground, day_words
from jinpai.kit.clock import SHOP_TIME
from jinpai.kit.money import yuan
from jinpai.orders.model import Order

TAIL = 4
"""How many digits of its number name an order to its buyer."""


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
)
"""What tells that the parcel is stuck or lost, which its number alone does not answer."""


def order_state(ground: Ground) -> Facts:
    """How far the order is, or its refund."""
    order = ground.order
    if order is None:
        return []
    values, source = {"订单尾号": order.number[-TAIL:]}, _source(order)
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
