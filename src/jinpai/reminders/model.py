"""When to remind of an unpaid order: the timetable, moved before closing and out of quiet hours. Pure.

Precedence: the order's closing > quiet hours > the table. Times are datetimes in the shop's time zone.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from jinpai.kit.clock import SHOP_TIME
from jinpai.reminders.content import DaysOff, PlanRow, Quiet, ReminderPlan

REPEAT = "repeat"
"""The rule of a buyer's second and later purchases."""


@dataclass(frozen=True, slots=True)
class Planned:
    """When to remind (None = there is no time for it), the stretch it may be in, the row of the table that says so.

    `moved` tells in words why it is not the table's own time; empty when it is. `closes_at` is when the order closes.
    """

    due: datetime | None
    window: tuple[datetime, datetime] | None
    rule: str
    moved: str
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class _Wish:
    """A time and its window before closing and quiet hours have been looked at."""

    due: datetime
    start: datetime
    end: datetime


def plan_first(plan: ReminderPlan, ordered: datetime, purchases: int) -> Planned:
    """The first reminder for an order; `purchases` includes this one, from 2 on the buyer is not hurried."""
    ordered = ordered.astimezone(SHOP_TIME)
    closes_at = ordered + timedelta(hours=plan.close_hours)
    earliest = min(ordered + timedelta(minutes=plan.least_minutes), max(_latest(plan, closes_at)[0], ordered))
    if purchases >= 2:
        moment = ordered + timedelta(hours=plan.repeat_hours)
        return _settle(plan, _Wish(moment, moment, moment), REPEAT, earliest, closes_at)
    row = row_of(plan, ordered)
    return _settle(plan, _wish(plan, row, ordered), row.id, earliest, closes_at)


def plan_again(plan: ReminderPlan, ordered: datetime, last: datetime, rule: str) -> Planned:
    """The reminder after one sent at `last`: so many hours later, outside quiet hours, still before closing."""
    ordered, last = ordered.astimezone(SHOP_TIME), last.astimezone(SHOP_TIME)
    closes_at = ordered + timedelta(hours=plan.close_hours)
    wish = last + timedelta(hours=plan.again_hours)
    return _settle(plan, _Wish(wish, wish, wish), rule, wish, closes_at)


def not_before(plan: ReminderPlan, planned: Planned, now: datetime, why: str) -> Planned:
    """The same reminder, not earlier than now; `why` is told when that moves it."""
    now = now.astimezone(SHOP_TIME)
    if planned.due is None or planned.due >= now:
        return planned
    moved = _settle(plan, _Wish(now, now, now), planned.rule, now, planned.closes_at)
    return Planned(moved.due, moved.window, moved.rule, "；".join(filter(None, (why, moved.moved))), moved.closes_at)


def row_of(plan: ReminderPlan, ordered: datetime) -> PlanRow:
    """The row of the table for an order placed at this time of day."""
    at = ordered.astimezone(SHOP_TIME).strftime("%H:%M")
    return next(row for row in plan.rows if _holds(row.begins, row.ends, at))


def is_quiet(quiet: Quiet, moment: datetime) -> bool:
    """Whether nobody may be reminded at this moment."""
    return quiet.begins != quiet.ends and _holds(quiet.begins, quiet.ends, f"{moment.astimezone(SHOP_TIME):%H:%M}")


def quiet_ends(quiet: Quiet, moment: datetime) -> datetime:
    """When the quiet hours that hold this moment are over."""
    return _next(moment.astimezone(SHOP_TIME), quiet.ends)


def day_off(years: tuple[DaysOff, ...], day: date) -> bool | None:
    """Whether this is a public holiday; None in a year nobody has entered."""
    known = [year for year in years if year.year == day.year]
    if not known:
        return None
    return any(first <= day.isoformat() <= last for year in known for first, last in year.periods)


def is_workday(years: tuple[DaysOff, ...], day: date) -> bool:
    """Whether offices work that day; in a year nobody has entered, from Monday to Friday."""
    if any(day.isoformat() in year.workdays for year in years):
        return True
    return day.weekday() < 5 and not day_off(years, day)


def sends_on(years: tuple[DaysOff, ...], day: date, *, weekends: bool) -> bool:
    """Whether a shop sends parcels that day: on no public holiday, and on weekends only where it says so."""
    return not day_off(years, day) if weekends else is_workday(years, day)


def tell(moment: datetime) -> str:
    """The moment as people say it: `3 月 2 日 08:30`."""
    return f"{moment.month} 月 {moment.day} 日 {moment:%H:%M}"


