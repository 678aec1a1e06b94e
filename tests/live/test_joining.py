"""Somebody joins a conversation in the very moment in which it moves."""

import asyncio
import json
import threading
from collections.abc import Callable, Iterator, Sequence

import pytest

from jinpai.desk.model import Author
from jinpai.entrypoints.ws.hub import PAGE, Hub
from jinpai.entrypoints.ws.session import Session
from jinpai.journal.model import Entry, Row
from jinpai.journal.writer import Writer
from jinpai.kit.clock import SystemClock
from jinpai.kit.database import Database
from jinpai.staff.model import BuyerParty

pytestmark = pytest.mark.anyio

CONVERSATION = "c_1"


@pytest.fixture
def writer(database: Database) -> Iterator[Writer]:
    made = Writer(database, SystemClock())
    made.start()
    yield made
    made.stop()


class MeanwhileHub(Hub):
    """A hub in which something happens just after it has read the log."""

    meanwhile: Callable[[], None] | None = None

    def _read_newest(self, conversation: str) -> list[Row]:
        rows = super()._read_newest(conversation)
        self._let_it_happen()
        return rows

    def read_rows(self, conversation: str, after: int, limit: int = PAGE) -> list[Row]:
        rows = super().read_rows(conversation, after, limit)
        self._let_it_happen()
        return rows

    def _let_it_happen(self) -> None:
        happens, self.meanwhile = self.meanwhile, None
        if happens is not None:
            happens()


async def test_a_message_is_committed_while_the_first_follower_still_reads(database: Database, writer: Writer) -> None:
    hub = MeanwhileHub(database)
    writer.listen(hub.committed)
    await say(writer, "在吗")
    noticed = threading.Event()
    writer.listen(lambda committed: hub._loop.call_soon_threadsafe(noticed.set))

    def one_more() -> None:
        writer.run(lambda tx: tx.append(said("还在吗")))
        assert noticed.wait(10)

    hub.meanwhile = one_more
    follow = await hub.open_follow(CONVERSATION, "demo")
    assert follow.seq == 2


async def test_a_client_asks_again_while_it_is_still_being_told(database: Database, writer: Writer) -> None:
    hub = MeanwhileHub(database)
    for text in ("在吗", "有人吗", "喂"):
        await say(writer, text)
    follow = await hub.open_follow(CONVERSATION, "demo")
    session = Session(BuyerParty("b_1", CONVERSATION, "demo"), Author("buyer", "b_1"))
    session.told[CONVERSATION] = 1

    def asks_again() -> None:
        session.told[CONVERSATION] = 0

    hub.meanwhile = asks_again
    async with asyncio.timeout(10):
        await hub.catch_up(session, follow)
    assert session.told[CONVERSATION] == 3
    assert seqs(session) == [(0, 3)]


async def test_more_than_a_frame_holds_comes_in_several(database: Database, writer: Writer) -> None:
    hub = Hub(database)
    writer.listen(hub.committed)
    await say(writer, "在吗")
    follow = await hub.open_follow(CONVERSATION, "demo")
    session = Session(BuyerParty("b_1", CONVERSATION, "demo"), Author("buyer", "b_1"))
    session.told[CONVERSATION] = 1
    follow.sessions.add(session)
    draining = asyncio.create_task(session.drain(keep := Keep()))
    hold = threading.Event()
    writer.enqueue(lambda tx: hold.wait(10) or None)
    futures = [writer.enqueue(lambda tx: tx.append(said("长" * 5_000))) for _ in range(250)]
    hold.set()
    await asyncio.gather(*map(asyncio.wrap_future, futures))
    async with asyncio.timeout(20):
        while session.told[CONVERSATION] < 251:
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)
    draining.cancel()
    assert not session.ended.done()
    assert max(map(len, keep.frames)) < 300_000
    assert sum(frame.count('"kind"') for frame in keep.frames) == 250


class Keep:
    """Takes frames at once."""

    def __init__(self) -> None:
        self.frames: list[str] = []

    async def __call__(self, frame: str) -> None:
        self.frames.append(frame)


def said(text: str) -> Entry:
    return Entry("message_in", "buyer:b_1", "demo", conversation=CONVERSATION, body={"text": text, "name": "访客"})


async def say(writer: Writer, text: str) -> None:
    await asyncio.to_thread(writer.run, lambda tx: tx.append(said(text)))


def seqs(session: Session) -> Sequence[tuple[int, int]]:
    frames = [json.loads(frame) for frame in session._frames]
    return [(frame["after"], frame["seq"]) for frame in frames if frame["t"] == "events"]
