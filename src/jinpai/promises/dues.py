"""By when a promise is to be kept, as the words say it. Pure.

A clock time is exact, on the day named before it; hours and minutes run from the message; a day, a number of days or
a week ends with its last second. Spaces say nothing: `下午 5 点` is `下午5点`. "At once" and "after the holidays" name
no time. Working days are those of the calendar.
"""

import re
from datetime import datetime, time, timedelta
from functools import partial

from jinpai.kit.numerals import read_number
from jinpai.reminders.content import DaysOff
from jinpai.reminders.model import is_workday

_N = r"(\d+|[零一二两三四五六七八九十]+)"
_DAY = r"(大后天|后天|明天|明日|明儿|明早|明晚|今天|今日|今儿|今晚|当天|当日)"
_HALF = r"(凌晨|早上|上午|中午|下午|傍晚|晚上|今晚|明晚|早|晚)?"
_CLOCK = re.compile(
    rf"{_DAY}?{_HALF}{_N}(?:点钟?|[:：时](?!间))(?:(半|[一三]刻)|(\d{{1,2}}|[一二三四五]?十[一二三四五六七八九]?)分?)?(?!\d)"
)
_NOON = re.compile(rf"{_DAY}?(?:的)?(?:中午|正午)(?:之?前|以前)")
_QUARTERS = re.compile(r"([一两三])刻钟")
_HOURS = re.compile(rf"{_N}个?(半)?\s*(?:小时|钟头|h\b)(半)?", re.IGNORECASE)
_HALF_HOUR = re.compile(r"半个?(?:小时|钟头)")
_MINUTES = re.compile(rf"{_N}\s*分钟")
_WORKDAYS = re.compile(rf"{_N}\s*个?(?:工作日|工作天)")
_DAYS = re.compile(rf"{_N}(?:\s*[-~到至]\s*{_N})?\s*(?:天|日)(?!期|常|用)")
_WEEKS = re.compile(rf"{_N}个?(?:周|星期|礼拜)(?:内|之内|以内|后)?")
_WEEKDAY = re.compile(r"(下)?(?:个)?(?:周|星期|礼拜)([一二三四五六日天末])")
_DATE = re.compile(rf"(?<![换选改])(?:{_N}月)?{_N}(?:号|日)(?!线|码|店|色|花|款|之?后|以后)")
_NAMED = re.compile(_DAY)
_MONTH_END = re.compile(r"月底|月末")
_WEEK_END = re.compile(r"(?:本|这)(?:个)?(?:周|星期|礼拜)(?:之?内|以内|里)")
_SHOP_END = re.compile(r"下班(?:之?前|以前)")
_ABOUT_DAYS = re.compile(r"[一二两三四五六七八]([二三四五六七八九])\s*(?=个?(?:天|日|工作日))")
_GAP = re.compile(r"(?<!\d)\s+|\s+(?!\d)")

_AHEAD = {"今": 0, "当": 0, "明": 1, "后": 2, "大": 3}
_WEEKDAYS = {name: at for at, name in enumerate("一二三四五六日")} | {"天": 6, "末": 6}
_EVENINGS = ("今晚", "明晚")
_LATE = ("下午", "傍晚", "晚上", "晚", *_EVENINGS)
_DAY_END = time(23, 59, 59)
_MIDDAY = time(12)
_PARTS = {"半": 30, "一刻": 15, "三刻": 45}


def read_due(text: str, said_at: datetime, years: tuple[DaysOff, ...] = ()) -> datetime | None:
    """When the words `text`, said at `said_at` (in the shop's time zone), must have come true; None = no time named.

    In a year that is not among `years` people work from Monday to Friday.
    """
    text = _ABOUT_DAYS.sub(r"\1", _GAP.sub("", text))
    readers = (_clock, _noon, _span, partial(_days, years=years), _weekday, _date, _named, _week_end, _month_end)
    return next((due for read in readers if (due := read(text, said_at)) is not None), None)


def _clock(text: str, said_at: datetime) -> datetime | None:
    found = next((one for one in _CLOCK.finditer(text) if _is_clock(one, text)), None)
    if found is None:
        return None
    day, half, hours, is_half, minutes = found.groups()
    hour, minute = read_number(hours), _PARTS[is_half] if is_half else read_number(minutes or "0")
    part = half or (day if day in _EVENINGS else "")
    if (part in _LATE and (hour < 12 or (hour == 12 and part not in ("下午", "傍晚")))) or (
        part == "中午" and hour < 3
    ):
        hour += 12
    named = None if day else _day_before(text[: found.start()], said_at)
    start = named or said_at + timedelta(days=_ahead(day) if day else 0)
    at = datetime.combine(start.date(), time(), said_at.tzinfo) + timedelta(hours=hour, minutes=minute)
    is_open = not part and hour < 12 and at.date() == said_at.date()
    while at <= said_at and (is_open or not (day or named)):
        at += timedelta(hours=12 if is_open else 24)
    return at


