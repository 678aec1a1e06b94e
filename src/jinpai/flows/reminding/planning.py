"""An unpaid order is recorded: its reminder gets a time; it is paid, closed or disputed: nothing is sent any more."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.engine import Connection

from jinpai.flows.ports import House
from jinpai.flows.reminding.content import Reminding
from jinpai.journal.due import Due, cancel, find_open, finish_all, schedule
from jinpai.journal.model import Projection, Row
from jinpai.journal.writer import Action, Tx
from jinpai.kit.bulk import select_in
from jinpai.kit.clock import SHOP_TIME
from jinpai.kit.ids import new_id
from jinpai.orders.model import CHANGED, RECORDED, Order
from jinpai.orders.store import find_by_numbers
from jinpai.reminders.content import Means
from jinpai.reminders.means import choose_means, off_holidays, possible_means
from jinpai.reminders.model import Planned, not_before, plan_again, plan_first
from jinpai.reminders.store import (
    Reminder,
    add_reminders,
    cancel_open,
    count_purchases,
    find_of_orders,
    find_talks,
)

REMIND_PLAN = "remind_plan"
REMIND = "remind"
SMS = "remind_sms"
"""Kinds of due work: give an order's reminder a time · remind · hand a short message to the outside."""

LATE = "记录这笔订单时，表上的时间已经过了，尽快提醒"
_TEXTS = f"SELECT key FROM due WHERE subject IN :values AND kind = '{SMS}' AND state = 'waiting' "
_TEXTS += "AND state IN ('waiting', 'running')"
_ENDS = {"closed": "订单已经关闭"}


def planned_reminders() -> Projection:
    """Keeps reminders in step with orders, in the transaction that records them; history told afterwards asks nothing.

    The order itself is stored after its fact, so its time is worked out by the worker, at once.
    """

    def project(connection: Connection, rows: Sequence[Row]) -> None:
        told = [row for row in rows if row.entry.kind in (RECORDED, CHANGED) and row.entry.at is None]
        works = [_plan_work(row) for row in told if row.entry.data.get("state") == "unpaid"]
        if works:
            schedule(connection, works, works[0].due_at)
        ended: dict[str, list[str]] = {}
        for row in told:
            if why := _ended(row):
                ended.setdefault(why, []).append(row.entry.data["order"])
        for why, orders in ended.items():
            _give_up(connection, orders, why, rows[0].at)

    return Projection(project)


def plan_reminders(house: House, works: Sequence[Due]) -> Action[None]:
    """The action that gives the orders of one shop their first reminder."""

    def act(tx: Tx) -> None:
        here = find_open(tx.connection, works)
        shop = works[0].shop
        orders = find_by_numbers(tx.connection, house.sealer, shop, [work.data["number"] for work in here])
        known = house.content.shop(shop).reminding
        unpaid = [order for order in orders.values() if order.state == "unpaid" and order.refund == "none"]
        there = find_of_orders(tx.connection, [order.id for order in unpaid])
        fresh = [order for order in unpaid if order.id not in there]
        add_planned(tx, shop, first_reminders(tx, house, known, fresh))
        finish_all(tx.connection, here, tx.now)

    return act


def first_reminders(tx: Tx, house: House, known: Reminding, orders: Sequence[Order]) -> list[Reminder]:
    """The first reminders of these unpaid orders of one shop; none for what would have closed already."""
    plan = known.plan
    if plan is None or not orders or plan.most == 0:
        return []
    shop = orders[0].shop
    purchases = count_purchases(tx.connection, shop, orders)
    talks = find_talks(tx.connection, house.sealer, shop, orders)
    now, found = moment(tx.now), []
    for order in orders:
        planned = not_before(plan, plan_first(plan, moment(order.listed_at), purchases[order.id]), now, LATE)
        if planned.closes_at > now:
            found.append(planned_row(known, order, planned, talks.get(order.id), (), tx.now))
    return found


