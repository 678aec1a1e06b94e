"""The time, as a port: whole milliseconds since 1970-01-01 UTC."""

import time
from datetime import date, datetime
from datetime import time as time_of_day
from typing import Protocol
from zoneinfo import ZoneInfo

SHOP_TIME = ZoneInfo("Asia/Shanghai")
"""The time zone of the trade: days, cut-offs and quiet hours are counted in it."""


def local_date(milliseconds: int) -> date:
    """The shop's calendar day at this time."""
    return datetime.fromtimestamp(milliseconds / 1000, SHOP_TIME).date()


def midnight(day: date) -> int:
    """When the shop's calendar day begins."""
    return round(datetime.combine(day, time_of_day(), SHOP_TIME).timestamp() * 1000)


def local_time(milliseconds: int) -> str:
    """The shop's time of day, such as `08:30`."""
    return datetime.fromtimestamp(milliseconds / 1000, SHOP_TIME).strftime("%H:%M")


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> int:
        """Milliseconds since 1970-01-01 UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> int:
        """Milliseconds since 1970-01-01 UTC."""
        return time.time_ns() // 1_000_000


class FixedClock:
    """A clock that stands still until it is moved; for tests and for replaying the past."""

    def __init__(self, now: int) -> None:
        self._now = now

    def now(self) -> int:
        """Milliseconds since 1970-01-01 UTC."""
        return self._now

    def advance(self, milliseconds: int) -> None:
        """Move the hands, forward or back."""
        self._now += milliseconds
