"""A request for approval per shop for the tests over HTTP, and a valid call per route about bargaining."""

from collections.abc import Callable
from typing import Any

from situations import agent_of, state

from jinpai.bargaining.actions import Asking, ask_approval, lapse
from jinpai.bargaining.model import Goods, Request
from jinpai.bargaining.store import list_of_talk

TENT = Goods("tent-xiya-2p", "溪崖双人帐", 1, 45_900)


def asked(front: Any, shop: str) -> str:
    """The id of what the shop's agent asks for and nobody has answered; asked when there is nothing."""
    waiting = _waiting(front, shop)
    if waiting:
        return waiting[-1].id
    asking = Asking("discount", TENT, 4_000, "买家诚心要")
    return str(front.house.writer.run(ask_approval(state(front, shop).id, agent_of(front, shop), asking, 180)).id)


def unasked(front: Any, shop: str) -> None:
    """Nothing waits for a supervisor in the shop's conversation."""
    for request in _waiting(front, shop):
        front.house.writer.run(lambda tx, id_=request.id: lapse(tx, id_, "没有人答复"))


def _waiting(front: Any, shop: str) -> list[Request]:
    with front.house.database.read() as connection:
        known = list_of_talk(connection, state(front, shop).id, 0)
    return [one for one in known if one.state == "waiting"]


Make = Callable[[Any, str], tuple[str, Any]]


def _talk(front: Any, shop: str) -> str:
    return f"/api/v1/conversations/{front.people.chats[shop].visitor.conversation}"


def _wish(front: Any, shop: str) -> tuple[str, Any]:
    unasked(front, shop)
    body = {"product": "tent-xiya-2p", "pieces": 1, "off": "30.00", "reason": "买家诚心要，今天付"}
    return f"{_talk(front, shop)}/approvals", body


BARGAIN_CALLS: dict[str, Make] = {
    "GET /api/v1/conversations/{conversation_id}/bargain": lambda front, shop: (f"{_talk(front, shop)}/bargain", None),
    "POST /api/v1/conversations/{conversation_id}/approvals": _wish,
    "GET /api/v1/approvals": lambda front, shop: (f"/api/v1/approvals?shop={shop}", None),
    "POST /api/v1/approvals/{request_id}/answer": lambda front, shop: (
        f"/api/v1/approvals/{asked(front, shop)}/answer",
        {"verdict": "refused", "words": "换季刚降过"},
    ),
}
"""Route → how to call it rightly for a shop; each names something of that shop."""
