"""The log of a model's calls is looked through by use, person, conversation, outcome and day."""

from collections.abc import Sequence
from typing import Any

import pytest
from tests.flows.conftest import Shop

from jinpai.copilot.llm.calls import Call, Sought, Words, add_call, list_callers, list_calls

DAY = 86_400_000


@pytest.fixture
def log(shop: Shop) -> Shop:
    """Three calls: an answer for 小林, the day after a hand-over for 阿昭, and a try."""
    now = shop.clock.now()
    for name, person, talk, purpose, at, outcome in (
        ("mc_1", "a_1", "c_1", "phrase_reply", now, "used"),
        ("mc_2", "a_2", "c_2", "summary", now + DAY, "slow"),
        ("mc_3", "a_2", "", "try", now + DAY, "used"),
    ):
        call = Call(name, "demo", talk, person, purpose, "small", at, 9, 30, 6)
        shop.house.writer.run(add_call(shop.house.sealer, call, outcome, "", Words({"points": ["买家：…"]}, "好")))
    return shop


def names(shop: Shop, **more: Any) -> Sequence[str]:
    with shop.house.database.read() as connection:
        return [call.id for call, _ in list_calls(connection, shop.house.sealer, Sought("demo", **more), None, 9)]


def test_each_filter_leaves_what_it_names(log: Shop) -> None:
    assert names(log) == ["mc_3", "mc_2", "mc_1"]
    assert names(log, purpose="summary") == ["mc_2"]
    assert names(log, person="a_2") == ["mc_3", "mc_2"]
    assert names(log, conversation="c_1") == ["mc_1"]
    assert names(log, outcome="used") == ["mc_3", "mc_1"]
    begins = log.clock.now() + DAY // 2
    assert names(log, since=begins, until=begins + DAY) == ["mc_3", "mc_2"]
    assert names(log, person="a_2", purpose="try", outcome="used") == ["mc_3"]
    assert names(log, purpose="summary", outcome="used") == []


def test_everybody_the_model_was_asked_for_can_be_chosen(log: Shop) -> None:
    with log.house.database.read() as connection:
        assert list_callers(connection, "demo") == ["a_1", "a_2"]
        assert list_callers(connection, "elsewhere") == []
