"""Whole files into the order book: in pieces, again, and cut short."""

import pytest
from exports import HEADERS, PAID, SHIPPED, csv_file, csv_text
from orderbook import SHOP, OrderBook

from jinpai.importing.columns import find_layout
from jinpai.importing.memory import find_mapping, remember_mapping
from jinpai.importing.model import Plan, Tally
from jinpai.importing.tables import read_table
from jinpai.orders.importing.form import ORDERS
from jinpai.orders.importing.reading import read_plan
from jinpai.orders.importing.running import run_plan, try_plan
from jinpai.orders.model import OrderRow


def plan_of(content: bytes) -> Plan[OrderRow]:
    table = read_table(content)
    return read_plan(table, find_layout(ORDERS, table, {}))


def many(count: int) -> bytes:
    rows = [(f"26{number:08}", f"{number % 900}.50") for number in range(count)]
    return csv_text(("订单编号", "总金额"), *rows, ("", "合计")).encode("gbk")


def run(book: OrderBook, plan: Plan[OrderRow], progress: list[int] | None = None) -> Tally:
    heard = [] if progress is None else progress
    return run_plan(book.writer, book.sealer, SHOP, plan, "system:import", lambda tally: heard.append(tally.done))


def test_every_line_is_accounted_for_and_again_changes_nothing(book: OrderBook) -> None:
    plan, heard = plan_of(many(1_203)), list[int]()
    first = run(book, plan, heard)
    assert (first.rows, first.created, len(first.rejected), first.done) == (1_204, 1_203, 1, 1_204)
    assert heard == [1, 501, 1_001, 1_204]
    again = run(book, plan)
    assert (again.created, again.updated, again.unchanged, len(again.rejected)) == (0, 0, 1_203, 1)
    assert book.count() == 1_203


def test_an_import_killed_midway_and_run_again_ends_right(book: OrderBook) -> None:
    class Killed(BaseException):
        pass

    def kill(tally: Tally) -> None:
        if tally.created == 500:
            raise Killed

    plan = plan_of(many(1_100))
    with pytest.raises(Killed):
        run_plan(book.writer, book.sealer, SHOP, plan, "system:import", kill)
    assert book.count() == 500
    rest = run(book, plan)
    assert (rest.created, rest.unchanged) == (600, 500)
    assert book.count() == 1_100


def test_a_trial_says_the_same_and_writes_nothing(book: OrderBook) -> None:
    plan = plan_of(csv_file(PAID, SHIPPED, PAID))
    with book.database.read() as connection:
        foretold = try_plan(connection, book.sealer, SHOP, plan)
    assert book.count() == 0
    assert run(book, plan) == foretold


def test_tomorrows_export_moves_the_orders_on(book: OrderBook) -> None:
    run(book, plan_of(csv_file(PAID)))
    names = [name.strip() for name in HEADERS]
    changes = {"订单状态": "交易成功", "物流单号": "SF100200", "物流公司": "顺丰"}
    later = [changes.get(name, cell) for name, cell in zip(names, PAID, strict=True)]
    tally = run(book, plan_of(csv_file(later)))
    assert (tally.created, tally.updated) == (0, 1)
    assert book.order("2611220001000001").state == "completed"
    assert [fact.kind for fact in book.history("2611220001000001")] == ["order_recorded", "order_changed"]


def test_what_a_shop_said_of_its_columns_is_remembered(book: OrderBook) -> None:
    table = read_table("单子,总金额\n1,5\n".encode())
    layout = find_layout(ORDERS, table, {"单子": "number"})
    book.writer.run(remember_mapping(SHOP, layout))
    book.writer.run(remember_mapping(SHOP, layout))
    with book.database.read() as connection:
        assert find_mapping(connection, SHOP, "orders") == {"单子": "number", "总金额": "total"}
        assert find_mapping(connection, "other", "orders") == {}
