"""When a trade ends by itself: after a day unpaid, ten days after dispatch, thirty by surface mail."""

from dataclasses import replace

import pytest

from jinpai.orders.endings import DAY_MS, HOUR_MS, Ending, TimeOuts, ending_of
from jinpai.orders.model import Order, OrderRow, Parcel, begin

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
