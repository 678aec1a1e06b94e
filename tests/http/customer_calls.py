"""A valid call per route of the customers, for the generated tests."""

from collections.abc import Callable
from typing import Any

from jinpai.customers.actions import merge
from jinpai.desk.history import add_buyer
from jinpai.desk.seeds import BuyerSeed
from jinpai.kit.ids import new_id

Make = Callable[[Any, str], tuple[str, Any]]


def buyer(front: Any, shop: str) -> str:
    """The path of the shop's buyer."""
    return f"/api/v1/customers/{front.people.chats[shop].visitor.id}"


def split_apart(front: Any, shop: str) -> tuple[str, Any]:
    """A name merged with the shop's buyer, to be split off again."""
    other = another(front, shop)
    front.house.writer.run(merge(other, front.people.chats[shop].visitor.id, "system:"))
    return f"/api/v1/customers/{other}/split", {}


def another(front: Any, shop: str) -> str:
    """One more buyer of this shop."""
    seed = BuyerSeed(
        id=new_id("m"), name="静静", recipient="静静", phone="13900139000", address="浙江省杭州市", since_days=3
    )
    return str(front.house.writer.run(lambda tx: add_buyer(tx, front.house.sealer, shop, seed)))


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
    "POST /api/v1/customers/{buyer_id}/export": lambda front, shop: (f"{buyer(front, shop)}/export", {}),
    "POST /api/v1/customers/{buyer_id}/erase": lambda front, shop: (
        f"/api/v1/customers/{another(front, shop)}/erase",
        {"confirm": "静静"},
    ),
    "POST /api/v1/customers/{buyer_id}/merge": lambda front, shop: (
        f"/api/v1/customers/{another(front, shop)}/merge",
        {"into": front.people.chats[shop].visitor.id},
    ),
    "POST /api/v1/customers/{buyer_id}/split": split_apart,
    "PUT /api/v1/customers/{buyer_id}": lambda front, shop: (buyer(front, shop), {"quiet": True, "note": "老朋友"}),
}
"""Route → how to call it rightly for a shop; each names something of that shop."""
