"""A shop set up with a past: planted once, at the times it happened, asking nothing of anybody."""

import json
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.flows.conftest import MONDAY_10_O_CLOCK, Shop
from tests.support import nursery
from tests.support.server import Server

from jinpai.desk.store import buyer, conversation
from jinpai.flows.caring.planning import CARE_PLAN
from jinpai.flows.due import work_once
from jinpai.flows.guarding.reviewing import REVIEW
from jinpai.flows.reminding.planning import REMIND_PLAN
from jinpai.flows.seeding.planting import Planted, plant
from jinpai.flows.tracking.radar import sweep
from jinpai.journal.store import due, journal
from jinpai.kit.errors import BadInput
from jinpai.orders.alerts.store import find_open
from jinpai.orders.claims.store import find_claims
from jinpai.orders.store import order_parcel, orders
from jinpai.orders.tracking.store import parcel_track
from jinpai.quality.model import HitRecord, Wanted
from jinpai.quality.store import find_hits

MINUTE = 60_000
DAY = 86_400_000


@pytest.fixture
def past(shop: Shop) -> tuple[Shop, Planted]:
    return shop, plant(shop.house, "demo", "demo-web")


def count(shop: Shop, table: sa.Table, *where: sa.ColumnElement[bool]) -> int:
    with shop.house.database.read() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(table).where(*where)).scalar_one())


def chat_of(shop: Shop, external_id: str) -> sa.Row[tuple[object, ...]]:
    joined = conversation.join(buyer, buyer.c.id == conversation.c.buyer)
    with shop.house.database.read() as connection:
        query = sa.select(conversation).select_from(joined).where(buyer.c.external_id == external_id)
        return connection.execute(query).one()


def test_buyers_talks_and_orders_are_there(past: tuple[Shop, Planted]) -> None:
    shop, planted = past
    assert planted.buyers == count(shop, buyer) >= 80
    assert planted.conversations == count(shop, conversation) >= 60
    assert planted.orders == count(shop, orders) >= 400
    assert count(shop, orders, orders.c.buyer.is_(None)) == 0


def test_parcels_have_come_their_way_and_some_are_in_trouble(past: tuple[Shop, Planted]) -> None:
    shop, _ = past
    with shop.house.database.read() as connection:
        parcels = orders.join(order_parcel, order_parcel.c.order_id == orders.c.id)
        told = parcels.join(parcel_track, parcel_track.c.number == order_parcel.c.number)
        query = sa.select(orders.c.state, parcel_track.c.state).select_from(told)
        pairs = {tuple(row) for row in connection.execute(query)}
        (claim,) = find_claims(connection, ["demo"], "running", None, 10)
    assert {state for _, state in pairs} >= {"moving", "delivered", "stuck", "refused", "lost"}
    assert {of for of, state in pairs if state == "delivered"}.isdisjoint({"paid", "shipped"})
    sweep(shop.house, "demo")
    with shop.house.database.read() as connection:
        assert {one.kind for one in find_open(connection, ("demo",), 100)} >= {"silent", "stuck", "refused", "lost"}
    assert claim.kind == "lost"


def judged(shop: Shop) -> list[HitRecord]:
    plant(shop.house, "demo", "demo-web")
    while work_once(shop.house):
        pass
    with shop.house.database.read() as connection:
        return find_hits(connection, Wanted(("demo",)), None, 100)


def test_what_was_said_in_the_past_is_judged_once_by_its_words(past: tuple[Shop, Planted]) -> None:
    shop, _ = past
    found = judged(shop)
    assert {hit.family for hit in found} >= {"negative", "timing"}
    assert "false_claim" not in {hit.family for hit in found}, "what was true then is not known"
    assert all(hit.after and hit.agent and hit.at < shop.clock.now() for hit in found)
    assert judged(shop) == found


def test_planting_again_changes_nothing(past: tuple[Shop, Planted]) -> None:
    shop, _ = past
    rows = count(shop, journal)
    shop.clock.advance(3 * DAY)
    assert plant(shop.house, "demo", "demo-web") == Planted()
    assert count(shop, journal) == rows


def test_what_was_planted_half_is_completed(past: tuple[Shop, Planted]) -> None:
    shop, planted = past
    lost = sa.delete(orders).where(orders.c.number.like("SY1001%"))
    shop.house.writer.run(lambda tx: tx.connection.execute(sa.text("DELETE FROM order_fact")))
    shop.house.writer.run(lambda tx: tx.connection.execute(sa.text("DELETE FROM order_parcel")))
    gone = shop.house.writer.run(lambda tx: tx.connection.execute(lost).rowcount)
    assert plant(shop.house, "demo", "demo-web") == Planted(0, 0, gone)
    assert count(shop, orders) == planted.orders


