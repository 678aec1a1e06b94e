"""A promise per shop for the tests over HTTP, and a valid call per route of the ledger."""

from collections.abc import Callable
from typing import Any

from situations import agent_of, state

from jinpai.journal.model import Entry
from jinpai.promises.store import Pledge, add_pledges, find_of_talks

WORDS = "今天下午五点前给您发出"


def promised(front: Any, shop: str) -> str:
    """The id of what the shop's agent promised its buyer; made when it is not there yet."""
    chat, agent = state(front, shop).id, agent_of(front, shop)
    with front.house.database.read() as connection:
        known = find_of_talks(connection, [chat])
    if known:
        return known[0].id
    entry = Entry("message_out", agent.key(), shop, conversation=chat, body={"text": WORDS, "name": agent.name})
    receipt = front.house.writer.run(lambda tx: tx.append(entry))
    pledge = Pledge(
        id=f"p_{shop}", shop=shop, conversation=chat, fact=receipt.id, seq=receipt.seq, kind="dispatch_by",
        author=agent.key(), order_id=front.people.orders[shop].order, made_at=receipt.at, due_at=None, starts=0,
        ends=len(WORDS), state="open", settled_by="", settled_at=None, why="",
    )  # fmt: skip
    front.house.writer.run(lambda tx: add_pledges(tx.connection, [pledge]))
    return pledge.id


Make = Callable[[Any, str], tuple[str, Any]]

PROMISE_CALLS: dict[str, Make] = {
    "GET /api/v1/promises": lambda front, shop: (f"/api/v1/promises?shop={shop}", None),
    "GET /api/v1/promises/parcels": lambda front, shop: (f"/api/v1/promises/parcels?shop={shop}", None),
    "GET /api/v1/conversations/{conversation_id}/promises": lambda front, shop: (
        f"/api/v1/conversations/{front.people.chats[shop].visitor.conversation}/promises",
        None,
    ),
    "POST /api/v1/promises/{promise_id}/settle": lambda front, shop: (
        f"/api/v1/promises/{promised(front, shop)}/settle",
        {"state": "kept", "why": ""},
    ),
}
"""Route → how to call it rightly for a shop; each names something of that shop."""
