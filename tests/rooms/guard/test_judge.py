"""Only the judge lets a draft pass, and when anything goes wrong it does not."""

import logging
from typing import Any

import pytest
from tests.rooms.guard.rulebook import base_guard, entry, guard_of

from jinpai.desk.model import Author, Draft
from jinpai.guard.engine import Guard
from jinpai.guard.judge import UNAVAILABLE, judge
from jinpai.guard.model import Cleared, NeedsApproval, Refused, Situation

AGENT = Author("agent", "a_1", "小金")
ASSISTANT = Author("assistant", "auto", "自动回复")
HERE = Situation()


def draft(text: str, **changes: Any) -> Draft:
    return Draft("demo", "c_1", AGENT, text, "x1")._replace(**changes)


def guard_with(severity: str) -> Guard:
    return guard_of(entry(severity=severity))


def test_a_good_answer_is_cleared() -> None:
    answer = judge(draft("亲，这款有现货，今天就能发出哦~"), base_guard(), HERE)
    assert answer == Cleared(answer.draft, ())


def test_a_blocked_message_is_refused_whoever_asks_and_however_confirmed() -> None:
    answer = judge(draft("加我微信吧", confirmed=True, may_approve=True), base_guard(), HERE)
    assert isinstance(answer, Refused)
    assert answer.message.startswith("消息没有发出")
    assert answer.hits[0].why[:6] in answer.message


def test_a_warning_waits_for_the_agents_own_confirmation() -> None:
    guard = guard_with("warn")
    waiting = judge(draft("对个暗号"), guard, HERE)
    assert isinstance(waiting, NeedsApproval)
    assert waiting.verdict == "warn"
    assert isinstance(judge(draft("对个暗号", confirmed=True), guard, HERE), Cleared)


def test_what_needs_a_supervisor_is_not_cleared_by_the_agents_confirmation() -> None:
    guard = guard_with("confirm")
    for changes in ({}, {"confirmed": True}, {"may_approve": True}):
        answer = judge(draft("对个暗号", **changes), guard, HERE)
        assert isinstance(answer, NeedsApproval)
        assert answer.verdict == "confirm"
    assert isinstance(judge(draft("对个暗号", confirmed=True, may_approve=True), guard, HERE), Cleared)


def test_a_hint_is_cleared_and_kept() -> None:
    answer = judge(draft("对个暗号"), guard_with("hint"), HERE)
    assert isinstance(answer, Cleared)
    assert [hit.rule for hit in answer.hits] == ["test.rule"]


@pytest.mark.parametrize("severity", ["warn", "confirm", "block"])
@pytest.mark.parametrize("author", [ASSISTANT, Author("system")])
def test_nobody_can_confirm_an_automatic_message(severity: str, author: Author) -> None:
    text = draft("对个暗号", author=author, confirmed=True, may_approve=True)
    assert isinstance(judge(text, guard_with(severity), HERE), Refused)


class BrokenGuard:
    def __init__(self, error: Exception) -> None:
        self.error = error

    def check(self, text: str, situation: Situation) -> None:
        raise self.error


@pytest.mark.parametrize("error", [ValueError("broken"), MemoryError(), RecursionError(), KeyError("x")])
def test_an_error_in_the_guard_refuses_and_leaves_a_trace_without_the_text(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = judge(draft("亲，您好，秘密", confirmed=True), BrokenGuard(error), HERE)  # type: ignore[arg-type]
    assert answer == Refused(answer.draft, (), UNAVAILABLE)
    assert "没有发出" in UNAVAILABLE
    assert "请稍后重试" in UNAVAILABLE
    assert caplog.records
    assert "秘密" not in caplog.text


def test_a_draft_that_is_no_text_is_refused() -> None:
    assert isinstance(judge(draft(None), base_guard(), HERE), Refused)  # type: ignore[arg-type]


def test_a_situation_that_cannot_be_read_is_refused() -> None:
    broken = Situation(before=(None,))  # type: ignore[arg-type]
    assert isinstance(judge(draft("在的"), base_guard(), broken), Refused)
