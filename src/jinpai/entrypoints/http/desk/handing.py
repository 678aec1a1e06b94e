"""What staff do with a conversation over HTTP; what frees an agent shares out the queue in the same transaction."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from jinpai.desk import handing, marks
from jinpai.desk.model import Author, Group
from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.desk.conversations import Done, Id, Nothing, find
from jinpai.flows.advising.drafts import lay_draft
from jinpai.flows.ports import House
from jinpai.flows.receive import check_client_id, check_text
from jinpai.flows.reception.routing import rules_of, then_share_out
from jinpai.journal.model import Receipt
from jinpai.journal.writer import Action
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may, may

router = APIRouter(prefix="/api/v1/conversations/{conversation_id}", tags=["conversations"])

Answerer = Annotated[Actor, needs("conversation.answer")]
Lead = Annotated[Actor, needs("conversation.lead")]


class NoteForm(Body):
    """An internal note, hint or reply to be; `id` as for messages."""

    id: str = Field(min_length=8, max_length=64)
    text: str = Field(min_length=1, max_length=5_000)


class TransferForm(Body):
    """A colleague (`to`) or a group whose queue it joins, exactly one of them; the note is for whoever gets it."""

    to: str | None = Field(default=None, min_length=1, max_length=64)
    group: Group | None = None
    note: str = Field(default="", max_length=500)


class AssignForm(Body):
    """Who shall serve the buyer."""

    agent: str = Field(min_length=1, max_length=64)


class TagsForm(Body):
    """All tags of the conversation."""

    tags: list[Annotated[str, Field(max_length=100)]] = Field(max_length=50)


@router.post("/take")
def take_conversation(house: HouseDep, actor: Answerer, conversation_id: Id, body: Nothing) -> Done:
    """Make it mine; refused while a colleague at the desk serves it, unless I lead."""
    leads = may(actor, "conversation.lead", find(house, actor, conversation_id).shop)
    return _act(house, actor, conversation_id, handing.take(conversation_id, author(actor), leads=leads))


@router.post("/close")
def close_conversation(house: HouseDep, actor: Answerer, conversation_id: Id, body: Nothing) -> Done:
    """End the reception, the buyer having been answered; the buyer's next message opens it again."""
    shop = find(house, actor, conversation_id).shop
    ask = rules_of(house, shop).ask_rating
    return _done(house, shop, handing.close(conversation_id, author(actor), ask_rating=ask))


@router.post("/reopen")
def reopen_conversation(house: HouseDep, actor: Answerer, conversation_id: Id, body: Nothing) -> Done:
    """Open a closed conversation again, as mine."""
    return _act(house, actor, conversation_id, handing.reopen(conversation_id, author(actor)))


@router.post("/waive")
def waive_answer(house: HouseDep, actor: Answerer, conversation_id: Id, body: Nothing) -> Done:
    """The buyer's last words need no answer."""
    return _act(house, actor, conversation_id, handing.waive(conversation_id, author(actor)))


@router.post("/transfer")
def transfer_conversation(house: HouseDep, actor: Answerer, conversation_id: Id, body: TransferForm) -> Done:
    """Pass it on to a colleague at the desk, or back to the queue for a group."""
    note = check_text(body.note) if body.note.strip() else ""
    action = handing.transfer(conversation_id, author(actor), body.to, body.group, note)
    return _act(house, actor, conversation_id, action)


@router.post("/assign")
def assign_conversation(house: HouseDep, actor: Lead, conversation_id: Id, body: AssignForm) -> Done:
    """Give it to somebody at the desk, whoever serves it now."""
    return _act(house, actor, conversation_id, handing.assign(conversation_id, author(actor), body.agent))


@router.put("/tags")
def tag_conversation(house: HouseDep, actor: Answerer, conversation_id: Id, body: TagsForm) -> Done:
    """Make these its tags."""
    return _act(house, actor, conversation_id, marks.set_tags(conversation_id, author(actor), body.tags))


@router.post("/note")
def note_conversation(house: HouseDep, actor: Answerer, conversation_id: Id, body: NoteForm) -> Done:
    """Leave an internal note; buyers never see it."""
    check_client_id(body.id)
    action = marks.add_note(conversation_id, author(actor), body.id, check_text(body.text))
    return _act(house, actor, conversation_id, action)


@router.post("/whisper")
def whisper_to_agent(house: HouseDep, actor: Lead, conversation_id: Id, body: NoteForm) -> Done:
    """Give the agent a hint; buyers never see it."""
    check_client_id(body.id)
    action = marks.whisper(conversation_id, author(actor), body.id, check_text(body.text))
    return _act(house, actor, conversation_id, action)


@router.post("/draft")
def propose_reply(house: HouseDep, actor: Answerer, conversation_id: Id, body: NoteForm) -> Done:
    """Lay a reply before whoever serves the buyer; it has passed the guard, and nothing is sent."""
    state = find(house, actor, conversation_id)
    check_may(actor, "conversation.answer", state.shop)
    return _act(house, actor, conversation_id, lay_draft(house, actor, state, body.id, body.text))


def author(actor: Actor) -> Author:
    """This person as the author of what they do."""
    return Author("agent", actor.id, actor.name)


def _act(house: House, actor: Actor, conversation_id: str, action: Action[Receipt]) -> Done:
    return _done(house, find(house, actor, conversation_id).shop, action)


def _done(house: House, shop: str, action: Action[Receipt]) -> Done:
    receipt = house.writer.run(then_share_out(house, [shop], action)).check()
    return Done(seq=receipt.seq, at=receipt.at)
