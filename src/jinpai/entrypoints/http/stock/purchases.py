"""Purchases over HTTP: what is short, asking for it, deciding, sending, and counting what comes."""

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, StringConstraints

from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.cursors import read_cursor, write_cursor
from jinpai.entrypoints.http.desk.conversations import Id
from jinpai.entrypoints.http.desk.handing import author
from jinpai.entrypoints.http.stock.purchase_views import PurchaseView, views_of
from jinpai.flows.ports import House
from jinpai.flows.stocking.stock import opening_for
from jinpai.flows.stocking.stocktaking import Stocked, take_stock
from jinpai.kit.errors import NotFound
from jinpai.kit.money import fen_from
from jinpai.packs.model import Money
from jinpai.staff.model import ELSEWHERE, Actor
from jinpai.staff.rights import check_may
from jinpai.staff.store import name_authors
from jinpai.stock.model import MOST
from jinpai.stock.purchase_actions import count, move, propose
from jinpai.stock.purchase_store import count_purchases, find_purchase, find_purchases, read_history
from jinpai.stock.purchasing import ENDED, MAX_LINES, MAX_WORDS, OPEN, Line, Purchase, State, Tally
from jinpai.stock.supplier_actions import find_suppliers
from jinpai.stock.supplying import Supplier, expected, supplier_of

router = APIRouter(prefix="/api/v1", tags=["stock"])

PAGE = 50
Reader = Annotated[Actor, needs("stock.read")]
Keeper = Annotated[Actor, needs("stock.write")]
Shop = Annotated[str, Query(max_length=64)]
Words = Annotated[str, StringConstraints(max_length=MAX_WORDS, strip_whitespace=True)]
Sku = Annotated[str, Field(min_length=1, max_length=100)]
Pieces = Annotated[int, Field(ge=0, le=MOST)]
View = Literal["open", "ended"]


class PurchasePage(BaseModel):
    """A page of purchases, those that changed last first; `counts` is how many are in each state."""

    items: list[PurchaseView]
    next: str | None
    counts: dict[State, int]


class ShortView(BaseModel):
    """A variant to buy: `pieces` covers the `missing` ones that orders wait for, and what the shelf should have.

    `supplier` brings it soonest ("" where nobody is noted for it): ordered now it would be there on `expected_at`.
    """

    sku: str
    title: str
    available: int
    missing: int
    incoming: int
    line: int
    pieces: int
    supplier: str
    expected_at: int | None


class ShortList(BaseModel):
    """What the shop is short of."""

    items: list[ShortView]


class PurchaseFactView(BaseModel):
    """What happened: `to` where it moved, `apart` what too many or too few came of, `lines` what was counted."""

    at: int
    kind: str
    who: str
    to: State | None
    lines: dict[str, dict[str, int]]
    apart: dict[str, int]
    text: str


class PurchaseStory(BaseModel):
    """A purchase with everything that happened, oldest first."""

    purchase: PurchaseView
    history: list[PurchaseFactView]


class WantedForm(Body):
    """A variant to buy, and what one costs in yuan where that is known."""

    sku: Sku
    pieces: int = Field(ge=1, le=MOST)
    price: Money | None = None


class PurchaseForm(Body):
    """What is to be bought, and from whom."""

    shop: str = Field(min_length=1, max_length=64)
    supplier: Annotated[str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True)]
    lines: list[WantedForm] = Field(min_length=1, max_length=MAX_LINES)
    words: Words = ""


class PurchaseMove(Body):
    """Where it moves, and why; `seen` is the purchase's `steps` when it was looked at."""

    to: Literal["sent", "cancelled", "done"]
    seen: int = Field(ge=0, le=1 << 53)
    words: Words = ""


class Decision(Body):
    """Whether it is bought; a refusal says why. `seen` is the purchase's `steps` when it was looked at."""

    to: Literal["approved", "refused"]
    seen: int = Field(ge=0, le=1 << 53)
    words: Words = ""


class TallyForm(Body):
    """What has been counted of a variant altogether; what is left out stays as it was."""

    sku: Sku
    received: Pieces | None = None
    good: Pieces | None = None
    defective: Pieces | None = None
    shelved: Pieces | None = None


class CountingForm(Body):
    """What has come, is good, and is on the shelf, in totals; `seen` is the purchase's `steps`."""

    lines: list[TallyForm] = Field(min_length=1, max_length=MAX_LINES)
    seen: int = Field(ge=0, le=1 << 53)
    words: Words = ""


