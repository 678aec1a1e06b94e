"""Whatever somebody types, pastes or sends by program: the guard answers, in place and in time."""

import time

import pytest
from bench.guard import hostile_messages
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.rooms.guard.rulebook import base_guard, verdict

from jinpai.guard.folding import View
from jinpai.guard.model import Said, Situation

GENEROUS_SECONDS = 1.0
"""For 10 KB, two hundred times the aim: a busy machine must not fail what a quadratic rule would."""

CALM = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

SIGNS = ["\u200b", "，", ",", "*", "****", "http://", ".com", "点", "@", "[微笑]", "\0", "\ud800", "\u202e"]
WORDS = ["加", "微信", "vx", "❤", "1", "138", "一三八", "qq", "傻逼", "🅥", "㈠", "½", "ﷺ"]
SPICE = st.sampled_from(SIGNS + WORDS)
TEXTS = st.lists(st.one_of(SPICE, st.text(max_size=6)), max_size=30).map("".join)
ANYTHING = st.one_of(TEXTS, st.text(st.characters(categories=None), max_size=80))
ROLES = st.sampled_from(["buyer", "agent", "assistant"])
BEFORE = st.lists(st.builds(Said, ROLES, ANYTHING), max_size=5).map(tuple)
VALUES = st.one_of(st.lists(ANYTHING, max_size=3), st.none(), st.integers(), ANYTHING)
FACTS = st.dictionaries(st.sampled_from(["numbers", "domains", "names", "other"]), VALUES, max_size=3)


@CALM
@given(ANYTHING, BEFORE, FACTS)
def test_hits_lie_inside_the_text_and_quote_it(text: str, before: tuple[Said, ...], facts: dict[str, object]) -> None:
    for hit in base_guard().check(text, Situation(before, facts)):
        assert 0 <= hit.start < hit.end <= len(text)
        assert text[hit.start : hit.end] == hit.text


@CALM
@given(ANYTHING)
def test_every_reading_keeps_the_places_of_the_text(text: str) -> None:
    view = View(text)
    assert len(view.kept) == len(view.plain) == len(text)
    assert len(view.offsets) == len(view.tight)
    assert all(view.kept[at] == char for at, char in zip(view.offsets, view.tight, strict=True))
    view.tight.encode()
    view.plain.encode()


@CALM
@given(st.lists(st.sampled_from(["\u200b", " ", "~", "·", "\u2060", "😀", "-", "丨"]), min_size=2, max_size=4))
def test_invisible_and_decorative_signs_hide_nothing(signs: list[str]) -> None:
    assert verdict("".join(signs).join("加我微信")) == "block"


@pytest.mark.parametrize("name", sorted(hostile_messages()))
def test_ten_kilobytes_made_to_be_slow_are_answered_in_time(name: str) -> None:
    text = hostile_messages()[name]
    base_guard().check(text[:100])
    started = time.perf_counter()
    base_guard().check(text, Situation((Said("buyer", text), Said("agent", text))))
    assert time.perf_counter() - started < GENEROUS_SECONDS


@pytest.mark.parametrize(
    "text", ["", " ", "\0", "\ud800", "\udfff\ud800", "\u202e\u200f", "\n" * 10_000, "，" * 10_000]
)
def test_text_without_words_is_answered(text: str) -> None:
    assert verdict(text) == "pass"


def test_a_lone_surrogate_does_not_hide_a_word() -> None:
    assert verdict("加我微\ud800信") == "block"


def test_a_flood_does_not_hide_what_it_surrounds() -> None:
    flood = "1 3.8," * 1_500
    assert verdict(flood) == "block"
    assert verdict("谨慎一点" * 1_000 + "加我微信" + "好的" * 1_000) == "block"
