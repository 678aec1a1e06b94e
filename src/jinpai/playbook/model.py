"""What may be known when a script is offered, and the automatic replies; plain types."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Facts:
    """What the shop's data says at this moment; None or empty means unknown, and what is unknown is not claimed."""

    shop_kind: str | None = None
    guarantees: frozenset[str] = field(default_factory=frozenset)
    payment_ways: frozenset[str] = field(default_factory=frozenset)
    couriers: frozenset[str] = field(default_factory=frozenset)
    before_cutoff: bool | None = None
    free_shipping: bool | None = None
    stock: int | None = None
    promotion_running: bool | None = None
    promotion_ends_today: bool | None = None
    best_seller: bool | None = None
    new_product: bool | None = None
    well_reviewed: bool | None = None
    order_state: str | None = None
    price_changed: bool | None = None
    freight_corrected: bool | None = None
    returning_buyer: bool | None = None
    has_trace: bool | None = None
    body_sizes: bool | None = None
    refund_open: bool | None = None
    troubles: frozenset[str] = field(default_factory=frozenset)
    unpaid_reason: str | None = None
    approval: str | None = None
