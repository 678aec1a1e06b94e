"""Couriers asked over HTTP: for the parcels on their way, not too often, and whatever comes back is trusted no further
than any file; on each database."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from tests.flows.conftest import MONDAY_10_O_CLOCK, Shop
from tests.flows.fake_couriers import FakeCouriers
from tests.flows.test_parcels import DAY, HOUR, Counter
from tests.support.endpoint import listening

from jinpai.adapters.tracking.asking import MAX_ANSWER, HttpCouriers
from jinpai.flows.due import work_once
from jinpai.flows.ports import House
from jinpai.flows.tracking.asking import ask_couriers, try_couriers
from jinpai.kit.errors import BadInput
from jinpai.orders.tracking.model import Track
from jinpai.orders.tracking.provider import AT_ONCE, MINUTE, SECOND, Setting, Wanted, wait_after
from jinpai.orders.tracking.provider_store import drop_couriers, find_setting, set_couriers
from jinpai.orders.tracking.store import find_tracks
from jinpai.staff.audit import Wanted as AuditWanted
from jinpai.staff.audit import read_audit

MINE = "ZT10001"
AT = "2026-11-23 08:00:00"


def tells(parcels: list[dict[str, str]]) -> Any:
    return {
        "data": [{"number": one["number"], "time": AT, "state": "派送中", "text": "张师傅派送中"} for one in parcels]
    }


@pytest.fixture
def fake() -> Iterator[FakeCouriers]:
    with listening(FakeCouriers(tells)) as running:
        yield running


@pytest.fixture
def house(shop: Shop) -> House:
    Counter(shop).sends(waybill=MINE)
    return replace(shop.house, couriers=HttpCouriers(seconds=0.6))


def sets(house: House, fake: FakeCouriers, **more: Any) -> Setting:
    told = {"is_on": True, "url": fake.url, "key": "k-courier", "is_near": True, "per_hour": 100}
    return house.writer.run(set_couriers(house.sealer, Wanted("demo", **(told | more)), "agent:a_1"))


def stands(house: House, number: str = MINE) -> Track | None:
    with house.database.read() as connection:
        return find_tracks(connection, "demo", [number]).get(number)


def state(house: House) -> Setting:
    with house.database.read() as connection:
        found = find_setting(connection, "demo")
    assert found is not None
    return found


def asks_all(shop: Shop, house: House) -> int:
    """Asks until nothing waits; how many calls went out."""
    calls = 0
    while ask_couriers(house):
        calls += 1
        shop.clock.advance(5 * SECOND)
    return calls


def test_parcels_on_their_way_are_asked_for_and_what_is_told_counts(
    shop: Shop, house: House, fake: FakeCouriers
) -> None:
    sets(house, fake)
    asks_all(shop, house)
    track = stands(house)
    assert track is not None
    assert (track.state, track.text) == ("delivering", "张师傅派送中")
    asked = {one["number"]: one for call in fake.asked for one in call}
    assert asked[MINE] == {"number": MINE, "courier": "中通快递"}
    assert all(set(one) == {"number", "courier"} and len(call) <= AT_ONCE for call in fake.asked for one in call)
    assert fake.headers[0]["Authorization"] == "Bearer k-courier"
    assert (state(house).outcome, state(house).failures) == ("ok", 0)
    assert sum(len(call) for call in fake.asked) == len(asked), "each was asked for once"


def test_a_parcel_is_asked_for_again_after_two_hours_until_it_has_arrived(
    shop: Shop, house: House, fake: FakeCouriers
) -> None:
    sets(house, fake)
    asks_all(shop, house)
    fake.asked.clear()
    shop.clock.advance(HOUR)
    assert asks_all(shop, house) == 0
    shop.clock.advance(HOUR)
    fake.answer = lambda parcels: [{"运单号": one["number"], "时间": AT, "状态": "已签收"} for one in parcels]
    asks_all(shop, house)
    assert MINE in {one["number"] for call in fake.asked for one in call}
    fake.asked.clear()
    shop.clock.advance(3 * HOUR)
    asks_all(shop, house)
    assert MINE not in {one["number"] for call in fake.asked for one in call}


def test_the_bound_of_an_hour_holds(shop: Shop, house: House, fake: FakeCouriers) -> None:
    for at in range(45):
        Counter(shop).sends(f"261123{at:04}", f"ZT2{at:04}")
    sets(house, fake, per_hour=2)
    assert asks_all(shop, house) == 2
    for _ in range(20):
        shop.clock.advance(2 * MINUTE)
        assert asks_all(shop, house) == 0
    shop.clock.advance(20 * MINUTE)
    assert asks_all(shop, house) >= 1


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (500, "http_500"),
        (302, "http_302"),
        (1.2, "slow"),
        (b"<html>log in first</html>", "malformed"),
        (b"\x1f\x8b\x08garbage", "malformed"),
        (b"[" * 100_000, "malformed"),
        (b'"a text"', "malformed"),
        ({"data": [{"hello": "world"}]}, "malformed"),
        (b"[" + b" " * MAX_ANSWER + b"]", "too_large"),
    ],
)
def test_a_broken_answer_is_named_and_the_next_call_waits(
    shop: Shop, house: House, fake: FakeCouriers, answer: Any, why: str
) -> None:
    sets(house, fake)
    fake.answer = lambda parcels: answer
    assert ask_couriers(house) == 1
    assert (state(house).outcome, state(house).failures) == (why, 1)
    assert not fake.followed
    assert ask_couriers(house) == 0
    assert stands(house) is None
    fake.answer = tells
    shop.clock.advance(MINUTE)
    asks_all(shop, house)
    assert stands(house) is not None


def test_each_failure_in_a_row_waits_twice_as_long_an_hour_at_most() -> None:
    assert [wait_after(count) // MINUTE for count in (1, 2, 3, 6, 7, 50)] == [1, 2, 4, 32, 60, 60]


def test_a_lying_answer_is_taken_for_nothing(shop: Shop, house: House, fake: FakeCouriers) -> None:
    """Of parcels nobody asked for, of another day, of tomorrow, or with a stranger's number in its words."""
    arrived = Counter(shop).sends("2611230002", "ZT10002")
    sets(house, fake)
    asks_all(shop, house)
    shop.clock.advance(2 * HOUR)
    with_lies = [
        {"number": MINE, "time": "2020-01-01 10:00:00", "state": "已签收"},
        {"number": MINE, "time": "2027-01-01 10:00:00", "state": "已签收"},
        {"number": "SF-not-ours", "time": AT, "state": "已签收"},
        {"number": MINE, "time": "2026-11-23 09:00:00", "state": "运输中", "text": "请联系 13912345678"},
    ]
    fake.answer = lambda parcels: with_lies if any(one["number"] == MINE for one in parcels) else []
    asks_all(shop, house)
    track = stands(house)
    assert track is not None
    assert (track.state, track.text) == ("moving", "请联系 139****5678")
    assert stands(house, "SF-not-ours") is None
    assert arrived.state == "shipped"


