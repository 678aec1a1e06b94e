"""The follower that keeps the search index up to date, beside the talk and never in its way."""

import threading
import time

import structlog

from jinpai.desk.search.following import Document, follow_postgres, read_on, store_sqlite
from jinpai.desk.search.index import merge_index
from jinpai.flows.ports import House
from jinpai.journal.writer import Tx
from jinpai.kit.database import UNREACHABLE

TICK_SECONDS = 0.5
AT_ONCE = 100
AT_ONCE_POSTGRES = 500
"""SQLite has one writer for everybody, so its batches take a few milliseconds; PostgreSQL's keep nobody waiting."""

BUSY_SHARE = 7
"""While others wait for the writer, the follower rests so many times as long as it worked."""

_log = structlog.get_logger()


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


class Follower:
    """A thread that follows the log until it is stopped; killed, it goes on from its bookmark."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="search-follower", daemon=True)

    def start(self) -> None:
        """Begin to follow."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the present batch, then end."""
        self._stopping.set()
        self._thread.join(30)

    def _run(self) -> None:
        while not self._stopping.is_set():
            started = time.monotonic()
            try:
                has_more = follow_once(self._house) > 0
            except UNREACHABLE as error:
                _log.warning("search_index_waits", error=type(error).__name__)
                has_more = False
            except Exception:
                _log.exception("search_index_failed")
                has_more = False
            rest = TICK_SECONDS
            if has_more:
                rest = (time.monotonic() - started) * BUSY_SHARE if self._house.writer.depth else 0.0
            self._stopping.wait(rest)
