"""The shop's stock in step with its orders: which variants an order needs, and what that does to the number.

fact of an order ──followed_orders──▶ holds, levels, movements        (same transaction, whoever changed the order)
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

import orjson
from sqlalchemy.engine import Connection

from jinpai.catalog.content import Product, Sku
from jinpai.catalog.naming import meant_skus
from jinpai.flows.content.shop import ShopContent
from jinpai.journal.model import Projection, Row
from jinpai.kit.bulk import select_each, select_in
from jinpai.kit.errors import NotFound, Refusal
from jinpai.kit.memo import remember
from jinpai.orders.model import CHANGED, RECORDED, Item
from jinpai.stock.actions import Opening, follow_orders
from jinpai.stock.model import Cause, Need, standing_of

_ORDERS = (
    "SELECT o.id, o.shop, o.number, o.state, o.refund, o.shipped_at, o.ordered_at, o.items FROM orders AS o "
    "JOIN shop AS s ON s.id = o.shop AND o.ordered_at >= s.created_at WHERE o.id IN :values"
)
"""Orders from before the shop came here are in its opening numbers already; those nobody dates count as such."""
_SINCE = "SELECT created_at FROM shop WHERE id IN :values"
_PUBLISHED = (
    "SELECT v.created_at FROM content_current AS c "
    "JOIN content_version AS v ON v.id = c.version WHERE c.shop IN :values"
)


def followed_orders(content: Callable[[str], ShopContent]) -> Projection:
    """Keeps stock in step with orders, in the transaction that records them; they are stored before their facts."""

    def project(connection: Connection, rows: Sequence[Row]) -> None:
        told = [row for row in rows if row.entry.kind in (RECORDED, CHANGED) and row.entry.at is None]
        if not told:
            return
        last = {row.entry.data["order"]: row for row in told}
        needs: dict[str, list[tuple[Need, Cause]]] = {}
        for id_, shop, number, state, refund, shipped_at, ordered_at, items in select_in(
            connection, _ORDERS, list(last)
        ):
            wanted = _wanted(content, shop, items)
            need = Need(id_, number, standing_of(state, refund, shipped_at), ordered_at, wanted)
            row = last[id_]
            needs.setdefault(shop, []).append((need, Cause(row.entry.author, row.id, id_, number)))
        for shop, asked in needs.items():
            opening = opening_of(connection, content(shop), shop) if any(need.wanted for need, _ in asked) else None
            asked.sort(key=lambda one: (one[0].ordered_at, one[0].order_id))
            follow_orders(connection, opening or Opening(shop, {}, 0), asked, rows[0].at)

    return Projection(project)


def opening_of(connection: Connection, content: ShopContent, shop: str) -> Opening:
    """What content says of every variant: true since the shop was set up, or since it was last published."""
    moments = select_each(connection, (_SINCE, [shop]), (_PUBLISHED, [shop]))
    pieces = {sku.id: sku.stock for product in content.products for sku in product.skus}
    return Opening(shop, pieces, max((row[0] for found in moments for row in found), default=0))


def opening_for(connection: Connection, content: ShopContent, shop: str, skus: Iterable[str]) -> Opening:
    """The opening numbers of a shop that sells these variants; NotFound naming the first it does not."""
    opening = opening_of(connection, content, shop)
    for sku in skus:
        if sku not in opening.pieces:
            raise NotFound(f"店里没有规格“{sku[:60]}”，请刷新商品列表再选")
    return opening


def sku_of(content: ShopContent, item: Item) -> Sku | None:
    """The variant an order's line means; None where neither its number, nor its words say which."""
    by_id, by_name = _goods(content)
    if item.product in by_id:
        return by_id[item.product][1] or _variant(by_id[item.product][0], item.sku)
    product = by_name.get(item.title.strip()) or content.names.find(item.title)
    return None if product is None else _variant(product, item.sku)


def _variant(product: Product, words: str) -> Sku | None:
    if len(product.skus) == 1:
        return product.skus[0]
    named = [sku for sku in product.skus if words.strip() in (sku.name, sku.id)]
    meant = named or (meant_skus(product.skus, (words,)) if words else ())
    return meant[0] if len(meant) == 1 else None


@remember
def _goods(content: ShopContent) -> tuple[Mapping[str, tuple[Product, Sku | None]], Mapping[str, Product]]:
    """Products and variants by their ids, products by their names."""
    by_id: dict[str, tuple[Product, Sku | None]] = {}
    for product in content.products:
        by_id |= {sku.id: (product, sku) for sku in product.skus}
        by_id[product.id] = (product, product.skus[0] if len(product.skus) == 1 else None)
    return by_id, {name: product for product in content.products for name in (product.title, product.short)}


def _wanted(content: Callable[[str], ShopContent], shop: str, items: str) -> dict[str, int]:
    """Variant → pieces of an order; nothing where the shop's content cannot be read."""
    try:
        here = content(shop)
    except Refusal:
        return {}
    wanted: dict[str, int] = {}
    for item in (Item(*item) for item in orjson.loads(items)):
        sku = sku_of(here, item)
        if sku is not None and item.quantity > 0:
            wanted[sku.id] = wanted.get(sku.id, 0) + item.quantity
    return wanted
