"""What the shop's records say around a message: all that a live answer may be built on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias

from jinpai.catalog.content import Product, ShopEntry, Sku
from jinpai.catalog.freight import Courier
from jinpai.catalog.freight_rules import FreeShippingRule, FreightRules
from jinpai.catalog.promotions import Promotion
from jinpai.copilot.hearing.slots import Slots
from jinpai.copilot.hearing.topics import Topic
from jinpai.copilot.recommending.model import Wishes
from jinpai.copilot.skills.answers import Fact
from jinpai.orders.model import Order
from jinpai.orders.tracking.model import Track
from jinpai.reminders.content import DaysOff
from jinpai.stock.model import Available

Facts: TypeAlias = list[Fact]


@dataclass(frozen=True, slots=True)
class Ground:
    """The shop at this moment (local time), the goods spoken of, the buyer's newest order, what the buyer named.

    `running` are the promotions in force with their last day; `free` the rules by which goods ship free,
    `wishes` what is known of the buyer that says which goods suit, `stock` what can be sold now,
    `track` where that order's last parcel stands, `days_off` the years of public holidays that were entered,
    `shown` the goods the talk was about before these words, `topics` what buyers and records call differently.
    """

    text: str
    slots: Slots
    moment: datetime
    shop: ShopEntry | None = None
    products: Sequence[Product] = ()
    product: Product | None = None
    sku: Sku | None = None
    order: Order | None = None
    couriers: Sequence[Courier] = ()
    freight: FreightRules | None = None
    free: Sequence[FreeShippingRule] = ()
    running: Sequence[tuple[Promotion, date]] = field(default_factory=tuple)
    wishes: Wishes = field(default_factory=Wishes)
    stock: Available = field(default_factory=Available)
    track: Track | None = None
    days_off: tuple[DaysOff, ...] = ()
    shown: Product | None = None
    topics: tuple[Topic, ...] = ()

    @property
    def place(self) -> str:
        """Where it is to go: the place named, else where the order goes; empty when neither is known."""
        return str(self.slots.get("place") or (self.order.region or self.order.address if self.order else ""))


def day_words(day: date) -> str:
    """A day as people say it, `3 月 8 日`."""
    return f"{day.month} 月 {day.day} 日"
