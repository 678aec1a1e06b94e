"""One order as several, several as one: goods and amounts shared out to the fen; rules that need no database."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from jinpai.kit.errors import BadInput, Conflict
from jinpai.kit.money import yuan
from jinpai.orders.changes import goods_price
from jinpai.orders.model import Item, Order

MOST_TOGETHER: Final = 20
"""So many orders at most become one."""

MOST_SURCHARGE: Final = 100_000
"""The most freight, in fen, that may be charged afterwards."""

Takes = Mapping[int, int]
"""Place of the line in the order, from 0 → pieces."""


def split_off(order: Order, takes: Takes, id_: str, number: str, now: int) -> tuple[Order, Order]:
    """The order without these pieces, and the new one that has them; both together cost what the one did.

    The freight was charged once and stays with the first. Conflict or BadInput with what stands in the way.
    """
    _check_splits(order, takes)
    goods, freight_paid = goods_price(order), min(order.paid, order.freight)
    taken = _weight(order.items, takes)
    whole = _weight(order.items, {place: item.quantity for place, item in enumerate(order.items)})
    cost = _share(goods, taken, whole)
    paid = min(cost, _share(order.paid - freight_paid, taken, whole))
    part = _of_goods(order, [(order.items[place], pieces) for place, pieces in sorted(takes.items())])
    left = [(item, item.quantity - takes.get(place, 0)) for place, item in enumerate(order.items)]
    rest = _of_goods(order, [(item, pieces) for item, pieces in left if pieces])
    changed = max(now, order.changed_at + 1)
    return (
        replace(rest, total=order.total - cost, paid=order.paid - paid, origin="split", changed_at=changed),
        replace(
            part, id=id_, number=number, created_at=now, changed_at=now, total=cost, paid=paid, freight=0,
            origin="split", belongs_to=order.id,
        ),
    )  # fmt: skip


def check_joins(orders: Sequence[Order]) -> None:
    """Conflict or BadInput unless these may leave as one parcel: unsent, of one buyer, to one address."""
    if not 2 <= len(orders) <= MOST_TOGETHER:
        raise BadInput(f"请选 2 到 {MOST_TOGETHER} 个订单来合并")
    first = orders[0]
    for order in orders:
        _check_unsent(order, "合并")
        if order.state != first.state:
            raise Conflict("付了款的和没付款的不能合并，请只选同一种")
        if order.origin == "freight":
            raise Conflict(f"订单 {order.number} 只是补运费的，没有货可以合并")
        if "" in _goes_to(order) or "*" in "".join(_goes_to(order)):
            raise Conflict(f"订单 {order.number} 的收货信息不全或打了码，看不出是不是寄到一处，不能合并")
        if _goes_to(order) != _goes_to(first):
            raise Conflict(f"订单 {order.number} 的收货人、电话或地址不一样，不能合并成一个包裹")
        if _buyer_of(order) != _buyer_of(first) or not any(_buyer_of(order)):
            raise Conflict(f"订单 {order.number} 不是同一位买家的，不能合并")


def join(orders: Sequence[Order], freight: int | None, now: int) -> tuple[Order, list[Order]]:
    """The oldest order with the goods of all, and the others, closed into it; what was paid is kept to the fen.

    `freight` in fen is that of one parcel by total weight, None where the weight is not known: then the dearest
    freight among them is charged once. Never more than the freights together.
    """
    check_joins(orders)
    first, *others = sorted(orders, key=lambda one: (one.listed_at, one.number))
    charged = [order.freight for order in orders]
    once = max(charged) if freight is None else min(freight, sum(charged))
    items = _fold([item for order in (first, *others) for item in order.items])
    paid_at = [order.paid_at for order in orders if order.paid_at is not None]
    kept = replace(
        _of_goods(first, [(item, item.quantity) for item in items]),
        total=sum(goods_price(order) for order in orders) + once,
        paid=sum(order.paid for order in orders),
        freight=once,
        paid_at=min(paid_at, default=None),
        remark="；".join(dict.fromkeys(order.remark for order in (first, *others) if order.remark)),
        flag=next((order.flag for order in (first, *others) if order.flag), ""),
        buyer_note="；".join(dict.fromkeys(order.buyer_note for order in (first, *others) if order.buyer_note)),
        origin="merged",
        changed_at=max(now, first.changed_at + 1),
    )
    return kept, [_gone(order, kept, now) for order in others]


def surcharge(order: Order, id_: str, number: str, amount: int, now: int) -> Order:
    """An order without goods that pays `amount` fen more freight for this one; Conflict where that is not the way."""
    if order.state not in ("paid", "shipped") or order.origin == "freight":
        raise Conflict("只有付过款、还没签收的订单才要另外补运费；没付款的直接改运费就行")
    if order.refund == "open" or order.freight_collect:
        raise Conflict("这个订单正在退款或运费到付，不用补运费")
    if not 0 < amount <= MOST_SURCHARGE:
        raise BadInput(f"补的运费要大于 0、不超过 {yuan(MOST_SURCHARGE)} 元，请核对")
    return Order(
        id_,
        order.shop,
        number,
        now,
        now,
        buyer=order.buyer,
        buyer_name=order.buyer_name,
        total=amount,
        freight=amount,
        title=f"补运费（订单 {order.number}）",
        region=order.region,
        ordered_at=now,
        origin="freight",
        belongs_to=order.id,
    )


def overpaid(order: Order) -> int:
    """What the buyer paid more than the order costs by now and has not been given back, in fen."""
    return max(0, order.paid - order.refunded - order.total) if order.origin == "merged" else 0


def _check_splits(order: Order, takes: Takes) -> None:
    _check_unsent(order, "拆")
    if order.state == "unpaid" and order.origin not in ("placed", "split"):
        raise Conflict("这个订单还没付款，平台上会按整单收钱；请等买家付款后再拆，或请买家分开拍")
    if any(not 0 <= place < len(order.items) for place in takes):
        raise BadInput("要拆的商品不在这个订单里，请刷新后重新选")
    if not takes or any(not 1 <= pieces <= order.items[place].quantity for place, pieces in takes.items()):
        raise BadInput("请选要拆出去的件数，每行至少 1 件，不超过订单里的件数")
    if sum(takes.values()) == sum(item.quantity for item in order.items):
        raise BadInput("不能全部拆走，原来的订单里至少留一件")


def _check_unsent(order: Order, deed: str) -> None:
    if order.state not in ("unpaid", "paid"):
        raise Conflict(f"订单 {order.number} 已经发货或结束，不能再{deed}")
    if order.refund != "none" or order.refunded:
        raise Conflict(f"订单 {order.number} 有退款，请先办完退款，不能{deed}")
    if any(parcel.number for parcel in order.parcels):
        raise Conflict(f"订单 {order.number} 已经填了运单号，不能再{deed}")


def _weight(items: Sequence[Item], takes: Takes) -> int:
    """What these pieces count for when amounts are shared out: their prices, or their number where one is unknown."""
    is_priced = all(item.price is not None for item in items) and any(item.price for item in items)
    return sum((items[place].price or 0 if is_priced else 1) * pieces for place, pieces in takes.items())


def _share(amount: int, part: int, whole: int) -> int:
    """The part's share of an amount in fen, rounded half up; the rest is what is left of it."""
    return (2 * amount * part + whole) // (2 * whole)


def _of_goods(order: Order, goods: Sequence[tuple[Item, int]]) -> Order:
    items = tuple(replace(item, quantity=pieces) for item, pieces in goods)
    title = "，".join(dict.fromkeys(item.title for item in items))
    return replace(order, items=items, title=title, quantity=sum(item.quantity for item in items))


def _fold(items: Sequence[Item]) -> list[Item]:
    """The same goods at the same price in one line."""
    lines: dict[Item, int] = {}
    for item in items:
        alike = replace(item, quantity=0)
        lines[alike] = lines.get(alike, 0) + item.quantity
    return [replace(item, quantity=pieces) for item, pieces in lines.items()]


def _gone(order: Order, kept: Order, now: int) -> Order:
    return replace(
        order,
        state="closed",
        close_reason=f"已并入订单 {kept.number}",
        total=0,
        paid=0,
        freight=0,
        origin="merged",
        belongs_to=kept.id,
        changed_at=max(now, order.changed_at + 1),
    )


def _goes_to(order: Order) -> tuple[str, str, str]:
    return order.receiver, order.phone, "".join(order.address.split())


def _buyer_of(order: Order) -> tuple[str, str]:
    return (order.buyer, "") if order.buyer else ("", order.buyer_name)
