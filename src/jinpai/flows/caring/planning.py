"""Something worth looking after a customer for becomes a task with a time, once for every occasion.

order received, refunded · buyer calmed · birthday known ──planned_care──▶ due row ──plan_care──▶ tasks + due rows
"""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy.engine import Connection

from jinpai.care.model import Care, due_after, fits
from jinpai.customers.actions import IMPORTED, JUDGED, MERGED, SPLIT
from jinpai.customers.care import CareEntry
from jinpai.customers.owners import find_owners
from jinpai.customers.store import find_person
from jinpai.desk.model import CALMED
from jinpai.desk.store import get_conversations
from jinpai.flows.caring.birthdays import replan_birthdays
from jinpai.flows.caring.entering import add_planned, task_of
from jinpai.flows.caring.plan import Caring, caring_of
from jinpai.flows.ports import House
from jinpai.journal.due import Due, finish, is_open, schedule
from jinpai.journal.model import Projection, Row
from jinpai.journal.writer import Action, Tx
from jinpai.orders.model import CHANGED, RECORDED, Order
from jinpai.orders.store import get_orders

CARE_PLAN = "care_plan"
"""The kind of work that gives what happened its tasks."""

DAY = 86_400_000
RECEIVED = ("delivered", "completed")
ON_THE_WAY = 10 * DAY
"""So long after ordering goods have come, where nobody noted when."""


def planned_care() -> Projection:
    """Notes, in the transaction that logs it, what is worth a task; history told afterwards is worth none."""

    def project(connection: Connection, rows: Sequence[Row]) -> None:
        told: dict[str, dict[str, list[Any]]] = {}
        for row in rows:
            if row.entry.at is None:
                for what, about in _worth(row):
                    told.setdefault(row.entry.shop, {}).setdefault(what, []).append(about)
        works = [
            Due(shop, CARE_PLAN, shop, f"{CARE_PLAN}:{rows[0].id}:{shop}", rows[0].at, data)
            for shop, data in told.items()
        ]
        if works:
            schedule(connection, works, works[0].due_at)

    return Projection(project)


def plan_care(house: House, work: Due) -> Action[None]:
    """The action that gives what happened its tasks; an occasion that has one keeps it."""

    def act(tx: Tx) -> None:
        if not is_open(tx.connection, work):
            return
        known = caring_of(house.content.shop(work.shop))
        new = [*_of_orders(house, tx, known, work), *_of_talks(tx, known, work)]
        add_planned(tx, new)
        for buyer in dict.fromkeys(work.data.get("buyers", ())):
            replan_birthdays(tx, known, work.shop, buyer)
        finish(tx.connection, work, "done", "", tx.now)

    return act


def _worth(row: Row) -> Iterator[tuple[str, Any]]:
    """What this row is worth looking at for."""
    entry = row.entry
    if entry.kind in (RECORDED, CHANGED):
        changes = entry.data.get("changes") or {}
        state = entry.data.get("state") or changes.get("state", ["", ""])[1]
        if state in RECEIVED:
            yield "received", entry.data["order"]
        if changes.get("refund", ["", ""])[1] == "done":
            yield "settled", entry.data["order"]
    elif entry.kind == CALMED:
        yield "talks", [entry.conversation, row.seq]
    else:
        yield from (("buyers", buyer) for buyer in _whose_birthday(row))


def _whose_birthday(row: Row) -> Sequence[str]:
    """Whose birthday is another after this row, or may be."""
    kind, data = row.entry.kind, row.entry.data
    if (kind == JUDGED and data.get("kind") == "birthday") or (
        kind == IMPORTED and "birthday" in data.get("fields", ())
    ):
        return [data["buyer"]]
    if kind == MERGED:
        return [data["into"]]
    return [data["buyer"], data["from"]] if kind == SPLIT else ()


def _of_orders(house: House, tx: Tx, known: Caring, work: Due) -> list[Care]:
    received, settled = work.data.get("received", []), work.data.get("settled", [])
    orders = get_orders(tx.connection, house.sealer, {*received, *settled})
    owners = find_owners(tx.connection, house.sealer, work.shop, list(orders.values())) if orders else {}
    found = []
    for id_, person in owners.items():
        order = orders[id_]
        if id_ in received and order.refund == "none":
            for entry in known.of("received", "restock", "silence"):
                if fits(entry, goods_of(order)):
                    found.append(_of_order(entry, order, person, _received(order, work.due_at), tx.now))
        if id_ in settled:
            found += [_of_order(entry, order, person, work.due_at, tx.now) for entry in known.of("settled")]
    return found


def _of_talks(tx: Tx, known: Caring, work: Due) -> list[Care]:
    talks = work.data.get("talks", [])
    states = get_conversations(tx.connection, [talk for talk, _ in talks]) if talks else {}
    return [
        task_of(
            entry,
            work.shop,
            find_person(tx.connection, states[talk].buyer)[0],
            f"{entry.id}:{talk}:{seq}",
            due_after(entry, work.due_at),
            tx.now,
        )
        for talk, seq in talks
        if talk in states
        for entry in known.of("settled")
    ]


def goods_of(order: Order) -> str:
    """What was bought, in words."""
    titles = [item.title for item in order.items] or [order.title]
    return "、".join(title for title in titles if title)


def _received(order: Order, told: int) -> int:
    return order.completed_at or min(told, order.listed_at + ON_THE_WAY)


def _of_order(entry: CareEntry, order: Order, person: str, since: int, now: int) -> Care:
    key, goods = f"{entry.id}:{order.id}", goods_of(order)
    return task_of(entry, order.shop, person, key, due_after(entry, since), now, order.id, goods)
