"""PostgreSQL behind a network that takes less at a time than one commit has to say."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.rooms.journal.test_writer import said

from jinpai.journal.reader import read_conversation
from jinpai.journal.writer import Writer
from jinpai.kit.clock import SystemClock
from jinpai.kit.database import Database, open_database
from jinpai.kit.migrate import migrate

NAME = ".s.PGSQL.5432"
AT_A_TIME = 16_384
PAUSE = 0.002
"""Seconds between two pieces: 8 MB a second."""


@pytest.fixture
def distant(postgres_url: str, tmp_path: Path) -> Iterator[Database]:
    """A migrated PostgreSQL behind such a network."""
    url = sa.engine.make_url(postgres_url)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(tmp_path / NAME))
    listener.listen()
    threading.Thread(target=accept, args=(listener, url), daemon=True).start()
    slow = url.set(host=None, port=None).update_query_dict({"host": str(tmp_path)})
    migrate(quick := open_database(postgres_url))
    yield (opened := open_database(slow.render_as_string(hide_password=False)))
    for database in (opened, quick):
        database.close()
    listener.close()


def connect(url: sa.URL) -> socket.socket:
    if url.host:
        return socket.create_connection((url.host, url.port or 5432))
    made = socket.socket(socket.AF_UNIX)
    made.connect(str(Path(str(url.query["host"]), NAME)))
    return made


def accept(listener: socket.socket, url: sa.URL) -> None:
    with suppress(OSError):
        while True:
            near, _ = listener.accept()
            far = connect(url)
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=relay, args=(source, sink), daemon=True).start()


def relay(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(AT_A_TIME):
            sink.sendall(data)
            if len(data) > AT_A_TIME // 2:
                time.sleep(PAUSE)
    for end in (source, sink):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


def test_a_commit_of_several_megabytes_arrives(distant: Database) -> None:
    writer = Writer(distant, SystemClock())
    writer.start()
    for _ in range(3):
        hold = threading.Event()
        writer.enqueue(lambda tx, hold=hold: hold.wait(10) and None)  # type: ignore[misc]
        futures = [writer.enqueue(lambda tx: tx.append(said("长" * 5_000))) for _ in range(250)]
        hold.set()
        for future in futures:
            future.result(60)
    with distant.read() as connection:
        assert len(read_conversation(connection, "c_1", 0, 1_000)) == 750
    writer.stop()
