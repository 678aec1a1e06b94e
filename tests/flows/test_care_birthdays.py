"""Birthdays put right, on each database: the planned task moves with them or is withdrawn, and comes back once."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from tests.flows.conftest import AGENT, Shop
from tests.flows.reminding import Phones, buyer_of, connect, forward
from tests.flows.texting import add_member, tasks, text

from jinpai.care.model import Care
from jinpai.customers.actions import Judgement, Verdict, judge, merge, split
from jinpai.customers.birthdays import find_birthday, read_birthday
from jinpai.customers.importing.reading import CustomerRow
from jinpai.customers.importing.recording import record_members
from jinpai.flows.caring.birthdays import CHANGED, day_of
from jinpai.flows.caring.giving import send_care
from jinpai.kit.clock import SHOP_TIME
from jinpai.kit.errors import Conflict

DAY = 86_400_000
JUNE = "6 月 1 日"
DECEMBER = "12 月 20 日"
TODAY = date(2026, 11, 23)


@pytest.fixture
def member(shop: Shop) -> str:
    return add_member(shop)


def judged(shop: Shop, buyer: str, value: str, verdict: Verdict = "accepted") -> None:
    shop.clock.advance(1_000)
    shop.house.writer.run(judge(buyer, Judgement("birthday", value, verdict), "agent:a_1"))
    forward(shop, shop.clock.now())


def planned(shop: Shop) -> list[tuple[str, str]]:
    """The birthday tasks by their day, with their states."""
    return [(day_of(one).isoformat(), one.state) for one in tasks(shop, "care.birthday")]


def waiting(shop: Shop) -> list[date]:
    """The days on which the shop's worker will look at a birthday."""
    query = sa.text("SELECT due.due_at FROM due JOIN care ON due.key = 'care:' || care.id WHERE due.state = 'waiting'")
    with shop.house.database.read() as connection:
        times = connection.execute(query).scalars().all()
    return sorted(datetime.fromtimestamp(time / 1000, SHOP_TIME).date() for time in times)


def at(day: date, hour: int) -> int:
    """This hour of the shop's day, in ms."""
    return int(datetime(day.year, day.month, day.day, hour, tzinfo=SHOP_TIME).timestamp() * 1000)


def only(shop: Shop, state: str) -> Care:
    (one,) = (each for each in tasks(shop, "care.birthday") if each.state == state)
    return one


def test_the_clock_of_these_tests_stands_where_they_say(shop: Shop) -> None:
    assert datetime.fromtimestamp(shop.clock.now() / 1000, UTC).date() == TODAY


def test_a_birthday_put_right_moves_the_task_at_once(shop: Shop, member: str) -> None:
    judged(shop, member, DECEMBER)
    assert planned(shop) == [("2026-12-20", "planned")]
    judged(shop, member, JUNE)
    assert planned(shop) == [("2026-12-20", "cancelled"), ("2027-06-01", "planned")]
    assert only(shop, "cancelled").why == CHANGED
    assert waiting(shop) == [date(2027, 6, 1)]


def test_a_birthday_put_right_and_back_is_planned_again_and_opens_once(shop: Shop, member: str) -> None:
    judged(shop, member, DECEMBER)
    judged(shop, member, JUNE)
    judged(shop, member, DECEMBER)
    assert planned(shop) == [("2026-12-20", "planned"), ("2027-06-01", "cancelled")]
    assert waiting(shop) == [date(2026, 12, 20)]
    forward(shop, at(date(2026, 12, 20), 10))
    assert planned(shop)[0] == ("2026-12-20", "open")
    forward(shop, at(date(2026, 12, 23), 10))
    assert planned(shop) == [("2026-12-20", "expired"), ("2027-06-01", "cancelled"), ("2027-12-20", "planned")]


@pytest.mark.parametrize("verdict", ["struck", "open"])
def test_a_birthday_that_is_none_leaves_no_task(shop: Shop, member: str, verdict: Verdict) -> None:
    judged(shop, member, DECEMBER)
    judged(shop, member, DECEMBER, verdict)
    assert planned(shop) == [("2026-12-20", "cancelled")]
    assert waiting(shop) == []
    forward(shop, at(date(2026, 12, 20), 10))
    assert planned(shop) == [("2026-12-20", "cancelled")]


def test_a_newer_birthday_struck_out_gives_way_to_the_older(shop: Shop, member: str) -> None:
    judged(shop, member, DECEMBER)
    judged(shop, member, JUNE)
    judged(shop, member, JUNE, "struck")
    assert planned(shop) == [("2026-12-20", "planned"), ("2027-06-01", "cancelled")]


