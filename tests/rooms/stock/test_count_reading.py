"""Count sheets as people fill them in: read or refused line by line, and held against the book."""

import pytest

from jinpai.importing.cells import Unreadable
from jinpai.importing.columns import find_layout
from jinpai.importing.model import Plan
from jinpai.importing.tables import read_table
from jinpai.kit.errors import BadInput
from jinpai.kit.sheets.writing import write_xlsx
from jinpai.stock.counting import COUNTS, SHEET, CountLine, LastCount, judge, read_counts


def read(content: bytes) -> Plan[CountLine]:
    table = read_table(content)
    return read_counts(table, find_layout(COUNTS, table, {}))


def test_the_sheet_we_hand_out_is_read_and_what_has_no_number_was_not_counted() -> None:
    rows = [("pack-45", "林行", "岩灰", "22", "20", "破损", "雨淋了"), ("pack-46", "林行", "柿子橙", "3", "", "", "")]
    plan = read(write_xlsx(SHEET, rows))
    assert [one for _, one in plan.lines] == [
        CountLine("pack-45", 20, 22, "damaged", "雨淋了"),
        CountLine("pack-46", None, 3),
    ]
    assert plan.count == 2


def test_two_columns_of_any_warehouse_are_enough() -> None:
    plan = read('SKU编码,实盘数\npack-45,20\n="0046",7.0\n'.encode("gbk"))
    assert [one for _, one in plan.lines] == [CountLine("pack-45", 20), CountLine("0046", 7)]


def test_what_cannot_be_is_refused_with_its_line() -> None:
    rows = "a,-1,\nb,三,\n,5,\nc,5,心情不好\nd,1000001,\ne,4,其他\n合计,90.5,\n"
    plan = read(("规格编码,盘点件数,原因\n" + rows).encode())
    assert not plan.lines
    assert [one.line for one in plan.rejected] == [2, 3, 4, 5, 6, 7, 8]
    assert plan.rejected[3].reason.startswith("原因“心情不好”不认识；可以写：盘点、破损")


def test_a_variant_on_two_lines_is_counted_on_none_of_them() -> None:
    plan = read("规格编码,盘点件数\na,5\nb,1\na,6\n".encode())
    assert [one.sku for _, one in plan.lines] == ["b"]
    assert [one.line for one in plan.rejected] == [2, 4]
    assert "第 2、4 行是同一个规格" in plan.rejected[0].reason


def test_a_file_without_the_counted_pieces_says_which_column_is_missing() -> None:
    with pytest.raises(BadInput, match="盘点件数"):
        read("规格编码,商品\na,帐篷\nb,背包\n".encode())


@pytest.mark.parametrize(
    ("line", "on_hand", "last", "outcome"),
    [
        (CountLine("a", None, 12), 9, None, "unchanged"),
        (CountLine("a", 10, 12), 10, LastCount("a", 10, 12), "unchanged"),
        (CountLine("a", 10, 12), 12, None, "updated"),
        (CountLine("a", 10), 12, LastCount("a", 11, None), "updated"),
        (CountLine("a", 0, 12), 12, LastCount("a", 0, 11), "updated"),
    ],
)
def test_a_line_corrects_what_the_book_has_wrong(
    line: CountLine, on_hand: int, last: LastCount | None, outcome: str
) -> None:
    assert judge(line, on_hand, last) == outcome


def test_a_line_from_before_goods_moved_or_brought_in_before_is_told() -> None:
    with pytest.raises(Unreadable, match="填表时账上是 12 件，现在是 11 件"):
        judge(CountLine("a", 10, 12), 11, None)
    with pytest.raises(Unreadable, match="已经按 10 件导入过"):
        judge(CountLine("a", 10), 9, LastCount("a", 10, None))
    with pytest.raises(Unreadable, match="已经按 10 件导入过"):
        judge(CountLine("a", 10, 12), 12, LastCount("a", 10, 12))
