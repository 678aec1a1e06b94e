"""What the guard may know of a shop whatever the conversation: what it has joined, how it is paid, when it sends."""

from jinpai.catalog.content import ShopEntry
from jinpai.guard.context import NOTHING, Context, KnownShop


def shop_context(shop: ShopEntry | None) -> Context:
    """The context every conversation of this shop begins with; nothing is known of a shop without a pack."""
    if shop is None:
        return NOTHING
    service = shop.service
    known = KnownShop(
        kind=shop.kind,
        name=shop.name,
        domains=shop.domains,
        guarantees=service.guarantees,
        payment_ways=service.payment_ways,
        couriers=service.couriers,
        hours=(service.hours.open, service.hours.close),
        dispatch_cutoff=service.dispatch_cutoff,
        free_shipping_from=service.free_shipping_from,
    )
    return Context(shop=known)
