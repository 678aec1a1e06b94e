"""What whoever takes a buyer over should know: over HTTP."""

from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BaseModel

from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.desk.conversations import Id, find
from jinpai.flows.advising.modelling import may_use
from jinpai.flows.briefing.summary import read_summary
from jinpai.flows.briefing.telling import PURPOSE, tell_summary
from jinpai.flows.briefing.wording import Kind
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may

router = APIRouter(prefix="/api/v1/conversations/{conversation_id}/summary", tags=["copilot"])

Answering = Annotated[Actor, needs("conversation.answer")]


class PointView(BaseModel):
    """One thing to know, in words for staff; `seq` is the message that says so, 0 where the records do."""

    kind: Kind
    text: str
    seq: int


class SummaryView(BaseModel):
    """What to know of a buyer who changed hands at `at` (ms) with row `seq`: `how`, by whom (`by`), with which note.

    `may_tell` says that a language model may be asked to say it in a few sentences.
    """

    seq: int
    at: int
    how: Literal["assistant", "transferred", "assigned"]
    by: str
    note: str
    points: list[PointView]
    may_tell: bool


class ToldView(BaseModel):
    """The same in a few sentences by a language model; null where there is none, whatever the reason."""

    text: str | None


@router.get("")
def read_brief(house: HouseDep, actor: Answering, conversation_id: Id) -> SummaryView | None:
    """What to know of this buyer; null where they did not change hands, or whoever has them has spoken already."""
    state = find(house, actor, conversation_id)
    check_may(actor, "conversation.answer", state.shop)
    found = read_summary(house, actor, state)
    if found is None:
        return None
    return SummaryView(
        **{name: getattr(found.handed, name) for name in ("seq", "at", "how", "by", "note")},
        points=[PointView(kind=one.kind, text=one.text, seq=one.seq) for one in found.points],
        may_tell=may_use(house, state.shop, PURPOSE),
    )


@router.get("/told")
def tell_brief(house: HouseDep, actor: Answering, conversation_id: Id) -> ToldView:
    """The summary in a few sentences, where a language model is set up for it and writes nothing but the facts."""
    state = find(house, actor, conversation_id)
    check_may(actor, "conversation.answer", state.shop)
    return ToldView(text=tell_summary(house, actor, state))
