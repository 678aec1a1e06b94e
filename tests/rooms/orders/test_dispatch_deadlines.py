"""By when a paid order has to leave, and how urgent it is: the shop's cut-off, its days of rest, a refund."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from jinpai.kit.clock import SHOP_TIME
from jinpai.orders.dispatch import Rhythm, leaves_by, standing_of
from jinpai.orders.model import Order

WEEKENDS_OFF = Rhythm("14:00", "17:00", lambda day: day.weekday() >= 5 or day == date(2026, 1, 1))
PAID = Order("o_1", "demo", "2611230001", 0, 0, state="paid")


def at(written: str) -> int:
    return int(datetime.fromisoformat(written).replace(tzinfo=SHOP_TIME).timestamp() * 1000)


@pytest.mark.parametrize(
    ("paid", "leaves"),
    [
        ("2026-03-04T13:59", "2026-03-04T17:00"),
        ("2026-03-04T14:00", "2026-03-05T17:00"),
        ("2026-03-06T18:00", "2026-03-09T17:00"),
        ("2026-03-07T09:00", "2026-03-09T17:00"),
        ("2025-12-31T20:00", "2026-01-02T17:00"),
    ],
)
def test_paid_before_the_cutoff_leaves_today_and_after_it_on_the_next_day_of_work(paid: str, leaves: str) -> None:
    assert leaves_by(WEEKENDS_OFF, at(paid)) == at(leaves)


def test_a_shop_that_never_works_still_gets_an_answer() -> None:
    assert leaves_by(Rhythm("14:00", "17:00", lambda _: True), at("2026-03-04T10:00")) > at("2026-04-01T00:00")


@pytest.mark.parametrize(
    ("now", "standing"),
    [("2026-03-04T16:59", "today"), ("2026-03-04T17:01", "late"), ("2026-03-03T23:00", "later")],
)
def test_how_urgent_an_order_is(now: str, standing: str) -> None:
    leaves = at("2026-03-04T17:00")
    assert standing_of(PAID, leaves, at(now)) == standing
    assert standing_of(replace(PAID, refund="open"), leaves, at(now)) == "held"
