"""After every refused frame the database is as it was: row counts of all tables, and the journal's head."""

import asyncio
from typing import Any

import pytest
import sqlalchemy as sa
from tests.support.client import Client, Frame, agent, buyer, new_client_id
from tests.support.server import Server

from jinpai.kit.database import metadata, open_database

pytestmark = pytest.mark.anyio

TAKEN = "taken-client-id"


def refused_frames(conversation: str, other: str) -> list[Frame]:
    def send(**changed: Any) -> Frame:
        return {"t": "send", "id": new_client_id(), "c": conversation, "text": "您好，我是小林😊 您请讲", **changed}

    return [
        send(text=""),
        send(text=" \n\t "),
        send(text="\x00\x01\x02"),
        send(text="长" * 5_001),
        send(id="short"),
        send(id="有汉字的编号不行哦"),
        send(id="x" * 65),
        send(id=TAKEN, text="换了一段话，还用同一个编号😊 您看可以吗"),
        send(c="c_nowhere"),
        send(c=other),
        send(text="您加我微信 lin88661234 私下聊"),
        send(text="哦"),
        {"t": "sub", "c": conversation, "after": -1},
        {"t": "sub", "c": "c_nowhere", "after": 0},
        {"t": "read", "c": other, "seq": 1},
        {"t": "typing", "c": "c_nowhere"},
        {"t": "check", "id": new_client_id(), "c": conversation, "text": ""},
        {"t": "check", "id": new_client_id(), "c": conversation, "text": "长" * 5_001},
    ]


def counted(server: Server) -> dict[str, int]:
    database = open_database(server.database or "")
    with database.read() as connection:
        found = {
            table.name: connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }
        found["head of the log"] = connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM journal").scalar_one()
    database.close()
    return found


async def settled(server: Server) -> dict[str, int]:
    """The counts once automatic replies have been said."""
    await asyncio.sleep(1.5)
    return await asyncio.to_thread(counted, server)


async def answer_to(client: Client, frame: Frame) -> Frame:
    start = len(client.frames)
    await client.send_frame(frame)
    return await client.until(lambda f: f["t"] in ("refused", "ack", "checked"), start)


async def test_a_refused_frame_changes_nothing(server: Server) -> None:
    asking, conversation = await buyer(server)
    await asking.say(conversation, "在吗")
    stranger, other = await buyer(server)
    client = await agent(server)
    await client.follow(conversation)
    assert (await client.say(conversation, "您好，我是小林😊 您请讲，我帮您看看", TAKEN))["t"] == "ack"
    before = await settled(server)
    for frame in refused_frames(conversation, other):
        answer = await answer_to(client, frame)
        assert answer["t"] == "refused", frame
        assert answer["message"]
        assert answer["request"].startswith("r_")
    assert await settled(server) == before
    for each in (asking, stranger, client):
        await each.close()
