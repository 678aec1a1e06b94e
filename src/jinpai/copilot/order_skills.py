"""Live answers about the buyer's own newest order: its state, its parcel, a remark, a refund."""

from jinpai.copilot.answers import Fact
from jinpai.copilot.ground import Facts, Ground
from jinpai.kit.money import yuan
from jinpai.orders.model import Order

TAIL = 4
"""How many digits of its number name an order to its buyer."""


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
    """The parcel's number and courier, or that there is none yet."""
    order = ground.order
    if order is None:
        return []
    parcel = next((parcel for parcel in reversed(order.parcels) if parcel.number), None)
    values = {"订单尾号": order.number[-TAIL:]}
    if parcel is not None:
        return [Fact("tracking.number", _source(order), {"快递": parcel.courier, "运单号": parcel.number})]
    return [Fact("tracking.not_yet", _source(order), values)] if order.state in ("unpaid", "paid") else []


def remark(ground: Ground) -> Facts:
    """Whether a wish can still be noted on the order."""
    order = ground.order
    if order is None or order.state in ("closed", "completed"):
        return []
    can = order.state in ("unpaid", "paid")
    return [Fact("remark.can" if can else "remark.late", _source(order), {"订单尾号": order.number[-TAIL:]})]


def _source(order: Order) -> str:
    return f"订单：尾号 {order.number[-TAIL:]}"
