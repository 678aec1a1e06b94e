"""What an author of rules may write, and what the guard answers when it cannot be used."""

from datetime import date

import pytest
from pydantic import ValidationError
from tests.rooms.guard.rulebook import base_entries, entry, guard_of, rules_hit

from jinpai.guard.compiling import RuleError
from jinpai.guard.content import GuardEntry
from jinpai.guard.proof import unproved

LEXICON = GuardEntry.model_validate(
    {"id": "test.words", "kind": "lexicon", "terms": ["西瓜", "瓜瓜"], "owner": "客服主管", "source": "测试"}
)


def test_a_shop_changes_the_severity_of_a_rule_or_a_family() -> None:
    rules = entry(), entry(id="test.other", find=["口令"])
    for key in ("leak", "test.rule"):
        guard = guard_of(*rules, severity_overrides={key: "hint"})
        assert guard.check("对个暗号")[0].severity == "hint"
    guard = guard_of(*rules, severity_overrides={"leak": "hint", "test.rule": "warn"})
    assert [hit.severity for hit in guard.check("暗号，口令")] == ["warn", "hint"]


def test_a_shop_switches_a_rule_off() -> None:
    guard = guard_of(entry(), severity_overrides={"test.rule": "off"})
    assert guard.rules == ()
    assert guard.check("对个暗号") == ()


def test_a_rule_counts_from_its_first_to_its_last_day() -> None:
    dated = entry(since="2026-03-01", until="2026-03-31")
    for day, hit in (("2026-02-28", 0), ("2026-03-01", 1), ("2026-03-31", 1), ("2026-04-01", 0)):
        assert len(guard_of(dated, on=date.fromisoformat(day)).rules) == hit
    assert len(guard_of(dated).rules) == 1


def test_a_phrase_with_a_gap_stays_within_its_clause() -> None:
    guard = guard_of(entry(find=["切…西瓜…吃"]))
    assert guard.check("给您切一个大西瓜马上吃")
    assert not guard.check("给您切好，一个西瓜吃")
    assert not guard.check("西瓜吃切")
    assert not guard.check("切" + "很" * 9 + "西瓜吃")


def test_word_lists_stand_for_each_of_their_words() -> None:
    guard = guard_of(LEXICON, entry(find=["大{test.words}子"]))
    assert guard.check("一个大西瓜子")
    assert guard.check("一个大瓜瓜子")
    assert not guard.check("一个大子")


def test_a_latin_word_is_not_found_inside_a_longer_one() -> None:
    guard = guard_of(entry(find=["sb"]))
    assert guard.check("你SB吧")
    assert guard.check("s b")
    assert not guard.check("USB接口")
    assert not guard.check("sbs")


def test_excuses_stand_close_by_in_the_same_clause() -> None:
    guard = guard_of(
        entry(unless={"before": ["请勿"], "after": ["是假的"], "inside": ["小暗号本"], "message": ["防骗"]})
    )
    for innocent in ("请勿对暗号", "暗号是假的", "买个小暗号本", "防骗提醒，不对暗号"):
        assert not guard.check(innocent), innocent
    for guilty in ("请勿迟到，对暗号", "暗号，是假的", "暗号本", "小心点，对暗号"):
        assert guard.check(guilty), guilty


def test_one_guilty_place_among_innocent_ones_is_found() -> None:
    guard = guard_of(entry(unless={"before": ["请勿"]}))
    (hit,) = guard.check("请勿对暗号，请勿对暗号，来对暗号")
    assert (hit.start, hit.text) == (14, "暗号")


def test_a_flood_of_excused_places_cannot_hide_a_guilty_one() -> None:
    guard = guard_of(entry(unless={"before": ["请勿"]}))
    assert guard.check("请勿对暗号，" * 300 + "来对暗号")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"find": ["{no.such.list}"]}, "没有叫“no.such.list”的词表"),
        ({"find": ["！！"]}, "什么也不剩"),
        ({"find": ["加…~"]}, "什么也不剩"),
        ({"unless": {"before": ["{no.such.list}"]}}, "没有叫“no.such.list”的词表"),
    ],
)
def test_a_rule_that_cannot_be_used_is_named(changes: dict[str, object], message: str) -> None:
    with pytest.raises(RuleError) as caught:
        guard_of(entry(**changes))
    assert caught.value.rule == "test.rule"
    assert message in caught.value.message


@pytest.mark.parametrize(
    "changes",
    [
        {"must_block": ["只有一句"]},
        {"must_pass": ["只有一句"]},
        {"severity": "fatal"},
        {"family": "unknown"},
        {"kind": "magic"},
        {"colour": "red"},
        {"find": []},
        {"why": ""},
        {"owner": None},
        {"since": "明天"},
        {"since": "2026-03-02", "until": "2026-03-01"},
        {"kind": "pattern", "needs": ["暗"], "find": ["(暗"]},
        {"kind": "digits", "shape": "run", "find": None},
        {"kind": "reply", "shape": "whole", "find": None},
        {"must_block": [{"text": "在", "before": [{"buyer": "在吗", "agent": "在"}]}, "对个暗号"]},
        {"must_block": [{"text": "在", "facts": {"colours": ["红"]}}, "对个暗号"]},
    ],
)
def test_a_rule_of_the_wrong_form_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        entry(**changes)


def test_a_rule_that_misses_its_own_lines_is_told_so() -> None:
    wrong = entry(must_block=["暗号", "口令"], must_pass=["对个暗号", "您好"], rewrite="来对暗号吧")
    guard = guard_of(wrong)
    problems = unproved(guard, guard.rules[0])
    assert len(problems) == 3
    assert "口令" in problems[0]
    assert "对个暗号" in problems[1]
    assert "rewrite" in problems[2]


def test_compiling_does_not_change_a_guard_in_use() -> None:
    before = guard_of(*base_entries())
    hits = before.check("加我微信13800138000")
    guard_of(*base_entries(), severity_overrides={"leak": "off", "off_platform": "off"})
    assert before.check("加我微信13800138000") == hits
    assert {"leak.mobile", "off_platform.contact"} <= rules_hit(hits)
