"""Finding what was said: from the log through the index and back, on each database."""

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from tests.flows.conftest import AGENT, MONDAY_10_O_CLOCK, Shop

from jinpai.desk.marks import set_tags
from jinpai.desk.search.following import READER
from jinpai.desk.search.messages import FoundPage, find_messages
from jinpai.desk.search.model import Sought, split_query
from jinpai.flows.searching.indexing import AT_ONCE_POSTGRES, Follower, catch_up, follow_once
from jinpai.journal.model import Entry
from jinpai.journal.reader import NEWEST, get_bookmark
from jinpai.journal.store import body
from jinpai.journal.writer import Tx

DAY = 86_400_000


def search(shop: Shop, text: str, before: int = NEWEST, limit: int = 20, **where: Any) -> FoundPage:
    sought = Sought(split_query(text), where.pop("shops", ("demo",)), **where)
    with shop.house.database.read() as connection:
        return find_messages(connection, sought, before, limit)


def texts(shop: Shop, text: str, **where: Any) -> list[str]:
    catch_up(shop.house)
    return [found.row.entry.body["text"] for found in search(shop, text, **where).items]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("发货", "今天能发货吗"),
        ("货", "今天能发货吗"),
        ("發貨", "今天能发货吗"),
        ("发货", "請問幾時發貨"),
        ("XG2031", "型号ｘｇ２０３１还有吗"),
        ("4567", "订单尾号 20261104567 查一下"),
        ("2件", "我要买2件"),
        ("件", "我要买2件"),
        ("2", "我要买2件"),
        ("冲锋衣 防水", "这款冲锋衣，防水吗？"),
        ("防水，冲锋衣", "这款冲锋衣，防水吗？"),
        ("iPhone", "给IPHONE15配一个"),
        ("𠮷野", "在𠮷野家吃过"),
    ],
)
def test_a_word_is_found_however_it_is_written(shop: Shop, typed: str, said: str) -> None:
    c = shop.chat()
    shop.buyer_says(c, said)
    shop.buyer_says(c, "别的事，谢谢")
    assert texts(shop, typed) == [said]


@pytest.mark.parametrize("typed", ["货发", "发物", "能货", "x发", "567890"])
def test_letters_that_do_not_stand_together_are_no_word(shop: Shop, typed: str) -> None:
    shop.buyer_says(shop.chat(), "今天能发货吗，物流发哪家，456 7890，5678")
    assert texts(shop, typed) == []


def test_what_was_found_is_marked_where_it_stands(shop: Shop) -> None:
    shop.buyer_says(shop.chat(), "😊" * 60 + "請問幾時發貨，" + "想早点收到，" * 20 + "发货记得说")
    catch_up(shop.house)
    (found,) = search(shop, "发货 几时").items
    marked = [found.snippet.text[start:end] for start, end in found.snippet.ranges]
    assert marked == ["幾時發貨"]
    assert found.snippet.text.startswith("…😊")
    assert found.snippet.text.endswith("…")
    assert len(found.snippet.text) <= 122


def test_by_who_said_it_where_when_and_what_the_guard_remarked(shop: Shop) -> None:
    web, outside = shop.chat(), shop.chat("demo-sim")
    shop.buyer_says(web, "包邮吗")
    shop.agent_says(web, "亲，满 99 元包邮的😊")
    shop.clock.advance(40 * DAY)
    shop.buyer_says(outside, "还包邮吗")
    hit = {"rule": "promise.shipping", "family": "absolute", "severity": "warn", "start": 0, "end": 2}
    hit |= {"why": "一直包邮说得太满", "points": 0}
    remarked = {"hits": [hit]}
    said = Entry("message_out", "agent:a_2", "demo", outside, data=remarked, body={"text": "一直包邮", "name": "小周"})
    shop.house.writer.run(lambda tx: tx.append(said))
    assert texts(shop, "包邮", author="agent:a_1") == ["亲，满 99 元包邮的😊"]
    assert texts(shop, "包邮", channel="demo-sim") == ["一直包邮", "还包邮吗"]
    assert texts(shop, "", rule="promise.shipping") == ["一直包邮"]
    assert texts(shop, "包邮", shops=("elsewhere",)) == []
    assert texts(shop, "包邮", shops=()) == []
    later = MONDAY_10_O_CLOCK + 40 * DAY
    assert texts(shop, "包邮", since=later, until=later + 1) == ["一直包邮", "还包邮吗"]
    assert texts(shop, "包邮", since=later + 1, until=later + DAY) == []
    assert texts(shop, "包邮", until=later) == ["亲，满 99 元包邮的😊", "包邮吗"]


