"""An invoice handed over per shop for the tests over HTTP, and a valid call per route of hand-overs."""

from collections.abc import Callable
from typing import Any

from situations import agent_of

from jinpai.flows.tasks import Wish, ask_department
from jinpai.tasks.invoices import read_invoice
from jinpai.tasks.store import find_of_order

TO = "zhangxm@example.com"
INVOICE = {"medium": "electronic", "party": "personal", "title": "张小满", "tax_number": "", "to": TO}


def handed(front: Any, shop: str) -> str:
    """The id of the invoice the shop's agent has asked finance for; asked for when it is not there yet."""
    house, order = front.house, front.people.orders[shop].order
    with house.database.read() as connection:
        known = [one for one in find_of_order(connection, order) if one.kind == "invoice"]
    if known:
        return known[0].id
    wish = Wish("invoice", "月底前要", invoice=read_invoice(**INVOICE))
    return str(house.writer.run(ask_department(house, agent_of(front, shop), shop, None, order, wish)).id)


def ask(front: Any, shop: str) -> dict[str, Any]:
    """Something to hand over from the shop's conversation."""
    chat = front.people.chats[shop].visitor.conversation
    return {"kind": "check-stock", "conversation": chat, "words": "墨绿 L 还有几件"}


Make = Callable[[Any, str], tuple[str, Any]]

TASK_CALLS: dict[str, Make] = {
    "GET /api/v1/tasks": lambda front, shop: (f"/api/v1/tasks?shop={shop}", None),
    "GET /api/v1/tasks/choices": lambda front, shop: (f"/api/v1/tasks/choices?shop={shop}", None),
    "POST /api/v1/tasks": lambda front, shop: ("/api/v1/tasks", ask(front, shop)),
    "GET /api/v1/tasks/{task_id}": lambda front, shop: (f"/api/v1/tasks/{handed(front, shop)}", None),
    "POST /api/v1/tasks/{task_id}/move": lambda front, shop: (
        f"/api/v1/tasks/{handed(front, shop)}/move",
        {"to": "done", "words": "已经发到邮箱"},
    ),
    "POST /api/v1/tasks/{task_id}/reveal": lambda front, shop: (f"/api/v1/tasks/{handed(front, shop)}/reveal", {}),
    "GET /api/v1/conversations/{conversation_id}/tasks": lambda front, shop: (
        f"/api/v1/conversations/{front.people.chats[shop].visitor.conversation}/tasks",
        None,
    ),
    "GET /api/v1/orders/{order_id}/tasks": lambda front, shop: (
        f"/api/v1/orders/{front.people.orders[shop].order}/tasks",
        None,
    ),
}
"""Route → how to call it rightly for a shop; each names something of that shop."""
