"""How long buyers take to pay, and what a timetable learned from that would bring. Pure.

A curve is the share of orders still unpaid so long after ordering. What a reminder brings is not known before it was
tried: it is taken to bring back, once more, as many as would come back by themselves in the hours after it.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from jinpai.kit.clock import SHOP_TIME
from jinpai.reminders.content import ReminderPlan
from jinpai.reminders.model import is_quiet, plan_first, quiet_ends, row_of

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
EDGES: tuple[int, ...] = (
    *(n * SECOND for n in (5, 10, 20, 30)),
    *(n * MINUTE for n in (1, 2, 5, 10, 20, 30, 45)),
    *(n * HOUR for n in (1, 2, 3, 4, 6, 8, 12, 16, 20, 24)),
)
"""The delays (ms) at which the curve is known."""

REACH = 4 * HOUR
"""How long after a reminder a payment is credited to it in the estimate."""

CALM = 0.02
"""Nobody is reminded while more than this share of those who have not paid still pay by themselves in ten minutes."""

_A_DAY = datetime(2026, 3, 2, tzinfo=SHOP_TIME)


@dataclass(frozen=True, slots=True)
class Curve:
    """`orders` that are settled, `paid` of them so far by each of EDGES, `ever` in all."""

    orders: int
    paid: tuple[int, ...]
    ever: int

    def unpaid(self, delay: float) -> float:
        """The share still unpaid after this delay (ms), straight between known points."""
        if not self.orders:
            return 1.0
        points = (0, *EDGES)
        counts = (0, *self.paid)
        at = bisect_right(points, delay) - 1
        if at >= len(points) - 1:
            return 1 - counts[-1] / self.orders
        share = (delay - points[at]) / (points[at + 1] - points[at])
        return 1 - (counts[at] + share * (counts[at + 1] - counts[at])) / self.orders

    def half(self) -> int | None:
        """The first of EDGES (ms) by which half of those who ever pay have paid; None when nobody pays."""
        return next(
            (edge for edge, paid in zip(EDGES, self.paid, strict=True) if self.ever and 2 * paid >= self.ever), None
        )


@dataclass(frozen=True, slots=True)
class Proposal:
    """A row of the table beside what the curve suggests: average hours after ordering, and payments a year's orders in
    that row would bring in the estimate."""

    rule: str
    orders: int
    table_hours: float
    hours: float
    table_gain: float
    gain: float


def calm_after(curve: Curve, plan: ReminderPlan) -> int:
    """The delay (ms) after which those who pay by themselves have done so; not less than the plan's least."""
    least = plan.least_minutes * MINUTE
    for delay in (edge for edge in EDGES if edge >= max(least, 10 * MINUTE)):
        still = curve.unpaid(delay)
        if not still or (still - curve.unpaid(delay + 10 * MINUTE)) / still < CALM:
            return delay
    return EDGES[-1]


def propose(curve: Curve, plan: ReminderPlan, hours: Mapping[int, int]) -> list[Proposal]:
    """For every row of the table what reminding as early as is calm would bring, where that is better.

    `hours`: hour of day → orders.
    """
    calm = calm_after(curve, plan)
    found: dict[str, list[tuple[int, float, float]]] = {}
    for hour, orders in sorted(hours.items()):
        ordered = _A_DAY + timedelta(hours=hour, minutes=30)
        planned = plan_first(plan, ordered, 1).due
        if planned is not None and orders:
            table = (planned - ordered).total_seconds() * SECOND
            early = _early(plan, ordered, calm)
            better = max(table, early, key=lambda delay: gain_at(curve, delay))
            found.setdefault(row_of(plan, ordered).id, []).append((orders, table, better))
    return [_proposal(curve, row.id, found[row.id]) for row in plan.rows if row.id in found]


def gain_at(curve: Curve, delay: float) -> float:
    """The share of orders a reminder after this delay (ms) would win, by the estimate."""
    return curve.unpaid(delay) - curve.unpaid(delay + REACH)


def _early(plan: ReminderPlan, ordered: datetime, calm: int) -> float:
    """The delay (ms) of an early reminder outside quiet hours."""
    at = ordered + timedelta(milliseconds=calm)
    if is_quiet(plan.quiet, at):
        at = quiet_ends(plan.quiet, at)
    return (at - ordered).total_seconds() * SECOND


def _proposal(curve: Curve, rule: str, parts: Sequence[tuple[int, float, float]]) -> Proposal:
    orders = sum(count for count, _, _ in parts)
    return Proposal(
        rule=rule,
        orders=orders,
        table_hours=sum(count * table for count, table, _ in parts) / orders / HOUR,
        hours=sum(count * early for count, _, early in parts) / orders / HOUR,
        table_gain=sum(count * gain_at(curve, table) for count, table, _ in parts),
        gain=sum(count * gain_at(curve, early) for count, _, early in parts),
    )