def test_a_talk_of_days_ago_stands_at_its_time_in_order(past: tuple[Shop, Planted]) -> None:
    shop, _ = past
    rows = shop.rows(str(chat_of(shop, "shan-feng").id))
    times = [row.at for row in rows]
    assert times == sorted(times)
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    assert times[0] < MONDAY_10_O_CLOCK - 20 * DAY
    assert times[-1] < MONDAY_10_O_CLOCK - 7 * DAY
    said = [row for row in rows if row.entry.kind == "message_out"]
    assert {row.entry.body["name"] for row in said} == {"小林"}
    assert [row.entry.kind for row in rows].count("closed") == 2, "two receptions, one conversation"


def test_a_closed_talk_keeps_its_stars_and_tags(past: tuple[Shop, Planted]) -> None:
    shop, _ = past
    state = chat_of(shop, "qing-tian")
    assert (state.status, state.rating, state.tags) == ("closed", 3, ["投诉", "质量", "售后"])
    assert (state.waiting_since, state.unread) == (None, 0)


def test_a_supervisors_word_stays_among_staff(past: tuple[Shop, Planted]) -> None:
    shop, _ = past
    notes = [row for row in shop.rows(str(chat_of(shop, "qing-tian").id)) if row.entry.kind == "note"]
    assert [row.entry.body["name"] for row in notes] == ["老秦", "周岚"]


def test_buyers_who_wait_are_waiting_since_minutes(past: tuple[Shop, Planted]) -> None:
    shop, _ = past
    state = chat_of(shop, "ji-ji")
    waited = MONDAY_10_O_CLOCK - int(str(state.waiting_since))
    assert MINUTE <= waited <= 3 * MINUTE
    assert (state.status, state.agent, state.unread) == ("open", None, 3)
    assert state.queued_at == state.waiting_since


def test_of_the_past_only_orders_still_unpaid_are_thought_of_for_a_reminder(past: tuple[Shop, Planted]) -> None:
    """Beside them it is only looked whom somebody might look after; that says nothing by itself."""
    shop, _ = past
    unpaid = sa.select(orders.c.id).where(orders.c.state == "unpaid")
    planned = count(shop, due, due.c.kind == REMIND_PLAN, due.c.subject.in_(unpaid))
    assert planned == count(shop, due, due.c.kind.not_in((CARE_PLAN, REVIEW))) > 0


def test_after_the_past_a_buyer_is_greeted_as_always(past: tuple[Shop, Planted]) -> None:
    shop, _ = past
    shop.buyer_says(str(chat_of(shop, "ji-ji").id), "还在吗")
    shop.buyer_says(shop.chat(), "你好")
    assert count(shop, due) >= 1


def test_a_pack_that_cannot_be_read_plants_nothing(shop: Shop, tmp_path: Path) -> None:
    for name, text in {
        "base/pack.yaml": "name: base\ntitle: 包\nkind: base\n",
        "shops/demo/pack.yaml": "name: demo\ntitle: 店\nkind: shop\n",
        "shops/demo/buyers/b.yaml": "- {id: a, name: 阿}\n",
    }.items():
        path = tmp_path / "packs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    with pytest.raises(BadInput, match=r"b\.yaml"):
        plant(shop.house, "demo", "demo-web", tmp_path / "packs")
    assert count(shop, buyer) == 0


def test_init_tells_what_it_planted_and_is_quick(tmp_path: Path) -> None:
    server = Server(tmp_path / "home", None)
    begun = time.perf_counter()
    told = [nursery.run(["init", "--demo", "--json"], server.environment) for _ in range(2)]
    first, second = (json.loads(done.stdout) for done in told)
    assert first["planted"]["conversations"] >= 60
    assert len(first["accounts"]) == 9
    assert second == {"home": first["home"], "accounts": [], "planted": {"buyers": 0, "conversations": 0, "orders": 0}}
    assert time.perf_counter() - begun < 60, "both together, even on a busy machine"


def test_the_past_is_told_in_the_order_it_happened(past: tuple[Shop, Planted]) -> None:
    shop, _ = past
    with shop.house.database.read() as connection:
        said = journal.c.kind.in_(("message_in", "message_out"))
        rows = connection.execute(sa.select(journal.c.at, journal.c.conversation).where(said).order_by(journal.c.id))
        firsts: dict[str, int] = {}
        for at, conversation in rows:
            firsts.setdefault(conversation, at)
    assert list(firsts.values()) == sorted(firsts.values())
