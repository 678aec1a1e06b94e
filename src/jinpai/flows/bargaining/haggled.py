"""The goods whose price a talk is about: those the buyer named last, or that were shown last on a card."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from jinpai.catalog.content import Product, Sku
from jinpai.catalog.naming import meant_skus
from jinpai.catalog.promotions import LimitedPrice
from jinpai.desk.model import MESSAGE_IN, MESSAGE_OUT
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.filling import Scene
from jinpai.guard.authority import floor_of
from jinpai.journal.model import Row
from jinpai.kit.money import fen_from


@dataclass(frozen=True, slots=True)
class Haggled:
    """A product and the variants of it that may be meant."""

    product: Product
    skus: tuple[Sku, ...]

    def price(self, scene: Scene) -> int:
        """What the cheapest of them costs now, in fen."""
        limited = {sku: price for one, _ in scene.running if isinstance(one.rule, LimitedPrice)
                   for sku, price in one.rule.prices.items()}  # fmt: skip
        return min(fen_from(limited.get(sku.id, sku.price)) for sku in self.skus)

    def floor(self, content: ShopContent) -> int | None:
        """The shop's floor for the cheapest of them, in fen; None where it has set none."""
        floors = [floor_of(content.authority, sku.price, content.known.shop.kind) for sku in self.skus]
        return min((fen_from(floor) for floor in floors if floor is not None), default=None)

    def has_cheaper(self, content: ShopContent, scene: Scene) -> bool:
        """Whether the shop has something of this kind, in stock, for less."""
        least = min(Decimal(sku.price) for sku in self.skus)
        kin = (one for one in content.products if one.id != self.product.id and one.category == self.product.category)
        return any(scene.stock.of(sku) > 0 and Decimal(sku.price) < least for one in kin for sku in one.skus)


def find_haggled(content: ShopContent, rows: Sequence[Row]) -> Haggled | None:
    """The goods this talk is about; what the agent alone named counts where the buyer named nothing."""
    asked: list[str] = []
    named: Product | None = None
    shown: tuple[Product | None, str] = (None, "")
    offered: Product | None = None
    for row in reversed(rows):
        if row.entry.kind not in (MESSAGE_IN, MESSAGE_OUT):
            continue
        text = str(row.entry.body.get("text", ""))
        found = content.names.find(text) if text else None
        if row.entry.kind == MESSAGE_IN:
            asked.append(text)
            named = named or found
        else:
            offered = offered or found
        card = row.entry.body.get("attach")
        if named is None and shown[0] is None and card and card["kind"] == "product":
            shown = next((one for one in content.products if one.id == card["product"]), None), card.get("sku", "")
    product = shown[0] or named or offered
    if product is None:
        return None
    skus = meant_skus(product.skus, asked)
    if shown[0] is product and skus == product.skus:
        skus = tuple(sku for sku in skus if sku.id == shown[1]) or skus
    return Haggled(product, skus)
