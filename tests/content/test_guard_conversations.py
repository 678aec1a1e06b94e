"""Whole conversations written by somebody who had not seen the rules: they stay whole, and the guard no worse."""

from datetime import datetime

import pytest
from bench.conversations import SIXTH, Reception, rates, receptions, remarks, tally

from jinpai.flows.content.shop import load_shop_content
from jinpai.guard.context import Context
from jinpai.guard.families import FAMILIES

REACHED = {"development": (97.0, 97.0), "counted": (88.0, 80.0)}
"""Precision and recall reached on each half (bench/RESULTS.md), in per cent; rules are corrected on the first alone."""


@pytest.fixture(scope="module", params=REACHED)
def half(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def judged(half: str) -> list[Reception]:
    return receptions(SIXTH / f"{half}.yaml")


def test_every_conversation_names_known_families_at_messages_it_has(judged: list[Reception]) -> None:
    assert len({one.id for one in judged}) == len(judged) >= 20
    for one in judged:
        Context.model_validate(one.talk["context"])
        times = [datetime.fromisoformat(message["at"]) for message in one.talk["messages"]]
        assert times == sorted(times), one.id
        assert one.expect | one.unjudged <= FAMILIES.keys(), one.id
        assert {family for family, _ in one.faults} == one.expect, one.id
        assert all(0 <= at < len(times) for _, at in one.faults | one.clean), one.id
        assert not one.faults & one.clean, one.id


def test_the_guard_is_as_good_on_them_as_it_has_been(half: str, judged: list[Reception]) -> None:
    precision, recall = rates(tally(load_shop_content("").guard, judged))
    assert precision >= REACHED[half][0]
    assert recall >= REACHED[half][1]


def test_a_fault_counts_at_its_own_message_and_a_family_once_wrong_in_a_talk() -> None:
    guard = load_shop_content("").guard
    late = Reception(
        "late",
        {
            "messages": [
                {"from": "buyer", "text": "这款有货吗", "at": "2026-03-01T10:00:00+08:00"},
                {"from": "agent", "text": "您好，有货的，今天拍今天发哦", "at": "2026-03-01T10:05:00+08:00"},
            ],
            "context": {},
        },
        frozenset(("timing",)),
        frozenset((("timing", 1),)),
        frozenset(),
        frozenset(),
    )
    assert ("timing", 1) in remarks(guard, late)
    assert tally(guard, [late])["timing"] == {"right": 1}
    clean = Reception("clean", late.talk, frozenset(), frozenset(), frozenset(), frozenset())
    assert tally(guard, [clean])["timing"] == {"wrong": 1}
    silent = Reception("silent", late.talk, frozenset(), frozenset(), frozenset(), frozenset(("timing",)))
    assert "timing" not in tally(guard, [silent])
