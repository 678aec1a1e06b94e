"""Brings a shop's conversation into the situation in which a call makes sense; safe to ask for twice."""

from front import Front

from jinpai.desk import handing
from jinpai.desk.model import Author, Conversation
from jinpai.desk.presence import arrive, set_status
from jinpai.desk.store import get_conversations
from jinpai.flows.receive import Incoming, receive
from jinpai.kit.ids import new_secret


def state(front: Front, shop: str) -> Conversation:
    """How the shop's conversation stands."""
    chat = front.people.chats[shop].visitor.conversation
    with front.house.database.read() as connection:
        return get_conversations(connection, [chat])[chat]


def waiting(front: Front, shop: str) -> None:
    """The buyer has asked and waits."""
    now = state(front, shop)
    if now.waiting_since is None:
        asked = Incoming(shop, now.id, Author("buyer", now.buyer, now.buyer_name), "在吗", new_secret())
        front.house.writer.run(receive(asked))


def ended(front: Front, shop: str) -> None:
    """An agent served the buyer, and the reception is over."""
    now = state(front, shop)
    agent = agent_of(front, shop)
    if now.status == "closed" and now.agent is not None:
        return
    waiting(front, shop)
    front.house.writer.run(handing.waive(now.id, agent))
    front.house.writer.run(handing.close(now.id, agent, ask_rating=True))


def at_desk(front: Front, shop: str) -> str:
    """The shop's agent is online and does not serve the buyer who waits; returns the account."""
    agent = agent_of(front, shop).id
    front.house.writer.run(lambda tx: arrive(tx, "p_test", agent))
    front.house.writer.run(lambda tx: set_status(tx, agent, "online", None, Author("system")))
    waiting(front, shop)
    if state(front, shop).agent == agent:
        front.house.writer.run(lambda tx: handing.release(tx, state(front, shop), "gone"))
    return agent


def agent_of(front: Front, shop: str) -> Author:
    """The shop's agent."""
    account = front.people.accounts["agent", shop]
    return Author("agent", account.id, account.name)