def test_by_the_tag_the_conversation_carries_now(shop: Shop) -> None:
    plain, marked = shop.chat(), shop.chat()
    shop.buyer_says(plain, "尺码偏大吗")
    shop.buyer_says(marked, "尺码偏小吗")
    shop.house.writer.run(set_tags(marked, AGENT, ["老客户", "要发票"]))
    assert texts(shop, "尺码", tag="要发票") == ["尺码偏小吗"]
    assert texts(shop, "尺码", tag="要发") == []
    shop.house.writer.run(set_tags(plain, AGENT, ["要发票"]))
    assert texts(shop, "尺码", tag="要发票") == ["尺码偏小吗", "尺码偏大吗"]
    assert texts(shop, "尺码", conversation=plain) == ["尺码偏大吗"]


def test_notes_are_found_and_events_without_words_do_not_disturb(shop: Shop) -> None:
    c = shop.chat()
    note = Entry("note", "agent:a_1", "demo", c, body={"text": "老客户，爱问包邮", "name": "小林"})
    shop.house.writer.run(lambda tx: tx.append(note))
    assert texts(shop, "老客户") == ["老客户，爱问包邮"]


def test_pages_follow_each_other_without_gap_or_repetition(shop: Shop) -> None:
    c = shop.chat()
    for number in range(25):
        shop.buyer_says(c, f"第{number}次问发货")
    catch_up(shop.house)
    seen: list[int] = []
    before: int | None = NEWEST
    while before is not None:
        page = search(shop, "发货", before, limit=10)
        seen += [found.row.id for found in page.items]
        before = page.next
    assert len(seen) == 25
    assert seen == sorted(set(seen), reverse=True)


def test_what_is_erased_is_found_no_more_whenever_it_is_erased(shop: Shop) -> None:
    c = shop.chat()
    early, late = (shop.buyer_says(c, f"我的地址在{place}") for place in ("杭州", "苏州"))
    assert len(texts(shop, "我的地址")) == 2
    erase(shop, early.id)
    assert tokens_left(shop, early.id) == 0
    unseen = shop.buyer_says(c, "我的地址在南京")
    erase(shop, unseen.id)
    assert texts(shop, "我的地址") == ["我的地址在苏州"]
    assert tokens_left(shop, unseen.id) == 0
    assert tokens_left(shop, late.id) == 1


def test_killed_between_batches_it_goes_on_where_it_was(shop: Shop) -> None:
    c = shop.chat()
    entries = [Entry("message_in", "buyer:b_1", "demo", c, body={"text": f"问{n}", "name": ""}) for n in range(700)]
    shop.house.writer.run(lambda tx: [tx.append(entry) for entry in entries])
    assert follow_once(shop.house) <= AT_ONCE_POSTGRES
    with shop.house.database.read() as connection:
        assert 0 < get_bookmark(connection, READER) < 700
    assert len(texts(shop, "问699")) == 1
    assert len(texts(shop, "问0")) == 1
    assert follow_once(shop.house) == 0


@pytest.fixture
def follower(shop: Shop) -> Iterator[Follower]:
    made = Follower(shop.house)
    made.start()
    yield made
    made.stop()


def test_a_message_can_be_found_soon(shop: Shop, follower: Follower) -> None:
    from time import monotonic, sleep

    shop.buyer_says(shop.chat(), "马上就要找到的这一句")
    deadline = monotonic() + 20
    while not search(shop, "找到的这").items:
        assert monotonic() < deadline
        sleep(0.05)


def erase(shop: Shop, id_: int) -> None:
    def empty(tx: Tx) -> None:
        tx.connection.execute(sa.update(body).where(body.c.id == id_).values(content=None))

    shop.house.writer.run(empty)


def test_what_was_told_afterwards_stands_on_its_page_where_it_happened(shop: Shop) -> None:
    c = shop.chat()
    shop.buyer_says(c, "帐篷今天收到了")
    told = Entry("message_in", "buyer:b_1", "demo", c, body={"text": "帐篷什么时候发"}, at=shop.clock.now() - 9 * DAY)
    shop.house.writer.run(lambda tx: tx.append(told))
    assert texts(shop, "帐篷") == ["帐篷今天收到了", "帐篷什么时候发"]


def tokens_left(shop: Shop, id_: int) -> int:
    column = "rowid" if shop.house.database.is_sqlite else "id"
    with shop.house.database.read() as connection:
        query = sa.text(f"SELECT count(*) FROM message_index WHERE {column} = :id")
        return int(connection.execute(query, {"id": id_}).scalar_one())
