"""By when a hand-over has to be done: hours run on, days end with their last second, days off do not count as workdays.

What is due on a calendar day that is off is due on the last workday before it, where there is one: the buyer was told
a number of days, and nobody works on that one.
"""

from datetime import date, datetime, time, timedelta

from jinpai.reminders.content import DaysOff
from jinpai.reminders.model import is_workday
from jinpai.tasks.content import TaskKind

_DAY = timedelta(days=1)
_DAY_END = time(23, 59, 59)


def due_of(kind: TaskKind, asked: datetime, years: tuple[DaysOff, ...]) -> tuple[datetime, str]:
    """By when (in the shop's time zone) what is asked now has to be done, and what people should know about that."""
    if kind.unit == "hours":
        return asked + timedelta(hours=kind.within), ""
    today = asked.date()
    if kind.unit == "days":
        day = today + kind.within * _DAY
        due = _last_workday(years, today, day)
        why = "" if due == day else f"第 {kind.within} 天（{_tell(day)}）放假，要在放假前办好"
    else:
        due, why = _count(years, today, kind.within), ""
    unknown = {one.year for one in (today, due)} - {year.year for year in years}
    if unknown:
        why = "；".join(filter(None, (why, f"{min(unknown)} 年的放假安排还没有录入，按周一到周五算工作日")))
    return datetime.combine(due, _DAY_END, asked.tzinfo), why


def _last_workday(years: tuple[DaysOff, ...], today: date, day: date) -> date:
    """The day itself, or the last workday before it that is still to come."""
    before = day
    while not is_workday(years, before):
        before -= _DAY
    return before if before > today else day


def _count(years: tuple[DaysOff, ...], day: date, wanted: int) -> date:
    while wanted:
        day += _DAY
        wanted -= is_workday(years, day)
    return day


def _tell(day: date) -> str:
    return f"{day.month} 月 {day.day} 日"
