"""By when a promise is to be kept, said at twenty past ten on a Tuesday."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinpai.flows.reminding.content import load_reminding
from jinpai.kit.clock import SHOP_TIME
from jinpai.promises.dues import read_due

TUESDAY = datetime(2026, 3, 3, 10, 20, tzinfo=SHOP_TIME)


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("今天下午5点前给您发出", "03-03 17:00:00"),
        ("五点前给您发", "03-03 17:00:00"),
        ("16：30前寄走", "03-03 16:30:00"),
        ("9点前发", "03-03 21:00:00"),
        ("明天中午12点前", "03-04 12:00:00"),
        ("今晚12点前", "03-04 00:00:00"),
        ("晚上八点半给您打过去", "03-03 20:30:00"),
        ("今天给您发", "03-03 23:59:59"),
        ("明天一早就寄", "03-04 23:59:59"),
        ("后天送到", "03-05 23:59:59"),
        ("24小时内给您退", "03-04 10:20:00"),
        ("一个半小时回复您", "03-03 11:50:00"),
        ("半小时内回您", "03-03 10:50:00"),
        ("十分钟后给您", "03-03 10:30:00"),
        ("三天内给您补上", "03-06 23:59:59"),
        ("2-3天退给您", "03-06 23:59:59"),
        ("5个工作日内", "03-10 23:59:59"),
        ("周五前给您发", "03-06 23:59:59"),
        ("下周一发出", "03-09 23:59:59"),
        ("15号给您寄", "03-15 23:59:59"),
        ("2月20日发", "02-20 23:59:59"),
        ("月底前补发", "03-31 23:59:59"),
        ("今天晚上 20:00 前给您回电话", "03-03 20:00:00"),
        ("最晚明天下午 5 点给您发出", "03-04 17:00:00"),
        ("今晚 9 点 30 分之前给您消息", "03-03 21:30:00"),
        ("八点一刻给您回电话", "03-03 20:15:00"),
        ("周五 18:00 前给您发出", "03-06 18:00:00"),
        ("15号下午三点前给您发出", "03-15 15:00:00"),
        ("3 月 15 日前给您退款", "03-15 23:59:59"),
        ("明天中午前给您答复", "03-04 12:00:00"),
        ("下班前给您答复", "03-03 23:59:59"),
        ("两三天内给您补发", "03-06 23:59:59"),
        ("本周内给您退款", "03-08 23:59:59"),
        ("一刻钟内回您", "03-03 10:35:00"),
    ],
)
def test_a_time_is_read(words: str, due: str) -> None:
    found = read_due(words, TUESDAY)
    assert found is not None
    assert f"{found:%m-%d %H:%M:%S}" == due
    assert found >= TUESDAY


@pytest.mark.parametrize(
    "words", ["马上给您发", "给您便宜一点", "节后第一时间发", "有两点跟您说一下", "尽快", "100点", "99月99号"]
)
def test_where_no_time_is_named_there_is_none(words: str) -> None:
    assert read_due(words, TUESDAY) is None


def test_working_days_skip_the_holiday_and_count_the_make_up_saturday() -> None:
    days_off = load_reminding("").days_off
    before = datetime(2026, 9, 30, 10, 20, tzinfo=SHOP_TIME)
    for words, due in (("1个工作日内", "10-08"), ("3个工作日退给您", "10-10"), ("3天内退给您", "10-03")):
        found = read_due(words, before, days_off)
        assert found is not None
        assert f"{found:%m-%d %H:%M:%S}" == f"{due} 23:59:59"


def test_a_message_at_night_means_the_coming_day() -> None:
    night = TUESDAY.replace(hour=23, minute=40)
    found = read_due("下午三点前发", night)
    assert found is not None
    assert f"{found:%m-%d %H:%M}" == "03-04 15:00"


_DAYS = {"": 0, "今天": 0, "明天": 1, "后天": 2, "大后天": 3}
_SPACES = ("", " ")
_ENDS = ("前", "之前", "左右", "")


@settings(max_examples=300, deadline=None)
@given(
    day=st.sampled_from(sorted(_DAYS)),
    hour=st.integers(13, 23),
    minute=st.integers(0, 59),
    shape=st.sampled_from(("clock", "point")),
    space=st.sampled_from(_SPACES),
    end=st.sampled_from(_ENDS),
)
def test_a_clock_time_in_the_afternoon_is_exact_however_it_is_typed(
    day: str, hour: int, minute: int, shape: str, space: str, end: str
) -> None:
    part = "下午" if hour < 18 else "晚上"
    told = f"{hour}:{minute:02}" if shape == "clock" else f"{hour - 12}{space}点{space}{minute}{space}分"
    found = read_due(f"{day}{space}{part}{space}{told}{space}{end}给您回电话", TUESDAY)
    assert found == (TUESDAY + timedelta(days=_DAYS[day])).replace(hour=hour, minute=minute)


@settings(max_examples=200, deadline=None)
@given(
    said=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),
    words=st.text("今明后天下午晚早点前半周三月底号日内 0123456789:：", max_size=16),
)
def test_whatever_is_said_a_promise_is_due_later_or_at_no_time(said: datetime, words: str) -> None:
    moment = said.replace(tzinfo=SHOP_TIME, microsecond=0)
    found = read_due(words, moment)
    assert found is None or found.tzinfo is not None


@settings(max_examples=200, deadline=None)
@given(said=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)), day=st.sampled_from("一二三四五六日"))
def test_before_a_weekday_is_at_the_end_of_the_next_such_day(said: datetime, day: str) -> None:
    moment = said.replace(tzinfo=SHOP_TIME, microsecond=0)
    found = read_due(f"周{day}前给您答复", moment)
    assert found is not None
    assert found.weekday() == "一二三四五六日".index(day)
    assert 0 <= (found.date() - moment.date()).days < 7
