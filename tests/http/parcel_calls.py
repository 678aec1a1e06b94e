"""A parcel in trouble per shop for the tests over HTTP, and a valid call per route of parcels."""

from collections.abc import Callable
from typing import Any

from situations import agent_of

from jinpai.desk.store import get_conversations
from jinpai.orders.actions import record_orders
from jinpai.orders.alerts.store import Alert, add_alert, find_alerts
from jinpai.orders.claims.actions import Asked, open_claim
from jinpai.orders.model import OrderRow, Parcel
from jinpai.orders.store import find_order
from jinpai.orders.tracking.provider import Wanted
from jinpai.orders.tracking.provider_store import set_couriers

NUMBER, WAYBILL = "2611220077", "ZT2611220077"
CLAIM = {"number": WAYBILL, "kind": "lost", "amount": "459.00", "evidence": "快递书面确认丢失"}


def order_of(front: Any, shop: str) -> str:
    """An order of the shop's buyer, which has left in a parcel of which the radar found that nothing is told."""
    house, chat, now = front.house, front.people.chats[shop].visitor.conversation, front.house.clock.now()
    with house.database.read() as connection:
        buyer = get_conversations(connection, [chat])[chat].buyer
    parcels = (Parcel(WAYBILL, "中通快递"),)
    row = OrderRow(NUMBER, buyer=buyer, state="shipped", paid=45_900, parcels=parcels, shipped_at=now)
    house.writer.run(record_orders(house.sealer, shop, [row]))
    with house.database.read() as connection:
        order = find_order(connection, house.sealer, shop, NUMBER)
        assert order is not None
        known = find_alerts(connection, [order.id])
    if not known:
        alert = Alert(order.id, "silent", shop, WAYBILL, now, now, conversation=chat)
        house.writer.run(lambda tx: add_alert(tx.connection, alert))
    return order.id


def claim_of(front: Any, shop: str) -> str:
    """The id of the claim for that parcel; opened when it is not there yet."""
    asked = Asked(WAYBILL, "lost", 45_900, CLAIM["evidence"], front.house.clock.now() + 86_400_000)
    by = agent_of(front, shop)
    return str(front.house.writer.run(open_claim(front.house.sealer, order_of(front, shop), asked, by)).id)


Make = Callable[[Any, str], tuple[str, Any]]
ORDER = "/api/v1/orders"

COURIERS = {"is_on": True, "url": "http://127.0.0.1:9/tracking", "key": "k-1", "is_near": False, "per_hour": 60}


def _try(front: Any, shop: str) -> tuple[str, Any]:
    front.house.writer.run(set_couriers(front.house.sealer, Wanted(shop, **COURIERS), "agent:a_1"))
    return "/api/v1/couriers/try", {"shop": shop}


PARCEL_CALLS: dict[str, Make] = {
    "GET /api/v1/couriers": lambda front, shop: (f"/api/v1/couriers?shop={shop}", None),
    "PUT /api/v1/couriers": lambda front, shop: ("/api/v1/couriers", {"shop": shop, **COURIERS}),
    "DELETE /api/v1/couriers": lambda front, shop: (f"/api/v1/couriers?shop={shop}", None),
    "POST /api/v1/couriers/try": _try,
    "GET /api/v1/claims": lambda front, shop: (f"/api/v1/claims?shop={shop}", None),
    "GET /api/v1/orders/{order_id}/claims": lambda front, shop: (f"{ORDER}/{order_of(front, shop)}/claims", None),
    "POST /api/v1/orders/{order_id}/claims": lambda front, shop: (f"{ORDER}/{order_of(front, shop)}/claims", CLAIM),
    "POST /api/v1/orders/{order_id}/claims/{claim_id}/move": lambda front, shop: (
        f"{ORDER}/{order_of(front, shop)}/claims/{claim_of(front, shop)}/move",
        {"to": "sent"},
    ),
    "GET /api/v1/radar": lambda front, shop: (f"/api/v1/radar?shop={shop}", None),
    "GET /api/v1/orders/{order_id}/parcels": lambda front, shop: (f"{ORDER}/{order_of(front, shop)}/parcels", None),
    "POST /api/v1/orders/{order_id}/traces": lambda front, shop: (
        f"{ORDER}/{order_of(front, shop)}/traces",
        {"number": WAYBILL, "state": "moving", "text": "离开杭州"},
    ),
    "GET /api/v1/orders/{order_id}/alerts": lambda front, shop: (f"{ORDER}/{order_of(front, shop)}/alerts", None),
    "POST /api/v1/orders/{order_id}/alerts/{kind}/settle": lambda front, shop: (
        f"{ORDER}/{order_of(front, shop)}/alerts/silent/settle",
        {"why": "已经和买家说好"},
    ),
    "POST /api/v1/orders/{order_id}/alerts/{kind}/draft": lambda front, shop: (
        f"{ORDER}/{order_of(front, shop)}/alerts/silent/draft",
        {},
    ),
}
"""Route → how to call it rightly for a shop; each names something of that shop."""