def _day_before(told: str, said_at: datetime) -> datetime | None:
    """The weekday or date that ends these words, which stand before a time of day: `周五18:00`, `15号下午三点`."""
    for pattern, read in ((_WEEKDAY, _weekday), (_DATE, _date)):
        last = next((one for one in pattern.finditer(told) if not told[one.end() :].strip("的，, ")), None)
        if last is not None:
            return read(last[0], said_at)
    return None


def _noon(text: str, said_at: datetime) -> datetime | None:
    found = _NOON.search(text)
    if found is None:
        return None
    at = datetime.combine(said_at.date() + timedelta(days=_ahead(found[1]) if found[1] else 0), _MIDDAY, said_at.tzinfo)
    return at + timedelta(days=1) if at <= said_at and not found[1] else at


def _is_clock(found: re.Match[str], text: str) -> bool:
    """Whether these words are a time of day: `便宜一点` and `有两点` are none."""
    day, half, hours, is_half, minutes = found.groups()
    if read_number(hours) > 24 or read_number(minutes or "0") > 59:
        return False
    told = day or half or is_half or hours.isdecimal()
    return bool(told) or text[found.end() :].startswith(("前", "之前", "以前", "钟", "整"))


def _span(text: str, said_at: datetime) -> datetime | None:
    if found := _HOURS.search(text):
        return said_at + timedelta(hours=read_number(found[1]), minutes=30 if found[2] or found[3] else 0)
    if _HALF_HOUR.search(text):
        return said_at + timedelta(minutes=30)
    if found := _QUARTERS.search(text):
        return said_at + timedelta(minutes=15 * read_number(found[1]))
    if found := _MINUTES.search(text):
        return said_at + timedelta(minutes=read_number(found[1]))
    return None


def _days(text: str, said_at: datetime, years: tuple[DaysOff, ...]) -> datetime | None:
    if found := _WORKDAYS.search(text):
        return _end(said_at, _working(said_at, read_number(found[1]), years))
    if found := _WEEKS.search(text):
        return _end(said_at, 7 * read_number(found[1]))
    if found := _DAYS.search(text):
        days = read_number(found[2] or found[1])
        return _end(said_at, days) if days <= 366 and not _DATE.search(text) else None
    return None


def _weekday(text: str, said_at: datetime) -> datetime | None:
    found = _WEEKDAY.search(text)
    if found is None:
        return None
    wanted, today = _WEEKDAYS[found[2]], said_at.weekday()
    return _end(said_at, wanted - today + 7 if found[1] else (wanted - today) % 7)


def _date(text: str, said_at: datetime) -> datetime | None:
    found = _DATE.search(text)
    if found is None:
        return None
    month = read_number(found[1]) if found[1] else said_at.month
    try:
        due = said_at.replace(month=month, day=read_number(found[2]))
        if due.date() < said_at.date():
            due = due.replace(year=due.year + 1) if found[1] else due.replace(month=month % 12 + 1)
    except ValueError:
        return None
    return _end(due, 0)


def _named(text: str, said_at: datetime) -> datetime | None:
    if found := _NAMED.search(text):
        return _end(said_at, _ahead(found[1]))
    return _end(said_at, 0) if _SHOP_END.search(text) else None


def _week_end(text: str, said_at: datetime) -> datetime | None:
    return _end(said_at, 6 - said_at.weekday()) if _WEEK_END.search(text) else None


def _month_end(text: str, said_at: datetime) -> datetime | None:
    if not _MONTH_END.search(text):
        return None
    following = (said_at.replace(day=1) + timedelta(days=32)).replace(day=1)
    return _end(following, -1)


def _ahead(day: str) -> int:
    return _AHEAD[day[0]]


def _end(day: datetime, ahead: int) -> datetime:
    return datetime.combine(day.date() + timedelta(days=ahead), _DAY_END, day.tzinfo)


def _working(said_at: datetime, count: int, years: tuple[DaysOff, ...]) -> int:
    """How many calendar days pass until this many working days have."""
    days = 0
    while count > 0:
        days += 1
        count -= is_workday(years, (said_at + timedelta(days=days)).date())
    return days
