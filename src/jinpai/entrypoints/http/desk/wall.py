"""The numbers of the supervisors' live wall; who is there and who waits comes over the socket and from presence."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel

from jinpai.desk.today import Today
from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.flows.reception.watching import list_alarms
from jinpai.kit.clock import SHOP_TIME
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may

router = APIRouter(prefix="/api/v1", tags=["wall"])


class AlarmView(BaseModel):
    """A buyer who seems unhappy: since when (ms), how much (0–100), why in words, and the messages that say so."""

    conversation: str
    shop: str
    buyer: str
    agent: str | None
    agent_name: str | None
    at: int
    score: int
    why: str
    seqs: list[int]


class AlarmList(BaseModel):
    """The buyers of my shops who seem unhappy now, the newest alarm first."""

    items: list[AlarmView]


class TodayView(BaseModel):
    """Receptions since midnight in which the buyer spoke, those a person answered; median first response in ms."""

    since: int
    received: int
    answered: int
    first_response: int | None


@router.get("/wall/today")
def read_today(
    request: Request,
    house: HouseDep,
    actor: Annotated[Actor, needs("wall.read")],
    shop: Annotated[str | None, Query(max_length=64)] = None,
) -> TodayView:
    """The numbers of my shops today, or of one of them."""
    if shop is not None:
        check_may(actor, "wall.read", shop)
    today = _today(request)
    now = datetime.fromtimestamp(house.clock.now() / 1000, SHOP_TIME)
    midnight = round(now.replace(hour=0, minute=0, second=0, microsecond=0).timestamp() * 1000)
    with house.database.read() as connection:
        found = today.numbers(connection, actor.shops if shop is None else (shop,), midnight)
    return TodayView(
        since=midnight, received=found.received, answered=found.answered, first_response=found.first_response
    )


@router.get("/wall/alarms")
def read_alarms(
    house: HouseDep,
    actor: Annotated[Actor, needs("wall.read")],
    shop: Annotated[str | None, Query(max_length=64)] = None,
) -> AlarmList:
    """Who seems unhappy in my shops, or in one of them, and the messages that say so."""
    if shop is not None:
        check_may(actor, "wall.read", shop)
    with house.database.read() as connection:
        found = list_alarms(connection, actor.shops if shop is None else (shop,))
    return AlarmList(
        items=[
            AlarmView(
                conversation=state.id,
                shop=state.shop,
                buyer=state.buyer_name,
                agent=state.agent,
                agent_name=state.agent_name,
                at=row.at,
                score=row.entry.data["score"],
                why=str(row.entry.body.get("text", "")),
                seqs=row.entry.data["seqs"],
            )
            for state, row in found
        ]
    )


def _today(request: Request) -> Today:
    """The running day's tally of this process; a new house (another database) begins anew."""
    state = request.app.state
    kept: tuple[object, Today] | None = getattr(state, "today", None)
    if kept is None or kept[0] is not state.house:
        kept = state.today = (state.house, Today())
    return kept[1]
