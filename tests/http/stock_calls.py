"""A purchase per shop for the tests over HTTP, and a valid call per route of stock and purchases."""

from collections.abc import Callable
from typing import Any

from situations import agent_of

from jinpai.stock.purchase_actions import move, propose
from jinpai.stock.purchase_store import find_purchases
from jinpai.stock.purchasing import Line, Purchase, State

SKU = "pack-linxing-45-grey"
SUPPLIER = "武夷包袋厂"
Make = Callable[[Any, str], tuple[str, Any]]


def bought(front: Any, shop: str, state: State = "proposed") -> Purchase:
    """A purchase of the shop in this state: proposed, or sent."""
    with front.house.database.read() as connection:
        known = find_purchases(connection, (shop,), (state,), None, 1)
    if known:
        return known[0]
    by, lines = agent_of(front, shop), [Line(SKU, "林行45升背包 岩灰", 10, price=18_800)]
    one: Purchase = front.house.writer.run(propose(shop, f"{SUPPLIER}{state}", lines, by, ""))
    for to in ("approved", "sent") if state == "sent" else ():
        one = front.house.writer.run(move(one.id, to, one.steps, by, ""))  # type: ignore[arg-type]
    return one


def _move(front: Any, shop: str) -> tuple[str, Any]:
    one = bought(front, shop)
    return f"/api/v1/purchases/{one.id}/move", {"to": "cancelled", "seen": one.steps, "words": "先清库存"}


def _decide(front: Any, shop: str) -> tuple[str, Any]:
    one = bought(front, shop)
    return f"/api/v1/purchases/{one.id}/decide", {"to": "refused", "seen": one.steps, "words": "先清库存"}


def _count(front: Any, shop: str) -> tuple[str, Any]:
    one = bought(front, shop, "sent")
    more = one.lines[0].received + 1
    return f"/api/v1/purchases/{one.id}/count", {"lines": [{"sku": SKU, "received": more}], "seen": one.steps}


STOCK_CALLS: dict[str, Make] = {
    "GET /api/v1/stock": lambda front, shop: (f"/api/v1/stock?shop={shop}&q=背包", None),
    "GET /api/v1/stock/{sku}/movements": lambda front, shop: (f"/api/v1/stock/{SKU}/movements?shop={shop}", None),
    "POST /api/v1/stock/{sku}/count": lambda front, shop: (
        f"/api/v1/stock/{SKU}/count",
        {"shop": shop, "counted": 22, "seen": 22, "reason": "counted", "note": "月底盘点"},
    ),
    "PUT /api/v1/stock/{sku}/line": lambda front, shop: (f"/api/v1/stock/{SKU}/line", {"shop": shop, "line": 8}),
    "GET /api/v1/purchases": lambda front, shop: (f"/api/v1/purchases?shop={shop}", None),
    "GET /api/v1/purchases/short": lambda front, shop: (f"/api/v1/purchases/short?shop={shop}", None),
    "POST /api/v1/purchases": lambda front, shop: (
        "/api/v1/purchases",
        {"shop": shop, "supplier": SUPPLIER, "lines": [{"sku": SKU, "pieces": 20, "price": "188.00"}], "words": "补货"},
    ),
    "GET /api/v1/purchases/{purchase_id}": lambda front, shop: (f"/api/v1/purchases/{bought(front, shop).id}", None),
    "POST /api/v1/purchases/{purchase_id}/decide": _decide,
    "POST /api/v1/purchases/{purchase_id}/move": _move,
    "POST /api/v1/purchases/{purchase_id}/count": _count,
}
"""Route → how to call it rightly for a shop; each names something of that shop."""
