"""The demo shop's past reads like a real one: who wrote, what was said, what was sold, and all of it agrees."""

from collections import Counter
from decimal import Decimal

import pytest

from jinpai.catalog.freight import quote
from jinpai.catalog.promotions import is_running
from jinpai.desk.seeds import BuyerSeed, Talk, line_times, offsets
from jinpai.flows.content.checks import check_pack
from jinpai.flows.content.history_checks import NEVER
from jinpai.flows.content.sections import BUYERS, COURIERS, ORDERS, PROMOTIONS, RULES, STAFF, TALKS, load_shop_pack
from jinpai.flows.content.shop import DEMO_SHOP
from jinpai.flows.seeding.orders import Ledger, order_row
from jinpai.guard.compiling import compile_rules
from jinpai.guard.model import Said, Situation, verdict_of
from jinpai.kit.clock import local_date
from jinpai.orders.model import OrderRow
from jinpai.orders.seeds import OrderSeed
from jinpai.packs.model import Pack

MONDAY_10_O_CLOCK = 1_795_399_200_000
HOUR = 3_600_000
REMOTE = ("黑龙江", "吉林", "辽宁", "内蒙古", "新疆", "西藏", "青海", "宁夏", "海南")


@pytest.fixture(scope="module")
def pack() -> Pack:
    loaded = load_shop_pack(DEMO_SHOP, {}, history=True)
    assert loaded.problems == ()
    return loaded.pack


@pytest.fixture(scope="module")
def talks(pack: Pack) -> tuple[Talk, ...]:
    return pack.entries(TALKS)


def rows_at(pack: Pack, now: int) -> list[tuple[OrderSeed, OrderRow]]:
    ledger = Ledger.read(pack, {buyer.id: buyer.id for buyer in pack.entries(BUYERS)})
    return [(seed, order_row(seed, ledger, now)[0]) for seed in pack.entries(ORDERS)]


def test_the_whole_past_passes_its_own_check(pack: Pack) -> None:
    assert check_pack(pack, DEMO_SHOP) == []


def test_there_is_as_much_as_a_living_shop_has(pack: Pack, talks: tuple[Talk, ...]) -> None:
    assert len(pack.entries(BUYERS)) >= 80
    assert len(pack.entries(ORDERS)) >= 400
    assert sum(not talk.open for talk in talks) >= 60
    assert sum(talk.open for talk in talks) >= 8
    assert all(4 <= len(talk.lines) <= 30 for talk in talks if not talk.open)
    assert len({talk.scene for talk in talks}) >= 12
    assert {talk.group for talk in talks} == {"presale", "insale", "aftersale"}


def test_nobody_who_answers_says_what_the_guard_stops(pack: Pack, talks: tuple[Talk, ...]) -> None:
    guard = compile_rules(pack.entries(RULES))
    verdicts: Counter[str] = Counter()
    for talk in talks:
        before: list[Said] = []
        for line in talk.lines:
            if line.voice == "agent":
                hits = guard.check(line.text, Situation(tuple(before[-8:]), {"names": ("山野集",)}))
                verdicts[verdict_of(hits)] += 1
            if line.voice in ("buyer", "agent"):
                before.append(Said(line.voice, line.text))
    assert sum(verdicts[stopped] for stopped in NEVER) == 0
    assert verdicts["warn"] <= 8, "a few an agent may have confirmed"
    assert verdicts["pass"] >= 300


def test_agents_greet_with_the_shop_and_their_name_and_smile_unless_somebody_is_hurt(
    pack: Pack, talks: tuple[Talk, ...]
) -> None:
    names = {person.id: person.name for person in pack.entries(STAFF)}
    for talk in talks:
        first = next((line.agent for line in talk.lines if line.agent), None)
        if first is None:
            continue
        assert "山野集" in first, talk.id
        assert names[talk.agent or ""] in first, talk.id
        assert "😊" in first or "投诉" in talk.tags, talk.id


