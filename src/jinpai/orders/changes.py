"""What people may change in an order by hand, and in which state of the trade; rules that need no database.

Each takes the order as it stands and gives the order as it shall be (the same object: nothing to do), or refuses.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from jinpai.kit.errors import BadInput, Conflict
from jinpai.orders.model import Flag, Order

Change = Callable[[Order, int], Order]
"""(the order, now in ms) → the order as it shall be."""

MAX_REMARK = 500

CLOSE_REASONS: Final = (
    "不想要了",
    "信息填错，重新拍",
    "拍错了，拍多了",
    "缺货，买家同意取消",
    "付不了款",
    "同城见面交易",
)
"""Why an unpaid order is closed, as the platforms' own list has it; only the true one is chosen."""


def unchanged_since(seen: int, change: Change) -> Change:
    """The change, refused when the order was changed after the moment (ms) at which it was last looked at."""

    def checked(order: Order, now: int) -> Order:
        after = change(order, now)
        if after is not order and order.changed_at != seen:
            raise Conflict("这个订单刚刚有变化，请看过最新的内容再改")
        return after

    return checked


def put_remark(remark: str, flag: Flag) -> Change:
    """The seller's remark and its flag; empty takes them away."""
    text = remark.strip()

    def change(order: Order, now: int) -> Order:
        if (order.remark, order.flag) == (text, flag):
            return order
        return replace(order, remark=text, flag=flag, changed_at=now)

    return change


def put_price(goods: int, freight: int) -> Change:
    """What the goods and the freight cost in fen, while nothing is paid."""

    def change(order: Order, now: int) -> Order:
        if order.state != "unpaid" or order.paid:
            raise Conflict("只有没付款的订单可以改价；付过款的，多收的部分请走退款")
        if goods + freight <= 0:
            raise BadInput("改完一分钱都不收，买家没法付款，请核对金额")
        if (order.total, order.freight) == (goods + freight, freight):
            return order
        return replace(order, total=goods + freight, freight=freight, changed_at=now)

    return change


def put_receiver(receiver: str, phone: str, address: str, region: str) -> Change:
    """Whom the goods go to, until they are dispatched; an empty name or phone stays as it was."""

    def change(order: Order, now: int) -> Order:
        if order.state not in ("unpaid", "paid"):
            raise Conflict("订单已经发货或结束，改不了地址；在路上的请联系快递转寄")
        after = replace(
            order,
            receiver=receiver or order.receiver,
            phone=phone or order.phone,
            address=address,
            region=region,
            changed_at=now,
        )
        return order if replace(after, changed_at=order.changed_at) == order else after

    return change


def close(reason: str) -> Change:
    """Closed for this reason, while nothing is paid; a paid trade ends by a refund."""
    if reason not in CLOSE_REASONS:
        raise BadInput(f"请选一个真实的关闭原因：{'、'.join(CLOSE_REASONS)}")

    def change(order: Order, now: int) -> Order:
        if (order.state, order.close_reason) == ("closed", reason):
            return order
        if order.state != "unpaid" or order.paid:
            raise Conflict("只有没付款的订单可以关闭；付过款的请走退款")
        return replace(order, state="closed", close_reason=reason, changed_at=now)

    return change


def goods_price(order: Order) -> int:
    """What the goods cost now, in fen."""
    return max(0, order.total - order.freight)


def list_price(order: Order) -> int | None:
    """What the goods cost by their prices, in fen; None where a price is not known."""
    prices = [item.price * item.quantity for item in order.items if item.price is not None]
    return sum(prices) if prices and len(prices) == len(order.items) else None
