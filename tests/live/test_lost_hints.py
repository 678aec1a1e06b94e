"""A process that hears no hints finds what others committed by looking at the log itself."""

import asyncio
from pathlib import Path

import pytest
from tests.support.client import agent, buyer
from tests.support.prepared import Prepared
from tests.support.server import Server

pytestmark = pytest.mark.anyio


async def test_a_commit_nobody_told_about_arrives_with_the_next_heartbeat(
    postgres_url: str, prepared: Prepared, tmp_path: Path
) -> None:
    """The rows are written past the server, as if the hint of another process had been lost."""
    server = prepared.copy(tmp_path / "home", postgres_url).start()
    asking, conversation = await buyer(server)
    answering = await agent(server)
    await answering.follow(conversation)
    await asyncio.to_thread(write_past, server, conversation)
    await answering.until_texts(conversation, ["没有人提醒的一句话"], seconds=60)
    await asking.close()
    await answering.close()
    server.stop()


def write_past(server: Server, conversation: str) -> None:
    from jinpai.journal.model import Entry
    from jinpai.journal.writer import Writer
    from jinpai.kit.clock import SystemClock
    from jinpai.kit.database import open_database

    database = open_database(server.database or "")
    writer = Writer(database, SystemClock())
    writer.start()
    entry = Entry("message_in", "buyer:b_1", "demo", conversation=conversation, body={"text": "没有人提醒的一句话"})
    writer.run(lambda tx: tx.append(entry))
    writer.stop()
    database.close()


async def test_buyer_here_and_agent_there(postgres_url: str, prepared: Prepared, tmp_path: Path) -> None:
    here = prepared.copy(tmp_path / "home", postgres_url).start()
    there = Server(here.home, here.database, accounts=here.accounts).start()
    asking, conversation = await buyer(here)
    answering = await agent(there)
    await answering.follow(conversation)
    await asking.say(conversation, "在吗，想问一下帐篷")
    await answering.until_texts(conversation, ["在吗，想问一下帐篷"])
    await answering.send_frame({"t": "typing", "c": conversation})
    await asking.until(lambda frame: frame["t"] == "typing")
    ack = await answering.say(conversation, "您好，欢迎光临山野集，我是小林😊 您几个人住呢？")
    assert ack["t"] == "ack", ack
    for party in (asking, answering):
        await party.until_texts(conversation, ["您好，欢迎光临山野集，我是小林😊 您几个人住呢？"])
    assert asking.texts(conversation) == answering.texts(conversation)
    await asking.close()
    await answering.close()
    here.stop()
    there.stop()
