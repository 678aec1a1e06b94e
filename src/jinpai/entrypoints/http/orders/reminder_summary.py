"""The summary of payment reminders over HTTP: what they brought, and the timetable the shop's own orders suggest."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel

from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.flows.ports import House
from jinpai.kit.money import yuan
from jinpai.reminders.content import ReminderPlan
from jinpai.reminders.curve import EDGES, HOUR, Curve, calm_after, propose
from jinpai.reminders.register import Dimension, Sum, read_curve, sum_up
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may
from jinpai.staff.store import name_authors

router = APIRouter(prefix="/api/v1", tags=["reminders"])

DAY = 24 * HOUR


class SumView(BaseModel):
    """Reminders with one value: how many were given, how many brought a payment, and how much (yuan)."""

    key: str
    title: str
    sent: int
    paid: int
    amount: str


class GroupView(BaseModel):
    """The sums by one dimension, the most given first; hours of the day in their order."""

    by: Dimension
    rows: list[SumView]


class PointView(BaseModel):
    """The share (0–1) of orders still unpaid so long (ms) after ordering."""

    after: int
    unpaid: float


class ProposalView(BaseModel):
    """A row of the timetable beside the proposal: average hours after ordering, payments the estimate expects."""

    rule: str
    title: str
    note: str
    orders: int
    table_hours: float
    hours: float
    table_gain: float
    gain: float


class CurveView(BaseModel):
    """How buyers pay: settled orders, those ever paid, when half of these had paid (ms), and the calm after that."""

    orders: int
    paid: int
    half: int | None
    calm: int
    points: list[PointView]
    proposals: list[ProposalView]


class ReminderSummary(BaseModel):
    """What reminders of these days brought, by every dimension, and the curve of all the shop's orders."""

    sent: int
    paid: int
    amount: str
    groups: list[GroupView]
    curve: CurveView | None


@router.get("/reminders/summary")
def read_summary(
    house: HouseDep,
    actor: Annotated[Actor, needs("reminder.read")],
    shop: Annotated[str, Query(max_length=64)],
    days: Annotated[int, Query(ge=1, le=366)] = 30,
) -> ReminderSummary:
    """Conversion of the last so many days, and the payment-delay curve with a proposed timetable."""
    check_may(actor, "reminder.read", shop)
    now = house.clock.now()
    plan = house.content.shop(shop).reminding.plan
    settled = now - (plan.close_hours if plan else 24) * HOUR
    with house.database.read() as connection:
        sums = sum_up(connection, shop, now - days * DAY, now + 1)
        curve, hours = read_curve(connection, shop, settled)
        names = name_authors(connection, {one.key for one in sums if one.by == "author"})
    titles = _titles(house, shop, names)
    slots = [one for one in sums if one.by == "slot"]
    return ReminderSummary(
        sent=sum(one.sent for one in slots),
        paid=sum(one.paid for one in slots),
        amount=yuan(sum(one.amount for one in slots)),
        groups=[_group(by, sums, titles) for by in ("slot", "means", "reason", "script", "author")],
        curve=None if plan is None or not curve.orders else _curve(curve, plan, hours),
    )


def _titles(house: House, shop: str, names: dict[str, str]) -> dict[tuple[str, str], str]:
    content = house.content.shop(shop)
    scripts = {("script", one.id): one.title for one in content.scripts}
    reasons = {("reason", str(reason)): title for reason, title in content.reminding.titles.items()}
    people = {("author", key): name for key, name in names.items()}
    return {**scripts, **reasons, **people, ("author", "assistant:remind"): "自动提醒"}


def _group(by: Any, sums: list[Sum], titles: dict[tuple[str, str], str]) -> GroupView:
    mine = [one for one in sums if one.by == by]
    mine.sort(key=(lambda one: int(one.key)) if by == "slot" else lambda one: -one.sent)
    rows = [
        SumView(
            key=one.key,
            title=f"{int(one.key):02}:00–{(int(one.key) + 1) % 24:02}:00"
            if by == "slot"
            else titles.get((by, one.key), ""),
            sent=one.sent,
            paid=one.paid,
            amount=yuan(one.amount),
        )
        for one in mine
    ]
    return GroupView(by=by, rows=rows)


def _curve(curve: Curve, plan: ReminderPlan, hours: dict[int, int]) -> CurveView:
    table = {row.id: row for row in plan.rows}
    proposals = [
        ProposalView(
            rule=one.rule,
            title=table[one.rule].title,
            note=table[one.rule].note or "",
            orders=one.orders,
            table_hours=round(one.table_hours, 1),
            hours=round(one.hours, 1),
            table_gain=round(one.table_gain, 1),
            gain=round(one.gain, 1),
        )
        for one in propose(curve, plan, hours)
    ]
    points = [PointView(after=edge, unpaid=round(curve.unpaid(edge), 4)) for edge in EDGES]
    return CurveView(
        orders=curve.orders,
        paid=curve.ever,
        half=curve.half(),
        calm=calm_after(curve, plan),
        points=points,
        proposals=proposals,
    )
