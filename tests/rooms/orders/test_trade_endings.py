"""When a trade ends by itself: after a day unpaid, ten days after dispatch, thirty by surface mail."""

from dataclasses import replace

import pytest

from jinpai.orders.endings import DAY_MS, HOUR_MS, Ending, TimeOuts, end_in_time, ending_of
from jinpai.orders.model import TIMED_OUT, Order, OrderRow, Parcel, begin, merge

AT = 1_795_000_000_000


def order(**told: object) -> Order:
    row = OrderRow("2611220001", ordered_at=AT, shipped_at=AT)
    return replace(begin("o_1", "demo", row, AT), **told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "ending"),
    [
        ({"state": "unpaid"}, Ending("closes", AT + 24 * HOUR_MS)),
        ({"state": "unpaid", "ordered_at": None}, None),
        ({"state": "paid"}, None),
        ({"state": "shipped"}, Ending("completes", AT + 10 * DAY_MS)),
        ({"state": "delivered", "parcels": (Parcel("1", "EMS"),)}, Ending("completes", AT + 10 * DAY_MS)),
        ({"state": "shipped", "parcels": (Parcel("1", "邮政平邮"),)}, Ending("completes", AT + 30 * DAY_MS)),
        ({"state": "shipped", "refund": "open"}, None),
        ({"state": "completed"}, None),
        ({"state": "closed"}, None),
    ],
)
def test_what_happens_if_nobody_does_anything(told: dict[str, object], ending: Ending | None) -> None:
    assert ending_of(TimeOuts(), order(**told)) == ending


def test_a_shop_sets_its_own_times() -> None:
    outs = TimeOuts(close_hours=2, complete_days=15, surface_days=45)
    assert ending_of(outs, order(state="unpaid")) == Ending("closes", AT + 2 * HOUR_MS)
    assert ending_of(outs, order(state="shipped")) == Ending("completes", AT + 15 * DAY_MS)


def test_nothing_ends_before_its_time_and_everything_at_it() -> None:
    end = end_in_time(TimeOuts())
    waiting, gone = order(state="unpaid"), order(state="shipped")
    assert end(waiting, AT + 24 * HOUR_MS - 1) is waiting
    assert end(gone, AT + 10 * DAY_MS - 1) is gone
    closed, completed = end(waiting, AT + 24 * HOUR_MS), end(gone, AT + 10 * DAY_MS)
    assert (closed.state, closed.close_reason) == ("closed", TIMED_OUT)
    assert (completed.state, completed.completed_at) == ("completed", None)
    paid_in_part = order(state="unpaid", paid=1_000)
    assert end(paid_in_part, AT + 30 * DAY_MS) is paid_in_part


def test_a_payment_told_after_the_time_ran_out_lets_the_trade_go_on() -> None:
    closed = end_in_time(TimeOuts())(order(state="unpaid", total=12_900), AT + 24 * HOUR_MS)
    again = merge(closed, OrderRow(closed.number, state="unpaid", total=12_900), AT + 25 * HOUR_MS)
    assert again is closed
    paid = merge(closed, OrderRow(closed.number, state="paid", paid=12_900, paid_at=AT + 1), AT + 25 * HOUR_MS)
    assert (paid.state, paid.paid, paid.close_reason) == ("paid", 12_900, "")
    agreed = replace(closed, close_reason="不想要了")
    assert merge(agreed, OrderRow(closed.number, state="paid"), AT + 25 * HOUR_MS).state == "closed"
