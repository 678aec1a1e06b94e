"""Care tasks for buyers who never chatted and are reached by SMS, for the tests of it."""

import sqlalchemy as sa
from tests.flows.conftest import AGENT, Shop
from tests.flows.reminding import HOUR, forward

from jinpai.care.model import Care
from jinpai.care.store import COLUMNS, care
from jinpai.desk.history import add_buyer
from jinpai.desk.seeds import BuyerSeed
from jinpai.flows.caring.texting import text_care
from jinpai.journal.due import Due, find_ripe
from jinpai.journal.reader import read_rows
from jinpai.orders.actions import record_orders
from jinpai.orders.model import OrderRow

DAY = 24 * HOUR
PHONE = "13900139000"


def receive_goods(shop: Shop, number: str, **more: object) -> None:
    now = shop.clock.now()
    told = {"state": "completed", "title": "云朵棉短袖", "paid": 9_900, "ordered_at": now - 5 * DAY}
    row = OrderRow(number, **{**told, "buyer_name": "静静", "phone": PHONE, "completed_at": now, **more})  # type: ignore[arg-type]
    shop.house.writer.run(record_orders(shop.house.sealer, "demo", [row]))
    forward(shop, shop.clock.now())


def add_member(shop: Shop, id_: str = "jingjing", phone: str = PHONE) -> str:
    """A buyer the shop knows by this member id and phone; returns their own id."""
    seed = BuyerSeed(id=id_, name="静静", recipient="静静", phone=phone, address="浙江省杭州市", since_days=3)
    return shop.house.writer.run(lambda tx: add_buyer(tx, shop.house.sealer, "demo", seed))


def open_task(shop: Shop) -> Care:
    """A buyer who never chatted, whose phone is known; their goods came two days ago, and the task is open."""
    add_member(shop)
    receive_goods(shop, "T1")
    forward(shop, tasks(shop)[0].due_at)
    assert tasks(shop)[0].state == "open"
    return tasks(shop)[0]


def tasks(shop: Shop, plan: str = "care.received") -> list[Care]:
    query = sa.select(*(care.c[name] for name in COLUMNS)).where(care.c.plan == plan)
    with shop.house.database.read() as connection:
        return [Care(*row) for row in connection.execute(query.order_by(care.c.due_at, care.c.id))]


def text(shop: Shop, id_: str, words: str | None = None) -> Care:
    return shop.house.writer.run(text_care(shop.house, id_, words, AGENT))


def works(shop: Shop) -> list[Due]:
    with shop.house.database.read() as connection:
        return find_ripe(connection, shop.clock.now(), 100, only=("care_sms",))


def facts(shop: Shop, kind: str) -> list[tuple[dict[str, object], str]]:
    """The bodies of the facts of this kind, and everything else of them as it is written."""
    with shop.house.database.read() as connection:
        ids = connection.execute(sa.text("SELECT id FROM journal WHERE kind = :kind"), {"kind": kind}).scalars()
        return [(dict(row.entry.body), str(row.entry.data)) for row in read_rows(connection, list(ids))]
