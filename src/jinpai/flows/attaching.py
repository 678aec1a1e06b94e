"""What hangs on a message: the client names a thing, the log keeps what it showed at that moment.

    {"kind":"product","product":"id"} ──attach──▶ Attachment ──in the sending transaction──▶ body["attach"]

A client that sends the same message again names the same thing, whatever it has become meanwhile: what was named, not
what was found, is what idempotency compares.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.engine import Connection

from jinpai.catalog.content import Product
from jinpai.desk.attach import Attachment
from jinpai.desk.files import find_file
from jinpai.desk.model import Author
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.ports import House
from jinpai.journal.model import Entry
from jinpai.kit.errors import BadInput, NotAllowed, NotFound
from jinpai.kit.sealing import Sealer
from jinpai.orders.store import find_buyer_orders, find_order

Asked = Mapping[str, Any]
Found = dict[str, Any]

SHAPES: Mapping[str, Mapping[str, type]] = {
    "image": {"file": str},
    "product": {"product": str, "sku": str},
    "order": {"order": str},
    "step": {"step": str, "large": bool},
}
"""Kind → what the client names; `sku` and `large` may be left out."""

_OPTIONAL = frozenset({"sku", "large"})
MAX_NAME = 100


def attach(house: House, shop: str, conversation: str, author: Author, asked: Asked) -> Attachment:
    """What the client wants to hang on a message in this conversation; refused when it is no such thing."""
    kind = _check_shape(asked)
    if kind == "image":
        return Attachment(asked, lambda connection: _picture(connection, conversation, asked["file"]))
    if kind == "order":
        return Attachment(asked, _order(house.sealer, shop, author, asked["order"]))
    content = house.content.shop(shop)
    if kind == "product":
        card = _product(content, asked["product"], asked.get("sku"))
    else:
        if author.role == "buyer":
            raise NotAllowed("步骤卡由客服发送")
        card = _step(content, asked["step"], large=asked.get("large", False))
    return Attachment(asked, lambda connection: card)


def hang(entry: Entry, attachment: Attachment, connection: Connection) -> Entry:
    """The message's entry with what hangs on it; refused when it cannot be found any more."""
    body = {**entry.body, "attach": attachment.look(connection)}
    return entry._replace(body=body, asked={**entry.body, "attach": attachment.asked})


def _check_shape(asked: Asked) -> str:
    kind = asked.get("kind")
    shape = SHAPES.get(kind) if isinstance(kind, str) else None
    if shape is None or not isinstance(kind, str):
        raise BadInput(f"附件的 kind 只能是 {'、'.join(SHAPES)}")
    for name, wanted in shape.items():
        if name not in asked and name in _OPTIONAL:
            continue
        value = asked.get(name)
        if type(value) is not wanted or (isinstance(value, str) and not 0 < len(value) <= MAX_NAME):
            raise BadInput(f"附件的 {name} 没有写对，请对照 docs/protocol.md")
    if any(name != "kind" and name not in shape for name in asked):
        raise BadInput("附件里有不认识的字段，请对照 docs/protocol.md")
    return kind


def _picture(connection: Connection, conversation: str, file_id: str) -> Found:
    file = find_file(connection, file_id)
    if file is None or file.conversation != conversation:
        raise NotFound("没有找到这张图片，请重新上传再发")
    size = {"width": file.width, "height": file.height, "bytes": file.bytes, "type": file.type}
    return {"kind": "image", "file": file.id, **size}


def product_card(product: Product, sku_id: str | None = None) -> Found:
    """What a product card shows, `from` the lowest of several prices; NotFound when it has no such variant."""
    chosen = [sku for sku in product.skus if sku_id in (None, sku.id)]
    if not chosen:
        raise NotFound("这款商品没有这个规格，请刷新商品列表再选")
    lowest = min(chosen, key=lambda sku: float(sku.price))
    card: Found = {"kind": "product", "product": product.id, "title": product.title, "price": lowest.price}
    if sku_id is not None:
        card |= {"sku": sku_id, "sku_name": lowest.name}
    elif any(float(sku.price) != float(lowest.price) for sku in chosen):
        card["from"] = True
    return card


def _product(content: ShopContent, product_id: str, sku_id: str | None) -> Found:
    product = next((product for product in content.products if product.id == product_id), None)
    if product is None:
        raise NotFound("店里没有这款商品，请刷新商品列表再选")
    return product_card(product, sku_id)


def _step(content: ShopContent, step_id: str, *, large: bool) -> Found:
    card = next((card for card in content.steps if card.id == step_id), None)
    if card is None:
        raise NotFound("没有这张步骤卡，请刷新页面再选")
    lines = card.short if large else card.lines
    return {"kind": "step", "step": card.id, "large": large, "title": card.title, "lines": list(lines)}


def _order(sealer: Sealer, shop: str, author: Author, number: str) -> Callable[[Connection], Found]:
    """What an order card shows; a buyer finds only what they ordered themselves."""

    def look(connection: Connection) -> Found:
        if author.role == "buyer":
            own = find_buyer_orders(connection, sealer, shop, author.id)
            order = next((one for one in own if one.number == number), None)
        else:
            order = find_order(connection, sealer, shop, number)
        if order is None:
            raise NotFound(f"没有找到订单 {number}，请核对订单号")
        amount = f"{order.total / 100:.2f}"
        shown = {"state": order.state, "title": order.title, "amount": amount, "count": order.quantity}
        return {"kind": "order", "order": order.number, **shown}

    return look
