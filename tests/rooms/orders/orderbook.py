"""A shop with an order book on a real database, for the tests of orders."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from jinpai.desk.actions import add_shop
from jinpai.journal.writer import Writer
from jinpai.kit.clock import FixedClock
from jinpai.kit.database import Database
from jinpai.kit.sealing import Sealer
from jinpai.orders.actions import Outcome, record_orders
from jinpai.orders.model import Order, OrderRow
from jinpai.orders.store import find_order, orders, read_history

SHOP = "demo"


@dataclass
class OrderBook:
    """The real writer, a key, and a clock that stands still."""

    database: Database
    sealer: Sealer
    clock: FixedClock
    writer: Writer = field(init=False)

    def __post_init__(self) -> None:
        self.writer = Writer(self.database, self.clock)
        self.writer.start()
        self.writer.run(lambda tx: add_shop(tx, SHOP, "山野集"))

    def record(self, *rows: OrderRow, shop: str = SHOP) -> list[Outcome]:
        return self.writer.run(record_orders(self.sealer, shop, rows))

    def order(self, number: str) -> Order:
        with self.database.read() as connection:
            found = find_order(connection, self.sealer, SHOP, number)
        assert found is not None
        return found

    def history(self, number: str) -> Sequence[Any]:
        with self.database.read() as connection:
            return read_history(connection, self.order(number).id)

    def count(self) -> int:
        with self.database.read() as connection:
            return int(connection.execute(sa.select(sa.func.count()).select_from(orders)).scalar_one())

    def raw(self, number: str) -> Any:
        """The row as a thief of the database would see it."""
        with self.database.read() as connection:
            return connection.execute(sa.select(orders).where(orders.c.number == number)).one()
