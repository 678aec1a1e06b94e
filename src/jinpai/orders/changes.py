"""What people may change in an order by hand, and in which state of the trade; rules that need no database.

Each takes the order as it stands and gives the order as it shall be (the same object: nothing to do), or refuses.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from jinpai.kit.errors import BadInput, Conflict
from jinpai.kit.money import yuan
from jinpai.orders.model import Flag, Item, Order

Change = Callable[[Order, int], Order]
"""(the order, now in ms) → the order as it shall be."""

MAX_REMARK = 500

COLLECTED: Final = "运费到付"
"""What the remark tells the packers of an order whose freight the courier collects."""

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


def put_sku(line: int, item: Item, more: int) -> Change:
    """Another choice of the same goods in this line (from 0), until dispatch, for `more` fen; for none once paid."""

    def change(order: Order, now: int) -> Order:
        if order.state not in ("unpaid", "paid"):
            raise Conflict("订单已经发货或结束，换不了规格；收到后可以走换货")
        if line >= len(order.items):
            raise BadInput("这个订单里没有这一行商品，请刷新后重新选")
        old = order.items[line]
        if (old.title, old.sku) == (item.title, item.sku):
            return order
        if order.paid and more:
            way = "贵" if more > 0 else "便宜"
            raise Conflict(f"新规格{way} {yuan(abs(more))} 元，付过款的只能换同价的；请另下一单或走退款")
        if goods_price(order) + more <= 0:
            raise Conflict("换了以后一分钱都不收，请先把价格改好")
        items = tuple(replace(item, quantity=old.quantity) if at == line else one for at, one in enumerate(order.items))
        origin = "altered" if order.origin == "told" else order.origin
        return replace(order, items=items, total=order.total + more, origin=origin, changed_at=_after(order, now))

    return change


def dearer(old: Item, new: Item) -> int:
    """What this choice costs more for all pieces of the line, in fen; Conflict where the old price is not known."""
    if old.price is None or new.price is None:
        raise Conflict("这一行没有单价，算不出差价，请另下一单")
    return (new.price - old.price) * old.quantity


def put_collect(collect: bool, freight: int) -> Change:
    """Whether the courier collects the freight from the buyer; else it is `freight` in fen. While none is paid."""

    def change(order: Order, now: int) -> Order:
        if order.freight_collect == collect:
            return order
        if order.state != "unpaid" or order.paid:
            raise Conflict("运费已经随订单付过了，改不了到付；没付款的订单才能改")
        charged = 0 if collect else freight
        told = "；".join(part for part in order.remark.split("；") if part and part != COLLECTED)
        return replace(
            order,
            freight_collect=collect,
            total=goods_price(order) + charged,
            freight=charged,
            remark="；".join(part for part in (told, COLLECTED if collect else "") if part),
            changed_at=_after(order, now),
        )

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


def _after(order: Order, now: int) -> int:
    return max(now, order.changed_at + 1)


def goods_price(order: Order) -> int:
    """What the goods cost now, in fen."""
    return max(0, order.total - order.freight)


def list_price(order: Order) -> int | None:
    """What the goods cost by their prices, in fen; None where a price is not known."""
    prices = [item.price * item.quantity for item in order.items if item.price is not None]
    return sum(prices) if prices and len(prices) == len(order.items) else None
