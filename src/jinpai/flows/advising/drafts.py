"""A reply an assistant outside proposes: checked like any message, then laid before the agent, never sent by itself."""

from collections.abc import Callable

from jinpai.desk import marks
from jinpai.desk.model import Author, Conversation, Draft
from jinpai.flows.guarding.situation import said
from jinpai.flows.guarding.surroundings import Surroundings, learn, looker
from jinpai.flows.ports import House
from jinpai.flows.receive import check_client_id
from jinpai.flows.send import better, clear
from jinpai.guard.model import Cleared, Refused
from jinpai.journal.model import Receipt
from jinpai.journal.reader import NEWEST, read_before
from jinpai.journal.writer import Tx
from jinpai.kit.errors import BadInput
from jinpai.staff.model import Actor

LOOK_BACK = 40
"""How many of the newest rows of the log the guard hears."""


def lay_draft(house: House, actor: Actor, state: Conversation, client_id: str, text: str) -> Callable[[Tx], Receipt]:
    """The action that lays this reply before whoever serves the buyer; the same client id twice lays one.

    BadInput with every reason, and better words where there are any, unless the guard passes it as it is.
    """
    check_client_id(client_id)
    with house.database.read() as connection:
        rows = read_before(connection, state.id, NEWEST, LOOK_BACK)
    around = Surroundings(state.shop, state.id, {state.shop: 0})
    around.hear(rows)
    learn(house, around, text)
    heard, look, by = said(rows), looker(around, actor), Author("agent", actor.id, actor.name)
    verdict = clear(house, Draft(state.shop, state.id, by, text, client_id, state.channel), heard, look)
    if not isinstance(verdict, Cleared):
        reasons = [hit.why for hit in verdict.hits]
        words = better(house, state.shop, text, verdict.hits, heard, look)
        told = "；".join(dict.fromkeys(reasons)) or (verdict.message if isinstance(verdict, Refused) else "")
        raise BadInput(f"这句话没有通过检查：{told}" + (f"。可以改成：{words}" if words else ""))
    return marks.offer(state.id, by, client_id, verdict.draft.text)
