"""Fault 15: the wall clock jumps an hour forward or back: no reminder is said twice, none is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.faults.reminding import facts, place_orders, said, states
from tests.faults.shop import Shop
from tests.support.prepared import Prepared

from jinpai.bootstrap import build_house, close_house, open_house
from jinpai.flows.due import work_once
from jinpai.flows.ports import House
from jinpai.kit.clock import FixedClock, SystemClock
from jinpai.kit.settings import read_settings

HOUR = 3_600_000
MANY = 40


@pytest.fixture
def closed(database_url: str, prepared: Prepared, tmp_path: Path) -> Shop:
    """A shop of its own that nobody serves."""
    return Shop([prepared.copy(tmp_path / "home", database_url)])


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(SystemClock().now())


@pytest.fixture
def house(closed: Shop, clock: FixedClock) -> Iterator[House]:
    made = build_house(read_settings(closed.server.environment), clock)
    open_house(made)
    yield made
    close_house(made)


def work(house: House) -> None:
    while work_once(house):
        pass


@pytest.mark.parametrize("jump", [HOUR, -HOUR], ids=["forward", "back"])
def test_the_clock_jumps_between_planning_and_saying(closed: Shop, house: House, clock: FixedClock, jump: int) -> None:
    begin = place_orders(closed, MANY)
    house.content.refresh("demo").result()
    work(house)
    clock.advance(jump)
    work(house)
    clock.advance(-jump)
    for _ in range(30):
        clock.advance(HOUR)
        work(house)
    assert states(closed.database, begin) == {"sent": MANY}
    counts = said(closed.database, begin)
    assert len(counts) == MANY
    assert set(counts) == {1}


@pytest.mark.parametrize("jump", [HOUR, -HOUR], ids=["forward", "back"])
def test_the_clock_jumps_after_some_were_said(closed: Shop, house: House, clock: FixedClock, jump: int) -> None:
    begin = place_orders(closed, MANY, phones=True)
    house.content.refresh("demo").result()
    work(house)
    for step in range(48):
        clock.advance(HOUR if step % 5 else jump)
        work(house)
    assert states(closed.database, begin) == {"sent": MANY}
    assert facts(closed.database) == [1] * MANY
