"""Slips of the pen: what sounds like a word and is written otherwise, and what merely sounds alike."""

import pytest
from tests.rooms.guard.rulebook import base_guard

from jinpai.guard.excuses import Case
from jinpai.guard.folding import View
from jinpai.guard.model import Situation
from jinpai.guard.rewriting import rewrite_all
from jinpai.guard.sounds import Sounds

WORDS = ("包裹", "照片", "核对", "退货", "原路返回", "售后", "签收")


def slips(text: str) -> list[tuple[str, str]]:
    """What was written, and what was meant."""
    sounds = Sounds(WORDS, ["和对"])
    return [(text[find.start : find.end], find.form) for find in sounds.finds(Case(View(text), Situation()))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("您的包果到了", [("包果", "包裹")]),
        ("照偏发我，帮您何对", [("照偏", "照片"), ("何对", "核对")]),
        ("退款原路反回", [("原路反回", "原路返回")]),
        ("不喜欢可以退贷", [("退贷", "退货")]),
        ("您的包裹到了", []),
        ("品质和对比图", []),
        ("签收后七天内", []),
        ("这是退 或换", []),
    ],
)
def test_a_word_is_heard_however_it_is_written(text: str, found: list[tuple[str, str]]) -> None:
    assert slips(text) == found


def test_a_long_text_is_not_read_aloud() -> None:
    assert slips("包果" * 200) == []


def test_the_better_words_are_the_same_with_the_word_put_right() -> None:
    guard = base_guard()
    text = "亲，您的包果到了，麻烦拍张照偏发我哦~"
    hits = guard.check(text)
    assert {hit.family for hit in hits} == {"typo"}
    assert rewrite_all(text, hits, guard.check) == "亲，您的包裹到了，麻烦拍张照片发我哦~"