def next_reminder(known: Reminding, order: Order, last: Reminder, means: Sequence[str], now: int) -> Reminder | None:
    """The reminder after this one; None when there is no time or right for another. `means` are those used so far."""
    plan = known.plan
    if plan is None or last.round >= plan.most or last.sent_at is None:
        return None
    planned = plan_again(plan, moment(order.listed_at), moment(last.sent_at), last.rule)
    following = planned_row(known, order, planned, last.conversation, means, now, last.round + 1)
    return following if following.state == "planned" else None


def planned_row(
    known: Reminding,
    order: Order,
    planned: Planned,
    talk: str | None,
    used: Sequence[str],
    now: int,
    round_: int = 1,
) -> Reminder:
    """The register's row for this plan: planned, or cancelled with what is in the way."""
    means, planned = _means(known, order, planned, talk, used)
    why = "" if planned.due is not None else planned.moved
    if means is None and not why:
        why = "买家没有聊天，也没有完整的手机号，没有办法提醒" if not used else "没有别的方式可以再提醒一次"
    at = planned.due or planned.closes_at
    return Reminder(
        id=new_id("r"), shop=order.shop, order_id=order.id, number=order.number, buyer_name=order.buyer_name,
        round=round_, rule=planned.rule, due_at=milliseconds(at), closes_at=milliseconds(planned.closes_at),
        moved="" if why else planned.moved, state="cancelled" if why else "planned", why=why, means=means or "",
        reason="", script="", conversation=talk, author="", fact=None, outcome="", sent_at=None, created_at=now,
    )  # fmt: skip


def add_planned(tx: Tx, shop: str, new: Sequence[Reminder]) -> None:
    """Enter these rows into the register; each that is planned gets its due row."""
    add_reminders(tx.connection, new)
    works = [
        Due(shop, REMIND, one.order_id, f"remind:{one.order_id}:{one.round}", one.due_at, {"reminder": one.id})
        for one in new
        if one.state == "planned"
    ]
    schedule(tx.connection, works, tx.now)


def moment(at: int) -> datetime:
    """The shop's local time of these milliseconds."""
    return datetime.fromtimestamp(at / 1000, SHOP_TIME)


def milliseconds(at: datetime) -> int:
    """The moment as the tables keep it."""
    return round(at.timestamp() * 1000)


def _means(
    known: Reminding, order: Order, planned: Planned, talk: str | None, used: Sequence[str]
) -> tuple[Means | None, Planned]:
    """What will be used, and when: a call that holidays leave no time for becomes something else."""
    assert known.plan is not None
    possible = possible_means(order, has_talk=talk is not None)
    means = choose_means(known.plan, possible, used)
    if means != "phone":
        return means, planned
    moved = off_holidays(known.plan, known.days_off, planned)
    if moved.due is None and planned.due is not None:
        other = choose_means(known.plan, possible - {"phone"}, used)
        return other, planned if other is not None else moved
    return means, moved


def _plan_work(row: Row) -> Due:
    data = row.entry.data
    order = data["order"]
    return Due(row.entry.shop, REMIND_PLAN, order, f"remind-plan:{order}", row.at, {"number": data["number"]})


def _give_up(connection: Connection, orders: Sequence[str], why: str, now: int) -> None:
    """Nothing more for these orders; a short message that is being handed over just now can no longer be held."""
    texts = [key.removeprefix("sms:") for (key,) in select_in(connection, _TEXTS, orders)]
    cancel(connection, (REMIND_PLAN, REMIND, SMS), orders, why, now)
    cancel_open(connection, orders, texts, why)


def _ended(row: Row) -> str:
    """Why this change of an order ends its reminders; empty when it does not."""
    changes = row.entry.data.get("changes") or {}
    if "state" in changes and changes["state"][0] == "unpaid":
        return _ENDS.get(changes["state"][1], "买家已经付款")
    return "订单有退款或售后在处理" if changes.get("refund", ["", "none"])[1] != "none" else ""
