"""Suppliers: whom the shop buys what from, and when it would be there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from jinpai.kit.clock import SHOP_TIME, local_date
from jinpai.kit.errors import BadInput

SET: Final = "supplier_set"
DROPPED: Final = "supplier_dropped"
REVEALED: Final = "supplier_revealed"
"""The kinds of their facts in the journal."""

CONTACT: Final = "supplier.contact"
"""The sealed column: part of what the encryption binds."""

MAX_SUPPLIERS: Final = 500
MAX_SKUS: Final = 2_000
MAX_DAYS: Final = 365
MAX_NAME: Final = 60
MAX_CONTACT: Final = 200


@dataclass(frozen=True, slots=True)
class Supplier:
    """One supplier: `lead_days` from ordering to the goods being there; the contact is readable here, sealed below."""

    id: str
    shop: str
    name: str
    contact: str = field(repr=False)
    lead_days: int
    skus: tuple[str, ...]
    changed_at: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody writes of a supplier; `contact` None leaves it as it is, "" takes it away."""

    name: str
    contact: str | None = field(repr=False)
    lead_days: int
    skus: Sequence[str]


def tidy(wanted: Wanted) -> Wanted:
    """The same, tidied; BadInput for what cannot be."""
    name = " ".join(wanted.name.split())
    if not name or len(name) > MAX_NAME:
        raise BadInput(f"请填供应商名称，最多 {MAX_NAME} 字")
    if wanted.contact is not None and len(wanted.contact) > MAX_CONTACT:
        raise BadInput(f"联系方式最多 {MAX_CONTACT} 字，请写短一点")
    if not 0 <= wanted.lead_days <= MAX_DAYS:
        raise BadInput(f"到货天数要在 0 到 {MAX_DAYS} 天之间，请核对")
    skus = tuple(dict.fromkeys(wanted.skus))
    if len(skus) > MAX_SKUS:
        raise BadInput(f"一个供应商最多记 {MAX_SKUS} 个规格")
    return Wanted(name, None if wanted.contact is None else wanted.contact.strip(), wanted.lead_days, skus)


def supplier_of(suppliers: Iterable[Supplier], sku: str) -> Supplier | None:
    """Who brings this variant soonest; None where nobody is noted for it."""
    able = [one for one in suppliers if sku in one.skus]
    return min(able, key=lambda one: (one.lead_days, one.name), default=None)


def expected(now: int, lead_days: int | None) -> int | None:
    """The day (ms, when it begins) on which goods ordered at `now` would be there; None while nobody knows."""
    if lead_days is None:
        return None
    day = local_date(now) + timedelta(days=lead_days)
    return int(datetime(day.year, day.month, day.day, tzinfo=SHOP_TIME).timestamp() * 1000)
