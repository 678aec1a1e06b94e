"""Conversations over HTTP: lists, older events, and what staff do with them."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from jinpai.desk.actions import add_note, close, take
from jinpai.desk.model import Author, Conversation, Group
from jinpai.desk.store import get_conversations, list_conversations
from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.ws.frames import event, summary
from jinpai.flows.ports import House
from jinpai.flows.receive import check_client_id, check_text
from jinpai.journal.model import Receipt
from jinpai.journal.reader import NEWEST, read_before
from jinpai.journal.writer import Action
from jinpai.kit.errors import BadInput
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


class ConversationPage(BaseModel):
    """A page of conversations; `next` asks for the following one, null at the end."""

    items: list[ConversationView]
    next: str | None


class EventPage(BaseModel):
    """Events, oldest first; `first` is the seq to ask `before`, 0 when there is nothing older."""

    events: list[dict[str, Any]]
    first: int


class NoteForm(Body):
    """An internal note; `id` as for messages."""

    id: str = Field(min_length=8, max_length=64)
    text: str = Field(min_length=1, max_length=5_000)


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
        found = list_conversations(connection, shops, where, _cursor(cursor), PAGE)
    last = found[-1] if len(found) == PAGE else None
    items = [_view(state) for state in found]
    return ConversationPage(items=items, next=f"{last.last_at}-{last.id}" if last else None)


@router.get("/conversations/{conversation_id}")
def read_conversation(house: HouseDep, actor: Reader, conversation_id: Id) -> ConversationView:
    """One conversation."""
    return _view(find(house, actor, conversation_id))


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


@router.post("/conversations/{conversation_id}/take")
def take_conversation(house: HouseDep, actor: Answerer, conversation_id: Id, body: Nothing) -> Done:
    """Make it mine."""
    find(house, actor, conversation_id)
    return _done(house, take(conversation_id, _author(actor)))


@router.post("/conversations/{conversation_id}/close")
def close_conversation(house: HouseDep, actor: Answerer, conversation_id: Id, body: Nothing) -> Done:
    """End the reception; the buyer's next message opens it again."""
    find(house, actor, conversation_id)
    return _done(house, close(conversation_id, _author(actor)))


@router.post("/conversations/{conversation_id}/note")
def note_conversation(house: HouseDep, actor: Answerer, conversation_id: Id, body: NoteForm) -> Done:
    """Leave an internal note; buyers never see it."""
    find(house, actor, conversation_id)
    check_client_id(body.id)
    return _done(house, add_note(conversation_id, _author(actor), body.id, check_text(body.text)))


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


def _done(house: House, action: Action[Receipt]) -> Done:
    receipt = house.writer.run(action).check()
    return Done(seq=receipt.seq, at=receipt.at)


def _author(actor: Actor) -> Author:
    return Author("agent", actor.id, actor.name)


def _view(state: Conversation) -> ConversationView:
    return ConversationView.model_validate(summary(state))


def _cursor(text: str | None) -> tuple[int, str] | None:
    if text is None:
        return None
    at, _, id_ = text.partition("-")
    if not at.isdecimal() or not at.isascii() or len(at) > 15 or not id_:
        raise BadInput("翻页参数 cursor 不对，请使用上一页给出的 next")
    return int(at), id_
