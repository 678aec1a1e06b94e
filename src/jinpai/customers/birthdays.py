"""Birthdays as buyers write them, and the next one. Pure."""

import re
from calendar import isleap
from datetime import date, timedelta

_SAID = re.compile(
    r"生日(?:是|在|就是|就在|快到了|:|：|\s|,|，|阳历|公历)*(?:(?:19|20)\d\d[年./-]\s*)?(\d{1,2})\s*[月./-]\s*(\d{1,2})(?!\d)"
    r"|(?<!\d)(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?(?:是|就是)?(?:我|本人)的?生日"
)
_LUNAR = re.compile(r"农历|阴历|旧历")
_KEPT = re.compile(r"(\d{1,2}) 月 (\d{1,2}) 日")
_WRITTEN = re.compile(
    r"(?:(?:19|20)\d\d\s*[年./-]\s*)?(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?(?:\s+[\d:]+)?"
    r"|(?:19|20)\d\d(\d\d)(\d\d)"
)


def find_birthday(text: str) -> str | None:
    """The birthday these words tell, as the profile keeps it; None where they tell none, or one of the moon's year."""
    found = None if _LUNAR.search(text) else _SAID.search(text)
    return None if found is None else _kept(found[1] or found[3], found[2] or found[4])


def read_birthday(cell: str) -> str | None:
    """The birthday a cell has, with its year or without, as the profile keeps it; None where it has none."""
    found = _WRITTEN.fullmatch(cell)
    return None if found is None else _kept(found[1] or found[3], found[2] or found[4])


def next_birthday(kept: str, after: date) -> date | None:
    """The first birthday after this day; 29 February is kept on the 28th in years without one."""
    found = _KEPT.fullmatch(kept)
    if found is None:
        return None
    days = (_day(year, int(found[1]), int(found[2])) for year in (after.year, after.year + 1))
    return next((day for day in days if day is not None and day > after), None)


def is_birthday(kept: str, day: date) -> bool:
    """Whether somebody with this birthday has it on this day."""
    return next_birthday(kept, day - timedelta(days=1)) == day


def _kept(month: str, day: str) -> str | None:
    return None if _day(2000, int(month), int(day)) is None else f"{int(month)} 月 {int(day)} 日"


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, 28 if (month, day) == (2, 29) and not isleap(year) else day)
    except ValueError:
        return None
