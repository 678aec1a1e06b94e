"""What has to leave the house: paid orders by deadline, each with its packing checklist."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.engine import Connection

from jinpai.flows.content.shop import ShopContent
from jinpai.flows.ordering.promotions import gifts_of
from jinpai.flows.ports import House
from jinpai.flows.promising.ledger import text_of, words_of
from jinpai.journal.reader import read_rows
from jinpai.kit.clock import local_date
from jinpai.orders.dispatch import Rhythm, Standing, leaves_by, standing_of
from jinpai.orders.model import Order
from jinpai.orders.store import find_unsent_orders
from jinpai.promises.checking import PACKED
from jinpai.promises.packing import Promised, Step, has_untold, list_steps
from jinpai.promises.store import Pledge, find_unsent
from jinpai.reminders.model import day_off, sends_on

LONGEST_QUEUE = 500
"""So many orders of a shop are looked at, those paid first."""

MOST_PROMISES = 2_000
CUTOFF, PICKUP = "14:00", "17:00"
"""Where the shop does not say until when it dispatches the same day, and when the courier comes."""


@dataclass(frozen=True, slots=True)
class Packing:
    """A paid order on its way out: by when (ms), how urgent, what goes in, and the open promises packers must know."""

    order: Order
    leaves_by: int
    standing: Standing
    steps: Sequence[Step]
    pledges: Sequence[Pledge]

    @property
    def is_untold(self) -> bool:
        """Whether something was promised that the remark does not tell rightly."""
        return has_untold(self.steps)


@dataclass(frozen=True, slots=True)
class Queue:
    """The shop's orders, the most urgent first; `unknown` are the years whose days off nobody has entered."""

    packings: Sequence[Packing]
    unknown: Sequence[int]


def rhythm_of(content: ShopContent) -> Rhythm:
    """When the shop sends: its cut-off, the courier's hour, weekends where it says so, no public holidays."""
    service = None if content.shop is None else content.shop.service
    plan, years = content.reminding.plan, content.reminding.days_off
    weekends = service is None or service.dispatch_weekend

    def rests(day: date) -> bool:
        return not sends_on(years, day, weekends=weekends)

    return Rhythm(service.dispatch_cutoff if service else CUTOFF, plan.pickup if plan else PICKUP, rests)


def read_queue(house: House, connection: Connection, shop: str, now: int) -> Queue:
    """The shop's paid orders that have not left, by deadline; one promised earlier goes before its turn."""
    content = house.content.shop(shop)
    rhythm, words = rhythm_of(content), words_of(content)
    orders = find_unsent_orders(connection, house.sealer, shop, LONGEST_QUEUE)
    pledges = find_unsent(connection, (shop,), PACKED, MOST_PROMISES)
    told = {row.id: row for row in read_rows(connection, [one.fact for one in pledges])}
    promised: dict[str, list[Pledge]] = {}
    for one in pledges:
        promised.setdefault(one.order_id or "", []).append(one)
    gifts = gifts_of(connection, content, shop, orders, now)
    found: list[Packing] = []
    for order in orders:
        mine = promised.get(order.id, [])
        spoken = [Promised(one.id, one.kind, text) for one in mine if (text := text_of(told[one.fact], one))]
        due = [one.due_at for one in mine if one.kind == "dispatch_by" and one.due_at is not None]
        leaves = min([leaves_by(rhythm, _paid_at(order)), *due])
        steps = list_steps(words, order, gifts.get(order.id, ()), spoken)
        found.append(Packing(order, leaves, standing_of(order, leaves, now), steps, mine))
    days = {local_date(now), *(local_date(one.leaves_by) for one in found)}
    unknown = sorted({day.year for day in days if day_off(content.reminding.days_off, day) is None})
    return Queue(sorted(found, key=lambda one: (one.leaves_by, _paid_at(one.order), one.order.number)), unknown)


def _paid_at(order: Order) -> int:
    return order.listed_at if order.paid_at is None else order.paid_at
