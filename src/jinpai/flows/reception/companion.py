"""What a buyer wrote in another client, carried into the conversation by the agent who reads it there."""

from collections.abc import Mapping
from typing import Any

from jinpai.desk.model import ASSIGNED, COMPANION, Author, Conversation
from jinpai.desk.store import get_conversations
from jinpai.flows.receive import Incoming, receive
from jinpai.journal.model import Entry, Receipt
from jinpai.journal.writer import Action, Tx
from jinpai.kit.errors import BadInput


def carry(
    state: Conversation, agent: Author, client_id: str, text: str, bait: tuple[Mapping[str, Any], ...] = ()
) -> Action[Receipt]:
    """The action that logs these words as the buyer's; the same client id twice leaves them once.

    Whoever carries the words serves the buyer, unless somebody does already. BadInput for a conversation of a channel
    whose buyers write for themselves.
    """
    if state.channel != COMPANION:
        raise BadInput("只有伴侣窗口的会话可以代录买家的话；这位买家会自己发消息")
    buyer = Author("buyer", state.buyer, state.buyer_name)
    log = receive(Incoming(state.shop, state.id, buyer, text, client_id, by=agent.id, bait=bait))

    def act(tx: Tx) -> Receipt:
        before = get_conversations(tx.connection, [state.id])[state.id]
        receipt = log(tx)
        if before.status != "open" or before.agent is None:
            held = {"agent": agent.id, "name": agent.name}
            tx.append(
                Entry(ASSIGNED, agent.key(), state.shop, conversation=state.id, data=held, body={"name": agent.name})
            )
        return receipt

    return act
