"""When a trade ends by itself: an unpaid order closes, one that has left completes.

An order that waits for money holds goods back from others; what its source says later still counts (`model.merge`).
"""

from dataclasses import dataclass, replace
from typing import Final, Literal

from jinpai.orders.changes import Change
from jinpai.orders.model import TIMED_OUT, Order

HOUR_MS: Final = 3_600_000
DAY_MS: Final = 24 * HOUR_MS
SURFACE: Final = ("平邮", "普通包裹", "普包")
"""How sellers write surface mail as the courier of a parcel."""


@dataclass(frozen=True, slots=True)
class TimeOuts:
    """Hours from ordering until an unpaid order closes; days from dispatch until a trade completes, also by surface.

    Goods that need no parcel complete like those sent by courier.
    """

    close_hours: int = 24
    complete_days: int = 10
    surface_days: int = 30


@dataclass(frozen=True, slots=True)
class Ending:
    """How a trade will end by itself, and when (ms)."""

    how: Literal["closes", "completes"]
    at: int


def ending_of(outs: TimeOuts, order: Order) -> Ending | None:
    """How this order ends if nobody does anything; None while that is open, as with a refund, or not known."""
    if order.state == "unpaid" and not order.paid and order.ordered_at is not None:
        return Ending("closes", order.ordered_at + outs.close_hours * HOUR_MS)
    if order.state in ("shipped", "delivered") and order.refund != "open" and order.shipped_at is not None:
        is_surface = any(name in parcel.courier for parcel in order.parcels for name in SURFACE)
        days = outs.surface_days if is_surface else outs.complete_days
        return Ending("completes", order.shipped_at + days * DAY_MS)
    return None


def end_in_time(outs: TimeOuts) -> Change:
    """The order as it stands once its time is over; untouched before.

    When it was received stays as its source tells it: that the time ran out is no receipt.
    """

    def change(order: Order, now: int) -> Order:
        ending = ending_of(outs, order)
        if ending is None or ending.at > now:
            return order
        changed = max(now, order.changed_at + 1)
        if ending.how == "closes":
            return replace(order, state="closed", close_reason=TIMED_OUT, changed_at=changed)
        return replace(order, state="completed", changed_at=changed)

    return change


def overdue_since(outs: TimeOuts, now: int) -> tuple[int, int]:
    """Up to when (ms) an order was placed or sent that may have come to its end by now; `end_in_time` decides."""
    days = min(outs.complete_days, outs.surface_days)
    return now - outs.close_hours * HOUR_MS, now - days * DAY_MS
