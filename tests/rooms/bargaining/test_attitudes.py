"""How a buyer of each attitude talks about the price, in the base pack's words."""

import pytest

from jinpai.bargaining.attitudes import compile_words, find_attitude
from jinpai.bargaining.content import ATTITUDES, AttitudeWords
from jinpai.flows.sections import BARGAINING, load_section

WORDS = compile_words(load_section(BARGAINING))


@pytest.mark.parametrize(
    ("text", "attitude"),
    [
        ("这款多少钱", "none"),
        ("便宜没好货，我就想要质量好的", "none"),
        ("领的优惠券怎么用", "none"),
        ("能便宜点吗", "testing"),
        ("188可以吗", "testing"),
        ("老顾客了有折扣没", "testing"),
        ("再便宜点我就拍", "insists"),
        ("九折我才买", "insists"),
        ("一口价130", "insists"),
        ("不便宜我就去别家买了", "threatens"),
        ("那拜拜，我去别家看看", "threatens"),
        ("求求你了就少五块嘛", "pesters"),
        ("我都问你五遍了 就少两块钱嘛", "pesters"),
        ("那好吧 我拍了", "accepts"),
        ("行 就这个价 这就付款", "accepts"),
    ],
)
def test_an_attitude_is_heard(text: str, attitude: str) -> None:
    assert find_attitude(WORDS, text) == attitude


def test_every_attitude_but_none_has_its_words() -> None:
    assert {one.attitude for one in WORDS} == set(ATTITUDES) - {"none"}


def test_of_several_entries_the_first_counts() -> None:
    entries = (
        AttitudeWords(id="a", attitude="accepts", title="接受", said=("拍了",), never=("不拍",)),
        AttitudeWords(id="b", attitude="testing", title="试探", said=("便宜",)),
    )
    words = compile_words(entries)
    assert find_attitude(words, "便宜点我就拍了") == "accepts"
    assert find_attitude(words, "便宜点，不然不拍了") == "testing"


@pytest.mark.parametrize("text", ["", "😊", "？？？", "9" * 5_000, "\0", "便" * 50_000])
def test_odd_messages_are_no_bargaining(text: str) -> None:
    assert find_attitude(WORDS, text) == "none"
