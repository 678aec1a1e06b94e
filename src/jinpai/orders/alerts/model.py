"""Which orders and parcels need somebody before the buyer asks. Pure.

Time is counted on the days that count: a shop that rests sends nothing, and couriers rest on public holidays.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from jinpai.kit.clock import local_date, midnight
from jinpai.orders.alerts.content import AlertRule, Kind

HOUR, DAY = 3_600_000, 86_400_000
_UNITS: Final[Mapping[str, int]] = {"hours": HOUR, "days": DAY}
_BACK: Final[tuple[Kind, ...]] = ("refused", "returned", "lost")
"""What concerns the shop even while the buyer asks for the money back."""


class Watched(NamedTuple):
    """An order with one of its parcels, as far as the radar looks at it; ms, None where nothing was told."""

    order: str
    state: str
    refund: str
    paid_at: int
    shipped_at: int
    number: str | None
    stands: str | None
    since: int | None
    last_at: int | None


class Finding(NamedTuple):
    """What was found: of which order, of which parcel (empty before dispatch), since when (ms)."""

    order: str
    kind: Kind
    number: str
    since: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """On which days the shop sends nothing, and which are public holidays."""

    rests: Callable[[date], bool]
    holidays: Callable[[date], bool]

    def passed(self, rule: AlertRule, since: int, now: int) -> int:
        """How much time (ms) has passed between these, on the days that count for this rule."""
        if rule.skips == "none":
            return now - since
        skips = self.rests if rule.skips == "rests" else self.holidays
        return sum(end - start for start, end, day in _days(since, now) if not skips(day))


def find_trouble(
    rules: Sequence[AlertRule], calendar: Calendar, watched: Sequence[Watched], heard: int | None, now: int
) -> list[Finding]:
    """What these rules find now, at most one finding per order and kind.

    `heard` is when the shop was last told of any parcel at all (ms): where nothing comes in, no parcel is missed.
    """
    found: dict[tuple[str, Kind], Finding] = {}
    for rule in rules:
        for one in watched if rule.enabled else ():
            since = _since(rule.alert, one, heard)
            if since is None or one.paid_at < now - rule.within * DAY:
                continue
            if calendar.passed(rule, since, now) >= rule.after * _UNITS[rule.unit]:
                number = "" if rule.alert == "late" else one.number or ""
                found.setdefault((one.order, rule.alert), Finding(one.order, rule.alert, number, since))
    return [one for one in found.values() if one.kind != "untraced" or (one.order, "silent") not in found]


def least_wait(rules: Sequence[AlertRule], *kinds: Kind) -> int:
    """The shortest time (ms) after which one of these kinds may be found; days that do not count add to it."""
    return min((rule.after * _UNITS[rule.unit] for rule in rules if rule.alert in kinds and rule.enabled), default=0)


def _since(kind: Kind, one: Watched, heard: int | None) -> int | None:
    """Since when the time of this kind runs for this order; None where it does not."""
    if one.refund != "none" and kind not in _BACK:
        return None
    if kind == "late":
        return one.paid_at if one.state == "paid" else None
    if one.state not in ("shipped", "delivered") or one.number is None:
        return None
    if kind not in ("silent", "untraced"):
        return one.since if one.stands == kind else None
    if kind == "untraced":
        is_missed = one.last_at is None and heard is not None and heard >= one.shipped_at
        return one.shipped_at if one.state == "shipped" and is_missed else None
    if one.state != "shipped" or one.stands in ("delivered", "stuck", *_BACK):
        return None
    return one.shipped_at if one.last_at is None else max(one.last_at, one.shipped_at)


def _days(since: int, now: int) -> Iterator[tuple[int, int, date]]:
    """The time between these in pieces, each within one day."""
    start = since
    while start < now:
        day = local_date(start)
        end = min(now, midnight(day + timedelta(days=1)))
        yield start, end, day
        start = end
