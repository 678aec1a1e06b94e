"""Looking after customers over HTTP: what is to be done, doing it, and what comes of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, StringConstraints
from sqlalchemy.engine import Connection

from jinpai.care.model import DAY, OPEN, Care, Outcome, State
from jinpai.care.store import count_states, find_care, list_cares, sum_up
from jinpai.customers.care import Occasion
from jinpai.customers.finding import Listed, get_listed
from jinpai.customers.store import find_person, find_talks
from jinpai.desk.model import Author, is_past
from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.cursors import read_cursor
from jinpai.entrypoints.http.desk.conversations import Id
from jinpai.flows.caring.giving import note_call, note_outcome, send_care, skip_care
from jinpai.flows.caring.plan import caring_of
from jinpai.flows.caring.reaching import phone_of
from jinpai.flows.caring.texting import no_way, text_care
from jinpai.flows.caring.words import sms_of, words_of
from jinpai.flows.ports import House
from jinpai.journal.reader import read_rows
from jinpai.journal.writer import Action
from jinpai.orders.model import mask_phone
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may
from jinpai.staff.store import name_authors

router = APIRouter(prefix="/api/v1", tags=["care"])

PAGE = 50
Said = Mapping[str, Any]
Tab = Literal["open", "planned", "sent", "ended"]
TABS: dict[Tab, tuple[State, ...]] = {
    "open": ("open",),
    "planned": ("planned",),
    "sent": ("sending", "sent"),
    "ended": ("cancelled", "skipped", "expired"),
}
Reader = Annotated[Actor, needs("customer.read")]
Doer = Annotated[Actor, needs("customer.write")]


class CareView(BaseModel):
    """A care task: times in ms; `text` is what to say or what was said, `outline` what to say in a call.

    `talk` is the conversation in which it can be said, null where there is none. `phone` (masked) is the number a short
    message goes or went to, `sms` its words while open; `sms_why` tells why it cannot be sent so, empty when it can.
    """

    id: str
    shop: str
    buyer: str
    buyer_name: str
    occasion: Occasion
    title: str
    about: str
    due_at: int
    ends_at: int
    state: State
    why: str
    means: str
    text: str
    outline: str
    talk: str | None
    phone: str
    sms: str
    sms_why: str
    who: str
    done_at: int | None
    outcome: str


@dataclass(frozen=True, slots=True)
class _Ways:
    """Where it was said or can be, the number a short message would go to, and why none can."""

    talk: str | None
    phone: str = ""
    sms_why: str = ""


class CarePage(BaseModel):
    """A page of care tasks; `next` asks for the following one. The first page counts all states."""

    items: list[CareView]
    next: str | None
    counts: dict[Tab, int] | None


class CareSum(BaseModel):
    """What became of one kind of care: given, and how many ended in each outcome; the rest is still open."""

    plan: str
    title: str
    sent: int
    answered: int
    bought: int
    no_answer: int
    opted_out: int


class CareFigures(BaseModel):
    """What became of care in the last `days`."""

    days: int
    items: list[CareSum]


class CareWords(Body):
    """What to say instead of the ready words; without it those."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=2_000, strip_whitespace=True)] | None = None


class CareOutcome(Body):
    """What came of it."""

    outcome: Outcome


class CareSkip(Body):
    """Why this is left out."""

    why: Annotated[str, Field(max_length=200)]