def test_who_waits_at_the_desk_has_not_been_answered(talks: tuple[Talk, ...]) -> None:
    waiting = [talk for talk in talks if talk.open and talk.lines[-1].voice == "buyer"]
    assert len(waiting) >= 3
    assert any(talk.agent is None for talk in waiting)
    assert all(line_times(talk, MONDAY_10_O_CLOCK)[-1] <= MONDAY_10_O_CLOCK for talk in talks)


def test_lines_follow_each_other_as_people_type(talks: tuple[Talk, ...]) -> None:
    for talk in talks:
        told = offsets(talk)
        assert told == sorted(told), talk.id
    long = [talk for talk in talks if any((line.after or 0) > HOUR // 1000 for line in talk.lines)]
    assert long, "some buyers come back hours later"


@pytest.mark.parametrize("hours", [0, 3, 9, 14, 23])
def test_an_orders_times_and_amounts_agree_whenever_the_shop_is_set_up(pack: Pack, hours: int) -> None:
    now = MONDAY_10_O_CLOCK + hours * HOUR
    for seed, row in rows_at(pack, now):
        steps = [row.ordered_at, row.paid_at, row.shipped_at, row.completed_at]
        known = [step for step in steps if step is not None]
        assert known == sorted(known), seed.id
        assert known[-1] <= now, seed.id
        assert sum((item.price or 0) * item.quantity for item in row.items) == (
            (row.total or 0) - (row.freight or 0) + int(Decimal(seed.discount) * 100)
        ), seed.id
        assert row.paid == (0 if row.paid_at is None else row.total), seed.id
        assert bool(row.parcels) == (row.shipped_at is not None), seed.id


def test_orders_are_in_every_state(pack: Pack) -> None:
    states = Counter(row.state for _, row in rows_at(pack, MONDAY_10_O_CLOCK))
    assert set(states) == {"unpaid", "paid", "shipped", "delivered", "completed", "closed"}
    assert {row.refund for _, row in rows_at(pack, MONDAY_10_O_CLOCK)} == {"none", "open", "done"}


def test_an_order_number_named_in_a_talk_is_that_buyers_own(pack: Pack, talks: tuple[Talk, ...]) -> None:
    owners = {order.number: order.buyer for order in pack.entries(ORDERS)}
    named = [(talk.buyer, number) for talk in talks for line in talk.lines for number in owners if number in line.text]
    assert named
    assert all(owners[number] == buyer for buyer, number in named)


def test_buyers_are_invented_and_told_apart(pack: Pack) -> None:
    buyers: tuple[BuyerSeed, ...] = pack.entries(BUYERS)
    assert all(buyer.phone[3:8] == "00000" for buyer in buyers)
    assert len({buyer.phone for buyer in buyers}) == len(buyers)
    assert len({buyer.name for buyer in buyers}) == len(buyers)


def test_one_kilogram_to_zhejiang_costs_twelve_each_further_or_part_ten(pack: Pack) -> None:
    usual = pack.entries(COURIERS)[0]
    assert [quote(usual, "浙江", grams) for grams in (300, 1_000, 1_001, 2_000, 2_300)] == [12, 12, 22, 22, 32]
    assert quote(usual, "浙江", 500, cubic_centimetres=24_000) == 32


def test_nine_remote_regions_are_reached_by_ems_alone(pack: Pack) -> None:
    for region in REMOTE:
        reach = [courier.name for courier in pack.entries(COURIERS) if quote(courier, region, 1_300) is not None]
        assert reach == ["邮政EMS"], region


def test_promotions_run_past_and_to_come(pack: Pack) -> None:
    today = local_date(MONDAY_10_O_CLOCK)
    promotions = pack.entries(PROMOTIONS)
    running = [promotion for promotion in promotions if is_running(promotion, today, today)]
    assert {promotion.rule.kind for promotion in running} == {
        "amount_off", "discount", "coupon", "gift", "bundle", "free_shipping", "limited_price",
    }  # fmt: skip
    firsts = [promotion.period.on(today) for promotion in promotions]
    assert any(last < today for _, last in firsts)
    assert any(first > today for first, _ in firsts)
