from collections.abc import Iterator
from pathlib import Path

import pytest
from office import MORNING, Office
from pwdlib.hashers.argon2 import Argon2Hasher

from jinpai.journal.writer import Writer
from jinpai.kit.clock import FixedClock
from jinpai.kit.database import metadata, open_database
from jinpai.staff.passwords import Passwords


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    database = open_database(f"sqlite:///{tmp_path}/jinpai.db")
    metadata.create_all(database.writing)
    clock = FixedClock(MORNING)
    writer = Writer(database, clock)
    office = Office(database, writer, clock, Passwords(Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)))
    writer.listen(office.commits.append)
    writer.start()
    yield office
    writer.stop()
    database.close()
