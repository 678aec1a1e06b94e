"""The companion window over HTTP: for buyers who write in another client, where an agent carries the words."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from jinpai.desk.companions import open_companion
from jinpai.desk.model import Author
from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.desk.conversations import ConversationView, Done, Id, find
from jinpai.entrypoints.ws.frames import summary
from jinpai.flows.guarding.bait import find_bait
from jinpai.flows.guarding.situation import said
from jinpai.flows.reception.companion import carry
from jinpai.journal.reader import NEWEST, read_before
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may

router = APIRouter(prefix="/api/v1/companion", tags=["companion"])

PAGE_BACK = 20
"""How far back the log is read for what was said before."""

Answerer = Annotated[Actor, needs("conversation.answer")]


class BuyerForm(Body):
    """The buyer's name in the other client; `channel` where the shop has several of this kind."""

    shop: str = Field(min_length=1, max_length=64)
    buyer: str = Field(min_length=1, max_length=40)
    channel: str | None = Field(default=None, min_length=1, max_length=64)


class LineForm(Body):
    """What the buyer wrote there; `id` as for messages."""

    id: str = Field(min_length=8, max_length=64)
    text: str = Field(min_length=1, max_length=5_000)


@router.post("/conversations")
def open_companion_conversation(house: HouseDep, actor: Answerer, body: BuyerForm) -> ConversationView:
    """The conversation with the buyer of this name; the same name leads to the same conversation."""
    check_may(actor, "conversation.answer", body.shop)
    conversation = house.writer.run(open_companion(body.shop, body.buyer, body.channel))
    return ConversationView.model_validate(summary(find(house, actor, conversation)))


@router.post("/conversations/{conversation_id}/lines")
def carry_line(house: HouseDep, actor: Answerer, conversation_id: Id, body: LineForm) -> Done:
    """Keep the buyer's words, pasted from the other client, as the buyer's message."""
    state = find(house, actor, conversation_id)
    agent = Author("agent", actor.id, actor.name)
    with house.database.read() as connection:
        before = said(read_before(connection, state.id, NEWEST, PAGE_BACK))
    bait = find_bait(house, state.shop, body.text, before)
    receipt = house.writer.run(carry(state, agent, body.id, body.text, bait)).check()
    return Done(seq=receipt.seq, at=receipt.at)