def test_traces_of_a_parcel_of_ours_that_was_not_asked_for_are_refused(
    shop: Shop, house: House, fake: FakeCouriers
) -> None:
    Counter(shop).sends("2611230003", "ZT10003", days=40)
    fake.answer = lambda parcels: [{"number": "ZT10003", "time": AT, "state": "已签收"}]
    sets(house, fake)
    asks_all(shop, house)
    assert stands(house, "ZT10003") is None
    assert state(house).outcome == "ok"


def test_no_call_goes_inside_unless_the_owner_says_so_and_never_to_the_clouds_secrets(
    shop: Shop, house: House, fake: FakeCouriers
) -> None:
    sets(house, fake, is_near=False)
    assert ask_couriers(house) == 1
    assert state(house).outcome == "forbidden"
    assert fake.asked == []
    known = sets(house, fake, url="http://169.254.169.254/latest", is_near=True)
    assert try_couriers(house, known) == "forbidden"


def test_the_key_is_sealed_told_nobody_and_no_other_host(shop: Shop, house: House, fake: FakeCouriers) -> None:
    known = sets(house, fake)
    with house.database.read() as connection:
        facts = read_audit(connection, AuditWanted(("demo",), kinds=("courier_set",)), None)[0]
    assert "k-courier" not in repr((known, facts))
    assert b"k-courier" not in (known.key or b"")
    with pytest.raises(BadInput, match="重新填写密钥"):
        sets(house, fake, key=None, url="https://elsewhere.example/tracking")
    sets(house, fake, key=None, per_hour=5)
    assert try_couriers(house, state(house)) == "ok"
    assert fake.headers[-1]["Authorization"] == "Bearer k-courier"


@pytest.mark.parametrize("wrong", [{"url": "ftp://a.example"}, {"url": "https://a:b@c.example"}, {"per_hour": 0}])
def test_what_cannot_be_set_is_refused(house: House, fake: FakeCouriers, wrong: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        sets(house, fake, **wrong)


def test_switched_off_changed_or_dropped_one_chain_of_calls_is_left_at_most(
    shop: Shop, house: House, fake: FakeCouriers
) -> None:
    for _ in range(3):
        sets(house, fake)
    assert ask_couriers(house) == 1
    sets(house, fake, is_on=False)
    shop.clock.advance(DAY)
    assert ask_couriers(house) == 0
    sets(house, fake)
    house.writer.run(drop_couriers("demo", "agent:a_1"))
    shop.clock.advance(DAY)
    assert ask_couriers(house) == 0
    assert shop.clock.now() > MONDAY_10_O_CLOCK


def test_the_worker_of_messages_leaves_couriers_to_the_watch_of_parcels(
    shop: Shop, house: House, fake: FakeCouriers
) -> None:
    sets(house, fake)
    work_once(house)
    assert fake.asked == []
    assert ask_couriers(house) == 1
