"""The ladder of bargaining: one rung at a time, never below the floor or beyond authority."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinpai.bargaining.content import ATTITUDES, Attitude
from jinpai.bargaining.ladder import Means, Move, Step, conceded, highest, lowest_price, next_move
from jinpai.bargaining.ladder_rules import LadderRules
from jinpai.bargaining.offers import compile_offers, find_offer
from jinpai.flows.content.sections import LADDER, load_section

(RULES,) = load_section(LADDER)
TENT = Means(45_900, 32_130, 2_000, ("充气枕",), has_promotion=True, has_cheaper=True)


def climb(means: Means, *attitudes: Attitude, rules: LadderRules = RULES) -> list[Move]:
    """The moves a buyer with these attitudes is met with, each of them taken."""
    taken: list[Step] = []
    moves = []
    for attitude in attitudes:
        move = next_move(rules, means, taken, attitude)
        if move is not None:
            moves.append(move)
            taken.append(Step(move.rung, move.amount or 0, attitude == "threatens"))
    return moves


def test_a_buyer_who_insists_is_led_up_one_rung_at_a_time() -> None:
    moves = climb(TENT, "testing", *["insists"] * 6)
    assert [move.rung for move in moves] == [1, 2, 3, 4, 4, 5, 6]
    assert [move.amount for move in moves if move.rung == 4] == [1_200, 1_800]


def test_a_threat_to_leave_gets_the_best_within_authority_once() -> None:
    moves = climb(TENT, "testing", "threatens", "threatens", "threatens")
    assert [(move.rung, move.amount) for move in moves] == [(1, 0), (4, 2_000), (5, 0), (6, 0)]


def test_a_threat_in_a_shop_whose_agents_give_no_money_gets_the_gift() -> None:
    assert climb(replace(TENT, authority=0, has_promotion=False), "threatens")[0].gift == "充气枕"


def test_who_pesters_hears_the_refusal_and_sees_cheaper_goods() -> None:
    (move, again) = climb(TENT, "pesters", "pesters")
    assert (move.rung, move.cheaper, again.rung) == (6, True, 6)


def test_who_takes_the_listed_price_gets_something_unasked() -> None:
    assert climb(TENT, "accepts")[0].gift == "充气枕"
    assert [move.rung for move in climb(TENT, "testing", "accepts")] == [1]


def test_a_zero_is_a_zero() -> None:
    nothing = replace(TENT, authority=0, gifts=(), has_promotion=False)
    assert [move.rung for move in climb(nothing, *["insists"] * 4)] == [1, 2, 5, 6]
    never = RULES.model_copy(update={"times": 0})
    assert all(move.amount == 0 for move in climb(TENT, *["insists"] * 6, rules=never))
    assert climb(TENT, "accepts", rules=never)


def test_unless_the_price_is_known_no_amount_is_named() -> None:
    unknown = replace(TENT, price=None, floor=None)
    assert [move.amount for move in climb(unknown, *["insists"] * 5) if move.rung == 4] == [None]


def test_without_a_floor_of_its_own_a_shop_gives_no_more_than_thirty_percent() -> None:
    assert lowest_price(Means(45_901)) == 32_131


MONEY = st.integers(0, 200_000)
MEANS = st.builds(
    Means,
    price=st.none() | st.integers(1, 200_000),
    floor=st.none() | MONEY,
    authority=st.none() | MONEY,
    gifts=st.sampled_from([(), ("充气枕",)]),
    has_value=st.booleans(),
    has_comparison=st.booleans(),
    has_promotion=st.booleans(),
    may_ask=st.booleans(),
)
SHOPS = st.builds(
    lambda open_, shrink, times, least: RULES.model_copy(
        update={"open_percent": open_, "shrink_percent": shrink, "times": times, "least": least}
    ),
    st.integers(0, 90),
    st.integers(0, 90),
    st.integers(0, 5),
    st.sampled_from(["0", "0.01", "1.00", "20"]),
)


@settings(max_examples=50, deadline=None)
@given(SHOPS, MEANS, st.lists(st.sampled_from(ATTITUDES), max_size=12))
def test_no_path_goes_below_the_floor_or_beyond_authority(
    rules: LadderRules, means: Means, attitudes: list[Attitude]
) -> None:
    taken: list[Step] = []
    gaps: list[int] = []
    floor = lowest_price(means)
    for attitude in attitudes:
        move = next_move(rules, means, taken, attitude)
        if move is None:
            continue
        assert move.asks or move.rung == 0
        if move.amount:
            assert means.price is not None
            assert floor is not None
            assert means.price - move.amount >= floor
            assert means.authority is None or move.amount <= means.authority
            assert gaps or move.amount < means.price - floor or move.amount <= (means.authority or 0)
            gaps.append(move.amount - conceded(taken))
            assert gaps[-1] > 0
            assert len(gaps) < 2 or gaps[-1] < gaps[-2]
        assert attitude in ("threatens", "pesters") or move.rung in (0, 6) or move.rung >= highest(taken)
        taken.append(Step(move.rung, move.amount or 0, attitude == "threatens"))


@pytest.mark.parametrize(
    ("text", "off"),
    [
        ("您今天拍的话给您便宜12元", 1_200),
        ("那给您少收十块钱，您看行吗", 1_000),
        ("给您打九五折吧", 2_295),
        ("这样，440元给您，您看怎么样", 1_900),
        ("改成 449.5 元了，您付款就好", 950),
        ("每满399减40元，页面上自动减", 0),
        ("首页有一张满 99 元减 10 元的新朋友券，您先领上", 0),
        ("小个子也能把重量放到胯上，肩膀省力，目前标价459元", 0),
        ("实在没法再便宜10元了，抱歉", 0),
        ("这款459元，双层防雨", 0),
        ("运费给您少收5元", 0),
    ],
)
def test_what_an_agents_words_take_off(text: str, off: int) -> None:
    assert find_offer(compile_offers(RULES.offers), text, lambda: 45_900) == off
