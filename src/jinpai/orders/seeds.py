"""The shape of orders a shop begins with, and how far each of them has come by now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Literal
from zlib import crc32

from pydantic import Field

from jinpai.kit.clock import SHOP_TIME
from jinpai.orders.model import Flag, Refund, State
from jinpai.packs.model import ContentEntry, Id, Money, Text
from jinpai.packs.moment import Moment

MINUTE = 60_000
DAY = 86_400_000
UNPAID_DAYS = 1
CONFIRM_DAYS = 10
"""Unpaid orders close after a day, trades complete by themselves ten days after dispatch."""

Ending = Literal["normal", "unpaid", "cancelled", "held", "refunding", "returned"]
"""normal · never paid · called off before dispatch · paid, waiting for goods · refund asked for · money given back."""

Way = Literal["usual", "silent", "stuck", "refused", "lost"]
"""usual · nothing more is told of the parcel · it cannot be handed over · it is not taken in · it is gone."""


class OrderSeed(ContentEntry):
    """An order by its number, as content tells it: who, when, which SKUs; what became of it follows from the time.

    `discount` is in yuan off the goods, `courier` names one where it is not the shop's default for the address,
    `late_days` is how much later than promised it was dispatched, `way` what happened to its parcel.
    """

    buyer: Id
    placed: Moment
    items: Annotated[dict[Id, Annotated[int, Field(ge=1, le=99)]], Field(min_length=1)]
    discount: Money = "0"
    courier: Id | None = None
    late_days: Annotated[int, Field(ge=0, le=30)] = 0
    ending: Ending = "normal"
    way: Way = "usual"
    message: Text | None = None
    remark: Text | None = None
    flag: Flag = ""
    reason: Text | None = None

    @property
    def number(self) -> str:
        """The order's number as people say it."""
        return self.id.upper()

    def pick(self, what: str, least: int, most: int) -> int:
        """A number between these, the same for this order every time."""
        return least + crc32(f"{what}:{self.id}".encode()) % (most - least + 1)


@dataclass(frozen=True, slots=True)
class Course:
    """How far an order has come; times in milliseconds, None = not yet. `arrived_at` may be still to come."""

    state: State
    refund: Refund
    ordered_at: int
    paid_at: int | None = None
    shipped_at: int | None = None
    completed_at: int | None = None
    arrived_at: int | None = None


def course(seed: OrderSeed, now: int, cutoff: str, arrives: tuple[int, int]) -> Course:
    """The order's course until `now`, dispatched by the shop's cut-off (`14:00`), under way for so many days."""
    ordered = seed.placed.before(now)
    if seed.ending == "unpaid":
        return Course("closed" if now - ordered >= UNPAID_DAYS * DAY else "unpaid", "none", ordered)
    paid = ordered + seed.pick("paid", 1, 9) * MINUTE
    if paid > now:
        return Course("unpaid", "none", ordered)
    shipped = _dispatch(seed, paid, cutoff)
    if seed.ending == "cancelled":
        return Course("closed", "done", ordered, paid)
    if seed.ending == "held" or shipped > now:
        return Course("paid", "open" if seed.ending == "refunding" else "none", ordered, paid)
    if seed.way != "usual":
        return Course("shipped", "none", ordered, paid, shipped)
    arrived = _morning(shipped, seed.pick("way", *arrives)) + seed.pick("hour", 0, 480) * MINUTE
    completed = min(arrived + seed.pick("confirmed", 1, 8) * DAY, shipped + CONFIRM_DAYS * DAY)
    if seed.ending == "returned" and completed <= now:
        return Course("closed", "done", ordered, paid, shipped, arrived_at=arrived)
    if seed.ending in ("refunding", "returned"):
        return Course("delivered" if arrived <= now else "shipped", "open", ordered, paid, shipped, None, arrived)
    if completed <= now:
        return Course("completed", "none", ordered, paid, shipped, completed, arrived)
    return Course("delivered" if arrived <= now else "shipped", "none", ordered, paid, shipped, None, arrived)


def _dispatch(seed: OrderSeed, paid: int, cutoff: str) -> int:
    """The courier's pick-up in the late afternoon: the same day when paid by the cut-off, else the next."""
    moment = datetime.fromtimestamp(paid / 1000, SHOP_TIME)
    late = moment.strftime("%H:%M") >= cutoff
    day = moment.replace(hour=17, minute=0, second=0, microsecond=0) + timedelta(days=int(late) + seed.late_days)
    return int(day.timestamp() * 1000) + seed.pick("van", 5, 55) * MINUTE


def _morning(shipped: int, days: int) -> int:
    day = datetime.fromtimestamp(shipped / 1000, SHOP_TIME) + timedelta(days=days)
    return int(day.replace(hour=9, minute=0, second=0, microsecond=0).timestamp() * 1000)
