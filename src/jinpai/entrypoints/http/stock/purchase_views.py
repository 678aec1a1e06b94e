"""Purchases as clients see them."""

from collections.abc import Sequence

from pydantic import BaseModel
from sqlalchemy.engine import Connection

from jinpai.kit.money import yuan
from jinpai.staff.store import name_authors
from jinpai.stock.purchasing import Line, Purchase, Stage


class PurchaseLineView(BaseModel):
    """A variant of a purchase in pieces; `price` of one in yuan. `apart` is how many too many (+) or too few (−) came,
    zero until something did."""

    sku: str
    title: str
    ordered: int
    received: int
    good: int
    defective: int
    shelved: int
    apart: int
    price: str | None


class PurchaseView(BaseModel):
    """A purchase; times in ms. `steps` goes back with whatever is done to it; `pieces` and `shelved` add up its lines,
    `total` is in yuan where every price is known, `expected_at` the day the goods should be there."""

    id: str
    shop: str
    number: str
    supplier: str
    stage: Stage
    asked_by: str
    asked_at: int
    approved_by: str
    changed_at: int
    ended_at: int | None
    expected_at: int | None
    steps: int
    pieces: int
    shelved: int
    total: str | None
    lines: list[PurchaseLineView]


def views_of(connection: Connection, found: Sequence[Purchase]) -> list[PurchaseView]:
    """The purchases, in the same order."""
    names = name_authors(connection, {name for one in found for name in (one.asked_by, one.approved_by) if name})
    return [
        PurchaseView(
            **{name: getattr(one, name) for name in _SAME},
            asked_by=names.get(one.asked_by, ""),
            approved_by=names.get(one.approved_by or "", ""),
            pieces=sum(line.ordered for line in one.lines),
            shelved=sum(line.shelved for line in one.lines),
            total=_total(one.lines),
            lines=[_line(line) for line in one.lines],
        )
        for one in found
    ]


def _line(line: Line) -> PurchaseLineView:
    told = {name: getattr(line, name) for name in ("sku", "title", "ordered", "received", "good", "defective")}
    apart = line.received - line.ordered if line.received else 0
    price = None if line.price is None else yuan(line.price)
    return PurchaseLineView(**told, shelved=line.shelved, apart=apart, price=price)


def _total(lines: Sequence[Line]) -> str | None:
    prices = [line.price * line.ordered for line in lines if line.price is not None]
    return yuan(sum(prices)) if len(prices) == len(lines) else None


_SAME = ("id", "shop", "number", "supplier", "stage", "asked_at", "changed_at", "ended_at", "expected_at", "steps")
