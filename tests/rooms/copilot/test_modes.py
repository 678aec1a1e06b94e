"""Which mode a shop's copilot is in at a moment: nights over midnight, days of the week, holidays."""

from datetime import datetime
from typing import Any

import pytest

from jinpai.copilot.modes.modes import Mode, Modes, may_answer, mode_at

TEXTS = {"introduction": "我是智能客服", "ask_again": "请再说一遍", "hand_over": "请稍等", "call_back": "明早回电"}
NIGHT = {"mode": "full", "begins": "22:00", "ends": "08:00"}
FRIDAYS = {"mode": "full", "begins": "22:00", "ends": "08:00", "days": ["fri"]}
LUNCH = {"mode": "auto", "begins": "12:00", "ends": "13:00", "days": ["mon", "tue"]}
HOLIDAY = {"mode": "off", "begins": "00:00", "ends": "00:00", "since": "2026-10-01", "until": "2026-10-07"}


def modes(*windows: dict[str, Any], **more: Any) -> Modes:
    return Modes.model_validate({"id": "modes", "windows": windows, **TEXTS, **more})


@pytest.mark.parametrize(
    ("windows", "moment", "mode"),
    [
        ([NIGHT], "2026-11-23 21:59", "suggest"),
        ([NIGHT], "2026-11-23 22:00", "full"),
        ([NIGHT], "2026-11-24 07:59", "full"),
        ([NIGHT], "2026-11-24 08:00", "suggest"),
        ([FRIDAYS], "2026-11-27 23:00", "full"),
        ([FRIDAYS], "2026-11-28 07:00", "full"),
        ([FRIDAYS], "2026-11-28 23:00", "suggest"),
        ([FRIDAYS], "2026-11-27 07:00", "suggest"),
        ([LUNCH], "2026-11-24 12:30", "auto"),
        ([LUNCH], "2026-11-25 12:30", "suggest"),
        ([HOLIDAY, NIGHT], "2026-10-07 23:30", "off"),
        ([HOLIDAY, NIGHT], "2026-10-08 23:30", "full"),
        ([HOLIDAY, NIGHT], "2026-09-30 12:00", "suggest"),
        ([NIGHT, HOLIDAY], "2026-10-03 23:30", "full"),
    ],
)
def test_the_mode_follows_the_clock(windows: list[dict[str, Any]], moment: str, mode: Mode) -> None:
    assert mode_at(modes(*windows), datetime.fromisoformat(moment)) == mode


def test_a_single_question_may_be_answered_where_all_others_are_left_to_people() -> None:
    noon = datetime(2026, 11, 23, 12)
    assert not may_answer(modes(), noon)
    assert may_answer(modes(intents={"dispatch_time": "auto"}), noon)
    assert not may_answer(modes(mode="off", intents={"dispatch_time": "auto"}), noon)
