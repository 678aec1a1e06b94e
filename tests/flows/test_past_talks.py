"""Talks of another program are history: found and read, and nobody is asked, counted or reminded because of them."""

from collections.abc import Sequence
from datetime import datetime

import pytest
import sqlalchemy as sa
from tests.flows.conftest import AGENT, MONDAY_10_O_CLOCK, Shop

from jinpai.desk.handing import reopen, take
from jinpai.desk.model import Conversation
from jinpai.desk.past import NAME
from jinpai.desk.search.messages import find_messages
from jinpai.desk.search.model import Sought
from jinpai.desk.store import buyer, channel, conversation, get_conversations, list_inbox
from jinpai.desk.today import Today
from jinpai.entrypoints.ws.frames import event
from jinpai.flows.importing.chats import CHAT_FILES
from jinpai.flows.importing.jobs import Job
from jinpai.flows.importing.running import lay_out
from jinpai.flows.promising.ledger import follow_promises
from jinpai.flows.searching.indexing import catch_up
from jinpai.flows.send import clear
from jinpai.guard.model import Refused
from jinpai.importing.model import Tally
from jinpai.journal.store import due, journal
from jinpai.kit.clock import SHOP_TIME
from jinpai.kit.errors import BadInput
from jinpai.orders.model import Order
from jinpai.promises.store import promise
from jinpai.reminders.store import find_talks

DAY = 86_400_000
HOUR = 3_600_000


def log_of(*said: tuple[int, str, str]) -> str:
    """A log of (hours before now, sender, words); a sender with a colon speaks to 山人."""
    rows = ["时间,发送人,接收人,内容"]
    for hours, sender, words in said:
        at = datetime.fromtimestamp(MONDAY_10_O_CLOCK / 1000 - hours * 3_600, SHOP_TIME)
        to = "山人" if ":" in sender else "山野集:小林"
        rows.append(f"{at:%Y-%m-%d %H:%M:%S},{sender},{to},{words}")
    return "\n".join(rows)


TALK = log_of((30, "山人", "双人帐篷有吗"), (29, "山野集:小林", "有的亲，今天就给您发顺丰"), (28, "山人", "好，买了"))


def job_of(shop: Shop, text: str) -> Job:
    return lay_out(shop.house, CHAT_FILES, "demo", "system:import", text.encode("gbk"))


def take_in(shop: Shop, text: str) -> Tally:
    return CHAT_FILES.run(shop.house, job_of(shop, text), lambda tally: None)


def count(shop: Shop, table: sa.Table) -> int:
    with shop.house.database.read() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def talks(shop: Shop) -> Sequence[Conversation]:
    with shop.house.database.read() as connection:
        query = sa.select(conversation.c.id).join(channel, channel.c.id == conversation.c.channel)
        ids = connection.execute(query.where(channel.c.kind == "history").order_by(channel.c.id)).scalars().all()
        found = get_conversations(connection, ids)
    return [found[id_] for id_ in ids]


def test_history_asks_nothing_of_anybody(shop: Shop) -> None:
    with shop.house.database.read() as connection:
        today = Today()
        before = today.numbers(connection, ["demo"], MONDAY_10_O_CLOCK - 2 * DAY)
    dues = count(shop, due)
    told = CHAT_FILES.foresee(shop.house, job_of(shop, TALK))
    assert count(shop, buyer) == 0
    assert take_in(shop, TALK) == told
    assert (told.rows, told.created) == (3, 3)
    (talk,) = talks(shop)
    assert (talk.status, talk.unread, talk.waiting_since, talk.queued_at) == ("closed", 0, None, None)
    assert (talk.buyer_name, talk.last_text, talk.last_at) == ("山人", "好，买了", MONDAY_10_O_CLOCK - 28 * HOUR)
    while follow_promises(shop.house):
        pass
    assert (count(shop, due), count(shop, promise)) == (dues, 0)
    with shop.house.database.read() as connection:
        assert list_inbox(connection, ["demo"], 10) == []
        assert today.numbers(connection, ["demo"], MONDAY_10_O_CLOCK - 2 * DAY) == before


def test_history_is_found_and_read_with_who_said_it(shop: Shop) -> None:
    take_in(shop, TALK)
    catch_up(shop.house)
    with shop.house.database.read() as connection:
        found = find_messages(connection, Sought(("顺丰",), ("demo",)), 1 << 62, 10).items
    assert [(one.conversation.buyer_name, one.row.entry.body["name"]) for one in found] == [("山人", "山野集:小林")]
    shown = [seen for row in shop.rows(found[0].conversation.id) if (seen := event(row, staff=True))]
    messages = [seen for seen in shown if seen["kind"] == "message"]
    assert [seen["from"]["role"] for seen in messages] == ["buyer", "agent", "buyer"]
    assert all(seen["past"] for seen in messages)


def test_the_same_log_again_and_one_that_overlaps_add_only_what_is_new(shop: Shop) -> None:
    take_in(shop, TALK)
    rows = count(shop, journal)
    assert take_in(shop, TALK).unchanged == 3
    assert count(shop, journal) == rows
    more = f"{TALK}\n{TALK.splitlines()[-1]}\n{log_of((1, '山人', '收到了')).splitlines()[-1]}"
    told = take_in(shop, more)
    assert (told.created, told.unchanged) == (1, 4)
    assert len(talks(shop)) == 1


def test_an_import_killed_midway_goes_on_where_it_was(shop: Shop) -> None:
    class Killed(BaseException):
        pass

    def kill(tally: Tally) -> None:
        if tally.created == 500:
            raise Killed

    text = log_of(*((2_000 - at, "山人" if at % 2 else "山野集:小林", f"第{at}句") for at in range(1_200)))
    with pytest.raises(Killed):
        CHAT_FILES.run(shop.house, job_of(shop, text), kill)
    rest = take_in(shop, text)
    assert (rest.created, rest.unchanged) == (700, 500)
    (talk,) = talks(shop)
    spoken = [row.entry.body["text"] for row in shop.rows(talk.id) if row.entry.kind.startswith("past")]
    assert spoken == [f"第{at}句" for at in range(len(spoken))]


def test_older_talks_brought_in_later_stay_in_order_of_time(shop: Shop) -> None:
    take_in(shop, TALK)
    take_in(shop, log_of((500, "山人", "去年也买过")))
    assert [talk.last_text for talk in talks(shop)] == ["好，买了", "去年也买过"]
    with shop.house.database.read() as connection:
        shown = connection.execute(sa.select(channel.c.name).where(channel.c.kind == "history")).scalars().all()
    assert sorted(shown) == [NAME, f"{NAME} 2"]


def test_nobody_can_write_into_history_or_take_it_up(shop: Shop) -> None:
    take_in(shop, TALK)
    (talk,) = talks(shop)
    answer = clear(shop.house, shop.draft(talk.id, "您好，还需要别的吗"), ())
    assert isinstance(answer, Refused)
    assert "导入的聊天记录" in answer.message
    order = Order("o_1", "demo", "1", 0, 0, buyer_name="山人")
    with shop.house.database.read() as connection:
        assert find_talks(connection, shop.house.sealer, "demo", [order]) == {}
    for deed in (take(talk.id, AGENT), reopen(talk.id, AGENT)):
        with pytest.raises(BadInput, match="只能查看"):
            shop.house.writer.run(deed)
