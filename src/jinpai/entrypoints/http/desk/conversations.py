"""Conversations over HTTP: lists and older events."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from jinpai.desk.model import Conversation, Group
from jinpai.desk.seats import read_positions
from jinpai.desk.store import get_conversations, list_conversations
from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.cursors import read_cursor, write_cursor
from jinpai.entrypoints.ws.frames import event, summary
from jinpai.flows.ports import House
from jinpai.journal.reader import NEWEST, read_before
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may

router = APIRouter(prefix="/api/v1", tags=["conversations"])

PAGE = 50

Id = Annotated[str, Field(min_length=1, max_length=64)]
Reader = Annotated[Actor, needs("conversation.read")]
Answerer = Annotated[Actor, needs("conversation.answer")]


class ConversationView(BaseModel):
    """A conversation as docs/protocol.md section 5 describes it."""

    id: str
    shop: str
    channel: str
    status: Literal["new", "open", "closed"]
    agent: str | None
    agent_name: str | None
    buyer: dict[str, str]
    seq: int
    last: dict[str, Any] | None
    waiting_since: int | None
    unread: int
    group: Group | None
    position: int | None
    tags: list[str]
    asked_wait_at: int | None
    waived: bool
    rating: int | None
    offline: bool
    alarmed_at: int | None


class ConversationPage(BaseModel):
    """A page of conversations; `next` asks for the following one, null at the end."""

    items: list[ConversationView]
    next: str | None


class EventPage(BaseModel):
    """Events, oldest first; `first` is the seq to ask `before`, 0 when there is nothing older."""

    events: list[dict[str, Any]]
    first: int


class Nothing(Body):
    """An empty object."""


class Done(BaseModel):
    """Where the change stands in the conversation."""

    seq: int
    at: int


@router.get("/conversations")
def read_conversations(
    house: HouseDep,
    actor: Reader,
    view: Literal["mine", "queue", "all", "closed"] = "all",
    shop: Annotated[str | None, Query(max_length=64)] = None,
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> ConversationPage:
    """The conversations of my shops, newest movement first, fifty a page."""
    if shop is not None:
        check_may(actor, "conversation.read", shop)
    where: dict[str, Any] = {"status": "closed" if view == "closed" else "open"}
    if view in ("mine", "queue"):
        where["agent"] = actor.id if view == "mine" else None
    with house.database.read() as connection:
        shops = (shop,) if shop is not None else actor.shops
        found = list_conversations(connection, shops, where, read_cursor(cursor), PAGE)
        positions = read_positions(connection, found)
    last = found[-1] if len(found) == PAGE else None
    items = [_view(state, positions) for state in found]
    return ConversationPage(items=items, next=write_cursor(last.last_at, last.id) if last else None)


@router.get("/conversations/{conversation_id}")
def read_conversation(house: HouseDep, actor: Reader, conversation_id: Id) -> ConversationView:
    """One conversation."""
    state = find(house, actor, conversation_id)
    with house.database.read() as connection:
        return _view(state, read_positions(connection, [state]))


@router.get("/conversations/{conversation_id}/events")
def read_events(
    house: HouseDep,
    actor: Reader,
    conversation_id: Id,
    before: Annotated[int, Query(ge=1, le=NEWEST)] = NEWEST,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
) -> EventPage:
    """Older events, for scrolling back."""
    find(house, actor, conversation_id)
    return read_page(house, conversation_id, before, limit, staff=True)


def find(house: House, actor: Actor, conversation_id: str) -> Conversation:
    """The conversation, if it belongs to a shop of this person; NotFound else."""
    with house.database.read() as connection:
        state = get_conversations(connection, [conversation_id]).get(conversation_id)
    check_may(actor, "conversation.read", state.shop if state else "")
    assert state is not None
    return state


def read_page(house: House, conversation_id: str, before: int, limit: int, *, staff: bool) -> EventPage:
    """A page of older events as this audience may see them."""
    with house.database.read() as connection:
        rows = read_before(connection, conversation_id, before, limit)
    seen = [found for row in rows if (found := event(row, staff=staff)) is not None]
    return EventPage(events=seen, first=rows[0].seq if rows and rows[0].seq > 1 else 0)


def _view(state: Conversation, positions: Mapping[str, int]) -> ConversationView:
    return ConversationView.model_validate(summary(state, positions.get(state.id)))
