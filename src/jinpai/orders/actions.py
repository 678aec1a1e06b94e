"""What changes orders; each action runs in one transaction of the writer.

An order is stored before its fact, so that whoever follows the facts finds it as it is by then.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.importing.model import Outcome
from jinpai.journal.model import Entry, Receipt
from jinpai.journal.writer import Tx
from jinpai.kit.bulk import insert_many
from jinpai.kit.errors import NotFound
from jinpai.kit.ids import new_id
from jinpai.kit.sealing import Sealer
from jinpai.orders.changes import Change
from jinpai.orders.model import CHANGED, RECORDED, REVEALED, TOPIC, Order, OrderRow, begin, differences, merge
from jinpai.orders.store import find_by_numbers, insert_orders, lock_order, order_fact, order_parcel, update_orders


def record_orders(
    sealer: Sealer, shop: str, rows: Sequence[OrderRow], author: str = "system:"
) -> Callable[[Tx], list[Outcome]]:
    """Take in what a source tells of the shop's orders, one outcome per row; the same rows again change nothing.

    An order is known by its number; several rows may tell of one. Every creation and change is a fact in the journal.
    """

    def act(tx: Tx) -> list[Outcome]:
        before = find_by_numbers(tx.connection, sealer, shop, _numbers(rows))
        steps = _fold(before, shop, rows, tx.now)
        last = {step.after.number: step.after for step in steps}
        _store(tx, sealer, before, [order for number, order in last.items() if order is not before.get(number)])
        facts = [(step.after.id, tx.append(_fact(step, author))) for step in steps if step.outcome != "unchanged"]
        insert_many(tx.connection, order_fact, ("order_id", "fact"), [(id_, receipt.id) for id_, receipt in facts])
        if facts:
            tx.tell(TOPIC, {"shop": shop})
        return [step.outcome for step in steps]

    return act


def foretell(connection: Connection, sealer: Sealer, shop: str, rows: Sequence[OrderRow]) -> list[Outcome]:
    """What `record_orders` would do with these rows, read by a few hundred at a time."""
    before: dict[str, Order] = {}
    numbers = _numbers(rows)
    for start in range(0, len(numbers), 500):
        before |= find_by_numbers(connection, sealer, shop, numbers[start : start + 500])
    return [step.outcome for step in _fold(before, shop, rows, 0)]


def reveal_contact(order: Order, author: str) -> Callable[[Tx], Receipt]:
    """Note that somebody looked at the receiver's name, phone and address."""

    def act(tx: Tx) -> Receipt:
        receipt = tx.append(Entry(REVEALED, author, order.shop, data={"order": order.id, "number": order.number}))
        tx.connection.execute(sa.insert(order_fact).values(order_id=order.id, fact=receipt.id))
        return receipt

    return act


def change_order(
    sealer: Sealer, id_: str, author: str, change: Change, why: Mapping[str, Any] | None = None
) -> Callable[[Tx], Order]:
    """Change an order by hand and note who did it, with `why` beside it; the order as it then stands.

    What changes nothing leaves no trace, so that a second click is none.
    """

    def act(tx: Tx) -> Order:
        order = lock_order(tx.connection, sealer, id_)
        if order is None:
            raise NotFound("没有这个订单，可能不归您的店铺管")
        after = change(order, tx.now)
        if after is order:
            return order
        told = {"order": id_, "number": order.number, **differences(order, after), **(why or {})}
        update_orders(tx.connection, sealer, [after])
        receipt = tx.append(Entry(CHANGED, author, order.shop, data=told))
        tx.connection.execute(sa.insert(order_fact).values(order_id=id_, fact=receipt.id))
        tx.tell(TOPIC, {"shop": order.shop})
        return after

    return act


@dataclass(frozen=True, slots=True)
class _Step:
    """An order before and after one row."""

    before: Order | None
    after: Order
    outcome: Outcome


def _numbers(rows: Sequence[OrderRow]) -> list[str]:
    return sorted({row.number for row in rows})


def _fold(before: Mapping[str, Order], shop: str, rows: Sequence[OrderRow], now: int) -> list[_Step]:
    """What each row does, one after the other."""
    state = dict(before)
    steps: list[_Step] = []
    for row in rows:
        known = state.get(row.number)
        order = begin(new_id("o"), shop, row, now) if known is None else merge(known, row, now)
        if order is known:
            steps.append(_Step(known, known, "unchanged"))
            continue
        state[row.number] = order
        steps.append(_Step(known, order, "created" if known is None else "updated"))
    return steps


def _fact(step: _Step, author: str) -> Entry:
    after = step.after
    told: dict[str, Any] = {"order": after.id, "number": after.number}
    if step.before is None:
        told |= {"state": after.state, "total": after.total, "paid": after.paid}
        return Entry(RECORDED, author, after.shop, data=told)
    return Entry(CHANGED, author, after.shop, data=told | differences(step.before, after))


def _store(tx: Tx, sealer: Sealer, before: dict[str, Order], changed: Sequence[Order]) -> None:
    new = [order for order in changed if order.number not in before]
    old = [order for order in changed if order.number in before]
    if new:
        insert_orders(tx.connection, sealer, new)
    if old:
        update_orders(tx.connection, sealer, old)
    parcels = [
        (order.id, parcel.number)
        for order in changed
        for parcel in order.parcels
        if order.number not in before or parcel.number not in {one.number for one in before[order.number].parcels}
    ]
    insert_many(tx.connection, order_parcel, ("order_id", "number"), parcels)
