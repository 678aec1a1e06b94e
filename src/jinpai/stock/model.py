"""Stock: the plain types. What content says is the opening stock; from the first movement on the number lives here.

on hand ── what lies in the warehouse
  ├─ reserved ── what unpaid and paid orders hold until they are sent or closed
  └─ available ── what can still be sold; never below zero
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol, get_args

CORRECTED: Final = "stock_corrected"
REORDER_SET: Final = "stock_reorder_set"
"""The kinds of their facts in the journal; what orders move has the order's own fact."""

TOPIC: Final = "stock"
"""The hint that somebody moved stock by hand."""

MOST: Final = 1_000_000
"""The most pieces of one variant anybody may enter."""

REORDER_AT: Final = 5
"""Where nobody set another line, so few available pieces are a shortage."""

MAX_NOTE: Final = 200

Reason = Literal["counted", "damaged", "lost", "found", "used", "other"]
"""counted again · broken · cannot be found · turned up · taken for samples or pictures · anything else, in words."""

REASONS: Final[tuple[Reason, ...]] = get_args(Reason)

Kind = Literal["opened", "held", "released", "sent", "corrected", "shelved", "returned"]
"""opened: as content says · held and released: for an order · sent: left with its order · corrected: by hand ·
shelved: bought goods · returned: goods that came back and can be sold."""

Standing = Literal["open", "sent", "over"]
"""How an order stands to its goods: it needs them · they have left · it needs them no more."""


@dataclass(frozen=True, slots=True)
class Level:
    """One variant's stock in pieces; `moves` counts its movements, `opened_at` (ms) is when its number was true.

    `reorder_at` is the line below which it is bought again; None where nobody set one, zero means never.
    """

    id: str
    shop: str
    sku: str
    on_hand: int
    reserved: int
    opened_at: int
    changed_at: int
    moves: int = 0
    reorder_at: int | None = None

    @property
    def available(self) -> int:
        """What can still be sold."""
        return self.on_hand - self.reserved


@dataclass(frozen=True, slots=True)
class Hold:
    """What one order needs of one variant: `wanted` pieces, of which it has `held`; `sent_at` once they have left."""

    id: str
    shop: str
    sku: str
    order_id: str
    number: str
    wanted: int
    held: int
    since: int
    sent_at: int | None = None

    @property
    def missing(self) -> int:
        """What it still waits for."""
        return self.wanted - self.held if self.sent_at is None else 0


@dataclass(frozen=True, slots=True)
class Cause:
    """Who moved it and by which fact of the journal; the order or the purchase it was for, and why."""

    author: str
    fact: int
    order_id: str | None = None
    number: str = ""
    purchase: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of a variant's book: what changed (`pieces` on hand, `held` reserved) and what it came to.

    `short` are pieces that left although the book had them no more: the number was wrong, somebody should count.
    """

    shop: str
    sku: str
    place: int
    at: int
    kind: Kind
    pieces: int
    held: int
    on_hand: int
    reserved: int
    short: int
    cause: Cause


@dataclass(frozen=True, slots=True)
class Need:
    """What an order needs of each variant now, and since when it counts (`ordered_at`, ms)."""

    order_id: str
    number: str
    standing: Standing
    ordered_at: int
    wanted: Mapping[str, int]


class Variant(Protocol):
    """A variant as content has it; `stock` is its opening number."""

    @property
    def id(self) -> str:
        """Its id."""
        ...

    @property
    def stock(self) -> int:
        """The pieces content says there are."""
        ...


@dataclass(frozen=True, slots=True)
class Available:
    """What can be sold now: the one door through which everybody learns it; nothing moved yet = what content says."""

    pieces: Mapping[str, int] = field(default_factory=dict)

    def of(self, sku: Variant) -> int:
        """The pieces of this variant that can be sold."""
        return self.pieces.get(sku.id, sku.stock)


def level_id(shop: str, sku: str) -> str:
    """The key of a variant's level."""
    return f"{shop}/{sku}"


def hold_id(order_id: str, sku: str) -> str:
    """The key of what an order holds of a variant."""
    return f"{order_id}/{sku}"


def standing_of(state: str, refund: str, shipped_at: int | None) -> Standing:
    """How an order in this state stands to its goods; money given back before dispatch sets them free."""
    if state in ("shipped", "delivered", "completed"):
        return "sent"
    if state == "closed" or refund == "done":
        return "over" if shipped_at is None else "sent"
    return "open"
