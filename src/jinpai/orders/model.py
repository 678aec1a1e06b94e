"""Orders: the plain types and the rules that need no database.

An order is known by its number within a shop. Sources tell of it in pieces (`OrderRow`), each only what it knows; what
a source leaves out stays as it was, and a trade never moves backwards: an older export undoes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from operator import attrgetter
from typing import Any, Final, Literal, get_args

State = Literal["unpaid", "paid", "shipped", "delivered", "completed", "closed"]
STATES: Final[tuple[State, ...]] = get_args(State)
"""In the order a trade goes through them; the later one wins."""

Refund = Literal["none", "open", "done"]
Flag = Literal["", "red", "yellow", "green", "blue", "purple"]
Origin = Literal["told", "altered", "placed", "split", "merged", "freight"]
"""told: by a source · altered: told, other goods since · placed: by an agent for the buyer · split, merged: rearranged
here · freight: pays only that."""

TIMED_OUT: Final = "到时没付款，自动关闭"
"""Why an order is closed that nobody paid in time; the one closing that a payment told later undoes."""

RECORDED = "order_recorded"
CHANGED = "order_changed"
REVEALED = "order_revealed"
"""The kinds of an order's facts in the journal."""

TOPIC = "orders"
"""The hint that orders of a shop were taken in or changed."""

RECEIVER = "order.receiver"
PHONE = "order.phone"
ADDRESS = "order.address"
"""The sealed columns: part of what the encryption binds."""

_RANK: Final[Mapping[str, int]] = {state: rank for rank, state in enumerate(STATES)}


