"""A shop's points account on each database: recorded, withdrawn, and what sent words put at risk."""

import pytest
from tests.flows.conftest import AGENT, Shop

from jinpai.desk.model import Author
from jinpai.flows.guarding.points import check_agent, read_points
from jinpai.flows.send import clear, say
from jinpai.guard.model import Cleared
from jinpai.journal.reader import read_rows
from jinpai.kit.errors import BadInput, Conflict, NotFound
from jinpai.quality.actions import decide
from jinpai.quality.penalties import RECORDED, WITHDRAWN, Penalty, year_of
from jinpai.quality.penalty_actions import Told, record_penalty, withdraw_penalty
from jinpai.quality.store import guard_hit

LEAD = Author("agent", "a_lead", "周岚")
DAY = 86_400_000


def record(shop: Shop, violation: str = "no_invoice", points: int = 6, days_ago: int = 0, agent: str = "") -> Penalty:
    told = Told(violation, points, shop.clock.now() - days_ago * DAY, agent, "平台通知")
    return shop.house.writer.run(record_penalty("demo", shop.house.content.shop("demo").penalties, told, LEAD))


def general(shop: Shop, year: int) -> tuple[int, int]:
    found = read_points(shop.house, "demo", year).standings[0]
    return found.recorded, found.at_risk


def test_what_the_platform_took_counts_in_its_year_until_it_is_withdrawn(shop: Shop) -> None:
    year = year_of(shop.clock.now())
    kept = record(shop)
    record(shop, "spam", 2, days_ago=400)
    assert general(shop, year) == (6, 0)
    assert read_points(shop.house, "demo", year_of(shop.clock.now() - 400 * DAY)).standings[0].recorded == 2
    shop.house.writer.run(withdraw_penalty(kept.id, LEAD, "申诉成功"))
    assert general(shop, year) == (0, 0)
    assert [one.reason for one in read_points(shop.house, "demo", year).penalties] == ["申诉成功"]
    with pytest.raises(Conflict):
        shop.house.writer.run(withdraw_penalty(kept.id, LEAD, "再来一次"))


def test_recording_and_withdrawing_are_facts_of_the_journal(shop: Shop) -> None:
    kept = record(shop)
    shop.house.writer.run(withdraw_penalty(kept.id, LEAD, "申诉成功"))
    with shop.house.database.read() as connection:
        newest = connection.exec_driver_sql("SELECT max(id) FROM journal").scalar_one()
        rows = read_rows(connection, [newest - 1, newest])
    assert [row.entry.kind for row in rows] == [RECORDED, WITHDRAWN]
    assert rows[1].entry.data["penalty"] == kept.id
    assert rows[1].entry.body["reason"] == "申诉成功"


def test_points_of_sent_words_are_at_risk_until_the_remark_is_overturned(shop: Shop) -> None:
    conversation = shop.chat()
    answer = clear(shop.house, shop.draft(conversation, "嗯", confirmed=True, reason="熟客"), ())
    assert isinstance(answer, Cleared), answer
    shop.house.writer.run(say(answer))
    with shop.house.database.read() as connection:
        hit = connection.execute(guard_hit.select()).first()
    assert hit is not None
    shop.house.writer.run(lambda tx: tx.connection.execute(guard_hit.update().values(points=6, family="invoice")))
    year = year_of(hit.at)
    assert general(shop, year) == (0, 6)
    share = read_points(shop.house, "demo", year).shares[0]
    assert (share.agent, share.at_risk, share.confirmed) == (AGENT.id, 6, 1)
    shop.house.writer.run(decide(hit.id, LEAD, "overturned", "误报"))
    assert general(shop, year) == (0, 0)


def test_an_agent_sees_the_shops_totals_and_no_part_but_their_own(shop: Shop) -> None:
    record(shop, agent="a_1")
    record(shop, agent="a_2")
    found = read_points(shop.house, "demo", year_of(shop.clock.now()), only="a_1")
    assert found.standings[0].recorded == 12
    assert ([one.agent for one in found.shares], [one.agent for one in found.penalties]) == (["a_1"], ["a_1"])


def test_what_no_notice_can_say_is_refused(shop: Shop) -> None:
    for wrong in ({"violation": "no_such"}, {"points": 0}, {"points": 49}, {"days_ago": -1}):
        with pytest.raises(BadInput):
            record(shop, **wrong)  # type: ignore[arg-type]
    with shop.house.database.read() as connection, pytest.raises(BadInput):
        check_agent(connection, "demo", "a_nobody")
    with pytest.raises(NotFound):
        shop.house.writer.run(withdraw_penalty("pn_none", LEAD, "没有"))
