"""Fault 11: a client is ten thousand events behind, or names a seq the log does not have."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest
from tests.faults.invariants import read_truth, settle_and_check
from tests.faults.party import Party, colleague
from tests.faults.shop import Shop, inside

from jinpai.desk.model import Author
from jinpai.desk.visits import open_chat
from jinpai.entrypoints.ws.handler import FRESH, KEPT
from jinpai.flows.receive import Incoming, receive
from jinpai.kit.ids import new_secret

pytestmark = pytest.mark.anyio


async def test_ten_thousand_events_behind(shop: Shop) -> None:
    token, conversation, head = await asyncio.to_thread(talk_long, shop, KEPT + 5, lambda n: f"第{n}句")
    hello = {"t": "hello", "as": "buyer", "token": token}

    async def comes_back(after: int) -> Party:
        party = Party(shop.ws_urls, hello)
        party.watch(conversation, after)
        return await party.enter(conversation)

    near, far, lost = await comes_back(head - KEPT), await comes_back(head - KEPT - 1), await comes_back(head + 7)
    staff = await colleague(shop, "xiaolin", conversation)
    everybody = [near, far, lost, staff]
    await settle_and_check(shop.database, everybody)
    whys = [[frame["why"] for frame in party.frames if frame["t"] == "reset"] for party in everybody]
    assert whys == [[], ["too_far_behind"], ["unknown_seq"], ["too_far_behind"]]
    assert [len(party.events[conversation]) for party in (near, far, lost, staff)] == [KEPT, FRESH, FRESH, FRESH]
    history = await asyncio.to_thread(read_backwards, shop, token, far.events[conversation][0]["seq"])
    seqs = [event["seq"] for event in (*history, *far.events[conversation])]
    assert seqs == list(range(1, head + 1))
    await lost.post(conversation, "我回来了")
    await settle_and_check(shop.database, everybody)


async def test_a_history_of_very_long_messages_comes_in_pieces(shop: Shop) -> None:
    token, conversation, head = await asyncio.to_thread(talk_long, shop, 600, lambda n: f"{n} " + "说来话长，" * 990)
    reading = Party(shop.ws_urls, {"t": "hello", "as": "buyer", "token": token})
    await reading.enter(conversation)
    staff = await colleague(shop, "xiaolin", conversation)
    await settle_and_check(shop.database, [reading, staff])
    assert len(reading.events[conversation]) == head
    assert (reading.connections, staff.connections) == (1, 1)


def talk_long(shop: Shop, messages: int, line: Callable[[int], str]) -> tuple[str, str, int]:
    """A conversation that had so many messages before the shop opened today: its token, id and last seq."""
    shop.stop()
    with inside(shop) as house:
        chat = house.writer.run(open_chat(house.sealer, "demo-web", None, None))
        visitor = chat.visitor
        author = Author("buyer", visitor.id, visitor.name)
        said = [
            house.writer.enqueue(
                receive(Incoming(visitor.shop, visitor.conversation, author, line(number), new_secret()))
            )
            for number in range(messages)
        ]
        for future in said:
            future.result(120)
    shop.start()
    return chat.token, visitor.conversation, head_once_greeted(shop, visitor.conversation)


def head_once_greeted(shop: Shop, conversation: str) -> int:
    """The last seq, after the automatic greeting that the opened shop still had to say."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        facts = read_truth(shop.database).talks[conversation]
        if facts[-1].author.startswith("assistant:"):
            return facts[-1].seq
        time.sleep(0.05)
    raise AssertionError("nobody greeted the buyer")


def read_backwards(shop: Shop, token: str, before: int) -> list[dict[str, Any]]:
    """Everything older, page by page, over HTTP."""
    history: list[dict[str, Any]] = []
    while before > 1:
        path = f"/api/v1/widget/events?before={before}&limit=200"
        page = shop.server.request("GET", path, headers={"authorization": f"Bearer {token}"}).json()
        history = page["events"] + history
        before = page["first"]
    return history
