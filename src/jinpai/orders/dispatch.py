"""When a paid order has to leave the house, and which of them go first. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, get_args

from jinpai.kit.clock import SHOP_TIME
from jinpai.orders.model import Order

Standing = Literal["late", "today", "later", "held"]
"""late: it should be on its way · today · later: not before another day · held: the buyer wants the money back."""

STANDINGS: Final[tuple[Standing, ...]] = get_args(Standing)

_FAR = 60
"""So many days without dispatch one after the other are no rhythm any more."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a shop sends: what is paid before `cutoff` leaves the same day, with the courier who comes at `pickup`.

    Both are times of day such as `14:00`; nothing leaves on a day that `rests`.
    """

    cutoff: str
    pickup: str
    rests: Callable[[date], bool]


def leaves_by(rhythm: Rhythm, paid_at: int) -> int:
    """By when an order paid at this time has to leave; both in milliseconds."""
    paid = datetime.fromtimestamp(paid_at / 1000, SHOP_TIME)
    day = paid.date()
    if f"{paid:%H:%M}" >= rhythm.cutoff:
        day += timedelta(days=1)
    for _ in range(_FAR):
        if not rhythm.rests(day):
            break
        day += timedelta(days=1)
    fetched = time.fromisoformat(max(rhythm.cutoff, rhythm.pickup))
    return int(datetime.combine(day, fetched, SHOP_TIME).timestamp() * 1000)


def standing_of(order: Order, leaves_at: int, now: int) -> Standing:
    """How urgent a paid order is that has to leave by `leaves_at`."""
    if order.refund == "open":
        return "held"
    if leaves_at < now:
        return "late"
    days = [datetime.fromtimestamp(at / 1000, SHOP_TIME).date() for at in (leaves_at, now)]
    return "today" if days[0] == days[1] else "later"
