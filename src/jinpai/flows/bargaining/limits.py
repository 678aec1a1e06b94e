"""How low an agent may go for goods in this talk: floor, own authority, and what a supervisor has approved today."""

from collections.abc import Sequence
from decimal import Decimal

from jinpai.bargaining.model import Request
from jinpai.catalog.content import Product, Sku
from jinpai.catalog.pricing import settle
from jinpai.catalog.promotions import Promotion
from jinpai.flows.content.shop import ShopContent
from jinpai.guard.authority import floor_of
from jinpai.guard.context import Authority
from jinpai.kit.money import fen_from, yuan


def widen(own: Authority, grants: Sequence[Request]) -> Authority:
    """The agent's authority over goods for which these approvals hold; what is not limited stays so."""
    best = max(grants, key=lambda one: one.granted or 0, default=None)
    if best is None or best.granted is None:
        return own
    changes: dict[str, object] = {}
    if own.reduction is not None:
        changes["reduction"] = yuan(max(fen_from(own.reduction), best.granted))
    if own.discount is not None and best.price:
        changes["discount"] = max(own.discount, min(100, best.granted * 100 // best.price))
    return own.model_copy(update=changes)


def lowest_of(
    content: ShopContent,
    product: Product,
    skus: Sequence[Sku],
    own: Authority,
    running: Sequence[Promotion],
    grants: Sequence[Request],
) -> str | None:
    """The lowest price in yuan this agent may name for one of these variants; None where nothing limits it.

    It is reckoned from what everybody pays under the promotions that run. An approval may go below the floor only to
    honour what was told by mistake.
    """
    kind = content.known.shop.kind
    found: list[Decimal] = []
    for sku in skus:
        floor = floor_of(content.authority, sku.price, kind)
        public = settle({sku.id: 1}, {sku.id: (product, sku)}, running).goods
        limits = [Decimal(floor)] if floor is not None else []
        if own.reduction is not None:
            limits.append(public - Decimal(own.reduction))
        if own.discount is not None:
            limits.append(public * (100 - own.discount) / 100)
        approved = [Decimal(sku.price) - Decimal(one.granted or 0) / 100 / one.pieces for one in grants]
        if limits:
            found.append(max(Decimal(0), min([max(limits), *approved])))
    return None if not found else str(min(found).quantize(Decimal("0.01")))
