"""Learning what buyers mean from examples, with wrong labels among them."""

import random

import numpy as np
import pytest

from jinpai.kit.learning.grams import cut_views, tidy
from jinpai.kit.learning.ridge import Learned, learn

ASKED = {
    "dispatch": (
        "什么时候发货",
        "今天能发货吗",
        "几点发货呀",
        "多久能发出",
        "付款后多久发货",
        "明天发货不",
        "发货要等几天",
    ),
    "size": ("穿多大码", "什么尺码合适", "尺码偏大吗", "该选哪个码", "m码合身吗", "有没有尺码表", "尺码准不准"),
    "price": ("能便宜点吗", "多少钱一件", "价格能优惠吗", "打个折呗", "最低多少钱", "再便宜一点", "两件优惠多少钱"),
}
OPENINGS = ("", "亲，", "你好 ", "请问", "老板，", "在吗？")


def examples(wrong: float = 0.0) -> tuple[list[str], list[str], list[str]]:
    """Texts, the labels as somebody careless gave them, and the right ones."""
    chance = random.Random(7)
    texts = [opening + said for said_all in ASKED.values() for said in said_all for opening in OPENINGS]
    right = [label for label, said in ASKED.items() for _ in range(len(said) * len(OPENINGS))]
    given = [chance.choice(list(ASKED)) if chance.random() < wrong else label for label in right]
    return texts, given, right


def taught(wrong: float = 0.0, *, trusted: bool = False) -> Learned:
    texts, given, _ = examples(wrong)
    return learn([cut_views(text) for text in texts], given, trusted=trusted)


def test_a_question_put_differently_is_understood() -> None:
    learned = taught(trusted=True)
    for said, label in (("掌柜的几时可以发货", "dispatch"), ("我该穿什么尺码", "size"), ("便宜一些行不行", "price")):
        assert learned.classifier.classify(cut_views(said)) == label


@pytest.mark.parametrize("said", ["什麼時候發貨？？？？", "甚么时候发货", "ＳＨＥＮ么时候发货", "什么时候法货"])
def test_spelling_by_sound_traditional_and_wide_letters_do_not_hide_the_question(said: str) -> None:
    assert taught(trusted=True).classifier.classify(cut_views(said)) == "dispatch"


def test_wrong_labels_are_noticed_and_do_not_spread() -> None:
    texts, given, right = examples(wrong=0.4)
    assert sum(one != other for one, other in zip(given, right, strict=True)) > 20
    learned = learn([cut_views(text) for text in texts], given)
    assert 0.3 < learned.noise < 0.5
    said = [learned.classifier.classify(cut_views(text)) for text in texts]
    assert sum(one == other for one, other in zip(said, right, strict=True)) / len(right) > 0.97


def test_labels_written_with_care_are_all_believed() -> None:
    assert taught(trusted=True).noise == 0


def test_left_out_probabilities_belong_to_the_texts() -> None:
    learned = taught(trusted=True)
    assert learned.left_out.shape == (len(examples()[0]), len(ASKED))
    assert np.allclose(learned.left_out.sum(1), 1, atol=1e-4)


@pytest.mark.parametrize("said", ["", "😀😀😀", "1234567", "\x00\x07", "嗯" * 10_000, "привет"])
def test_a_message_that_says_nothing_gets_no_sure_answer_and_no_error(said: str) -> None:
    shares = taught(trusted=True).classifier.probabilities(cut_views(said))
    assert np.isfinite(shares).all()
    assert shares.max() < 0.9


def test_the_most_careless_data_can_be_learned_from() -> None:
    assert learn([cut_views("发货"), cut_views("尺码")], ["a", "b"]).classifier.names == ("a", "b")
    assert learn([cut_views("")] * 3, ["a", "b", "a"]).classifier.classify(cut_views("好")) in ("a", "b")


def test_numbers_and_drawn_out_letters_are_one_piece() -> None:
    assert tidy("  哈哈哈哈哈 129.00元！！！！ ") == "哈哈 0元!!"
