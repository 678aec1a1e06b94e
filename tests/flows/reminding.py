"""Orders of the demo shop that are not paid, for the tests of reminders."""

from dataclasses import dataclass, field
from typing import TypeVar

import sqlalchemy as sa
from tests.flows.conftest import Shop

from jinpai.flows.content.checks import check_shop_files
from jinpai.flows.due import work_once
from jinpai.flows.ports import ShortMessage, Sms, Unsubscribed
from jinpai.journal.store import due
from jinpai.orders.actions import record_orders
from jinpai.orders.model import Order, OrderRow
from jinpai.orders.store import find_order
from jinpai.packs.actions import propose_version, publish_version
from jinpai.packs.store import find_version
from jinpai.reminders.store import Reminder, find_of_orders

HOUR = 3_600_000
MINUTE = 60_000


Provider = TypeVar("Provider", bound=Sms)


@dataclass
class Phones:
    """An SMS provider that keeps what it took, once per key; it may fail before or after taking it."""

    reaches_phones = True
    taken: dict[str, ShortMessage] = field(default_factory=dict)
    unsubscribed: bool = False
    calls: int = 0
    refuse: int = 0
    time_out: int = 0

    def send(self, message: ShortMessage) -> None:
        self.calls += 1
        if self.unsubscribed:
            raise Unsubscribed
        if self.refuse:
            self.refuse -= 1
            raise ConnectionError("refused")
        self.taken[message.key] = message
        if self.time_out:
            self.time_out -= 1
            raise TimeoutError("accepted, but the answer was lost")


def connect(shop: Shop, phones: Provider) -> Provider:
    """Let the shop's short messages go by this provider."""
    object.__setattr__(shop.house, "sms", phones)
    return phones


def buyer_of(shop: Shop, conversation: str) -> str:
    with shop.house.database.read() as connection:
        query = sa.text("SELECT buyer FROM conversation WHERE id = :id")
        return str(connection.execute(query, {"id": conversation}).scalar_one())


def place(shop: Shop, number: str, buyer: str | None = None, **more: object) -> Order:
    """An unpaid order, placed now and planned for."""
    values = {"buyer_name": f"买家{number}", "total": 12_900, "title": "云朵棉短袖", "ordered_at": shop.clock.now()}
    row = OrderRow(number, buyer=buyer, state="unpaid", **{**values, **more})  # type: ignore[arg-type]
    shop.house.writer.run(record_orders(shop.house.sealer, "demo", [row]))
    work_once(shop.house)
    return order(shop, number)


def change(shop: Shop, number: str, **more: object) -> None:
    shop.house.writer.run(record_orders(shop.house.sealer, "demo", [OrderRow(number, **more)]))  # type: ignore[arg-type]


def order(shop: Shop, number: str) -> Order:
    with shop.house.database.read() as connection:
        found = find_order(connection, shop.house.sealer, "demo", number)
    assert found is not None
    return found


def reminders(shop: Shop, number: str) -> list[Reminder]:
    with shop.house.database.read() as connection:
        return find_of_orders(connection, [order(shop, number).id]).get(order(shop, number).id, [])


def forward(shop: Shop, at: int) -> None:
    """Turn the clock to this time and let the worker do what is due."""
    shop.clock.advance(at - shop.clock.now())
    while work_once(shop.house):
        pass


def publish(shop: Shop, files: dict[str, str]) -> None:
    """Put these files of the shop in force."""
    house = shop.house
    proposed = house.writer.run(propose_version("demo", "agent:a_1", "只打电话", files, check_shop_files))
    with house.database.read() as connection:
        version = find_version(connection, "demo", proposed.id)
    assert version is not None
    house.writer.run(publish_version(version, "agent:a_1", check_shop_files))
    assert house.content.refresh("demo").result(60)


def waiting(shop: Shop) -> int:
    with shop.house.database.read() as connection:
        query = sa.select(sa.func.count()).where(due.c.kind.like("remind%"), due.c.state.in_(("waiting", "running")))
        return int(connection.execute(query).scalar_one())
