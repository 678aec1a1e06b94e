"""Payment reminders over HTTP: the register, what an agent does with a reminder, and the summary."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from jinpai.desk.model import Author
from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.cursors import read_cursor
from jinpai.entrypoints.http.desk.conversations import Id, Nothing
from jinpai.flows.ports import House
from jinpai.flows.reminding.by_hand import Outcome, note_call, send_now, skip
from jinpai.flows.reminding.words import outline
from jinpai.journal.writer import Action
from jinpai.kit.money import yuan
from jinpai.orders.store import find_order
from jinpai.playbook.content import Script
from jinpai.reminders.model import REPEAT
from jinpai.reminders.register import Entered, Result, count_states, get_entered, list_reminders
from jinpai.reminders.store import Reminder, State
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may
from jinpai.staff.store import name_authors

router = APIRouter(prefix="/api/v1", tags=["reminders"])

PAGE = 50
Tab = Literal["planned", "todo", "sent", "ended"]
TABS: dict[Tab, tuple[State, ...]] = {
    "planned": ("planned",),
    "todo": ("todo",),
    "sent": ("sent", "sending"),
    "ended": ("cancelled", "skipped", "failed"),
}
Reader = Annotated[Actor, needs("reminder.read")]
Doer = Annotated[Actor, needs("reminder.write")]


class ReminderView(BaseModel):
    """A reminder: times in ms, `paid` in yuan where it brought the payment; titles as content has them."""

    id: str
    shop: str
    order_id: str
    number: str
    buyer_name: str
    round: int
    rule: str
    rule_title: str
    rule_note: str
    due_at: int
    closes_at: int
    moved: str
    state: State
    why: str
    means: str
    reason: str
    reason_title: str
    reason_hint: str
    script: str
    script_title: str
    text: str
    who: str
    outcome: str
    sent_at: int | None
    result: Result
    paid: str
    conversation: str | None


class ReminderPage(BaseModel):
    """A page of the register; `next` asks for the following one. The first page counts all states."""

    items: list[ReminderView]
    next: str | None
    counts: dict[Tab, int] | None


class Skip(Body):
    """Why this reminder is left out."""

    why: Annotated[str, Field(max_length=500)]


class Call(Body):
    """How the call went."""

    outcome: Outcome


@router.get("/reminders")
def read_reminders(
    house: HouseDep,
    actor: Reader,
    shop: Annotated[str | None, Query(max_length=64)] = None,
    tab: Annotated[Tab | None, Query()] = None,
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> ReminderPage:
    """The register of my shops, fifty a page: what is to come the soonest first, what was the latest first."""
    if shop is not None:
        check_may(actor, "reminder.read", shop)
    shops = (shop,) if shop is not None else actor.shops
    states = TABS[tab] if tab is not None else ()
    soonest = tab in ("planned", "todo")
    with house.database.read() as connection:
        found = list_reminders(connection, shops, states, read_cursor(cursor), PAGE, soonest=soonest)
        counts = count_states(connection, shops) if cursor is None else None
        names = name_authors(connection, {one.reminder.author for one in found if one.reminder.author})
    last = found[-1].reminder if len(found) == PAGE else None
    return ReminderPage(
        items=[_view(house, one, names, actor) for one in found],
        next=f"{last.due_at}-{last.id}" if last else None,
        counts=None if counts is None else {name: sum(counts.get(s, 0) for s in own) for name, own in TABS.items()},
    )


@router.post("/reminders/{reminder_id}/send")
def send_reminder(house: HouseDep, actor: Doer, reminder_id: Id, body: Nothing) -> ReminderView:
    """Give it now, in my name; 409 when it is over, 400 in quiet hours. A call becomes a task with its outline."""
    return _do(house, actor, reminder_id, send_now(house, reminder_id, _author(actor)))


@router.post("/reminders/{reminder_id}/skip")
def skip_reminder(house: HouseDep, actor: Doer, reminder_id: Id, body: Skip) -> ReminderView:
    """Leave it out, with the reason; 409 when it is over."""
    _find(house, actor, reminder_id)
    return _do(house, actor, reminder_id, skip(reminder_id, body.why, _author(actor)))


@router.post("/reminders/{reminder_id}/call")
def note_reminder_call(house: HouseDep, actor: Doer, reminder_id: Id, body: Call) -> ReminderView:
    """Note how the call went; 409 when none is to be made."""
    return _do(house, actor, reminder_id, note_call(house, reminder_id, body.outcome, _author(actor)))


def _do(house: House, actor: Actor, reminder_id: str, action: Action[Reminder]) -> ReminderView:
    _find(house, actor, reminder_id)
    house.writer.run(action)
    entered = _find(house, actor, reminder_id)
    with house.database.read() as connection:
        names = name_authors(connection, {entered.reminder.author} - {""})
    return _view(house, entered, names, actor)


def _find(house: House, actor: Actor, reminder_id: str) -> Entered:
    with house.database.read() as connection:
        entered = get_entered(connection, reminder_id)
    check_may(actor, "reminder.read", entered.reminder.shop if entered else "")
    assert entered is not None
    return entered


def _view(house: House, entered: Entered, names: dict[str, str], actor: Actor) -> ReminderView:
    row = entered.reminder
    content = house.content.shop(row.shop)
    known = content.reminding
    table = next((one for one in known.plan.rows if one.id == row.rule), None) if known.plan else None
    titles: dict[Any, str] = dict(known.titles)
    hints: dict[Any, str] = dict(known.hints)
    script: Script | None = next((one for one in content.scripts if one.id == row.script), None)
    repeat = "老顾客，下单 48 小时后再提醒" if row.rule == REPEAT else row.rule
    values = {name: getattr(row, name) for name in ReminderView.model_fields if hasattr(row, name)}
    return ReminderView(
        **values,
        rule_title=table.title if table else repeat,
        rule_note=(table.note or "") if table else "",
        reason_title=titles.get(row.reason, ""),
        reason_hint=hints.get(row.reason, ""),
        script_title=script.title if script else row.script,
        text=entered.text or _outline(house, row, actor),
        who=names.get(row.author, "") or ("自动提醒" if row.author.startswith("assistant:") else ""),
        result=entered.result,
        paid=yuan(entered.paid) if entered.result == "paid" else "",
    )


def _outline(house: House, row: Reminder, actor: Actor) -> str:
    """What to say in a call that is to be made, with my own name in it."""
    if row.state != "todo" or row.means != "phone":
        return ""
    with house.database.read() as connection:
        order = find_order(connection, house.sealer, row.shop, row.number)
    return "" if order is None else outline(house, row, order, row.script).replace("{客服}", actor.name)


def _author(actor: Actor) -> Author:
    return Author("agent", actor.id, actor.name)
