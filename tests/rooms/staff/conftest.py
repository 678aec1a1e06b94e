from collections.abc import Iterator

import pytest
from office import MORNING, Office
from pwdlib.hashers.argon2 import Argon2Hasher

from jinpai.journal.writer import Writer
from jinpai.kit.clock import FixedClock
from jinpai.kit.database import Database
from jinpai.staff.passwords import Passwords


@pytest.fixture
def office(database: Database) -> Iterator[Office]:
    clock = FixedClock(MORNING)
    writer = Writer(database, clock)
    office = Office(database, writer, clock, Passwords(Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)))
    writer.listen(office.commits.append)
    writer.start()
    yield office
    writer.stop()
