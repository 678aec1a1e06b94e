"""By what means a buyer may be reminded, and how one reminder follows another. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import get_args

from jinpai.orders.model import Order, is_mobile
from jinpai.reminders.content import DaysOff, Means, ReminderPlan
from jinpai.reminders.model import Planned, day_off, is_quiet, tell

MEANS: tuple[Means, ...] = get_args(Means)


def possible_means(order: Order, *, has_talk: bool) -> frozenset[Means]:
    """A message where the buyer has a conversation, SMS and calls where a whole mobile number is known."""
    calls: tuple[Means, ...] = ("sms", "phone") if is_mobile(order.phone) else ()
    return frozenset[Means]((*(("message",) if has_talk else ()), *calls))


def choose_means(plan: ReminderPlan, possible: Collection[Means], used: Sequence[str]) -> Means | None:
    """The first of the shop's means that is possible and was not the last used; one never used goes before others."""
    usable = [means for means in plan.means if means in possible and means != (used[-1] if used else "")]
    return next((means for means in usable if means not in used), usable[0] if usable else None)


def off_holidays(plan: ReminderPlan, years: tuple[DaysOff, ...], planned: Planned) -> Planned:
    """A call moved behind public holidays; to None where the order closes before they are over."""
    due = planned.due
    if due is None:
        return planned
    off = day_off(years, due.date())
    if off is None:
        note = f"{due.year} 年的放假安排还没有录入，按平常日子安排"
        return replace(planned, moved="；".join(filter(None, (planned.moved, note))))
    if not off:
        return planned
    later = due
    while day_off(years, later.date()):
        later += timedelta(days=1)
    return _moved(plan, planned, due, later)


def _moved(plan: ReminderPlan, planned: Planned, due: datetime, later: datetime) -> Planned:
    latest = planned.closes_at - timedelta(minutes=plan.margin_minutes)
    if later > latest or is_quiet(plan.quiet, later):
        return Planned(
            None, None, planned.rule, f"{tell(due)} 是节假日，不打电话；假期结束前订单就会关闭", planned.closes_at
        )
    moved = f"{tell(due)} 是节假日，电话改到 {tell(later)}"
    return Planned(
        later, (later, latest), planned.rule, "；".join(filter(None, (planned.moved, moved))), planned.closes_at
    )