@dataclass(frozen=True, slots=True)
class Item:
    """Goods of one kind in an order; `price` in fen for one piece, `sku` the choice in words (`墨绿；L`)."""

    title: str
    sku: str = ""
    quantity: int = 1
    price: int | None = None
    product: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A parcel: the courier as the seller writes it, and the tracking number (empty while there is none)."""

    number: str
    courier: str = ""


@dataclass(frozen=True, slots=True)
class OrderRow:
    """What one source tells of one order; None (or no items, no parcels) = it does not tell. Fen and milliseconds."""

    number: str
    buyer: str | None = None
    buyer_name: str | None = None
    state: State | None = None
    refund: Refund | None = None
    total: int | None = None
    paid: int | None = None
    freight: int | None = None
    refunded: int | None = None
    title: str | None = None
    quantity: int | None = None
    items: tuple[Item, ...] = ()
    parcels: tuple[Parcel, ...] = ()
    receiver: str | None = None
    phone: str | None = None
    address: str | None = None
    region: str | None = None
    ordered_at: int | None = None
    paid_at: int | None = None
    shipped_at: int | None = None
    completed_at: int | None = None
    remark: str | None = None
    flag: Flag | None = None
    buyer_note: str | None = None
    close_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """An order as it stands; `receiver`, `phone`, `address` are readable here and sealed in the database.

    `belongs_to` is the id of the order it was split from, went into, or pays the freight for; with `freight_collect`
    the buyer pays the freight to the courier.
    """

    id: str
    shop: str
    number: str
    created_at: int
    changed_at: int
    buyer: str | None = None
    buyer_name: str = ""
    state: State = "unpaid"
    refund: Refund = "none"
    total: int = 0
    paid: int = 0
    freight: int = 0
    refunded: int = 0
    title: str = ""
    quantity: int = 0
    items: tuple[Item, ...] = ()
    parcels: tuple[Parcel, ...] = ()
    receiver: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    region: str = ""
    ordered_at: int | None = None
    paid_at: int | None = None
    shipped_at: int | None = None
    completed_at: int | None = None
    remark: str = ""
    flag: Flag = ""
    buyer_note: str = ""
    close_reason: str = ""
    origin: Origin = "told"
    belongs_to: str | None = None
    freight_collect: bool = False

    @property
    def listed_at(self) -> int:
        """The time lists go by: when it was ordered; where no source says so, when we first heard of it."""
        return self.created_at if self.ordered_at is None else self.ordered_at


@dataclass(frozen=True, slots=True)
class Search:
    """What orders are looked for; everything given must fit. `words` is the one box that finds by anything.

    `phone` is a whole number or its last four digits; `since` and `until` (not included) are milliseconds.
    """

    words: str = ""
    number: str = ""
    buyer: str = ""
    phone: str = ""
    product: str = ""
    tracking: str = ""
    state: str = ""
    refund: str = ""
    since: int | None = None
    until: int | None = None


_PRIVATE = frozenset(
    ("buyer_name", "receiver", "phone", "address", "region", "remark", "buyer_note", "items", "parcels", "title")
)
"""Fields whose history says that they changed, not how: the law may ask to erase them, or they are long."""

_BEGUN = frozenset(("changed_at", "origin", "belongs_to"))
"""Fields that say where an order comes from: its history tells that in words of its own."""

_TOLD = tuple(part.name for part in fields(OrderRow) if part.name not in ("number", "state", "items", "parcels"))
_WHAT_IS_TOLD = attrgetter(*_TOLD)


def begin(id_: str, shop: str, row: OrderRow, now: int) -> Order:
    """A new order, from the first row that tells of it."""
    told: dict[str, Any] = dict(pair for pair in zip(_TOLD, _WHAT_IS_TOLD(row), strict=True) if pair[1] is not None)
    if row.state is not None:
        told["state"] = row.state
    if row.items:
        told |= _merge_items((), row)
    if row.parcels:
        told["parcels"] = _merge_parcels((), row.parcels)
    return Order(id_, shop, row.number, now, now, **told)


def merge(order: Order, row: OrderRow, now: int) -> Order:
    """The order after this source was heard at this time; the same object when it tells nothing new.

    A source that has the trade at an earlier state takes back no money that was paid, refunded or agreed since. An
    order closed for want of payment goes on where its source knows of one.
    """
    if order.close_reason == TIMED_OUT and row.state not in (None, "unpaid", "closed"):
        order = replace(order, state="unpaid", close_reason="")
    if order.origin != "told":
        row = _without_arranged(order, row)
    changes: dict[str, Any] = {}
    is_older = row.state is not None and _RANK[row.state] < _RANK[order.state]
    for name, value, known in zip(_TOLD, _WHAT_IS_TOLD(row), _WHAT_IS_TOLD(order), strict=True):
        if value is not None and value != known and not (is_older and _undoes(name, known, value)):
            changes[name] = value
    if row.state is not None and _RANK[row.state] > _RANK[order.state]:
        changes["state"] = row.state
    if changes.get("refund") == "none":
        del changes["refund"]
    if row.items:
        changes |= _merge_items(order.items, row)
    if row.parcels and (parcels := _merge_parcels(order.parcels, row.parcels)) != order.parcels:
        changes["parcels"] = parcels
    return replace(order, changed_at=now, **changes) if changes else order


def differences(before: Order, after: Order) -> dict[str, Any]:
    """What history keeps of a change: `changes` (field → [old, new], amounts in fen) and `fields` (names only)."""
    names = [part.name for part in fields(Order) if getattr(before, part.name) != getattr(after, part.name)]
    names = [name for name in names if name not in _BEGUN]
    open_ = {name: [getattr(before, name), getattr(after, name)] for name in names if name not in _PRIVATE}
    return {"changes": open_, "fields": [name for name in names if name in _PRIVATE]}


def is_same_order(first: OrderRow, second: OrderRow) -> bool:
    """Whether two rows of one file agree about the order (their items and parcels may differ)."""
    pairs = ((getattr(first, name), getattr(second, name)) for name in (*_TOLD, "state"))
    return all(one is None or other is None or one == other for one, other in pairs)


def mask_phone(phone: str) -> str:
    """The number as lists show it: `138****1234`."""
    if len(phone) < 7:
        return "*" * len(phone)
    return f"{phone[:3]}****{phone[-4:]}"


def mask_name(name: str) -> str:
    """The family name (first character) alone: `张**`."""
    return name[:1] + "*" * min(len(name[1:]), 2)


def mask_address(address: str, region: str) -> str:
    """The province and nothing nearer."""
    return f"{region} ****" if address else ""


def phone_digits(phone: str) -> str:
    """The digits of the number proper, without an extension (`13800138000-8291`)."""
    main = phone.replace("转", "-").split("-")[0] if len(phone) > 11 and phone[:1] == "1" else phone
    return "".join(character for character in main if character.isdecimal())


def is_mobile(phone: str) -> bool:
    """Whether this is a whole mobile number, one that takes short messages."""
    digits = phone_digits(phone)
    return "*" not in phone and len(digits) == 11 and digits[0] == "1"


def _without_arranged(order: Order, row: OrderRow) -> OrderRow:
    """The row without what is known better here: its source knows the order as it was before it was arranged.

    Nobody else tells its goods; nor its amounts once it was split or merged, what was paid then counts up to the price.
    What pays only freight is done once it is paid.
    """
    row = replace(row, items=(), title=None, quantity=None)
    if order.origin == "freight" and row.state == "paid":
        return replace(row, state="completed", completed_at=row.paid_at)
    if order.origin not in ("split", "merged"):
        return row
    paid = None if row.paid is None else min(row.paid, order.total)
    return replace(row, paid=paid, total=None, freight=None)


def _undoes(name: str, known: Any, value: Any) -> bool:
    """Whether this value, told by an older source, would take something back."""
    if name in ("total", "freight"):
        return bool(known)
    if name in ("paid", "refunded"):
        return bool(value < known)
    return name == "refund" and get_args(Refund).index(value) < get_args(Refund).index(known)


def _merge_items(known: tuple[Item, ...], row: OrderRow) -> dict[str, Any]:
    """What changes when these goods join the known ones; nothing when all are known."""
    items = tuple({(item.title, item.sku): item for item in (*known, *row.items)}.values())
    if items == known:
        return {}
    changes: dict[str, Any] = {"items": items}
    if row.title is None:
        changes["title"] = "，".join(item.title for item in items)
    if row.quantity is None:
        changes["quantity"] = sum(item.quantity for item in items)
    return changes


def _merge_parcels(known: tuple[Parcel, ...], new: tuple[Parcel, ...]) -> tuple[Parcel, ...]:
    """All parcels; one without a number only until there is one that has it."""
    parcels = {parcel.number: parcel for parcel in (*known, *new)}
    if len(parcels) > 1:
        parcels.pop("", None)
    return tuple(parcels.values())
