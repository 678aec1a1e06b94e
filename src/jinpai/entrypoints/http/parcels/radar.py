"""The delay radar over HTTP: what needs somebody, by severity, and what is done about it with one click."""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, StringConstraints
from sqlalchemy.engine import Connection

from jinpai.desk.store import get_conversations
from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.desk.conversations import Id, Nothing
from jinpai.entrypoints.http.desk.handing import author
from jinpai.entrypoints.http.orders.views import OrderView, view
from jinpai.entrypoints.http.parcels.parcels import find_own
from jinpai.flows.ports import House
from jinpai.flows.tracking.radar import lay_again, settle_alert
from jinpai.kit.clock import local_date
from jinpai.orders.alerts.content import KINDS, AlertRule, Kind
from jinpai.orders.alerts.store import MAX_WHY, Alert, find_alerts, find_open, find_settled
from jinpai.orders.claims.model import State as ClaimState
from jinpai.orders.claims.store import find_of_number
from jinpai.orders.store import get_orders
from jinpai.orders.tracking.store import find_tracks
from jinpai.reminders.model import day_off
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may
from jinpai.staff.store import name_authors
from jinpai.tasks.model import State as TaskState
from jinpai.tasks.store import find_task

router = APIRouter(prefix="/api/v1", tags=["parcels"])

MOST = 300
"""So many alerts are shown."""

Severity = Literal["urgent", "soon", "watch"]
_WEIGHT: dict[Severity, int] = {"urgent": 0, "soon": 1, "watch": 2}


class AlertView(BaseModel):
    """Something that needs somebody; times in ms. `newest` is what the courier told last of the parcel.

    `task` is the hand-over it opened and how that stands, `offered` the number of the draft in the `conversation`,
    `told` whether an agent has written there since. `who` settled it, empty where the order itself did. `claim` is how
    the claim against the courier stands, where there is one for this parcel.
    """

    order: OrderView
    kind: Kind
    title: str
    severity: Severity
    number: str
    since: int
    found_at: int
    newest: str
    state: Literal["open", "settled"]
    settled_at: int | None
    who: str
    why: str
    task: str | None
    task_state: TaskState | None
    conversation: str | None
    offered: int | None
    told: bool
    claim: ClaimState | None


class Radar(BaseModel):
    """The alerts of a shop: open ones by severity and age, settled ones the latest first; `counts` of the open by kind.

    `unknown` are the years whose days off nobody has entered: there weekends are all that is skipped.
    """

    items: list[AlertView]
    counts: dict[Kind, int]
    is_whole: bool
    unknown: list[int]


class SettleForm(Body):
    """Why nothing more is to be done."""

    why: Annotated[str, StringConstraints(min_length=1, max_length=MAX_WHY, strip_whitespace=True)]


@router.get("/radar")
def read_radar(
    house: HouseDep,
    actor: Annotated[Actor, needs("order.read")],
    shop: Annotated[str, Query(max_length=64)],
    state: Annotated[Literal["open", "settled"], Query()] = "open",
) -> Radar:
    """What the radar has found in this shop."""
    check_may(actor, "order.read", shop)
    years, now = house.content.shop(shop).reminding.days_off, house.clock.now()
    today = local_date(now)
    with house.database.read() as connection:
        open_ = find_open(connection, (shop,), MOST)
        found = open_ if state == "open" else find_settled(connection, (shop,), MOST)
        items = views_of(house, connection, found)
    if state == "open":
        items = sorted(items, key=lambda one: (_WEIGHT[one.severity], one.since))
    counts = Counter(one.kind for one in open_)
    return Radar(
        items=items,
        counts={kind: counts[kind] for kind in KINDS},
        is_whole=len(found) < MOST,
        unknown=[today.year] if day_off(years, today) is None else [],
    )


@router.get("/orders/{order_id}/alerts")
def read_alerts(house: HouseDep, actor: Annotated[Actor, needs("order.read")], order_id: Id) -> list[AlertView]:
    """What the radar has found with this order."""
    order = find_own(house, actor, order_id, "order.read")
    with house.database.read() as connection:
        found = [one for one in find_alerts(connection, [order.id]).values() if one.state == "open"]
        return views_of(house, connection, found)


@router.post("/orders/{order_id}/alerts/{kind}/settle")
def settle(
    house: HouseDep, actor: Annotated[Actor, needs("order.write")], order_id: Id, kind: Kind, body: SettleForm
) -> AlertView:
    """Put it aside; it does not come back by itself."""
    find_own(house, actor, order_id, "order.write")
    return _view(house, house.writer.run(settle_alert(house, order_id, kind, author(actor), body.why)))


@router.post("/orders/{order_id}/alerts/{kind}/draft")
def draft(
    house: HouseDep, actor: Annotated[Actor, needs("order.write")], order_id: Id, kind: Kind, body: Nothing
) -> AlertView:
    """Lay the words for the buyer before whoever serves them; 409 with what is in the way."""
    find_own(house, actor, order_id, "order.write")
    return _view(house, house.writer.run(lay_again(house, order_id, kind, author(actor))))


def views_of(house: House, connection: Connection, found: Sequence[Alert]) -> list[AlertView]:
    """The alerts as clients see them, in the same order; those whose order is gone are left out."""
    orders = get_orders(connection, house.sealer, {one.order_id for one in found})
    talks = get_conversations(connection, [one.conversation for one in found if one.conversation])
    names = name_authors(connection, {one.settled_by for one in found if one.settled_by})
    views = []
    for one in found:
        order = orders.get(one.order_id)
        rule = _rule(house, one)
        if order is None or rule is None:
            continue
        track = find_tracks(connection, one.shop, [one.number]).get(one.number) if one.number else None
        task = find_task(connection, one.task) if one.task else None
        talk = talks.get(one.conversation or "")
        claim = find_of_number(connection, one.shop, one.number) if one.number else None
        views.append(
            AlertView(
                **{name: getattr(one, name) for name in _SAME},
                order=view(order),
                title=rule.title,
                severity=rule.severity,
                newest=track.text if track is not None else "",
                who=names.get(one.settled_by, ""),
                task_state=None if task is None else task.state,
                claim=None if claim is None else claim.state,
                told=talk is not None
                and one.offered is not None
                and talk.seq > one.offered
                and talk.last_from == "agent",
            )
        )
    return views


def _rule(house: House, one: Alert) -> AlertRule | None:
    return next((rule for rule in house.content.shop(one.shop).radar if rule.alert == one.kind), None)


def _view(house: House, one: Alert) -> AlertView:
    with house.database.read() as connection:
        return views_of(house, connection, [one])[0]


_SAME = (
    "kind", "number", "since", "found_at", "state", "settled_at", "why", "task", "conversation", "offered",
)  # fmt: skip
