"""What counts as an answer: a time, a figure, one of the things named, a yes or no about the very thing asked."""

from typing import Any

import pytest
from tests.rooms.guard.rulebook import entry, guard_of

from jinpai.guard.content import GuardEntry
from jinpai.guard.model import Said, Situation


def is_open(rule: GuardEntry, question: str, reply: str) -> bool:
    """Whether the rule says that this reply leaves the question open."""
    return bool(guard_of(rule).check(reply, Situation((Said("buyer", question),))))


def answer(asked: list[str], wants: str, **more: Any) -> GuardEntry:
    """An answer rule."""
    proof = {"must_block": ["一二三四", "五六七八"]}
    return entry(kind="answer", family="evasive", severity="warn", find=None, asked=asked, wants=wants, **proof, **more)


@pytest.mark.parametrize(
    ("reply", "left"),
    [
        ("这件毛衣是今年新款哦", True),
        ("做工很扎实的亲", True),
        ("不会的亲，放心穿", False),
        ("会有一点点，用去球器刮一下就好", False),
        ("摩擦多的地方难免起一点小球", False),
        ("含30%羊毛的哦", False),
    ],
)
def test_a_yes_or_no_question_wants_yes_no_or_the_thing_asked_about(reply: str, left: bool) -> None:
    assert is_open(answer(["吗"], "decision"), "这件毛衣会起球吗", reply) == left


def test_a_question_for_a_figure_wants_a_figure() -> None:
    rule = answer(["多大"], "number")
    assert is_open(rule, "这个锅多大的", "很大的亲够用啦")
    assert not is_open(rule, "这个锅多大的", "直径28厘米哦")
    assert not is_open(rule, "这件衣服多大码", "建议您拍XL的哦")


def test_a_choice_wants_one_of_the_things_named() -> None:
    rule = answer(["哪个"], "choice", names=["建议"])
    assert is_open(rule, "硬毛和软毛选哪个", "都挺好的看您喜欢")
    assert not is_open(rule, "硬毛和软毛选哪个", "牙龈敏感选软毛哦")
    assert not is_open(rule, "硬毛和软毛选哪个", "建议两支都备着")


def test_sent_is_not_arrived_but_either_answers_who_asks_for_both() -> None:
    rule = answer(["什么时候"], "time", about=[["发货", "发出"], ["收到", "能到"]])
    assert is_open(rule, "什么时候能到", "昨天就发出啦")
    assert not is_open(rule, "什么时候能到", "一般后天能到哦")
    assert not is_open(rule, "什么时候发货，什么时候能到", "今天下午发出哦")


def test_long_messages_are_taken_to_answer() -> None:
    rule = answer(["吗"], "decision", at_most=10)
    assert not is_open(rule, "这件毛衣会扎人吗", "面料摸着很舒服的，很多回头客都是冲着手感来的")


def test_one_fault_one_remark() -> None:
    rude = entry(id="test.rude", find=["听不懂吗"])
    guard = guard_of(rude, answer(["多少"], "number"))
    before = Situation((Said("buyer", "多少钱"),))
    assert [hit.rule for hit in guard.check("说过了听不懂吗", before)] == ["test.rude"]