@router.get("/care")
def read_cares(
    house: HouseDep,
    actor: Reader,
    shop: Annotated[str | None, Query(max_length=64)] = None,
    tab: Annotated[Tab, Query()] = "open",
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> CarePage:
    """Care tasks of my shops, fifty a page: what is to come the soonest first, what was the latest first."""
    shops = _shops(actor, shop)
    soonest = tab in ("open", "planned")
    with house.database.read() as connection:
        found = list_cares(connection, shops, TABS[tab], read_cursor(cursor), PAGE, soonest=soonest)
        counts = count_states(connection, shops) if cursor is None else None
        items = _views(house, connection, actor, found)
    last = found[-1][0] if len(found) == PAGE else None
    return CarePage(
        items=items,
        next=f"{last.due_at}-{last.id}" if last else None,
        counts=None if counts is None else {name: sum(counts.get(s, 0) for s in own) for name, own in TABS.items()},
    )


@router.get("/care/figures")
def read_care_figures(
    house: HouseDep,
    actor: Reader,
    shop: Annotated[str | None, Query(max_length=64)] = None,
    days: Annotated[int, Query(ge=1, le=730)] = 90,
) -> CareFigures:
    """What became of the care given in the last days, by kind."""
    shops = _shops(actor, shop)
    with house.database.read() as connection:
        sums = sum_up(connection, shops, house.clock.now() - days * DAY)
    titles = {one.id: one.title for id_ in shops for one in caring_of(house.content.shop(id_)).entries}
    items = [
        CareSum(
            plan=one.plan,
            title=titles.get(one.plan, one.plan),
            sent=one.sent,
            answered=one.answered,
            bought=one.bought,
            no_answer=one.no_answer,
            opted_out=one.opted_out,
        )
        for one in sums
    ]
    return CareFigures(days=days, items=items)


@router.post("/care/{care_id}/send")
def send_care_message(house: HouseDep, actor: Doer, care_id: Id, body: CareWords) -> CareView:
    """Say it in the customer's conversation, in my name; 409 with what is in the way, 400 where the guard refuses."""
    return _do(house, actor, care_id, send_care(house, care_id, body.text, _author(actor)))


@router.post("/care/{care_id}/sms")
def send_care_sms(house: HouseDep, actor: Doer, care_id: Id, body: CareWords) -> CareView:
    """Send it by SMS, in my name; `sending` at first; 409 with what is in the way, 400 where the guard refuses."""
    return _do(house, actor, care_id, text_care(house, care_id, body.text, _author(actor)))


@router.post("/care/{care_id}/call")
def note_care_call(house: HouseDep, actor: Doer, care_id: Id, body: CareOutcome) -> CareView:
    """Note that I called, and what came of it."""
    return _do(house, actor, care_id, note_call(house, care_id, body.outcome, _author(actor)))


@router.post("/care/{care_id}/outcome")
def note_care_outcome(house: HouseDep, actor: Doer, care_id: Id, body: CareOutcome) -> CareView:
    """Write what came of it; who opted out is written to no more."""
    return _do(house, actor, care_id, note_outcome(care_id, body.outcome, _author(actor)))


@router.post("/care/{care_id}/skip")
def skip_care_task(house: HouseDep, actor: Doer, care_id: Id, body: CareSkip) -> CareView:
    """Leave it out, with the reason; 409 when it is over."""
    _find(house, actor, care_id)
    return _do(house, actor, care_id, skip_care(care_id, body.why, _author(actor)))


def _shops(actor: Actor, shop: str | None) -> tuple[str, ...]:
    if shop is None:
        return tuple(actor.shops)
    check_may(actor, "customer.read", shop)
    return (shop,)


def _find(house: House, actor: Actor, care_id: str) -> Care:
    with house.database.read() as connection:
        found = find_care(connection, care_id)
    check_may(actor, "customer.write", found.shop if found else "")
    assert found is not None
    return found


def _do(house: House, actor: Actor, care_id: str, action: Action[Care]) -> CareView:
    _find(house, actor, care_id)
    done = house.writer.run(action)
    with house.database.read() as connection:
        rows = read_rows(connection, [done.fact]) if done.fact is not None else []
        return _views(house, connection, actor, [(done, rows[0].entry.body if rows else {})])[0]


def _views(house: House, connection: Connection, actor: Actor, found: Sequence[tuple[Care, Said]]) -> list[CareView]:
    who = get_listed(connection, sorted({one.buyer for one, _ in found}))
    names = name_authors(connection, {one.author for one, _ in found if one.author})
    return [
        _view(
            house,
            one,
            said,
            who.get(one.buyer),
            actor.name,
            names.get(one.author, ""),
            _ways(house, connection, one) if one.state == "open" else _Ways(one.conversation),
        )
        for one, said in found
    ]


def _ways(house: House, connection: Connection, one: Care) -> _Ways:
    talks = find_talks(connection, find_person(connection, one.buyer))
    phone = phone_of(house, connection, one.shop, one.buyer)
    talk = next((id_ for id_ in talks if not is_past(id_)), None)
    return _Ways(talk, phone, no_way(house, connection, one.shop, phone))


def _view(house: House, one: Care, said: Said, who: Listed | None, agent: str, who_did: str, ways: _Ways) -> CareView:
    content = house.content.shop(one.shop)
    entry = caring_of(content).entry(one.plan)
    text, outline = words_of(content, one, who, agent) if one.state in OPEN else (said.get("text") or "", "")
    values = {name: getattr(one, name) for name in CareView.model_fields if hasattr(one, name)}
    return CareView(
        **values,
        buyer_name=who.name if who is not None else "",
        title=entry.title if entry is not None else one.plan,
        text=text,
        outline=outline,
        talk=ways.talk,
        phone=mask_phone(ways.phone) or said.get("phone") or "",
        sms=sms_of(content, one, who, agent) if one.state == "open" else "",
        sms_why=ways.sms_why,
        who=who_did,
    )


def _author(actor: Actor) -> Author:
    return Author("agent", actor.id, actor.name)
