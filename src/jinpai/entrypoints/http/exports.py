"""Tables to take along: what a list shows, as a file that a spreadsheet opens without running anything."""

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any, Literal, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from pydantic import Field

from jinpai.desk.sheets import SHEET as TALK_SHEET
from jinpai.desk.sheets import SPOKEN
from jinpai.desk.sheets import sheet_row as talk_row
from jinpai.entrypoints.http.access import HouseDep, needs
from jinpai.entrypoints.http.bodies import Body
from jinpai.entrypoints.http.desk.conversations import Id, Nothing
from jinpai.entrypoints.http.desk.conversations import find as find_conversation
from jinpai.entrypoints.http.orders.orders import Wanted, find_wanted
from jinpai.flows.ports import House
from jinpai.journal.model import Entry, Row
from jinpai.journal.reader import read_conversation
from jinpai.journal.writer import Tx
from jinpai.kit.errors import BadInput, NotFound
from jinpai.kit.sheets.writing import CSV, XLSX, Sheet, write_csv, write_xlsx
from jinpai.orders.model import Order, Search
from jinpai.orders.searching import find_orders
from jinpai.orders.sheets import SHEET, sheet_row
from jinpai.orders.store import get_orders
from jinpai.staff.model import Actor

router = APIRouter(prefix="/api/v1", tags=["exports"])

MAX_ROWS = 10_000
"""How many lines one file may have: more take so long that chats would wait."""

AT_ONCE = 500
FORMS = {"csv": CSV, "xlsx": XLSX}
FILES: dict[int | str, dict[str, Any]] = {200: {"description": "表格文件", "content": {XLSX: {}, "text/csv": {}}}}
Form = Annotated[Literal["csv", "xlsx"], Query(alias="format")]
Exporter = Annotated[Actor, needs("order.export")]
Lead = Annotated[Actor, needs("conversation.lead")]
T = TypeVar("T")
_one_at_a_time = CapacityLimiter(1)


class ChosenOrders(Body):
    """Only these orders, by id; none: all that fit."""

    ids: list[Annotated[str, Field(min_length=1, max_length=64)]] = Field(default_factory=list, max_length=500)


@router.post("/orders/export", response_class=Response, responses=FILES)
async def export_orders(
    house: HouseDep,
    actor: Exporter,
    body: ChosenOrders,
    wanted: Annotated[Wanted, Depends(find_wanted)],
    form: Form = "xlsx",
) -> Response:
    """The orders that fit or were chosen, people masked; that I took them along is kept. BadInput for too many."""

    shops = wanted.shops(actor, "order.export")

    def work() -> Response:
        orders = _chosen(house, shops, body.ids) if body.ids else _all_orders(house, shops, wanted.search)
        house.writer.run(_note(shops, actor.author, len(orders)))
        return sheet_file(SHEET, map(sheet_row, orders), form, "orders")

    return await slowly(work)


@router.post("/conversations/{conversation_id}/export", response_class=Response, responses=FILES)
async def export_conversation(
    house: HouseDep, actor: Lead, conversation_id: Id, body: Nothing, form: Form = "xlsx"
) -> Response:
    """What was said and noted in this conversation, telephone numbers masked; that I took it along is kept."""
    talk = find_conversation(house, actor, conversation_id)

    def work() -> Response:
        rows = _all_spoken(house, talk.id)
        data = {"conversation": talk.id, "messages": len(rows)}
        house.writer.run(lambda tx: tx.append(Entry("conversation_exported", actor.author, talk.shop, data=data)))
        return sheet_file(TALK_SHEET, map(talk_row, rows), form, "conversation")

    return await slowly(work)


async def slowly(work: Callable[[], T]) -> T:
    """Make one file after the other, beside the chats."""
    return await to_thread.run_sync(work, limiter=_one_at_a_time)


def sheet_file(sheet: Sheet, rows: Iterable[Sequence[str]], form: Literal["csv", "xlsx"], name: str) -> Response:
    """The table as a file to be kept."""
    content = write_csv(sheet, rows) if form == "csv" else write_xlsx(sheet, rows)
    headers = {"content-disposition": f'attachment; filename="{name}.{form}"', "cache-control": "no-store"}
    return Response(content, media_type=FORMS[form], headers=headers)


def check_few(count: int) -> None:
    """BadInput when a file would have too many lines."""
    if count > MAX_ROWS:
        raise BadInput(f"符合条件的超过 {MAX_ROWS} 行，一个文件放不下，请缩小范围（比如按月份）分几次导出")


def _chosen(house: House, shops: Sequence[str], ids: Sequence[str]) -> list[Order]:
    """These orders of my shops, in the sequence they were chosen in; NotFound for any other."""
    with house.database.read() as connection:
        known = get_orders(connection, house.sealer, ids)
    mine = [known[id_] for id_ in dict.fromkeys(ids) if id_ in known and known[id_].shop in shops]
    if len(mine) < len(set(ids)):
        raise NotFound("选中的订单里有找不到的，请刷新后重新选")
    return mine


def _all_orders(house: House, shops: Sequence[str], search: Search) -> list[Order]:
    found: list[Order] = []
    cursor: tuple[int, str] | None = None
    while True:
        with house.database.read() as connection:
            page = find_orders(connection, house.sealer, shops, search, cursor, AT_ONCE)
        found += page
        check_few(len(found))
        if len(page) < AT_ONCE:
            return found
        cursor = (page[-1].listed_at, page[-1].id)


def _all_spoken(house: House, conversation: str) -> list[Row]:
    found: list[Row] = []
    after = 0
    while True:
        with house.database.read() as connection:
            rows = read_conversation(connection, conversation, after, AT_ONCE)
        found += [row for row in rows if row.entry.kind in SPOKEN]
        check_few(len(found))
        if len(rows) < AT_ONCE:
            return found
        after = rows[-1].seq


def _note(shops: Sequence[str], author: str, count: int) -> Callable[[Tx], None]:
    def act(tx: Tx) -> None:
        for shop in shops:
            tx.append(Entry("orders_exported", author, shop, data={"orders": count}))

    return act
