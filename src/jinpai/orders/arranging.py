"""New orders for buyers, one order as several, several as one; each action runs in one transaction of the writer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from jinpai.journal.model import Entry
from jinpai.journal.writer import Tx
from jinpai.kit.errors import Conflict, NotFound
from jinpai.kit.ids import new_id
from jinpai.kit.sealing import Sealer
from jinpai.orders.model import CHANGED, RECORDED, TOPIC, Order, differences
from jinpai.orders.parts import Takes, join, split_off, surcharge
from jinpai.orders.store import find_by_numbers, get_orders, insert_orders, lock_order, order_fact, update_orders

MOST_PARTS = 30
"""So many orders at most are split from one."""

NEWS = "这个订单刚刚有变化，请看过最新的内容再改"

Seen = Mapping[str, int]
"""Order id → its `changed_at` (ms) as it was looked at."""

Freight = Callable[[Sequence[Order]], int | None]
"""What one parcel of these orders costs to send, in fen; None where its weight is not known."""


def place(sealer: Sealer, order: Order, author: str, why: Mapping[str, Any]) -> Callable[[Tx], Order]:
    """Store an order written for a buyer, with `why` beside its first fact; the same one again changes nothing.

    Conflict when the order with this id was written with other goods or to another place.
    """

    def act(tx: Tx) -> Order:
        known = get_orders(tx.connection, sealer, [order.id]).get(order.id)
        if known is None:
            _begin(tx, sealer, order, author, why)
            return order
        if (known.items, known.address) != (order.items, order.address):
            raise Conflict(f"这一单刚才已经下好了，订单编号 {known.number}；要改请在那个订单里改")
        return known

    return act


def split(
    sealer: Sealer, id_: str, author: str, takes: Takes, seen: int, why: Callable[[Order, Order], Mapping[str, Any]]
) -> Callable[[Tx], tuple[Order, Order]]:
    """Make one order two, noted in both; `why` is what history keeps beside the first. Conflict when it changed since.

    Gives the order as it stands and the new one.
    """

    def act(tx: Tx) -> tuple[Order, Order]:
        before = _lock(tx, sealer, {id_: seen})[0]
        numbers = [f"{before.number}-{place}" for place in range(1, MOST_PARTS + 1)]
        taken = find_by_numbers(tx.connection, sealer, before.shop, numbers)
        number = next((one for one in numbers if one not in taken), None)
        if number is None:
            raise Conflict(f"这个订单已经拆成 {MOST_PARTS} 个了，不能再拆")
        rest, part = split_off(before, takes, new_id("o"), number, tx.now)
        _change(tx, sealer, before, rest, author, {**_beside("split", [part]), **why(before, rest)})
        _begin(tx, sealer, part, author, _beside("split", [before]))
        return rest, part

    return act


def charge_freight(sealer: Sealer, id_: str, author: str, amount: int, seen: int) -> Callable[[Tx], Order]:
    """Write an order that pays only this much more freight (fen) for an order, noted in both; the new one."""

    def act(tx: Tx) -> Order:
        before = _lock(tx, sealer, {id_: seen})[0]
        taken = find_by_numbers(tx.connection, sealer, before.shop, [f"{before.number}-Y{at}" for at in range(1, 10)])
        if len(taken) == 9:
            raise Conflict("这个订单已经补过九次运费了，请和主管商量怎么处理")
        due = surcharge(before, new_id("o"), f"{before.number}-Y{len(taken) + 1}", amount, tx.now)
        after = replace(before, changed_at=max(tx.now, before.changed_at + 1))
        _change(tx, sealer, before, after, author, _beside("freight", [due]))
        _begin(tx, sealer, due, author, _beside("freight", [before]))
        return due

    return act


def merge_orders(
    sealer: Sealer, author: str, seen: Seen, freight: Freight
) -> Callable[[Tx], tuple[Order, list[Order]]]:
    """Make these orders one, noted in each; Conflict when one of them changed since it was looked at.

    Gives the order that is kept and those that went into it.
    """

    def act(tx: Tx) -> tuple[Order, list[Order]]:
        before = _lock(tx, sealer, seen)
        kept, gone = join(before, freight(before), tx.now)
        known = {order.id: order for order in before}
        _change(tx, sealer, known[kept.id], kept, author, _beside("merged", gone))
        for order in gone:
            _change(tx, sealer, known[order.id], order, author, _beside("merged", [kept]))
        return kept, gone

    return act


def _lock(tx: Tx, sealer: Sealer, seen: Seen) -> list[Order]:
    """The orders, always in the same sequence, so that two people do not wait for each other."""
    found = [lock_order(tx.connection, sealer, id_) for id_ in sorted(seen)]
    orders = [order for order in found if order is not None]
    if len(orders) < len(seen):
        raise NotFound("没有这个订单，可能不归您的店铺管")
    if any(order.changed_at != seen[order.id] for order in orders):
        raise Conflict(NEWS)
    return orders


def _begin(tx: Tx, sealer: Sealer, order: Order, author: str, why: Mapping[str, Any]) -> None:
    told = {"order": order.id, "number": order.number, "state": order.state, "total": order.total, "paid": order.paid}
    insert_orders(tx.connection, sealer, [order])
    receipt = tx.append(Entry(RECORDED, author, order.shop, data={**told, **why}))
    tx.connection.execute(sa.insert(order_fact).values(order_id=order.id, fact=receipt.id))
    tx.tell(TOPIC, {"shop": order.shop})


def _change(tx: Tx, sealer: Sealer, before: Order, after: Order, author: str, why: Mapping[str, Any]) -> None:
    told = {"order": after.id, "number": after.number, **differences(before, after), **why}
    update_orders(tx.connection, sealer, [after])
    receipt = tx.append(Entry(CHANGED, author, after.shop, data=told))
    tx.connection.execute(sa.insert(order_fact).values(order_id=after.id, fact=receipt.id))
    tx.tell(TOPIC, {"shop": after.shop})


def _beside(deed: str, others: Sequence[Order]) -> dict[str, Any]:
    return {"deed": deed, "others": [{"id": order.id, "number": order.number} for order in others]}
