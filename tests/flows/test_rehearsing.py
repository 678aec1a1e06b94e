"""A past day gone through in a mode before it is switched on: what it would have said; nothing is sent."""

from tests.flows.conftest import Shop

from jinpai.flows.answering.rehearsing import AT_ONCE, last_day, rehearse
from jinpai.kit.clock import local_date

DAY = 86_400_000
ASKED = "今天付款今天能发货吗"


def test_a_days_turns_are_found_behind_the_conversations_of_later_days(shop: Shop) -> None:
    day = local_date(shop.clock.now())
    conversation = shop.chat()
    shop.buyer_says(conversation, ASKED)
    shop.agent_says(conversation, "在的，您请说")
    shop.clock.advance(2 * DAY)
    shop.buyer_says(conversation, "在吗")
    returning = [shop.chat() for _ in range(AT_ONCE + 1)]
    for one in returning:
        shop.buyer_says(one, "在吗")
    before = {one: len(shop.rows(one)) for one in (conversation, *returning)}
    found = rehearse(shop.house, "demo", "full", day, None)
    assert found is not None
    turns, following = found
    assert [(turn.conversation, turn.asked) for turn in turns] == [(conversation, ASKED)]
    assert following is None
    assert {one: len(shop.rows(one)) for one in before} == before


def test_it_begins_with_the_last_day_before_today_that_had_talks(shop: Shop) -> None:
    shop.clock.advance(3 * DAY)
    day = local_date(shop.clock.now())
    conversation = shop.chat()
    shop.buyer_says(conversation, ASKED)
    assert last_day(shop.house, "demo") == day, "today where there was none before"
    shop.clock.advance(2 * DAY)
    shop.buyer_says(shop.chat(), "在吗")
    assert last_day(shop.house, "demo") == day


def test_a_quiet_page_of_conversations_is_passed_over(shop: Shop) -> None:
    first = shop.chat()
    others = [shop.chat() for _ in range(AT_ONCE + 1)]
    shop.clock.advance(DAY)
    day = local_date(shop.clock.now())
    shop.buyer_says(first, ASKED)
    shop.clock.advance(DAY)
    for one in others:
        shop.buyer_says(one, "在吗")
    found = rehearse(shop.house, "demo", "full", day, None)
    assert found is not None
    assert [turn.conversation for turn in found[0]] == [first]
