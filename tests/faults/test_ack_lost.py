"""Fault 5: the message is stored, its acknowledgement gets lost, the client says it again."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from tests.faults.invariants import read_truth, settle_and_check, stored
from tests.faults.load import Load
from tests.faults.party import Party, visitor
from tests.faults.shop import Shop
from tests.faults.wire import Wire

pytestmark = pytest.mark.anyio


@pytest.fixture
async def wire(shop: Shop) -> AsyncIterator[Wire]:
    """A bad wire in front of the shop; who comes in from now on comes through it."""
    async with Wire(shop.server.port) as made:
        shop.doors = [made.port]
        yield made


async def test_the_ack_is_lost_and_the_message_is_repeated(shop: Shop, wire: Wire) -> None:
    asking, conversation = await visitor(shop)
    wire.muted = True
    sent = await asking.post(conversation, "在吗，问一下尺码")
    await until_stored(shop, sent.id)
    assert sent.seq == 0, "the acknowledgement was to get lost"
    wire.cut()
    truth = await settle_and_check(shop.database, [asking])
    assert sent.seq == stored(truth, sent.id)[0].seq
    assert any(frame["t"] == "ack" and frame.get("again") for frame in asking.frames)


async def test_everybodys_answers_get_lost_again_and_again(shop: Shop, wire: Wire, load: Load) -> None:
    await load.open()
    async with load.talk():
        for _ in range(4):
            await load.answered(25)
            wire.muted = True
            await asyncio.sleep(0.4)
            wire.cut()
    assert wire.swallowed > 0
    await settle_and_check(shop.database, load.parties)
    assert any(frame.get("again") for party in load.parties for frame in acks(party)), "nothing had to be repeated"


async def until_stored(shop: Shop, client_id: str) -> None:
    async with asyncio.timeout(20):
        while not stored(await asyncio.to_thread(read_truth, shop.database), client_id):
            await asyncio.sleep(0.05)


def acks(party: Party) -> list[dict[str, object]]:
    return [frame for frame in party.frames if frame["t"] == "ack"]
