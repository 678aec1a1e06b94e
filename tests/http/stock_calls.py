"""A purchase and a return per shop for the tests over HTTP, and a valid call per route of stock and purchases."""

from collections.abc import Callable
from typing import Any

from situations import agent_of

from jinpai.kit.ids import new_id
from jinpai.stock.purchase_actions import move, propose
from jinpai.stock.purchase_store import find_purchases
from jinpai.stock.purchasing import Line, Purchase, State
from jinpai.stock.return_actions import Arrival, inspect, receive
from jinpai.stock.return_store import find_returns
from jinpai.stock.returning import Return
from jinpai.stock.supplier_actions import add_supplier, find_suppliers
from jinpai.stock.supplying import Supplier, Wanted

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


def came_back(front: Any, shop: str) -> Return:
    """Goods that came back to the shop and that nobody has looked at yet."""
    with front.house.database.read() as connection:
        known = find_returns(connection, shop, ended=False, cursor=None, limit=1)
    if known:
        return known[0]
    arrived = Arrival(new_id("p"), shop, SKU, "林行45升背包 岩灰", 2, None, "", None, "寄件人没有写订单号")
    return front.house.writer.run(receive(arrived, agent_of(front, shop)))  # type: ignore[no-any-return]


def supplied(front: Any, shop: str) -> Supplier:
    """A supplier of the shop, noted as the call that adds one notes it."""
    with front.house.database.read() as connection:
        known = find_suppliers(connection, front.house.sealer, shop)
    if known:
        return known[0]
    wanted = Wanted(SUPPLIER, "王经理 13900001111", 7, (SKU,))
    made: Supplier = front.house.writer.run(add_supplier(front.house.sealer, shop, wanted, agent_of(front, shop)))
    return made


def _inspect(front: Any, shop: str) -> tuple[str, Any]:
    one = came_back(front, shop)
    return f"/api/v1/returns/{one.id}/inspect", {"good": 1 if one.good != 1 else 2, "seen": one.good}


def _settle(front: Any, shop: str) -> tuple[str, Any]:
    one = came_back(front, shop)
    if one.good is None:
        front.house.writer.run(inspect(one.id, 2, None, agent_of(front, shop)))
    return f"/api/v1/returns/{one.id}/settle", {}


STOCK_CALLS: dict[str, Make] = {
    "GET /api/v1/stock": lambda front, shop: (f"/api/v1/stock?shop={shop}&q=背包", None),
    "GET /api/v1/stock/sheet": lambda front, shop: (f"/api/v1/stock/sheet?shop={shop}", None),
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
    "GET /api/v1/suppliers": lambda front, shop: (f"/api/v1/suppliers?shop={shop}", None),
    "POST /api/v1/suppliers": lambda front, shop: (
        "/api/v1/suppliers",
        {"shop": shop, "name": SUPPLIER, "contact": "王经理 13900001111", "lead_days": 7, "skus": [SKU]},
    ),
    "PUT /api/v1/suppliers/{supplier_id}": lambda front, shop: (
        f"/api/v1/suppliers/{supplied(front, shop).id}",
        {"name": SUPPLIER, "lead_days": 7, "skus": [SKU]},
    ),
    "DELETE /api/v1/suppliers/{supplier_id}": lambda front, shop: (
        f"/api/v1/suppliers/{supplied(front, shop).id}",
        None,
    ),
    "POST /api/v1/suppliers/{supplier_id}/reveal": lambda front, shop: (
        f"/api/v1/suppliers/{supplied(front, shop).id}/reveal",
        {},
    ),
    "GET /api/v1/returns": lambda front, shop: (f"/api/v1/returns?shop={shop}", None),
    "POST /api/v1/returns": lambda front, shop: (
        "/api/v1/returns",
        {"id": new_id("p"), "shop": shop, "sku": SKU, "pieces": 1, "number": "", "note": "门卫收的，没有单号"},
    ),
    "POST /api/v1/returns/{return_id}/inspect": _inspect,
    "POST /api/v1/returns/{return_id}/settle": _settle,
}
"""Route → how to call it rightly for a shop; each names something of that shop."""
