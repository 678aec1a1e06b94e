"""A whole conversation: who waited how long, who was urged, who spoke last, who was asked twice."""

from typing import Any

import pytest
from tests.rooms.guard.rulebook import entry, guard_of

from jinpai.guard.conversation import check_talk, read_talk
from jinpai.guard.proof import unproved

START = 1_772_330_400


def remarks(rule: dict[str, Any], *lines: tuple[int, str, str]) -> list[int]:
    """The messages remarked on, in a conversation of (seconds since its start, role, text)."""
    guard = guard_of(entry(kind="talk", family="timing", find=rule.pop("find", ()), **rule))
    messages = [{"from": role, "text": text, "at": START + second} for second, role, text in lines]
    return [found.message for found in check_talk(guard, read_talk({"messages": messages}))]


@pytest.mark.parametrize(("seconds", "found"), [(60, []), (61, [2])])
def test_the_first_answer_of_a_person_is_late_after_a_minute(seconds: int, found: list[int]) -> None:
    talk = (0, "buyer", "在吗"), (1, "assistant", "您好，客服马上就来"), (seconds, "agent", "您好，在的哦~")
    assert remarks({"shape": "first_answer", "seconds": 60}, *talk) == found


def test_a_later_answer_has_its_own_limit() -> None:
    talk = (
        (0, "buyer", "在吗"),
        (900, "agent", "在的"),
        (910, "buyer", "有货吗"),
        (920, "buyer", "?"),
        (1211, "agent", "有的"),
    )
    assert remarks({"shape": "gap", "seconds": 300}, *talk) == [4]


def test_who_asks_to_wait_comes_back_in_three_minutes() -> None:
    rule = {"shape": "asked_to_wait", "seconds": 180, "find": ["稍等"]}
    assert remarks(dict(rule), (0, "agent", "请您稍等一下哦"), (181, "agent", "查到啦")) == [1]
    assert remarks(dict(rule), (0, "agent", "请您稍等一下哦"), (100, "agent", "查到啦"), (400, "agent", "还在吗")) == []


def test_urging_twice_unheard_is_remarked_once() -> None:
    rule = {"shape": "urged", "times": 2, "find": ["快点", "催"]}
    talk = (
        (0, "buyer", "快点发货"),
        (5, "agent", "好的"),
        (9, "buyer", "催一下"),
        (20, "buyer", "能快点吗"),
        (30, "buyer", "快点啊"),
    )
    assert remarks(rule, *talk) == [3]


def test_the_last_word_is_ours_unless_the_buyer_only_said_thanks() -> None:
    rule = {"shape": "last_word", "find": ["谢谢", "好的"]}
    assert remarks(dict(rule), (0, "agent", "有货哦"), (9, "buyer", "那我再看看")) == [1]
    assert remarks(dict(rule), (0, "agent", "有货哦"), (9, "buyer", "谢谢！")) == []


def test_more_than_four_messages_in_a_row_is_a_monologue() -> None:
    four = tuple((second, "agent", f"第{second}句") for second in range(4))
    assert remarks({"shape": "monologue", "times": 4}, *four) == []
    assert remarks({"shape": "monologue", "times": 4}, *four, (9, "agent", "第五句"), (10, "agent", "第六句")) == [4, 5]
    assert remarks({"shape": "monologue", "times": 4}, *four, (9, "buyer", "嗯"), (10, "agent", "第五句")) == []


def test_the_same_canned_text_again_is_noticed_however_it_is_written() -> None:
    text = "亲，这款是今年的新款，面料很舒服的哦"
    talk = (
        (0, "agent", text),
        (9, "buyer", "嗯"),
        (20, "agent", text + "~~"),
        (30, "agent", "好的"),
        (40, "agent", "好的"),
    )
    assert remarks({"shape": "same_text"}, *talk) == [2]


def test_what_the_buyer_told_is_not_asked_again() -> None:
    rule = {"shape": "asked_again", "find": ["身高"], "told": ["cm", "厘米"]}
    assert remarks(dict(rule), (0, "buyer", "我175cm"), (9, "agent", "您的身高是多少呢")) == [1]
    assert remarks(dict(rule), (0, "agent", "您的身高是多少呢"), (9, "buyer", "175cm")) == []


def test_messages_without_times_are_never_late() -> None:
    guard = guard_of(entry(kind="talk", family="timing", shape="gap", find=()))
    messages = [{"from": "buyer", "text": "在吗"}, {"from": "agent", "text": "在"}, {"from": "buyer", "text": "?"}]
    assert check_talk(guard, read_talk({"messages": [*messages, {"from": "agent", "text": "嗯嗯"}]})) == ()


def test_a_conversation_rule_proves_itself_with_times() -> None:
    late = {"text": "您好", "before": [{"buyer": "在吗", "seconds": 90}]}
    soon = {"text": "您好", "before": [{"buyer": "在吗", "seconds": 9}]}
    shape = {"kind": "talk", "family": "timing", "shape": "first_answer", "find": ()}
    good = entry(**shape, must_block=[late, late], must_pass=[soon, "您好"])
    bad = entry(**shape, must_block=[late, soon], must_pass=[soon, late])
    for one, problems in ((good, 0), (bad, 2)):
        guard = guard_of(one)
        assert len(unproved(guard, guard.rules[0])) == problems


def asked(**changes: Any) -> dict[str, Any]:
    """A rule that hears questions for a place."""
    return {"shape": "asked_again", "find_like": ["寄到哪"], "told_like": ["到(?:北京|杭州)"], **changes}


def test_what_the_buyer_answered_is_not_asked_a_second_time() -> None:
    told = (0, "agent", "您寄到哪里呢"), (5, "buyer", "佛山"), (9, "agent", "您寄到哪里呀")
    assert remarks(asked(answered=True), *told) == [2]
    assert remarks(asked(), *told) == []


@pytest.mark.parametrize("reply", ["你先说有没有货", "为什么要知道", "不知道", "多少钱？", "嗯"])
def test_who_does_not_answer_may_be_asked_again(reply: str) -> None:
    talk = (0, "agent", "您寄到哪里呢"), (5, "buyer", reply), (9, "agent", "您寄到哪里呀")
    assert remarks(asked(answered=True), *talk) == []


def test_what_was_told_of_one_purchase_is_not_known_of_the_next() -> None:
    talk = [(0, "buyer", "到杭州几天"), (5, "buyer", "给我妈也买一件"), (9, "agent", "那件寄到哪里呢")]
    assert remarks(asked(), *talk) == []
    assert remarks(asked(), talk[0], talk[2]) == [1]


def test_words_that_excuse_asking_again() -> None:
    rule = asked(unless={"message": ["没看清"]})
    assert remarks(rule, (0, "buyer", "到杭州"), (5, "agent", "抱歉没看清，您寄到哪里")) == []


@pytest.mark.parametrize(
    ("told", "question", "found"),
    [
        ("一家人去海边", "是去山里还是海边呢", [1]),
        ("一家人去露营", "是去山里还是海边呢", []),
        ("山里和海边都去", "是去山里还是海边呢", []),
        ("去海边好不好", "是去山里还是海边呢", []),
        ("我要公司发票", "是专用发票还是普通发票呢", []),
        ("去海边", "海边还是可以的哦", []),
    ],
)
def test_a_choice_already_made_is_not_offered(told: str, question: str, found: list[int]) -> None:
    assert remarks({"shape": "offered"}, (0, "buyer", told), (5, "agent", question)) == found
