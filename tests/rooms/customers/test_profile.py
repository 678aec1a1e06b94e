"""What buyers tell of themselves, the needs an agent serves, the segments of customers, in the base pack's words."""

import pytest

from jinpai.customers.content import unwrap
from jinpai.customers.facts import compile_facts, find_told
from jinpai.customers.model import Utterance
from jinpai.customers.needs import compile_needs, find_served
from jinpai.customers.segments import DAY, Bought, compile_segments, find_segment
from jinpai.flows.content.sections import CUSTOMERS, load_section
from jinpai.flows.profiling.words import MEASURES

ENTRIES = tuple(unwrap(entry) for entry in load_section(CUSTOMERS))
FACTS = compile_facts(ENTRIES)
NEEDS = compile_needs(ENTRIES)
SEGMENTS = compile_segments(ENTRIES)
NOW = 1_795_399_200_000


def told(*texts: str) -> list[tuple[str, str]]:
    return [(one.kind, one.value) for one in find_told(FACTS, MEASURES, [Utterance("buyer", text) for text in texts])]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("身高165体重110斤", [("height", "165 cm"), ("weight", "55 kg")]),
        ("我平时穿四十一码的鞋", [("shoe_size", "41 码")]),
        ("给我妈买的，她平时穿L码", [("size", "L"), ("for_whom", "妈妈")]),
        ("送女朋友生日礼物", [("for_whom", "女朋友"), ("occasion", "生日礼物")]),
        ("皮肤比较敏感，对羊毛过敏", [("skin", "敏感肌"), ("allergy", "对羊毛过敏")]),
        ("周末去露营用", [("occasion", "露营")]),
        ("我喜欢墨绿的", [("colour", "绿色")]),
        ("小朋友背的包有吗", [("for_whom", "孩子")]),
        ("有没有适合老人坐的椅子", [("for_whom", "长辈")]),
        ("老板在吗", []),
        ("这个会过敏吗", []),
        ("42码会不会大", []),
        ("不喜欢黑色", []),
        ("", []),
        ("9" * 5_000, []),
    ],
)
def test_what_a_buyer_tells_is_written_as_the_profile_has_it(text: str, facts: list[tuple[str, str]]) -> None:
    assert told(text) == facts


def test_of_what_has_one_answer_the_newest_counts_of_others_all() -> None:
    facts = told("我身高165", "给我妈买的", "不对，我身高168", "也给我爸买一件")
    assert facts == [("height", "168 cm"), ("for_whom", "妈妈"), ("for_whom", "爸爸")]


def test_an_agent_s_words_serve_needs_and_a_quick_answer_serves_one() -> None:
    talk = [Utterance("buyer", "在吗"), Utterance("agent", "您好，非常理解您的心情，我帮您查一下")]
    served = {one.kind for one in find_served(NEEDS, talk, 20) if one.message == 1}
    assert served >= {"prompt", "welcomed", "understood", "helped"}
    late = {one.kind for one in find_served(NEEDS, talk, 600) if one.message is not None}
    assert "prompt" not in late
    assert len(find_served(NEEDS, talk, None)) == 11


@pytest.mark.parametrize(
    ("paid", "amount", "days", "segment"),
    [
        (3, 90_000, 5, "champions"),
        (1, 9_900, 5, "newcomers"),
        (4, 80_000, 200, "cooling"),
        (1, 9_900, 200, "sleepers"),
        (1, 50_000, 90, "promising"),
    ],
)
def test_customers_fall_into_segments(paid: int, amount: int, days: int, segment: str) -> None:
    at = NOW - days * DAY
    found = find_segment(SEGMENTS, Bought(paid, amount, at, at), NOW)
    assert found is not None
    assert found.id == segment


def test_who_has_bought_nothing_is_in_no_segment_and_every_other_is_in_one() -> None:
    assert find_segment(SEGMENTS, Bought(), NOW) is None
    kinds = {(one.recent, one.often, one.much) for one in SEGMENTS.segments}
    assert len(kinds) == len(SEGMENTS.segments) == 8
