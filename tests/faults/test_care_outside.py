"""Faults 3 and 17 for care by SMS: killed between commit and sending, or a provider that does not accept.

The task is on its way from the commit on; the buyer gets one message, and the page says “sent” of that one alone.
"""

import pytest
from tests.faults.caring import await_goods, given, hand_over, open_cares, told
from tests.faults.reminding import until
from tests.faults.shop import Shop, run_sql
from tests.support.sms_gateway import Gateway

CLAIM_SECONDS = 30
AT_ONCE = "UPDATE due SET due_at = 0 WHERE kind = 'care_sms' AND state = 'waiting'"


@pytest.fixture
def caring(texting: Shop) -> Shop:
    """The shop whose short messages go by the gateway, with goods that came."""
    await_goods(texting, 2)
    return texting


@pytest.mark.parametrize("when", ["as soon as it is promised", "before it is taken", "after it is taken"])
def test_killed_between_commit_and_sending(caring: Shop, gateway: Gateway, when: str) -> None:
    gateway.takes = when == "after it is taken"
    gateway.stuck.set()
    caring.start()
    first, second = open_cares(caring, 2)
    hand_over(caring, first)
    if when != "as soon as it is promised":
        until(lambda: gateway.tries)
    caring.server.kill()
    gateway.takes = True
    gateway.stuck.clear()
    caring.start()
    until(lambda: told(caring, first)["state"] == "sent", CLAIM_SECONDS + 60)
    assert list(gateway.effects) == [f"sms:{first}"]
    assert told(caring, first)["means"] == "sms"
    assert told(caring, second)["state"] == "open"
    assert given(caring.database) == [1]


def test_an_answer_that_is_no_acceptance_is_never_counted_as_sent(caring: Shop, gateway: Gateway) -> None:
    caring.start()
    first, _ = open_cares(caring, 2)
    key = f"sms:{first}"
    gateway.status = 302
    hand_over(caring, first)
    until(lambda: "稍后再试" in told(caring, first)["why"])
    gateway.status = 500
    asked_again(caring, gateway, key)
    assert told(caring, first)["state"] == "sending"
    assert (gateway.effects, given(caring.database)) == ({}, [])
    gateway.status = 200
    asked_again(caring, gateway, key)
    until(lambda: told(caring, first)["state"] == "sent")
    assert (list(gateway.effects), given(caring.database)) == ([key], [1])
    assert not gateway.followed


def asked_again(shop: Shop, gateway: Gateway, key: str) -> None:
    """The shop does not wait for its next try, and has made it."""
    before = gateway.tries[key]

    def hurried() -> bool:
        run_sql(shop.database, AT_ONCE)
        return gateway.tries[key] > before

    until(hurried)
