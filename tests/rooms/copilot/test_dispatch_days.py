"""“今天能发吗” is answered by the days on which the shop sends: cut-off, weekends, public holidays."""

from datetime import datetime

import pytest

from jinpai.copilot.skills.ground import Ground
from jinpai.copilot.skills.shop import dispatch
from jinpai.flows.content.shop import load_shop_content
from jinpai.kit.clock import SHOP_TIME
from jinpai.reminders.content import DaysOff

SPRING = DaysOff(
    id="days_off_2026", kind="days_off", year=2026, periods=(("2026-02-15", "2026-02-23"),), workdays=("2026-02-28",)
)


def told(moment: str, *, weekends: bool) -> list[tuple[str, str]]:
    """Which fact answers at this moment, and the next day of dispatch it names."""
    shop = load_shop_content("demo").shop
    assert shop is not None
    service = shop.service.model_copy(update={"dispatch_weekend": weekends, "dispatch_cutoff": "16:00"})
    at = datetime.fromisoformat(moment).replace(tzinfo=SHOP_TIME)
    ground = Ground("今天能发吗", {}, at, shop.model_copy(update={"service": service}), days_off=(SPRING,))
    return [(fact.wording, fact.values.get("下个发货日", "")) for fact in dispatch(ground)]


@pytest.mark.parametrize(
    ("moment", "weekends", "expected"),
    [
        ("2026-02-12T10:00", False, [("dispatch.today", "")]),
        ("2026-02-12T17:00", False, [("dispatch.tomorrow", "明天")]),
        ("2026-02-13T17:00", True, [("dispatch.tomorrow", "明天")]),
        ("2026-02-13T17:00", False, [("dispatch.tomorrow", "2 月 24 日")]),
        ("2026-02-17T10:00", True, []),
        ("2026-02-27T17:00", False, [("dispatch.tomorrow", "明天")]),
        ("2026-02-28T10:00", False, [("dispatch.today", "")]),
    ],
)
def test_the_day_of_dispatch_is_one_on_which_the_shop_sends(
    moment: str, weekends: bool, expected: list[tuple[str, str]]
) -> None:
    assert told(moment, weekends=weekends) == expected
