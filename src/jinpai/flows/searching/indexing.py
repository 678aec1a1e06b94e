"""The follower that keeps the search index up to date, beside the talk and never in its way."""

import time

from jinpai.desk.search.following import Document, follow_postgres, read_on, store_sqlite
from jinpai.desk.search.index import merge_index
from jinpai.flows.loop import Loop, careful, rest_after
from jinpai.flows.ports import House
from jinpai.journal.writer import Tx

TICK_SECONDS = 0.5
AT_ONCE = 100
AT_ONCE_POSTGRES = 500
"""SQLite has one writer for everybody, so its batches take a few milliseconds; PostgreSQL's keep nobody waiting."""


def follow_once(house: House) -> int:
    """Bring the index on by one batch; returns how many rows of the log were read, 0 when there were none."""
    if house.database.is_sqlite:
        return _follow_sqlite(house)
    with house.database.read() as connection:
        connection.execution_options(isolation_level="READ COMMITTED")
        with connection.begin():
            return follow_postgres(connection, AT_ONCE_POSTGRES)


def catch_up(house: House) -> None:
    """Bring the index up to the end of the log."""
    while follow_once(house):
        pass


def _follow_sqlite(house: House) -> int:
    with house.database.read() as connection:
        documents, start, end = read_on(connection, AT_ONCE)
    if end > start:
        _store(house, documents, start, end)
    return end - start


def _store(house: House, documents: list[Document], start: int, end: int) -> None:
    def store(tx: Tx) -> None:
        store_sqlite(tx.connection, documents, start, end)

    def tidy(tx: Tx) -> None:
        merge_index(tx.connection)

    house.writer.run(store)
    house.writer.run(tidy)


class Follower(Loop):
    """Follows the log until it is stopped; killed, it goes on from its bookmark."""

    def __init__(self, house: House) -> None:
        super().__init__("search-follower", lambda: _round(house))


def _round(house: House) -> float:
    started, has_more = time.monotonic(), False
    with careful("search_index"):
        has_more = follow_once(house) >= (AT_ONCE if house.database.is_sqlite else AT_ONCE_POSTGRES)
    return rest_after(started, house.writer, has_more=has_more, tick=TICK_SECONDS)
