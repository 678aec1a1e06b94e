"""Fault 9: the connection breaks in the middle of a frame."""

import asyncio
import random

import pytest
from tests.faults.invariants import read_truth, settle_and_check, stored
from tests.faults.load import Load
from tests.faults.party import visitor
from tests.faults.shop import Shop
from tests.faults.wire import RawSocket, pack
from tests.support.client import new_client_id

pytestmark = pytest.mark.anyio

CUTS = 30
UNFINISHED = 0x7F
"""Clears the bit that says "this is the last fragment"."""


async def test_half_a_message_is_no_message(shop: Shop, load: Load, source: random.Random) -> None:
    await load.open()
    asking, conversation = await visitor(shop)
    id_ = new_client_id()
    frame = {"t": "send", "id": id_, "c": conversation, "text": "想问一下" + "这款帐篷防水吗" * 30}
    async with load.talk():
        for _ in range(CUTS):
            whole = pack(frame)
            part = whole[: source.randrange(1, len(whole))]
            await asyncio.to_thread(break_off, shop, asking.hello, conversation, part, reset=source.random() < 0.5)
        fragment = pack(frame)
        fragment = bytes([fragment[0] & UNFINISHED]) + fragment[1:]
        await asyncio.to_thread(break_off, shop, asking.hello, conversation, fragment, reset=False)
        await asyncio.to_thread(break_off_at_the_door, shop, source)
    truth = await asyncio.to_thread(read_truth, shop.database)
    assert stored(truth, id_) == []
    await asking.post(conversation, frame["text"], id_)
    truth = await settle_and_check(shop.database, [asking, *load.parties])
    assert len(stored(truth, id_)) == 1


def break_off(shop: Shop, hello: dict[str, str], conversation: str, part: bytes, *, reset: bool) -> None:
    line = RawSocket(shop.server.port)
    line.send(hello)
    line.receive_until("welcome")
    line.send({"t": "sub", "c": conversation, "after": 0})
    line.receive_until("events")
    line.line.sendall(part)
    if reset:
        line.cut()
    else:
        line.line.close()


def break_off_at_the_door(shop: Shop, source: random.Random) -> None:
    """Cut in the middle of the hello, too."""
    whole = pack({"t": "hello", "as": "buyer", "token": "x" * 40})
    for _ in range(5):
        line = RawSocket(shop.server.port)
        line.line.sendall(whole[: source.randrange(1, len(whole))])
        line.cut()
