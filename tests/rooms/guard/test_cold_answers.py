"""A short answer is cold or courteous depending on what was asked and what was said before."""

import pytest
from tests.rooms.guard.rulebook import hits, rules_hit, verdict

ASKED = ("buyer", "在吗")
GREETED = ("agent", "您好，欢迎光临~请问有什么可以帮您？")
QUESTION = ("buyer", "这件衣服会不会起球？")
THANKS = ("buyer", "好的谢谢")


@pytest.mark.parametrize(
    "text", ["恩", "嗯！", "哦。", "噢噢", "呵呵", "哈哈哈哈哈", "晕", "随便", "嗯 嗯", "嗯😊", "嗯[微笑]"]
)
def test_a_filler_is_cold_at_any_time(text: str) -> None:
    assert verdict(text, ASKED, GREETED, QUESTION) == "warn"


@pytest.mark.parametrize("text", ["是的", "好的", "请稍等", "没关系", "不客气", "好的呢亲", "可以的哦"])
def test_one_courteous_short_answer_passes(text: str) -> None:
    assert verdict(text, ASKED, GREETED, THANKS) == "pass"


def test_the_second_in_a_row_is_a_hint() -> None:
    assert verdict("好的", ASKED, GREETED, ("agent", "好的"), THANKS) == "hint"
    assert verdict("好的", ("agent", "好的"), THANKS, ("agent", "这款是纯棉的，可以机洗哦~"), THANKS) == "pass"


def test_a_bare_greeting_is_cold_as_the_first_answer_only() -> None:
    assert verdict("在的", ASKED) == "warn"
    assert verdict("您好！", ASKED) == "warn"
    assert verdict("在的", ASKED, GREETED, ASKED) == "pass"
    assert verdict("在的", ASKED, ("assistant", "您好，客服马上就来~")) == "warn"
    assert verdict("您好") == "pass"


def test_emoji_alone_is_cold_while_a_question_is_open() -> None:
    for text in ("😊", "[微笑]", "/:^_^", "~~", "？？"):
        assert verdict(text, GREETED, QUESTION) == "warn", text
        assert verdict(text, ASKED) == "warn", text
        assert verdict(text, GREETED, THANKS) == "pass", text
    assert verdict("😊", GREETED, QUESTION, ("agent", "不会起球的哦亲")) == "pass"


def test_a_bare_refusal_is_cold_and_a_kind_one_is_not() -> None:
    assert verdict("不行", GREETED, QUESTION) == "warn"
    assert verdict("亲，不好意思，这款不能再便宜了呢，我送您个小礼物好吗？", GREETED, QUESTION) == "pass"


def test_two_characters_for_a_long_question_are_cold() -> None:
    long = ("buyer", "我身高一米六五，体重一百二十斤，平时穿L码，肩膀有点宽，你家这款穿M码会不会紧？")
    assert "cold.short" in rules_hit(hits("不紧", GREETED, long))
    assert verdict("不紧", GREETED, ("buyer", "紧吗？")) == "pass"
    assert verdict("好的", GREETED, long) == "pass"


def test_a_placeholder_of_a_data_set_is_no_sticker() -> None:
    assert verdict("[数字x]", GREETED, QUESTION) == "pass"


def test_the_hit_is_the_whole_message() -> None:
    (hit,) = hits(" 嗯~ ", GREETED, QUESTION)
    assert (hit.start, hit.end) == (0, 4)