def _wish(plan: ReminderPlan, row: PlanRow, ordered: datetime) -> _Wish:
    """What the table wants; a row over midnight belongs to the day it ends."""
    over_midnight = row.begins > row.ends and f"{ordered:%H:%M}" >= row.begins
    day = ordered + timedelta(days=int(over_midnight) + int(row.day == "next"))
    lead = timedelta(minutes=plan.lead_minutes)
    if row.after is not None:
        start = _at(day, row.after)
        return _Wish(start + lead, start, _at(day + timedelta(days=1), "00:00"))
    end = _at(day, plan.pickup if row.by == "pickup" else row.by or "")
    start = max(ordered, _at(day, "00:00"))
    return _Wish(max(end - lead, start), start, end)


def _settle(plan: ReminderPlan, wish: _Wish, rule: str, earliest: datetime, closes_at: datetime) -> Planned:
    """The wish, moved where closing, quiet hours or the order's own time demand it."""
    latest, why_latest = _latest(plan, closes_at)
    due, moved = wish.due, ""
    if due < earliest:
        due, moved = earliest, "表上的时间离下单太近或已经过去，改到下单之后"
    if is_quiet(plan.quiet, due):
        due = _out_of_quiet(plan, wish, due, earliest)
        moved = f"原定时间在免打扰时段（{plan.quiet.begins}–{plan.quiet.ends}），改到 {tell(due)}"
    if due > latest:
        due, moved = latest, f"原定 {tell(wish.due)}，{why_latest}"
    if due < earliest or is_quiet(plan.quiet, due):
        return Planned(None, None, rule, f"{why_latest}，之前没有合适的时间可以提醒", closes_at)
    return Planned(due, _window(plan, wish, due, earliest, latest), rule, moved, closes_at)


def _latest(plan: ReminderPlan, closes_at: datetime) -> tuple[datetime, str]:
    """The last moment to remind before the order closes, and why it is this one."""
    latest = closes_at - timedelta(minutes=plan.margin_minutes)
    closing = f"订单 {tell(closes_at)} 自动关闭"
    if not is_quiet(plan.quiet, latest):
        return latest, f"{closing}，最晚在关闭前{_length(plan.margin_minutes)}提醒"
    before = _previous(latest, plan.quiet.begins) - timedelta(minutes=plan.before_quiet_minutes)
    return before, f"{closing}，关闭前{_length(plan.margin_minutes)}是免打扰时段，赶在 {plan.quiet.begins} 之前提醒"


def _out_of_quiet(plan: ReminderPlan, wish: _Wish, due: datetime, earliest: datetime) -> datetime:
    """After the quiet hours where the window still has room, else just before them, else after them all the same."""
    after = quiet_ends(plan.quiet, due)
    before = _previous(due, plan.quiet.begins) - timedelta(minutes=plan.before_quiet_minutes)
    return after if after < wish.end or before < earliest else before


def _window(
    plan: ReminderPlan, wish: _Wish, due: datetime, earliest: datetime, latest: datetime
) -> tuple[datetime, datetime]:
    """The stretch around `due` in which a reminder is right: within the table's window where that holds it."""
    start, end = earliest, latest
    if wish.start <= due <= wish.end and wish.start < wish.end:
        start, end = max(start, wish.start), min(end, wish.end)
    if plan.quiet.begins != plan.quiet.ends:
        start = max(start, _previous(due, plan.quiet.ends))
        end = min(end, _next(due, plan.quiet.begins))
    return min(start, due), max(end, due)


def _holds(begins: str, ends: str, at: str) -> bool:
    """Whether a time of day is in a half-open interval, which may go over midnight."""
    return begins <= at < ends if begins < ends else at >= begins or at < ends


def _at(day: datetime, at: str) -> datetime:
    hour, minute = map(int, at.split(":"))
    return datetime.combine(day.date(), time(hour, minute), SHOP_TIME)


def _previous(moment: datetime, at: str) -> datetime:
    """The last time it was this time of day, `moment` included."""
    found = _at(moment, at)
    return found if found <= moment else _at(moment - timedelta(days=1), at)


def _next(moment: datetime, at: str) -> datetime:
    """The next time it will be this time of day."""
    found = _at(moment, at)
    return found if found > moment else _at(moment + timedelta(days=1), at)


def _length(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return f" {hours} 小时" if not rest else f" {minutes} 分钟"
