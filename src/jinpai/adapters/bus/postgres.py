"""Hints between processes over PostgreSQL's NOTIFY: one per batch, sent with the commit.

A hint carries no content, only which conversations moved to which seq; whoever follows them reads the log.
"""

import selectors
import socket
import threading
from collections.abc import Callable, Iterator, Sequence

import orjson
import psycopg
import sqlalchemy as sa
import structlog
from sqlalchemy.engine import Connection

from jinpai.journal.model import Row
from jinpai.journal.writer import Hint
from jinpai.kit.bulk import execute
from jinpai.kit.ids import new_id

CHANNEL = "jinpai"
HEADS_A_NOTE = 100
"""So that a payload stays far below PostgreSQL's 8,000 bytes."""

OnHints = Callable[[dict[str, int], Sequence[Hint]], None]
_NOTIFY = "SELECT pg_notify(%s, %s)"
_log = structlog.get_logger()


class PostgresBus:
    """Announces this process's commits and listens to those of the others."""

    def __init__(self, url: str) -> None:
        self._url = sa.engine.make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._me = new_id("p")
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="bus", daemon=True)
        self._listeners: list[OnHints] = []
        self._healers: list[Callable[[], None]] = []

    def announce(self, connection: Connection, rows: Sequence[Row], hints: Sequence[Hint]) -> None:
        """Send what this transaction brought, with its commit."""
        heads = {row.entry.conversation: row.seq for row in rows if row.entry.conversation is not None}
        for payload in _payloads(self._me, list(heads.items()), hints):
            execute(connection, _NOTIFY, (CHANNEL, payload))

    def listen(self, listener: OnHints, healer: Callable[[], None]) -> None:
        """Call `listener` with the others' hints, `healer` when some may have been lost; both in the bus's thread."""
        self._listeners.append(listener)
        self._healers.append(healer)

    def start(self) -> None:
        """Begin to listen."""
        self._rope, self._bell = socket.socketpair()
        self._thread.start()

    def stop(self) -> None:
        """Stop listening, at once."""
        self._stopping.set()
        if self._thread.is_alive():
            self._rope.close()
            self._thread.join(5)
            self._bell.close()

    def _work(self) -> None:
        pause = 0.2
        while not self._stopping.is_set():
            try:
                with psycopg.connect(self._url, autocommit=True, connect_timeout=5) as connection:
                    connection.execute(f"LISTEN {CHANNEL}")
                    pause = 0.2
                    for heal in self._healers:
                        heal()
                    self._hear(connection)
            except psycopg.Error as error:
                _log.warning("bus_lost", error=str(error))
                self._stopping.wait(pause)
                pause = min(pause * 2, 5.0)

    def _hear(self, connection: psycopg.Connection) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(connection, selectors.EVENT_READ)
            selector.register(self._bell, selectors.EVENT_READ)
            while not self._stopping.is_set():
                for note in connection.notifies(timeout=0):
                    sent = orjson.loads(note.payload)
                    if sent["from"] != self._me:
                        hints = [(topic, payload) for topic, payload in sent["hints"]]
                        for listener in self._listeners:
                            listener(sent["heads"], hints)
                selector.select()


def _payloads(me: str, heads: list[tuple[str, int]], hints: Sequence[Hint]) -> Iterator[str]:
    for start in range(0, len(heads), HEADS_A_NOTE):
        yield _payload(me, dict(heads[start : start + HEADS_A_NOTE]), ())
    for hint in hints:
        yield _payload(me, {}, (hint,))


def _payload(me: str, heads: dict[str, int], hints: Sequence[Hint]) -> str:
    return orjson.dumps({"from": me, "heads": heads, "hints": [list(hint) for hint in hints]}).decode()
