"""Fault 16: two processes remind at once, and one of them dies in the middle: every buyer hears it exactly once."""

import random

from tests.faults.reminding import make_due, place_orders, said, states, until
from tests.faults.shop import Shop

MANY = 2_000


def test_one_of_two_schedulers_dies_while_reminding(two_processes: Shop, source: random.Random) -> None:
    shop = two_processes
    begin = place_orders(shop, MANY)
    until(lambda: states(shop.database, begin).get("planned") == MANY)
    make_due(shop.database)
    until(lambda: states(shop.database, begin).get("sent", 0) > MANY // 10)
    victim = source.choice(shop.servers)
    victim.kill()
    until(lambda: states(shop.database, begin).get("sent") == MANY)
    victim.start()
    counts = said(shop.database, begin)
    assert len(counts) == MANY
    assert set(counts) == {1}
