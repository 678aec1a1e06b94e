"""When an unpaid order is reminded of: the table, moved before closing and out of quiet hours."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rooms.reminders.conftest import base_plan

from jinpai.kit.clock import SHOP_TIME
from jinpai.reminders.content import Quiet, ReminderPlan
from jinpai.reminders.model import day_off, is_quiet, not_before, plan_again, plan_first

PLAN = base_plan()


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-{text}").replace(tzinfo=SHOP_TIME)


@pytest.mark.parametrize(
    ("ordered", "rule", "due"),
    [
        ("01T08:00", "08-11", "01T14:30"),
        ("01T10:59", "08-11", "01T14:30"),
        ("01T11:00", "11-15", "01T16:30"),
        ("01T14:59", "11-15", "01T16:30"),
        ("01T15:00", "15-22", "02T11:30"),
        ("01T21:59", "15-22", "02T11:30"),
        ("01T22:00", "00-08", "02T12:30"),
        ("01T23:59", "00-08", "02T12:30"),
        ("02T00:00", "00-08", "02T12:30"),
        ("02T07:59", "00-08", "02T12:30"),
    ],
)
def test_the_table_is_half_open_and_the_open_hours_before_midnight_belong_to_the_night(
    ordered: str, rule: str, due: str
) -> None:
    planned = plan_first(PLAN, at(ordered), 1)
    assert (planned.rule, planned.due, planned.moved) == (rule, at(due), "")


@pytest.mark.parametrize(
    ("ordered", "due", "words"),
    [
        ("01T10:30", "02T08:30", "关闭前 2 小时提醒"),
        ("01T16:00", "02T14:00", "关闭前 2 小时提醒"),
        ("01T10:29", "01T21:25", "赶在 21:30 之前"),
        ("01T08:00", "01T21:25", "赶在 21:30 之前"),
        ("01T23:29", "02T21:29", "关闭前 2 小时提醒"),
        ("01T23:30", "02T21:25", "赶在 21:30 之前"),
    ],
)
def test_a_buyer_who_came_back_is_not_hurried_but_the_order_would_close_first(
    ordered: str, due: str, words: str
) -> None:
    planned = plan_first(PLAN, at(ordered), 2)
    assert (planned.rule, planned.due) == ("repeat", at(due))
    assert words in planned.moved
    assert "自动关闭" in planned.moved


def test_an_order_that_stays_open_for_days_waits_its_48_hours() -> None:
    planned = plan_first(PLAN.model_copy(update={"close_hours": 96}), at("01T10:30"), 3)
    assert (planned.due, planned.moved) == (at("03T10:30"), "")


def test_the_couriers_pick_up_is_a_setting_and_an_order_after_it_is_not_reminded_in_the_past() -> None:
    early = PLAN.model_copy(update={"pickup": "14:00"})
    assert plan_first(early, at("01T11:30"), 1).due == at("01T13:30")
    late = plan_first(early, at("01T14:30"), 1)
    assert late.due == at("01T15:00")
    assert late.moved


def test_a_table_time_in_quiet_hours_leaves_them_and_says_so() -> None:
    sleepy = PLAN.model_copy(update={"quiet": Quiet(begins="13:00", ends="16:00")})
    planned = plan_first(sleepy, at("01T09:00"), 1)
    assert planned.due == at("01T12:55")
    assert "免打扰" in planned.moved


def test_a_shop_that_closes_orders_within_the_margin_cannot_remind() -> None:
    planned = plan_first(PLAN.model_copy(update={"close_hours": 2, "margin_minutes": 180}), at("01T10:00"), 1)
    assert planned.due is None
    assert "没有合适的时间" in planned.moved


def test_an_order_closed_in_an_hour_is_reminded_before_the_half_hour_when_the_margin_says_so() -> None:
    planned = plan_first(PLAN.model_copy(update={"close_hours": 1, "margin_minutes": 40}), at("01T10:00"), 1)
    assert planned.due == at("01T10:20")


def test_the_second_reminder_comes_six_hours_later_or_after_the_quiet_hours_or_not_at_all() -> None:
    assert plan_again(PLAN, at("01T10:00"), at("01T14:30"), "08-11").due == at("01T20:30")
    night = plan_again(PLAN, at("01T14:00"), at("01T16:30"), "11-15")
    assert night.due == at("02T08:30")
    assert "免打扰" in night.moved
    assert plan_again(PLAN, at("01T16:00"), at("02T11:30"), "15-22").due is None


def test_an_order_that_was_imported_late_is_reminded_at_once_or_after_the_quiet_hours() -> None:
    planned = plan_first(PLAN, at("01T11:30"), 1)
    assert not_before(PLAN, planned, at("01T12:00"), "晚到") == planned
    assert not_before(PLAN, planned, at("01T18:00"), "晚到").due == at("01T18:00")
    assert not_before(PLAN, planned, at("01T23:00"), "晚到").due == at("02T08:30")
    assert not_before(PLAN, planned, at("02T10:00"), "晚到").due is None


def test_holidays_are_known_for_the_years_entered_and_unknown_otherwise() -> None:
    from tests.rooms.reminders.conftest import base_days_off

    years = base_days_off()
    assert day_off(years, at("01T00:00").date()) is False
    assert day_off(years, datetime(2026, 10, 7).date()) is True
    assert day_off(years, datetime(2099, 10, 1).date()) is None


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda one: one.replace(tzinfo=SHOP_TIME))
clock = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
plans = st.builds(
    lambda quiet, pickup, close, margin, least, lead: PLAN.model_copy(
        update={
            "quiet": quiet,
            "pickup": pickup,
            "close_hours": close,
            "margin_minutes": margin,
            "least_minutes": least,
            "lead_minutes": lead,
        }
    ),
    st.builds(lambda begins, ends: Quiet(begins=begins, ends=ends), clock, clock),
    clock,
    st.integers(1, 200),
    st.integers(0, 600),
    st.integers(0, 120),
    st.integers(0, 120),
)


@given(moments, st.integers(1, 5))
def test_with_the_default_settings_every_order_has_a_reminder_in_time(ordered: datetime, purchases: int) -> None:
    planned = plan_first(PLAN, ordered, purchases)
    assert planned.due is not None
    assert planned.window is not None
    assert ordered < planned.due <= planned.closes_at - timedelta(hours=2)
    assert planned.closes_at == ordered + timedelta(days=1)
    assert not is_quiet(PLAN.quiet, planned.due)
    assert planned.window[0] <= planned.due <= planned.window[1]
    assert (planned.rule == "repeat") == (purchases >= 2)
    assert bool(planned.moved) == (purchases >= 2)


@settings(max_examples=400)
@given(plans, moments, st.integers(1, 3), st.integers(0, 300_000))
def test_whatever_the_settings_nobody_is_reminded_too_late_too_early_or_at_night(
    plan: ReminderPlan, ordered: datetime, purchases: int, later: int
) -> None:
    first = plan_first(plan, ordered, purchases)
    now = ordered + timedelta(seconds=later)
    again = plan_again(plan, ordered, first.due or now, first.rule)
    for planned, earliest in (
        (first, ordered),
        (not_before(plan, first, now, "晚到"), ordered),
        (again, (first.due or now) + timedelta(hours=plan.again_hours)),
    ):
        if planned.due is None:
            assert planned.moved
            continue
        assert planned.window is not None
        assert planned.window[0] <= planned.due <= planned.window[1]
        assert earliest <= planned.due <= planned.closes_at - timedelta(minutes=plan.margin_minutes)
        assert not is_quiet(plan.quiet, planned.due)
