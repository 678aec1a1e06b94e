"""How a buyer of each attitude talks about the price, as the base pack's examples teach it."""

import pytest

from jinpai.bargaining.attitudes import Attitudes, find_attitude, learn_attitudes, titles_of
from jinpai.bargaining.content import ATTITUDES, AttitudeExamples
from jinpai.flows.content.sections import BARGAINING, load_section

ENTRIES = load_section(BARGAINING)
EXAMPLES = {entry.root.attitude: entry.root for entry in ENTRIES if isinstance(entry.root, AttitudeExamples)}


@pytest.fixture(scope="module")
def learned() -> Attitudes:
    return learn_attitudes(ENTRIES)


@pytest.mark.parametrize(
    ("text", "attitude"),
    [
        ("这个耳机多少钱呀", "none"),
        ("便宜没好货，我就想要质量好的", "none"),
        ("领的优惠券怎么用", "none"),
        ("这个花盆能便宜点吗", "testing"),
        ("188可以吗", "testing"),
        ("老顾客了有折扣没", "testing"),
        ("再便宜点我就拍", "insists"),
        ("九折我才买", "insists"),
        ("不便宜我就去别家买了", "threatens"),
        ("那拜拜，我去别家看看", "threatens"),
        ("求求你了就少五块嘛", "pesters"),
        ("我都问你五遍了 就少两块钱嘛", "pesters"),
        ("那好吧 我拍了", "accepts"),
        ("行 就这个价 这就付款", "accepts"),
    ],
)
def test_an_attitude_is_heard(learned: Attitudes, text: str, attitude: str) -> None:
    assert find_attitude(learned, text) == attitude


def test_every_attitude_has_its_name_and_enough_examples() -> None:
    assert set(titles_of(ENTRIES)) == set(ATTITUDES)
    assert min(len(one.examples) for one in EXAMPLES.values()) >= 120


def test_no_sentence_is_an_example_of_two_attitudes() -> None:
    said = [text for one in EXAMPLES.values() for text in one.examples]
    assert len(said) == len(set(said))


def test_words_that_mean_the_same_stand_for_one_another() -> None:
    words = learn_attitudes(ENTRIES).words
    assert words.cut("能便宜吗") == words.cut("可以优惠么")
    assert words.cut("能便宜吗") != words.cut("能发货吗")


def test_a_shop_without_examples_hears_no_bargaining() -> None:
    assert find_attitude(learn_attitudes(()), "便宜点吧") == "none"


@pytest.mark.parametrize("text", ["", "😊", "？？？", "9" * 5_000, "\0", "啊" * 50_000])
def test_odd_messages_are_no_bargaining(learned: Attitudes, text: str) -> None:
    assert find_attitude(learned, text) == "none"
