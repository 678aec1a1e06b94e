"""An order and two imports per shop for the tests over HTTP, and a valid call per route of orders."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jinpai.flows.importing.orders import ORDER_FILES
from jinpai.flows.importing.running import put_in, run_upload, start, take_out
from jinpai.flows.ports import House
from jinpai.importing.uploads import find_upload
from jinpai.orders.actions import record_orders
from jinpai.orders.model import OrderRow
from jinpai.orders.store import find_order

EXPORT = "订单编号,总金额,订单状态\n2611220007,59.90,等待买家付款\n坏 的,1,交易成功\n".encode("gbk")
FIELDS = ["number", "total", "state"]
ORDER = OrderRow(
    number="2611220001",
    buyer_name="山里人",
    state="paid",
    total=45_900,
    paid=45_900,
    title="双人帐篷 墨绿",
    quantity=1,
    receiver="张小满",
    phone="13800138000",
    address="浙江省杭州市西湖区龙井路1号",
    region="浙江",
    ordered_at=1_795_200_000_000,
)


@dataclass(frozen=True)
class OrderSeeds:
    """Ids of one shop: an order, an import that waits, one that is done."""

    order: str
    waiting: str
    finished: str


def seed_orders(house: House, shop: str) -> OrderSeeds:
    """Record an order, put in a file, and take in another."""
    house.writer.run(record_orders(house.sealer, shop, [ORDER]))
    ids = [put_in(house, ORDER_FILES, shop, "system:", "十一月.csv", EXPORT)[0] for _ in range(2)]
    with house.database.read() as connection:
        finished = find_upload(connection, ids[1])
        order = find_order(connection, house.sealer, shop, ORDER.number)
    assert finished is not None
    assert order is not None
    start(house, finished, take_out(house, finished))
    run_upload(house, finished.id)
    return OrderSeeds(order.id, *ids)


Make = Callable[[Any, str], tuple[str, Any]]
IMPORT = "/api/v1/imports"

ORDER_CALLS: dict[str, Make] = {
    "GET /api/v1/dispatch": lambda front, shop: (f"/api/v1/dispatch?shop={shop}", None),
    "GET /api/v1/orders": lambda front, shop: (f"/api/v1/orders?shop={shop}&q=8000", None),
    "POST /api/v1/orders/export": lambda front, shop: (f"/api/v1/orders/export?shop={shop}&format=csv", {}),
    "GET /api/v1/orders/{order_id}": lambda front, shop: (f"/api/v1/orders/{front.people.orders[shop].order}", None),
    "POST /api/v1/orders/{order_id}/reveal": lambda front, shop: (
        f"/api/v1/orders/{front.people.orders[shop].order}/reveal",
        {},
    ),
    "GET /api/v1/conversations/{conversation_id}/orders": lambda front, shop: (
        f"/api/v1/conversations/{front.people.chats[shop].visitor.conversation}/orders",
        None,
    ),
    "POST /api/v1/conversations/{conversation_id}/export": lambda front, shop: (
        f"/api/v1/conversations/{front.people.chats[shop].visitor.conversation}/export?format=csv",
        {},
    ),
    "POST /api/v1/freight/quotes": lambda front, shop: (
        "/api/v1/freight/quotes",
        {"shop": shop, "order": front.people.orders[shop].order, "weight": "1.3"},
    ),
    f"POST {IMPORT}": lambda front, shop: (f"{IMPORT}?shop={shop}&name=十一月.csv", EXPORT),
    f"POST {IMPORT}/{{import_id}}/preview": lambda front, shop: (
        f"{IMPORT}/{front.people.orders[shop].waiting}/preview",
        {"fields": FIELDS},
    ),
    f"POST {IMPORT}/{{import_id}}/run": lambda front, shop: (
        f"{IMPORT}/{front.people.orders[shop].finished}/run",
        {"fields": FIELDS},
    ),
    f"GET {IMPORT}/{{import_id}}": lambda front, shop: (f"{IMPORT}/{front.people.orders[shop].waiting}", None),
    f"GET {IMPORT}/{{import_id}}/rejected": lambda front, shop: (
        f"{IMPORT}/{front.people.orders[shop].finished}/rejected",
        None,
    ),
}
"""Route → how to call it rightly for a shop; each names something of that shop."""