def test_a_birthday_put_right_while_its_task_is_open_takes_it_off_the_page(shop: Shop, member: str) -> None:
    connect(shop, Phones())
    judged(shop, member, "11 月 24 日")
    forward(shop, at(date(2026, 11, 24), 10))
    opened = only(shop, "open")
    judged(shop, member, "11 月 27 日")
    assert planned(shop) == [("2026-11-24", "cancelled"), ("2026-11-27", "planned")]
    with pytest.raises(Conflict):
        text(shop, opened.id)


def test_a_birthday_put_right_while_its_message_waits_is_not_sent(shop: Shop, member: str) -> None:
    phones = connect(shop, Phones())
    judged(shop, member, "11 月 24 日")
    forward(shop, at(date(2026, 11, 24), 10))
    text(shop, only(shop, "open").id)
    judged(shop, member, "11 月 27 日")
    assert planned(shop) == [("2026-11-24", "cancelled"), ("2026-11-27", "planned")]
    assert phones.calls == 0


def test_who_was_greeted_is_greeted_next_year_and_not_again_for_the_same_day(shop: Shop) -> None:
    talk = shop.chat()
    shop.buyer_says(talk, "在吗")
    buyer = buyer_of(shop, talk)
    judged(shop, buyer, "11 月 24 日")
    forward(shop, at(date(2026, 11, 24), 10))
    shop.house.writer.run(send_care(shop.house, only(shop, "open").id, None, AGENT))
    judged(shop, buyer, "11 月 24 日")
    assert planned(shop) == [("2026-11-24", "sent")]
    forward(shop, at(date(2026, 11, 26), 10))
    assert planned(shop) == [("2026-11-24", "sent"), ("2027-11-24", "planned")]


def test_leap_days_are_kept_on_the_28th_until_the_year_has_one(shop: Shop, member: str) -> None:
    judged(shop, member, "2 月 29 日")
    assert planned(shop) == [("2027-02-28", "planned")]
    forward(shop, at(date(2027, 2, 28), 10))
    assert only(shop, "open").why == ""
    forward(shop, at(date(2027, 3, 3), 10))
    assert planned(shop) == [("2027-02-28", "expired"), ("2028-02-29", "planned")]
    forward(shop, at(date(2028, 2, 28), 12))
    assert planned(shop)[1] == ("2028-02-29", "planned")
    forward(shop, at(date(2028, 2, 29), 12))
    assert planned(shop)[1] == ("2028-02-29", "open")


@pytest.mark.parametrize("told", ["我生日是12月20号", "12月20日是我的生日", "生日：1992年12月20日", "生日 12/20"])
def test_the_year_of_birth_need_not_be_known(shop: Shop, member: str, told: str) -> None:
    kept = find_birthday(told)
    assert kept == DECEMBER
    judged(shop, member, kept)
    assert planned(shop) == [("2026-12-20", "planned")]


@pytest.mark.parametrize(
    ("cell", "day"),
    [("1992-12-20", "2026-12-20"), ("12月20日", "2026-12-20"), ("19920229", "2027-02-28"), ("2/29", "2027-02-28")],
)
def test_a_member_list_tells_birthdays_with_their_year_or_without(shop: Shop, member: str, cell: str, day: str) -> None:
    kept = read_birthday(cell)
    assert kept is not None
    row = CustomerRow("jingjing", "静静", "", "", False, {"birthday": kept})
    shop.house.writer.run(record_members(shop.house.sealer, "demo", [row], "agent:a_1"))
    forward(shop, shop.clock.now())
    assert planned(shop) == [(day, "planned")]


def test_two_names_of_one_person_have_one_task_and_each_its_own_when_taken_apart(shop: Shop, member: str) -> None:
    other = add_member(shop, "other", "13700137000")
    judged(shop, member, DECEMBER)
    judged(shop, other, DECEMBER)
    assert planned(shop) == [("2026-12-20", "planned")] * 2
    shop.house.writer.run(merge(other, member, "agent:a_1"))
    forward(shop, shop.clock.now())
    assert only(shop, "planned").buyer == member
    shop.house.writer.run(split(other, "agent:a_1"))
    forward(shop, shop.clock.now())
    assert planned(shop) == [("2026-12-20", "planned")] * 2


def test_a_birthday_known_under_the_other_name_alone_goes_with_it(shop: Shop, member: str) -> None:
    other = add_member(shop, "other", "13700137000")
    judged(shop, other, DECEMBER)
    shop.house.writer.run(merge(other, member, "agent:a_1"))
    forward(shop, shop.clock.now())
    assert only(shop, "planned").buyer == member
    shop.house.writer.run(split(other, "agent:a_1"))
    forward(shop, shop.clock.now())
    assert only(shop, "planned").buyer == other
    assert waiting(shop) == [date(2026, 12, 20)]
