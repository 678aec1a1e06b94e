"""Messages written by people who had not seen the rules: they stay whole, and the guard does not get worse on them."""

from collections import Counter
from datetime import datetime

import pytest
from bench.corpus import FIFTH, FOLDER, FOURTH, HINTING, SECOND, THIRD, Entry, entries, found, rates

from jinpai.flows.content.shop import load_shop_content
from jinpai.guard.context import Context
from jinpai.guard.families import FAMILIES

SETS = {
    "corpus": (FOLDER, 99.0, 97.0),
    "corpus3": (SECOND, 94.0, 84.0),
    "corpus4": (THIRD, 98.5, 91.5),
    "corpus5": (FOURTH, 97.5, 88.5),
    "corpus6": (FIFTH, 94.0, 89.0),
}
"""Precision and recall reached on each set (bench/RESULTS.md), in per cent; rules have been corrected on `corpus` and
on two thirds of `corpus3`, `corpus4` and `corpus5`, and on one half of `corpus6`."""

UNTRIED = {
    "corpus": {"stage_missed", "promise_unremarked"},
    "corpus3": set[str](),
    "corpus4": HINTING | {"leak", "off_platform", "buyer_privacy", "abuse", "stage_missed", "promise_unremarked"},
    "corpus5": {"stage_missed", "promise_unremarked"},
    "corpus6": {"timing", "monologue", "stage_missed", "promise_unremarked", "trap"},
}


@pytest.fixture(scope="module", params=SETS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def corpus(kind: str) -> list[Entry]:
    return entries(SETS[kind][0])


def test_there_are_enough_of_them_and_half_are_clean(corpus: list[Entry]) -> None:
    assert len(corpus) >= 600
    assert 0.4 <= sum(not entry.expect for entry in corpus) / len(corpus) <= 0.6
    assert max(Counter(entry.id for entry in corpus).values()) == 1


def test_every_entry_names_known_families_in_a_known_context(corpus: list[Entry]) -> None:
    for entry in corpus:
        assert entry.expect <= FAMILIES.keys(), entry.id
        Context.model_validate(entry.talk["context"])


def test_every_family_an_agent_s_message_can_show_is_tried(kind: str, corpus: list[Entry]) -> None:
    tried = {family for entry in corpus for family in entry.expect}
    assert FAMILIES.keys() - tried == UNTRIED[kind]


def test_the_guard_is_as_good_on_them_as_it_has_been(kind: str, corpus: list[Entry]) -> None:
    guard = load_shop_content("").guard
    precision, recall = rates([(entry.expect, found(guard, entry)) for entry in corpus])
    assert precision >= SETS[kind][1]
    assert recall >= SETS[kind][2]


def test_a_time_written_without_a_zone_is_the_shop_s() -> None:
    context = Context.model_validate({"now": "2026-03-01T10:00:00"})
    assert context.now == datetime.fromisoformat("2026-03-01T10:00:00+08:00")
