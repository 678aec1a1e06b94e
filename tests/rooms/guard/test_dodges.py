"""An answer is heard beside the question: what praises past it is remarked on, what helps is not."""

import pytest
from tests.rooms.guard.rulebook import base_guard

from jinpai.guard.dodges import dodging
from jinpai.guard.model import Said, Situation


def heard(answer: str, *asked: str) -> bool:
    situation = Situation(tuple(Said("buyer", text) for text in asked))
    return any(hit.rule == "evasive.tone" for hit in base_guard().check(answer, situation))


@pytest.mark.parametrize(
    ("asked", "past", "answer"),
    [
        ("多久能到货", "大家都说好用", "一般三天到"),
        ("发什么快递", "我们家质量很好的", "默认发中通"),
        ("会掉色吗", "今年的流行款", "不会的"),
    ],
)
def test_what_answers_weighs_less_than_what_goes_past(asked: str, past: str, answer: str) -> None:
    assert dodging(past, asked) > 0 > dodging(answer, asked)


def test_praise_in_place_of_an_answer_is_heard() -> None:
    assert heard("咱们家的床垫睡过的都说舒服", "这个床垫老人腰不好能睡吗")


def test_who_asks_back_or_looks_it_up_does_not_dodge() -> None:
    assert not heard("这款特别受欢迎，您是什么材质的锅呀", "能用在电磁炉上吗")
    assert not heard("这款特别受欢迎，我帮您查一下", "能用在电磁炉上吗")


def test_without_a_question_nothing_can_be_dodged() -> None:
    assert not heard("咱们家的床垫睡过的都说舒服", "床垫收到了")
    assert not heard("咱们家的床垫睡过的都说舒服")


def test_of_several_questions_one_answered_is_enough() -> None:
    assert not heard("大家都喜欢，默认发中通", "能用在电磁炉上吗", "发什么快递")
