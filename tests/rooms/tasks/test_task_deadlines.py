"""By when a department has to be done: workdays with their make-up days, and seven days that end in a holiday."""

from datetime import datetime

import pytest

from jinpai.flows.content.sections import TASKS, load_section
from jinpai.flows.reminding.content import load_reminding
from jinpai.kit.clock import SHOP_TIME
from jinpai.reminders.content import DaysOff
from jinpai.tasks.content import TaskKind
from jinpai.tasks.dues import due_of

YEARS = load_reminding("").days_off


def kind(unit: str, within: int) -> TaskKind:
    told = {"id": "k", "title": "查件", "department": "logistics", "hint": "单号", "told": "亲，{结果}"}
    return TaskKind.model_validate({**told, "unit": unit, "within": within})


@pytest.mark.parametrize(
    ("unit", "within", "asked", "due"),
    [
        ("hours", 4, "2026-06-10T15:30", "2026-06-10T19:30"),
        ("workdays", 1, "2026-06-12T16:00", "2026-06-15T23:59:59"),
        ("workdays", 2, "2026-09-18T10:00", "2026-09-21T23:59:59"),
        ("workdays", 1, "2026-09-30T10:00", "2026-10-08T23:59:59"),
        ("days", 7, "2026-06-01T09:00", "2026-06-08T23:59:59"),
        ("days", 7, "2026-09-25T09:00", "2026-09-30T23:59:59"),
        ("days", 2, "2026-10-02T09:00", "2026-10-04T23:59:59"),
    ],
    ids=["hours run on", "a weekend", "a Sunday worked instead", "a holiday", "a week", "ends in a holiday", "all off"],
)
def test_a_deadline_knows_the_holidays(unit: str, within: int, asked: str, due: str) -> None:
    found, why = due_of(kind(unit, within), datetime.fromisoformat(asked).replace(tzinfo=SHOP_TIME), YEARS)
    assert found == datetime.fromisoformat(due).replace(tzinfo=SHOP_TIME)
    assert ("放假" in why) == (asked == "2026-09-25T09:00")


def test_a_year_nobody_has_entered_counts_from_monday_to_friday_and_says_so() -> None:
    asked = datetime(2031, 10, 3, 9, tzinfo=SHOP_TIME)
    found, why = due_of(kind("workdays", 1), asked, YEARS)
    assert (found.month, found.day) == (10, 6)
    assert "2031" in why


def test_a_day_cannot_be_off_and_worked() -> None:
    off = {"id": "y", "kind": "days_off", "year": 2026, "periods": [["2026-10-01", "2026-10-07"]]}
    with pytest.raises(ValueError, match="2026-10-03"):
        DaysOff.model_validate({**off, "workdays": ["2026-10-03"]})


def test_the_shop_s_invoices_have_seven_days() -> None:
    found = next(one for one in load_section(TASKS) if one.id == "invoice")
    assert (found.department, found.within, found.unit) == ("finance", 7, "days")