@router.get("/purchases")
def read_purchases(
    house: HouseDep,
    actor: Reader,
    shop: Shop,
    view: Annotated[View, Query()] = "open",
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> PurchasePage:
    """The purchases of one of my shops that are under way, or that have ended."""
    check_may(actor, "stock.read", shop)
    states = OPEN if view == "open" else ENDED
    with house.database.read() as connection:
        found = find_purchases(connection, (shop,), states, read_cursor(cursor), PAGE)
        counts = count_purchases(connection, (shop,))
        items = views_of(connection, found)
    last = found[-1] if len(found) == PAGE else None
    return PurchasePage(items=items, next=write_cursor(last.changed_at, last.id) if last else None, counts=dict(counts))


@router.get("/purchases/short")
def read_short(house: HouseDep, actor: Reader, shop: Shop) -> ShortList:
    """What the shop is short of and nobody has asked for yet, with the pieces to buy."""
    check_may(actor, "stock.read", shop)
    content = house.content.shop(shop)
    with house.database.read() as connection:
        stock = take_stock(connection, content, shop)
        suppliers = find_suppliers(connection, house.sealer, shop)
    now = house.clock.now()
    return ShortList(items=[_short(one, suppliers, now) for one in stock if one.short_of and one.title])


@router.post("/purchases")
def ask_purchase(house: HouseDep, actor: Keeper, body: PurchaseForm) -> PurchaseView:
    """Ask for a purchase; somebody with the right decides. The same again is the same one."""
    check_may(actor, "stock.write", body.shop)
    content = house.content.shop(body.shop)
    with house.database.read() as connection:
        opening_for(connection, content, body.shop, [one.sku for one in body.lines])
        suppliers = find_suppliers(connection, house.sealer, body.shop)
    days = next((one.lead_days for one in suppliers if one.name == body.supplier), None)
    names = {sku.id: f"{product.short} {sku.name}" for product in content.products for sku in product.skus}
    lines = [
        Line(one.sku, names[one.sku], one.pieces, price=None if one.price is None else fen_from(one.price))
        for one in body.lines
    ]
    return _view(house, house.writer.run(propose(body.shop, body.supplier, lines, author(actor), body.words, days)))


@router.get("/purchases/{purchase_id}")
def read_purchase(house: HouseDep, actor: Reader, purchase_id: Id) -> PurchaseStory:
    """One purchase and what happened to it."""
    known = _find(house, actor, purchase_id)
    with house.database.read() as connection:
        facts = read_history(connection, purchase_id)
        names = name_authors(connection, {fact.author for fact in facts})
        history = [
            PurchaseFactView(
                at=fact.at, kind=fact.kind, who=names.get(fact.author, ""), to=fact.data.get("to"),
                lines=fact.data.get("lines", {}), apart=fact.data.get("apart", {}),
                text=(fact.content or {}).get("text", ""),
            )
            for fact in facts
        ]  # fmt: skip
        return PurchaseStory(purchase=views_of(connection, [known])[0], history=history)


@router.post("/purchases/{purchase_id}/decide")
def decide_purchase(
    house: HouseDep, actor: Annotated[Actor, needs("stock.approve")], purchase_id: Id, body: Decision
) -> PurchaseView:
    """Say whether it is bought; 409 when somebody has decided."""
    _find(house, actor, purchase_id)
    return _view(house, house.writer.run(move(purchase_id, body.to, body.seen, author(actor), body.words)))


@router.post("/purchases/{purchase_id}/move")
def move_purchase(house: HouseDep, actor: Keeper, purchase_id: Id, body: PurchaseMove) -> PurchaseView:
    """Send, cancel or end it; 409 where that cannot follow."""
    _find(house, actor, purchase_id)
    return _view(house, house.writer.run(move(purchase_id, body.to, body.seen, author(actor), body.words)))


@router.post("/purchases/{purchase_id}/count")
def count_purchase(house: HouseDep, actor: Keeper, purchase_id: Id, body: CountingForm) -> PurchaseView:
    """Write down what has come, what is good and what is shelved; what is shelved can be sold at once."""
    known = _find(house, actor, purchase_id)
    tallies = [Tally(**one.model_dump()) for one in body.lines]
    content = house.content.shop(known.shop)
    with house.database.read() as connection:
        opening = opening_for(connection, content, known.shop, ())
    return _view(house, house.writer.run(count(opening, purchase_id, tallies, body.seen, author(actor), body.words)))


def _short(one: Stocked, suppliers: Sequence[Supplier], now: int) -> ShortView:
    known = supplier_of(suppliers, one.level.sku)
    return ShortView(
        sku=one.level.sku, title=f"{one.title} {one.name}", available=one.level.available, missing=one.missing,
        incoming=one.incoming, line=one.line, pieces=one.short_of, supplier=known.name if known else "",
        expected_at=expected(now, known.lead_days) if known else None,
    )  # fmt: skip


def _find(house: House, actor: Actor, purchase_id: str) -> Purchase:
    with house.database.read() as connection:
        known = find_purchase(connection, purchase_id)
    if known is None:
        raise NotFound(ELSEWHERE)
    check_may(actor, "stock.read", known.shop)
    return known


def _view(house: House, known: Purchase) -> PurchaseView:
    with house.database.read() as connection:
        return views_of(connection, [known])[0]
