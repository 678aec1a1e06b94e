"""When a trade ends by itself: an unpaid order closes, one that has left completes."""

from dataclasses import dataclass
from typing import Final, Literal

from jinpai.orders.model import Order

HOUR_MS: Final = 3_600_000
DAY_MS: Final = 24 * HOUR_MS
SURFACE: Final = ("平邮", "普通包裹", "普包")
"""How sellers write surface mail as the courier of a parcel."""


@dataclass(frozen=True, slots=True)
class TimeOuts:
    """Hours from ordering until an unpaid order closes; days from dispatch until a trade completes, also by surface."""

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
    if order.state == "unpaid" and order.ordered_at is not None:
        return Ending("closes", order.ordered_at + outs.close_hours * HOUR_MS)
    if order.state in ("shipped", "delivered") and order.refund != "open" and order.shipped_at is not None:
        is_surface = any(name in parcel.courier for parcel in order.parcels for name in SURFACE)
        days = outs.surface_days if is_surface else outs.complete_days
        return Ending("completes", order.shipped_at + days * DAY_MS)
    return None
