"""Sharing out who queues: when a buyer comes or comes back, and whenever somebody at the desk becomes free."""

from collections.abc import Sequence
from typing import TypeVar

from jinpai.desk.content import ServiceRules
from jinpai.desk.handing import entry_of, release
from jinpai.desk.model import ASSIGNED, QUEUED, Author
from jinpai.desk.presence import TOPIC, note_served
from jinpai.desk.projection import Change
from jinpai.desk.routing import group_of, is_on_duty, seat, share
from jinpai.desk.seats import Present, find_held, find_live, list_present, list_queue
from jinpai.desk.store import get_conversations
from jinpai.flows.ports import House
from jinpai.journal.due import Due, finish, finish_all, is_open
from jinpai.journal.writer import Action, Tx
from jinpai.kit.errors import Refusal

T = TypeVar("T")

ROUTE = "route"
AT_ONCE = 200
"""How many of a queue are shared out in one transaction."""

SYSTEM = Author("system")


def plan_route(change: Change) -> list[Due]:
    """Who joins the queue is to be routed at once."""
    now = change.after
    if now.queued_at is None or change.before.queued_at is not None:
        return []
    at = change.rows[-1].at
    return [Due(now.shop, ROUTE, now.id, f"route:{now.id}:{now.seq}", at)]


def route(house: House, works: Sequence[Due]) -> Action[None]:
    """The action that routes those who came to one shop's queue; who cannot be served yet is told their group."""

    def act(tx: Tx) -> None:
        shop = works[0].shop
        colleagues = share_out(house, tx, shop)
        rules = rules_of(house, shop)
        offline = not any(map(is_on_duty, colleagues))
        states = get_conversations(tx.connection, [work.subject for work in works])
        for state in states.values():
            if state.queued_at is not None and state.group is None:
                data = {"group": group_of(state.last_text, rules), "offline": offline}
                tx.append(entry_of(state, QUEUED, SYSTEM, data))
        finish_all(tx.connection, works, tx.now)
        tx.tell(TOPIC, {"shop": shop})

    return act


def share_out(house: House, tx: Tx, shop: str) -> list[Present]:
    """Give those who queue in this shop to whoever is free; returns who works there."""
    rules = rules_of(house, shop)
    colleagues = list_present(tx.connection, [shop], tx.now)
    seats = [seat(present, rules) for present in colleagues]
    if not any(seat.room for seat in seats):
        return colleagues
    shared = share(list_queue(tx.connection, [shop], AT_ONCE), seats, rules, tx.now)
    for state, chosen in shared:
        group = state.group or group_of(state.last_text, rules)
        data = {"agent": chosen.account, "name": chosen.name, "reason": "routed", "group": group}
        tx.append(entry_of(state, ASSIGNED, SYSTEM, data))
    if shared:
        note_served(tx, {chosen.account for _, chosen in shared})
        tx.tell(TOPIC, {"shop": shop})
    return colleagues


def then_share_out(house: House, shops: Sequence[str], action: Action[T]) -> Action[T]:
    """The action, after which somebody may be free or somebody new may queue."""

    def act(tx: Tx) -> T:
        value = action(tx)
        for shop in shops:
            share_out(house, tx, shop)
        return value

    return act


def end_grace(house: House, work: Due) -> Action[None]:
    """The action after a grace period: who is still cut off gives their conversations back to the queue."""

    def act(tx: Tx) -> None:
        if not is_open(tx.connection, work):
            return
        if find_live(tx.connection, [work.subject], tx.now):
            finish(tx.connection, work, "cancelled", "已经回来了", tx.now)
            return
        give_back(tx, work.subject, work.shop, "gone", waiting=False)
        finish(tx.connection, work, "done", "", tx.now)
        share_out(house, tx, work.shop)

    return act


def give_back(tx: Tx, account: str, shop: str, reason: str, *, waiting: bool) -> int:
    """Put what this account serves in the shop back into the queue (`waiting`: only where the buyer waits)."""
    held = find_held(tx.connection, account, shop, waiting=waiting)
    for state in get_conversations(tx.connection, held).values():
        release(tx, state, reason)
    return len(held)


def rules_of(house: House, shop: str) -> ServiceRules:
    """How this shop receives its buyers; as any shop does while its content cannot be read."""
    try:
        return house.content.shop(shop).service
    except Refusal:
        return ServiceRules(id="service")
