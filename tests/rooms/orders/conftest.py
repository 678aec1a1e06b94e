from collections.abc import Iterator

import pytest
from orderbook import OrderBook

from jinpai.kit.clock import FixedClock
from jinpai.kit.database import Database
from jinpai.kit.sealing import make_sealer

NOON = 1_795_300_000_000


@pytest.fixture
def book(database: Database) -> Iterator[OrderBook]:
    """A shop's order book on each kind of database."""
    made = OrderBook(database, make_sealer(bytes(range(32))), FixedClock(NOON))
    yield made
    made.writer.stop()
