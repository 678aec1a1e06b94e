"""A parcel in trouble per shop for the tests over HTTP, and a valid call per route of parcels."""

from collections.abc import Callable
from typing import Any

from jinpai.orders.actions import record_orders
from jinpai.orders.alerts.store import Alert, add_alert, find_alerts
from jinpai.orders.model import OrderRow, Parcel

WAYBILL = "ZT2611220001"


def order_of(front: Any, shop: str) -> str:
    """The shop's order, which has left in a parcel of which the radar found that nothing is told."""
    house, order = front.house, str(front.people.orders[shop].order)
    now = house.clock.now()
    row = OrderRow("2611220001", state="shipped", parcels=(Parcel(WAYBILL, "中通快递"),), shipped_at=now)
    house.writer.run(record_orders(house.sealer, shop, [row]))
    with house.database.read() as connection:
        known = find_alerts(connection, [order])
    if not known:
        alert = Alert(
            order, "silent", shop, WAYBILL, now, now, conversation=front.people.chats[shop].visitor.conversation
        )
        house.writer.run(lambda tx: add_alert(tx.connection, alert))
    return order


Make = Callable[[Any, str], tuple[str, Any]]
ORDER = "/api/v1/orders"

PARCEL_CALLS: dict[str, Make] = {
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
