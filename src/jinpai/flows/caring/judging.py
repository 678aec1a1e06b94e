"""Whether a customer may be written to just now: what they said, what has happened since, how often they were."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.care.model import DAY, Care
from jinpai.care.store import find_given
from jinpai.customers.birthdays import is_birthday
from jinpai.customers.care import CareRules
from jinpai.customers.store import find_known, find_person, find_talks, get_customer
from jinpai.desk.model import Conversation, is_past
from jinpai.desk.store import get_conversations
from jinpai.flows.caring.birthdays import CHANGED, day_of
from jinpai.flows.caring.plan import caring_of
from jinpai.flows.ports import House
from jinpai.flows.profiling.portrait import find_orders_of
from jinpai.flows.reminding.planning import milliseconds, moment
from jinpai.orders.model import Order
from jinpai.reminders.model import is_quiet, quiet_ends, tell
from jinpai.reminders.store import reminder

RECENT = 30 * DAY
"""Who came within this time has not been silent."""

_BOUGHT = ("paid", "shipped", "delivered", "completed")


@dataclass(frozen=True, slots=True)
class Standing:
    """A customer as a task finds them: their names, orders, conversations in which they can be written to."""

    person: tuple[str, ...]
    orders: tuple[Order, ...]
    talks: tuple[Conversation, ...]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What is in the way, and until when (ms); None: for good."""

    why: str
    until: int | None = None


def stand(house: House, connection: Connection, one: Care) -> Standing:
    """The customer of this task as they stand now."""
    person = find_person(connection, one.buyer)
    talks = [talk for talk in find_talks(connection, person) if not is_past(talk)]
    states = get_conversations(connection, talks)
    orders = find_orders_of(connection, house.sealer, one.shop, person)
    return Standing(person, tuple(orders), tuple(states[talk] for talk in talks))


def find_obstacle(house: House, connection: Connection, one: Care, standing: Standing, now: int) -> Obstacle | None:
    """What speaks against writing now: for good before for a while."""
    content = house.content.shop(one.shop)
    rules = caring_of(content).rules
    if rules is None or caring_of(content).entry(one.plan) is None:
        return Obstacle("店铺已停用这一项关怀")
    return (
        _unwanted(connection, standing)
        or _no_longer_right(connection, one, standing, now)
        or _troubled(standing, now)
        or _too_often(connection, rules, one, standing, now)
        or _night(house, one.shop, now)
    )


def _unwanted(connection: Connection, standing: Standing) -> Obstacle | None:
    known = [get_customer(connection, id_) for id_ in standing.person]
    if any(one is not None and (one.quiet or one.erased_at is not None) for one in known):
        return Obstacle("客户不想被打扰")
    return None


def _no_longer_right(connection: Connection, one: Care, standing: Standing, now: int) -> Obstacle | None:
    mine = next((order for order in standing.orders if order.id == one.order_id), None)
    if one.occasion in ("restock", "silence") and mine is not None:
        since = [order for order in standing.orders if order.listed_at > mine.listed_at and order.state in _BOUGHT]
        if since:
            return Obstacle("客户已经又来买过了")
    if one.occasion in ("received", "restock", "silence") and mine is not None and mine.refund == "done":
        return Obstacle("这笔订单退过款")
    if one.occasion == "silence" and any(
        talk.last_from == "buyer" and talk.last_at > now - RECENT for talk in standing.talks
    ):
        return Obstacle("客户最近来过")
    if one.occasion == "birthday":
        kept = find_known(connection, one.buyer).get("birthday", "")
        if not is_birthday(kept, day_of(one)):
            return Obstacle(CHANGED)
    return None


def _troubled(standing: Standing, now: int) -> Obstacle | None:
    if any(order.refund == "open" for order in standing.orders):
        return Obstacle("有退款或售后在处理，办好再说", now + DAY)
    if any(talk.alarmed_at is not None for talk in standing.talks if talk.status == "open"):
        return Obstacle("客户正有不满意的事，先处理好", now + DAY)
    return None


def _too_often(connection: Connection, rules: CareRules, one: Care, standing: Standing, now: int) -> Obstacle | None:
    given = find_given(connection, standing.person, now - rules.within_days * DAY, one.id)
    ids = [order.id for order in standing.orders]
    mine = sa.and_(reminder.c.order_id.in_(ids), reminder.c.state == "sent")
    reminded = sa.select(reminder.c.sent_at).where(mine, reminder.c.sent_at >= now - rules.within_days * DAY)
    times = sorted([*given, *connection.execute(reminded).scalars()])
    if len(times) >= rules.most:
        return Obstacle(f"{rules.within_days} 天里已经联系过 {len(times)} 次")
    until = times[-1] + rules.every_days * DAY if times else 0
    return Obstacle(f"{tell(moment(times[-1]))} 刚联系过", until) if until > now else None


def _night(house: House, shop: str, now: int) -> Obstacle | None:
    plan = house.content.shop(shop).reminding.plan
    if plan is None or not is_quiet(plan.quiet, moment(now)):
        return None
    until = milliseconds(quiet_ends(plan.quiet, moment(now)))
    return Obstacle(f"现在是免打扰时段（{plan.quiet.begins}–{plan.quiet.ends}）", until)
