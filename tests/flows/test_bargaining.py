"""Bargaining at the desk: the ladder as the log has it, and the words for the next rung."""

import pytest
from tests.flows.conftest import Shop
from tests.flows.haggling import XIAOLIN, Haggle

from jinpai.guard.model import NeedsApproval


@pytest.fixture
def haggle(shop: Shop) -> Haggle:
    return Haggle(shop)


def test_nothing_is_shown_while_nobody_talks_about_the_price(haggle: Haggle) -> None:
    haggle.buyer_says("两个人睡挤不挤")
    assert haggle.stands() is None


def test_a_buyer_is_led_up_the_ladder_and_every_rung_is_in_the_log(haggle: Haggle) -> None:
    rungs = []
    for asked in ("能便宜点吗", "再便宜点我就拍", "还是贵，再便宜点我就拍", "再便宜点我就拍", "再少点我就拍"):
        haggle.buyer_says(asked)
        found = haggle.takes()
        assert found.move is not None
        rungs.append((found.move.rung, found.move.amount))
    assert rungs == [(1, 0), (2, 0), (3, 0), (4, 1_200), (4, 1_800)]
    said = [entry for entry in haggle.told("message_out") if "rung" in entry.data]
    assert [(entry.data["rung"], entry.data["conceded"]) for entry in said] == [
        (1, 0), (2, 0), (3, 0), (4, 1_200), (4, 1_800),
    ]  # fmt: skip
    assert {entry.author for entry in said} == {XIAOLIN.author}


def test_who_takes_the_price_after_haggling_is_not_thanked_as_if_they_had_not(haggle: Haggle) -> None:
    haggle.buyer_says("能便宜点吗")
    haggle.takes()
    haggle.buyer_says("行吧，那拍了")
    assert haggle.stands() is None


def test_a_gift_from_an_amount_on_is_not_promised_below_it(haggle: Haggle) -> None:
    haggle.buyer_says("好的 拍了")
    found = haggle.stands()
    assert found is not None
    assert found.move is not None
    assert "充气枕" not in found.move.gift
    assert not any("充气枕" in line.text for line in found.lines)


def test_the_next_rung_waits_for_the_buyer(haggle: Haggle) -> None:
    haggle.buyer_says("能便宜点吗")
    haggle.takes()
    assert haggle.stands() is None


def test_a_threat_to_leave_gets_all_the_agent_may_give_once(haggle: Haggle) -> None:
    haggle.buyer_says("不便宜我就去别家买了")
    found = haggle.takes()
    assert found.move is not None
    assert (found.attitude, found.move.rung, found.move.amount) == ("threatens", 4, 2_000)
    haggle.buyer_says("再不便宜我真去别家买了")
    again = haggle.stands()
    assert again is not None
    assert again.move is not None
    assert again.move.rung == 5


def test_who_still_asks_after_the_refusal_hears_it_again_in_other_words(haggle: Haggle) -> None:
    haggle.buyer_says("能便宜点吗")
    haggle.says("抱歉，价格实在到底了，谢谢您体谅😊 别的地方能帮上的，您尽管开口。", "bargaining.rung6.brief")
    haggle.buyer_says("再便宜点我就拍")
    first = haggle.takes()
    assert first.move is not None
    assert (first.attitude, first.move.rung) == ("pesters", 6)
    haggle.buyer_says("求求你了就少五块嘛")
    second = haggle.stands()
    assert second is not None
    assert second.lines[0].text != first.lines[0].text


def test_who_takes_the_listed_price_is_thanked_with_a_gift(haggle: Haggle) -> None:
    haggle.buyer_says("好的 就这个价 我拍了")
    found = haggle.stands()
    assert found is not None
    assert found.move is not None
    assert (found.attitude, found.move.rung) == ("accepts", 0)
    assert found.move.gift in found.lines[0].text


def test_an_offer_beyond_authority_waits_for_a_supervisor_though_it_is_above_the_floor(haggle: Haggle) -> None:
    haggle.buyer_says("最低多少")
    assert isinstance(haggle.judge("您诚心要的话，350元给您，今天付款就行"), NeedsApproval)
    assert isinstance(haggle.judge("您诚心要的话，给您便宜40元，今天付款就行"), NeedsApproval)


def test_the_floor_is_in_no_words_of_any_rung(haggle: Haggle) -> None:
    for asked in ("能便宜点吗", *["再便宜点我就拍"] * 6, "不便宜我就去别家买了", "求求你了就少五块嘛"):
        haggle.buyer_says(asked)
        found = haggle.stands()
        assert found is not None
        assert found.lines
        assert not any("321" in line.text or "底价" in line.text for line in found.lines)
        haggle.says(found.lines[0].text, found.lines[0].id)
