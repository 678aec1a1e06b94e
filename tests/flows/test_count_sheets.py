"""Count sheets into the stock, on each database: foreseen as it becomes, once however often, sold pieces stay sold."""

from tests.flows.conftest import Shop

from jinpai.flows.importing.counts import COUNT_FILES, write_count_sheet
from jinpai.flows.importing.running import lay_out
from jinpai.flows.stocking.stock import opening_for
from jinpai.flows.stocking.stocktaking import take_stock
from jinpai.importing.model import Tally
from jinpai.importing.tables import read_table
from jinpai.kit.sheets.writing import write_xlsx
from jinpai.orders.actions import record_orders
from jinpai.orders.model import Item, OrderRow
from jinpai.stock.counting import SHEET
from jinpai.stock.store import read_levels, read_movements

ORANGE, GREY = "pack-linxing-45-orange", "pack-linxing-45-grey"
"""Three and twenty-two pieces to begin with."""


def bring(shop: Shop, content: bytes) -> tuple[Tally, Tally]:
    job = lay_out(shop.house, COUNT_FILES, "demo", "agent:a_1", content)
    return COUNT_FILES.foresee(shop.house, job), COUNT_FILES.run(shop.house, job, lambda tally: None)


def numbers(shop: Shop) -> dict[str, int]:
    with shop.house.database.read() as connection:
        return {sku: level.on_hand for sku, level in read_levels(connection, "demo").items()}


def sell(shop: Shop, number: str, pieces: int) -> None:
    with shop.house.database.read() as connection:
        at = opening_for(connection, shop.house.content.shop("demo"), "demo", [ORANGE]).at
    item = Item("林行 45 升徒步背包 可调背负 附防雨罩", "岩灰", pieces, 38_900, "pack-linxing-45")
    row = OrderRow(number, state="completed", total=38_900, items=(item,), ordered_at=at + 1_000)
    shop.house.writer.run(record_orders(shop.house.sealer, "demo", [row]))


def test_a_sheet_corrects_what_differs_names_the_rest_and_the_same_again_changes_nothing(shop: Shop) -> None:
    sheet = f"规格编码,盘点件数,原因\n{ORANGE},5,找到了\n{GREY},22,\nno-such-sku,4,\n".encode()
    job = lay_out(shop.house, COUNT_FILES, "demo", "agent:a_1", sheet)
    changes = COUNT_FILES.find_changes(shop.house, job)
    assert [(one.line, one.code, one.before, one.after) for one in changes] == [(2, ORANGE, 3, 5)]
    foreseen, told = bring(shop, sheet)
    assert foreseen == told
    assert (told.updated, told.unchanged, [one.line for one in told.rejected]) == (1, 1, [4])
    assert numbers(shop)[ORANGE] == 5
    _, again = bring(shop, sheet)
    assert (again.updated, again.unchanged, len(again.rejected)) == (0, 2, 1)
    with shop.house.database.read() as connection:
        moves = read_movements(connection, "demo", ORANGE, None, 10)
    assert [(one.kind, one.pieces, one.cause.reason, one.cause.author) for one in moves] == [
        ("corrected", 2, "found", "agent:a_1"),
        ("opened", 3, "", "system:"),
    ]


def test_what_was_sold_after_the_count_does_not_come_back_with_the_same_sheet(shop: Shop) -> None:
    sheet = f"规格编码,盘点件数\n{GREY},20\n".encode()
    bring(shop, sheet)
    sell(shop, "CT1", 3)
    _, again = bring(shop, sheet)
    assert numbers(shop)[GREY] == 17
    assert "已经按 20 件导入过" in again.rejected[0].reason


def test_a_sheet_filled_in_before_goods_moved_is_told_and_a_fresh_one_counts(shop: Shop) -> None:
    sell(shop, "CT2", 2)
    stale = write_xlsx(SHEET, [(GREY, "林行", "岩灰", "22", "21", "", "")])
    _, told = bring(shop, stale)
    assert "填表时账上是 22 件，现在是 20 件" in told.rejected[0].reason
    assert numbers(shop)[GREY] == 20
    _, told = bring(shop, write_xlsx(SHEET, [(GREY, "林行", "岩灰", "20", "21", "", "")]))
    assert (told.updated, numbers(shop)[GREY]) == (1, 21)


def test_the_sheet_to_fill_in_has_every_variant_with_what_the_book_believes(shop: Shop) -> None:
    sell(shop, "CT3", 2)
    content = write_count_sheet(shop.house, "demo")
    with shop.house.database.read() as connection:
        stock = take_stock(connection, shop.house.content.shop("demo"), "demo")
    rows = {cells[0]: cells for _, cells in read_table(content).rows[1:]}
    assert rows.keys() == {one.level.sku for one in stock}
    assert rows[GREY][3] == "20"
    _, told = bring(shop, content)
    assert (told.rows, told.unchanged, told.updated) == (len(stock), len(stock), 0)
