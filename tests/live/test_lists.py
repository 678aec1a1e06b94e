"""The agents' lists when a lot moves at once."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from jinpai.desk.actions import add_channel, add_shop
from jinpai.desk.model import Author
from jinpai.desk.projection import conversation_projection
from jinpai.desk.store import conversation
from jinpai.desk.visits import Chat, open_chat
from jinpai.entrypoints.ws.hub import Hub
from jinpai.entrypoints.ws.session import Session
from jinpai.flows.receive import Incoming, receive
from jinpai.journal.writer import Tx, Writer
from jinpai.kit.clock import SystemClock
from jinpai.kit.database import Database
from jinpai.kit.sealing import make_sealer
from jinpai.staff.model import Actor, Role

pytestmark = pytest.mark.anyio

SEALER = make_sealer(bytes(32))


@pytest.fixture
def writer(database: Database) -> Iterator[Writer]:
    made = Writer(database, SystemClock(), (conversation_projection(),))
    made.start()

    def furnish(tx: Tx) -> None:
        add_shop(tx, "demo", "山野集")
        add_channel(tx, SEALER, "demo-web", "demo", "widget", "网页")

    made.run(furnish)
    yield made
    made.stop()


class Reader:
    """An agent's socket that reads at once, and the list its frames make."""

    def __init__(self, hub: Hub) -> None:
        party = Actor(id="a_1", login="lin", name="小林", role=Role.AGENT, shops=("demo",), session="s", csrf="c")
        self.session = Session(party, Author("agent", "a_1", "小林"))
        self.list: dict[str, Any] = {}
        self.frames = 0
        hub.sessions.add(self.session)
        hub.lists.open(self.session, party)
        self._draining = asyncio.create_task(self.session.drain(self._take))

    async def _take(self, text: str) -> None:
        frame = json.loads(text)
        self.frames += 1
        if frame["t"] == "inbox":
            self.list = {line["id"]: line for line in frame["conversations"]}
        elif frame["t"] == "conv":
            self.list[frame["conversation"]["id"]] = frame["conversation"]

    async def until(self, seqs: dict[str, int]) -> None:
        async with asyncio.timeout(20):
            while {id_: line["seq"] for id_, line in self.list.items()} != seqs:
                await asyncio.sleep(0.02)
        self._draining.cancel()


async def test_three_hundred_buyers_write_at_once(database: Database, writer: Writer) -> None:
    hub = Hub(database)
    writer.listen(hub.committed)
    chats = await asyncio.to_thread(open_windows, writer, 300)
    reader = Reader(hub)
    await asyncio.to_thread(all_say, writer, chats, "在吗")
    await asyncio.sleep(1.5)
    await asyncio.to_thread(all_say, writer, chats[:150], "有人吗")
    await asyncio.to_thread(all_close_but, database, chats[:150])
    hub.lists.renew()
    await reader.until({chat.visitor.conversation: 3 for chat in chats[:150]})
    assert not reader.session.ended.done()
    assert reader.frames < 10


def open_windows(writer: Writer, count: int) -> list[Chat]:
    futures = [writer.enqueue(open_chat(SEALER, "demo-web", None, None)) for _ in range(count)]
    return [future.result(60) for future in futures]


def all_say(writer: Writer, chats: list[Chat], text: str) -> None:
    futures = []
    for number, chat in enumerate(chats):
        visitor = chat.visitor
        author = Author("buyer", visitor.id, visitor.name)
        message = Incoming("demo", visitor.conversation, author, text, f"{text}-{number:08}".encode().hex()[:60])
        futures.append(writer.enqueue(receive(message)))
    for future in futures:
        future.result(60)


def all_close_but(database: Database, chats: list[Chat]) -> None:
    kept = [chat.visitor.conversation for chat in chats]
    with database.writing.begin() as connection:
        connection.execute(sa.update(conversation).where(conversation.c.id.not_in(kept)).values(status="closed"))
