"""Faults 3 and 17: the worker is killed between its commit and the sending, or the outside accepts and never answers.

The claim is on disk before the call; whoever calls again does so with the same key, so that the buyer gets one message.
"""

import pytest
from tests.faults.reminding import facts, make_due, place_orders, states, until
from tests.faults.shop import Shop
from tests.support.sms_gateway import Gateway

CLAIM_SECONDS = 30
TIMEOUT_SECONDS = 10


def start_reminding(shop: Shop, count: int) -> str:
    begin = place_orders(shop, count, phones=True)
    shop.start()
    until(lambda: states(shop.database, begin).get("planned") == count)
    make_due(shop.database)
    return begin


@pytest.mark.parametrize("taken", [False, True], ids=["before", "after"])
def test_killed_between_commit_and_sending(texting: Shop, gateway: Gateway, taken: bool) -> None:
    gateway.takes = taken
    gateway.stuck.set()
    begin = start_reminding(texting, 3)
    until(lambda: gateway.tries)
    texting.server.kill()
    gateway.takes = True
    gateway.stuck.clear()
    texting.start()
    until(lambda: states(texting.database, begin).get("sent") == 3, CLAIM_SECONDS + 60)
    assert len(gateway.effects) == 3
    assert facts(texting.database) == [1, 1, 1]


def test_the_outside_accepts_and_its_answer_never_comes(texting: Shop, gateway: Gateway) -> None:
    gateway.stuck.set()
    begin = start_reminding(texting, 1)
    until(lambda: gateway.tries)
    until(lambda: max(gateway.tries.values()) >= 2, TIMEOUT_SECONDS + 30)
    gateway.stuck.clear()
    until(lambda: states(texting.database, begin).get("sent") == 1, 120)
    assert len(gateway.effects) == 1
    assert facts(texting.database) == [1]
