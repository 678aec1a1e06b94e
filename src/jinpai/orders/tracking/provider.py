"""Where a shop has its couriers asked, how often, and when it asks again: the plain types and the rules."""

from dataclasses import dataclass, field, replace
from typing import Final

from jinpai.kit.errors import BadInput
from jinpai.kit.reach import Reach
from jinpai.kit.urls import check_key, check_url

SET: Final = "courier_set"
DROPPED: Final = "courier_dropped"
"""The kinds of their facts in the journal."""

ASK: Final = "ask_couriers"
"""The kind of due work: ask for some parcels of a shop."""

KEY: Final = "courier_setting.key"
"""The sealed column: part of what the encryption binds."""

OK: Final = "ok"
AT_ONCE: Final = 20
"""So many parcels are asked for in one call."""

MOST_AN_HOUR: Final = 3_600
SECOND, MINUTE, HOUR = 1_000, 60_000, 3_600_000
AGAIN: Final = 2 * HOUR
"""A parcel is asked for so often (ms)."""

SOON: Final = 5 * SECOND
"""Where more parcels wait, the next call follows after so long (ms)."""

IDLE: Final = 10 * MINUTE
"""Where none waits, one looks again after so long (ms)."""

LONGEST: Final = HOUR
_DOUBLINGS: Final = 6


@dataclass(frozen=True, slots=True)
class CourierEndpoint:
    """Where the couriers are asked: a URL, the key it wants, and how far the call may go."""

    url: str
    key: str | None = field(default=None, repr=False)
    reach: Reach = "public"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody sets; `key` None leaves it as it is, "" takes it away. At most `per_hour` calls."""

    shop: str
    is_on: bool
    url: str
    key: str | None = field(repr=False)
    is_near: bool
    per_hour: int


@dataclass(frozen=True, slots=True)
class Setting:
    """What a shop has set (`key` sealed), and how it goes: when it was asked last (ms), what came of it (`ok`, a word
    of CourierFailure, "" for never), the traces that were new, failures in a row, and the calls since `hour_at`."""

    shop: str
    is_on: bool
    url: str
    key: bytes | None = field(repr=False)
    is_near: bool
    per_hour: int
    changed_by: str
    changed_at: int
    asked_at: int | None = None
    outcome: str = ""
    told: int = 0
    failures: int = 0
    hour_calls: int = 0
    hour_at: int = 0


def tidy(wanted: Wanted) -> Wanted:
    """The same, tidied; BadInput for what cannot be."""
    if not 1 <= wanted.per_hour <= MOST_AN_HOUR:
        raise BadInput(f"每小时要在 1 到 {MOST_AN_HOUR:,} 次之间，请核对")
    check_key(wanted.key)
    return replace(wanted, url=check_url(wanted.url, "https://example.com/tracking"))


def free_at(known: Setting, now: int) -> int:
    """When the next call may go by the bound of an hour: now, or when the hour is over (ms)."""
    is_full = known.hour_calls >= known.per_hour and now < known.hour_at + HOUR
    return known.hour_at + HOUR if is_full else now


def counted(known: Setting, now: int) -> Setting:
    """The setting with one call more in its hour; a new hour begins with the first call after the last one."""
    if now >= known.hour_at + HOUR:
        return replace(known, hour_at=now, hour_calls=1)
    return replace(known, hour_calls=known.hour_calls + 1)


def wait_after(failures: int) -> int:
    """How long (ms) one waits after so many failures in a row: twice as long each time, an hour at most."""
    return min(LONGEST, MINUTE << min(failures - 1, _DOUBLINGS))
