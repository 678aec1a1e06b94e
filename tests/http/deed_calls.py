"""An unpaid order whose buyer has just spoken, for the tests over HTTP, and a valid call per change by hand."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from order_calls import ORDER, Make

from jinpai.desk.model import Author
from jinpai.flows.receive import Incoming, receive
from jinpai.kit.ids import new_secret
from jinpai.orders.actions import record_orders
from jinpai.orders.model import Item, Order
from jinpai.orders.store import find_order


def _deed(method: str, name: str, body: Callable[[Any, str], dict[str, Any]]) -> tuple[str, Make]:
    """A call that changes an unpaid order of the shop's buyer, who has just spoken."""

    def make(front: Any, shop: str) -> tuple[str, Any]:
        order, word = bespoken(front, shop)
        return f"/api/v1/orders/{order.id}/{name}", {"seen": order.changed_at, **body(word, shop)}

    return f"{method} /api/v1/orders/{{order_id}}/{name}", make


def bespoken(front: Any, shop: str) -> tuple[Order, dict[str, Any]]:
    """A new unpaid order of the shop's buyer, and the buyer's newest message as consent."""
    chat = front.people.chats[shop].visitor
    number = f"27{new_secret()[:12]}"
    row = replace(
        ORDER,
        number=number,
        state="unpaid",
        paid=0,
        buyer=chat.id,
        items=(Item("双人帐篷", "墨绿", 1, 45_900, "tent-xiya-2p"),),
    )
    front.house.writer.run(record_orders(front.house.sealer, shop, [row]))
    asked = Incoming(shop, chat.conversation, Author("buyer", chat.id, chat.name), "帮我改一下", new_secret())
    receipt = front.house.writer.run(receive(asked)).check()
    with front.house.database.read() as connection:
        order = find_order(connection, front.house.sealer, shop, number)
    assert order is not None
    return order, {"conversation": chat.conversation, "seq": receipt.seq}


def _paid(front: Any, shop: str) -> Order:
    """A new order of three pieces, paid."""
    row = replace(ORDER, number=f"28{new_secret()[:12]}", items=(Item("双人帐篷", "墨绿", 3, 15_300),), quantity=3)
    front.house.writer.run(record_orders(front.house.sealer, shop, [row]))
    with front.house.database.read() as connection:
        order = find_order(connection, front.house.sealer, shop, row.number)
    assert order is not None
    return order


def _split(front: Any, shop: str) -> tuple[str, Any]:
    order = _paid(front, shop)
    return f"{ORDERS}/{order.id}/split", {"seen": order.changed_at, "takes": [{"line": 0, "pieces": 1}]}


def _difference(front: Any, shop: str) -> tuple[str, Any]:
    order = _paid(front, shop)
    return f"{ORDERS}/{order.id}/difference", {"seen": order.changed_at, "amount": "8"}


def _merge(front: Any, shop: str) -> tuple[str, Any]:
    both = [_paid(front, shop) for _ in range(2)]
    return f"{ORDERS}/merge", {"orders": [{"id": order.id, "seen": order.changed_at} for order in both]}


def _basket(front: Any, shop: str) -> dict[str, Any]:
    """What the shop's buyer wants; only the demo shop has goods."""
    address = "张三 13800138000 浙江省杭州市西湖区文三路1号"
    talk = front.people.chats[shop].visitor.conversation
    return {"conversation": talk, "lines": {"bottle-shanquan-white": 1}, "address": address}


def _mark(front: Any, shop: str) -> tuple[str, Any]:
    order = _paid(front, shop)
    return f"{ORDERS}/marks", {"orders": [{"id": order.id, "seen": order.changed_at}], "flag": "red", "words": "易碎"}


ORDERS = "/api/v1/orders"
DEED_CALLS: dict[str, Make] = dict(
    (
        _deed("PUT", "remark", lambda word, shop: {"remark": "加一双袜子", "flag": "red"}),
        _deed("PUT", "price", lambda word, shop: {"goods": "459", "freight": "6"}),
        _deed("PUT", "receiver", lambda word, shop: {"address": "浙江省杭州市余杭区文一西路969号", "word": word}),
        _deed("POST", "close", lambda word, shop: {"reason": "不想要了", "word": word}),
        _deed("PUT", "sku", lambda word, shop: {"line": 0, "sku": "tent-xiya-2p-sand", "word": word}),
        (f"GET {ORDERS}/{{order_id}}/skus", lambda front, shop: (f"{ORDERS}/{bespoken(front, shop)[0].id}/skus", None)),
        _deed("PUT", "collect", lambda word, shop: {"collect": True, "word": word}),
        (f"POST {ORDERS}/{{order_id}}/difference", _difference),
        (f"POST {ORDERS}/{{order_id}}/split", _split),
        (f"POST {ORDERS}/merge", _merge),
        (f"POST {ORDERS}/marks", _mark),
        (f"POST {ORDERS}/price", lambda front, shop: (f"{ORDERS}/price", _basket(front, shop))),
        (f"POST {ORDERS}", lambda front, shop: (ORDERS, {**_basket(front, shop), "key": new_secret()})),
        (
            f"GET {ORDERS}/{{order_id}}/payment",
            lambda front, shop: (f"{ORDERS}/{bespoken(front, shop)[0].id}/payment", None),
        ),
    )
)
"""Route → how to call it rightly for a shop; each names an order of that shop."""
