"""The stock over HTTP: the list by variant, each one's movements, counting it, and the line at which it is bought."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import BaseModel, Field, StringConstraints

from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.desk.conversations import Id
from jinpai.entrypoints.http.desk.handing import author
from jinpai.flows.importing.counts import write_count_sheet
from jinpai.flows.ports import House
from jinpai.flows.stocking.stock import opening_for
from jinpai.flows.stocking.stocktaking import Stocked, View, choose, take_stock
from jinpai.journal.reader import read_rows
from jinpai.kit.errors import BadInput
from jinpai.kit.sheets.writing import XLSX
from jinpai.staff.model import Actor
from jinpai.staff.rights import check_may
from jinpai.staff.store import name_authors
from jinpai.stock.actions import Correction, Opening, correct, set_reorder
from jinpai.stock.model import MAX_NOTE, MOST, Kind, Movement, Reason
from jinpai.stock.store import read_movements

router = APIRouter(prefix="/api/v1", tags=["stock"])

PAGE = 50
Reader = Annotated[Actor, needs("stock.read")]
Keeper = Annotated[Actor, needs("stock.write")]
Shop = Annotated[str, Query(max_length=64)]


class StockView(BaseModel):
    """A variant's stock in pieces; `available` = `on_hand` − `reserved`, `missing` is what orders wait for.

    `line` is where it is bought again (`usual` where nobody set it), `incoming` bought and not shelved yet, `gone` when
    the shop sells it no more.
    """

    sku: str
    title: str
    name: str
    on_hand: int
    reserved: int
    available: int
    missing: int
    incoming: int
    line: int
    usual: bool
    low: bool
    gone: bool


class StockPage(BaseModel):
    """Fifty variants; `next` asks for the following ones. `counts` is how many variants each view has."""

    items: list[StockView]
    next: str | None
    counts: dict[View, int]


class MovementView(BaseModel):
    """What happened to a variant: `pieces` on hand and `held` by orders changed by so many, and what they came to.

    `short` pieces left although the book had none: somebody should count.
    """

    place: int
    at: int
    kind: Kind
    pieces: int
    held: int
    on_hand: int
    reserved: int
    short: int
    who: str
    order_id: str | None
    number: str
    purchase: str | None
    reason: str
    note: str


class MovementPage(BaseModel):
    """The newest movements; `next` asks for older ones."""

    items: list[MovementView]
    next: int | None


class CountForm(Body):
    """What was counted, and why it differs; `seen` is the number on the page when it was counted."""

    shop: str = Field(min_length=1, max_length=64)
    counted: int = Field(ge=0, le=MOST)
    seen: int = Field(ge=0, le=MOST)
    reason: Reason
    note: Annotated[str, StringConstraints(max_length=MAX_NOTE, strip_whitespace=True)] = ""


class LineForm(Body):
    """At how few pieces it is bought again: null as usual, 0 never."""

    shop: str = Field(min_length=1, max_length=64)
    line: Annotated[int, Field(ge=0, le=MOST)] | None


@router.get("/stock")
def read_stock(
    house: HouseDep,
    actor: Reader,
    shop: Shop,
    view: Annotated[View, Query()] = "all",
    q: Annotated[str, Query(max_length=100)] = "",
    cursor: Annotated[str | None, Query(max_length=100)] = None,
) -> StockPage:
    """The stock of one of my shops by variant, as its products are listed."""
    check_may(actor, "stock.read", shop)
    content = house.content.shop(shop)
    with house.database.read() as connection:
        stock = take_stock(connection, content, shop)
    found = choose(stock, view, q)
    start = _after([one.level.sku for one in found], cursor)
    page = found[start : start + PAGE]
    counts: dict[View, int] = {name: len(choose(stock, name, q)) for name in ("all", "low", "missing")}
    more = len(found) > start + PAGE
    return StockPage(items=[_view(one) for one in page], next=page[-1].level.sku if more else None, counts=counts)


@router.get(
    "/stock/sheet",
    response_class=Response,
    responses={200: {"description": "盘点表", "content": {XLSX: {}}}},
)
def read_count_sheet(house: HouseDep, actor: Keeper, shop: Shop) -> Response:
    """A count sheet to fill in and import: every variant with what the book has of it, as a workbook."""
    check_may(actor, "stock.write", shop)
    headers = {"content-disposition": 'attachment; filename="count-sheet.xlsx"', "cache-control": "no-store"}
    return Response(write_count_sheet(house, shop), media_type=XLSX, headers=headers)


@router.get("/stock/{sku}/movements")
def read_stock_movements(
    house: HouseDep, actor: Reader, sku: Id, shop: Shop, before: Annotated[int | None, Query(ge=1, le=1 << 53)] = None
) -> MovementPage:
    """What moved a variant's stock, the newest first: who, why, how many, for which order or purchase."""
    check_may(actor, "stock.read", shop)
    with house.database.read() as connection:
        found = read_movements(connection, shop, sku, before, PAGE)
        names = name_authors(connection, {one.cause.author for one in found})
        notes = {row.id: str(row.entry.body.get("text", "")) for row in read_rows(connection, _facts(found))}
    items = []
    for one in found:
        told = {name: getattr(one, name) for name in ("place", "at", "kind", "pieces", "held", "on_hand", "reserved")}
        because = {name: getattr(one.cause, name) for name in ("order_id", "number", "purchase", "reason")}
        note = notes.get(one.cause.fact, "") if one.cause.reason else ""
        items.append(MovementView(**told, **because, short=one.short, who=names.get(one.cause.author, ""), note=note))
    return MovementPage(items=items, next=items[-1].place if len(items) == PAGE else None)


@router.post("/stock/{sku}/count")
def count_stock(house: HouseDep, actor: Keeper, sku: Id, body: CountForm) -> StockView:
    """Put a variant to what was counted; 409 when its number changed since it was looked at."""
    check_may(actor, "stock.write", body.shop)
    asked = Correction(sku, body.counted, body.seen, body.reason, body.note)
    house.writer.run(correct(_opening(house, body.shop, sku), asked, author(actor)))
    return _one(house, body.shop, sku)


@router.put("/stock/{sku}/line")
def put_stock_line(house: HouseDep, actor: Keeper, sku: Id, body: LineForm) -> StockView:
    """Set the line at which a variant is bought again."""
    check_may(actor, "stock.write", body.shop)
    house.writer.run(set_reorder(_opening(house, body.shop, sku), sku, body.line, author(actor)))
    return _one(house, body.shop, sku)


def _opening(house: House, shop: str, sku: str) -> Opening:
    content = house.content.shop(shop)
    with house.database.read() as connection:
        return opening_for(connection, content, shop, [sku])


def _one(house: House, shop: str, sku: str) -> StockView:
    content = house.content.shop(shop)
    with house.database.read() as connection:
        return next(_view(one) for one in take_stock(connection, content, shop) if one.level.sku == sku)


def _view(one: Stocked) -> StockView:
    level = one.level
    return StockView(
        sku=level.sku, title=one.title, name=one.name, on_hand=level.on_hand, reserved=level.reserved,
        available=level.available, missing=one.missing, incoming=one.incoming, line=one.line,
        usual=level.reorder_at is None, low=one.is_low, gone=not one.title,
    )  # fmt: skip


def _after(skus: list[str], cursor: str | None) -> int:
    if cursor is None:
        return 0
    if cursor not in skus:
        raise BadInput("列表刚刚有变化，请从头再看一遍")
    return skus.index(cursor) + 1


def _facts(found: list[Movement]) -> list[int]:
    return sorted({one.cause.fact for one in found if one.cause.reason})
