"""Unpaid orders whose reminders are due, in a shop that is never quiet: faults come at night too."""

import itertools
import time
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from tests.faults.shop import Shop, inside, run_sql

from jinpai.desk.store import buyer, conversation
from jinpai.flows.content.checks import check_shop_files
from jinpai.flows.ports import House
from jinpai.kit.database import open_database
from jinpai.orders.actions import record_orders
from jinpai.orders.model import OrderRow
from jinpai.packs.actions import propose_version, publish_version
from jinpai.packs.files import content_root
from jinpai.packs.store import find_version

HOUR = 3_600_000
_BATCH = itertools.count(1)


def never_quiet() -> dict[str, str]:
    """The base pack's timetable without quiet hours, orders staying open for a month."""
    text = (content_root() / "base" / "reminders" / "plan.yaml").read_text()
    text = text.replace("quiet: {begins: 21:30, ends: 08:30}", "quiet: {begins: 00:00, ends: 00:00}")
    return {"reminders/plan.yaml": text.replace("close_hours: 24", "close_hours: 720").replace("most: 2", "most: 1")}


def place_orders(shop: Shop, count: int, *, phones: bool = False) -> str:
    """Record unpaid orders of buyers with a chat each, or with a phone each; returns what their numbers begin with."""
    begin = f"F{next(_BATCH)}-"
    with inside(shop) as house:
        publish_never_quiet(house)
        numbers = [f"{begin}{n}" for n in range(count)]
        if not phones:
            house.writer.run(lambda tx: _people(tx.connection, numbers, tx.now))
        rows = [
            OrderRow(
                number,
                buyer=None if phones else f"b_{number}",
                buyer_name=f"买家{number}",
                phone=f"138{n:08}" if phones else None,
                state="unpaid",
                total=9_900,
                title="云朵棉短袖",
                ordered_at=house.clock.now() - HOUR,
            )
            for n, number in enumerate(numbers)
        ]
        house.writer.run(record_orders(house.sealer, "demo", rows))
    return begin


def make_due(database: str) -> None:
    """Every planned reminder is due now."""
    run_sql(database, "UPDATE due SET due_at = 0 WHERE kind = 'remind' AND state = 'waiting'")


def states(database: str, begin: str) -> dict[str, int]:
    """How many reminders of these orders are in each state."""
    query = "SELECT state, count(*) FROM reminder WHERE number LIKE :like GROUP BY state"
    return {row[0]: row[1] for row in _rows(database, query, begin)}


def said(database: str, begin: str) -> list[int]:
    """For each buyer of these orders who was reminded in the chat, how often."""
    query = "SELECT count(*) FROM journal WHERE author = 'assistant:remind' AND conversation LIKE :like "
    return [row[0] for row in _rows(database, query + "GROUP BY conversation", f"c_{begin}")]


def facts(database: str) -> list[int]:
    """For each reminder that was noted as given, how often."""
    query = "SELECT count(*) FROM journal WHERE kind = 'order_reminded' AND client_id LIKE :like GROUP BY client_id"
    return [row[0] for row in _rows(database, query, "fact-")]


def until(true: Callable[[], Any], seconds: float = 60) -> None:
    """Wait until this is true."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.05)


def publish_never_quiet(house: House) -> None:
    """Put a timetable without quiet hours in force, whatever the hour of the test."""
    files = never_quiet()
    summary = house.writer.run(propose_version("demo", "system:", "从不打扰", files, check_shop_files))
    with house.database.read() as connection:
        version = find_version(connection, "demo", summary.id)
    assert version is not None
    house.writer.run(publish_version(version, "system:", check_shop_files))
    house.content.refresh("demo").result()


def _people(connection: sa.Connection, numbers: list[str], now: int) -> None:
    buyers = [{"id": f"b_{n}", "shop": "demo", "name": f"买家{n}", "created_at": now} for n in numbers]
    connection.execute(sa.insert(buyer), buyers)
    talk = {"shop": "demo", "channel": "demo-web", "status": "open", "seq": 0, "opened_at": now, "last_at": now}
    talk |= {"last_from": "buyer", "last_text": "", "unread": 0, "waived": False, "offline": False, "tags": []}
    connection.execute(sa.insert(conversation), [{"id": f"c_{n}", "buyer": f"b_{n}", **talk} for n in numbers])


def _rows(database: str, query: str, begin: str) -> list[Any]:
    opened = open_database(database)
    try:
        with opened.read() as connection:
            return list(connection.execute(sa.text(query), {"like": f"{begin}%"}))
    finally:
        opened.close()
