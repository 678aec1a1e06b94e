"""Care tasks that are open in a shop that is never quiet, for buyers whose number is known."""

from typing import Any

import sqlalchemy as sa
from tests.faults.reminding import publish_never_quiet, until
from tests.faults.shop import Shop, inside

from jinpai.desk.history import add_buyer
from jinpai.desk.seeds import BuyerSeed
from jinpai.kit.database import open_database
from jinpai.orders.actions import record_orders
from jinpai.orders.model import OrderRow

DAY = 86_400_000
SECONDS_TO_OPEN = 60


def await_goods(shop: Shop, count: int) -> None:
    """Buyers without a chat whose goods came days ago, of which the shop has yet to hear; nobody serves it now."""
    with inside(shop) as house:
        publish_never_quiet(house)
        seeds = [
            BuyerSeed(
                id=f"m{n}", name=f"买家{n}", recipient="静静", phone=f"1390000{n:04}", address="杭州", since_days=9
            )
            for n in range(count)
        ]
        for seed in seeds:
            house.writer.run(lambda tx, seed=seed: add_buyer(tx, house.sealer, "demo", seed))  # type: ignore[misc]
        now = house.clock.now()
        rows = [
            OrderRow(
                f"G-{seed.id}", buyer_name=seed.id, phone=seed.phone, state="completed", paid=9_900,
                title="云朵棉短袖", ordered_at=now - 7 * DAY, completed_at=now - 4 * DAY,
            )
            for seed in seeds
        ]  # fmt: skip
        house.writer.run(record_orders(house.sealer, "demo", rows))


def open_cares(shop: Shop, count: int) -> list[str]:
    """The tasks to ask how the goods are, once the shop has opened all of them."""
    until(lambda: len(_ask(shop, "open")) == count, SECONDS_TO_OPEN)
    return [one["id"] for one in _ask(shop, "open")]


def hand_over(shop: Shop, id_: str) -> None:
    """An agent sends this one by SMS; the shop has answered that it is on its way."""
    answer = shop.server.request("POST", f"/api/v1/care/{id_}/sms", {}, shop.sign_in("xiaolin"))
    assert (answer.status, answer.json()["state"]) == (200, "sending"), answer.body


def told(shop: Shop, id_: str) -> dict[str, Any]:
    """The task as the page shows it."""
    found = [one for tab in ("open", "sent", "ended") for one in _ask(shop, tab) if one["id"] == id_]
    assert len(found) == 1, found
    return found[0]


def given(database: str) -> list[int]:
    """For each care that was noted as given, how often."""
    query = "SELECT count(*) FROM journal WHERE kind = 'care_given' GROUP BY client_id"
    opened = open_database(database)
    try:
        with opened.read() as connection:
            return list(connection.execute(sa.text(query)).scalars())
    finally:
        opened.close()


def _ask(shop: Shop, tab: str) -> list[dict[str, Any]]:
    answer = shop.server.request("GET", f"/api/v1/care?tab={tab}", headers=shop.sign_in("xiaolin"))
    assert answer.status == 200, answer.body
    return [one for one in answer.json()["items"] if one["title"] == "收货问候"]
