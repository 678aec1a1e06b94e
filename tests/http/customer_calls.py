"""A valid call per route of the customers, for the generated tests."""

from collections.abc import Callable
from typing import Any

Make = Callable[[Any, str], tuple[str, Any]]


def buyer(front: Any, shop: str) -> str:
    """The path of the shop's buyer."""
    return f"/api/v1/customers/{front.people.chats[shop].visitor.id}"


FACT = {"kind": "for_whom", "value": "妈妈", "verdict": "accepted"}

CUSTOMER_CALLS: dict[str, Make] = {
    "GET /api/v1/conversations/{conversation_id}/portrait": lambda front, shop: (
        f"/api/v1/conversations/{front.people.chats[shop].visitor.conversation}/portrait",
        None,
    ),
    "POST /api/v1/customers/{buyer_id}/facts": lambda front, shop: (f"{buyer(front, shop)}/facts", FACT),
    "GET /api/v1/customers": lambda front, shop: (f"/api/v1/customers?shop={shop}", None),
    "GET /api/v1/customers/{buyer_id}": lambda front, shop: (buyer(front, shop), None),
    "POST /api/v1/customers/{buyer_id}/reveal": lambda front, shop: (f"{buyer(front, shop)}/reveal", {}),
    "PUT /api/v1/customers/{buyer_id}": lambda front, shop: (buyer(front, shop), {"quiet": True, "note": "老朋友"}),
}
"""Route → how to call it rightly for a shop; each names something of that shop."""
