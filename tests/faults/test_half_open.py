"""Fault 8: a client vanishes without a word; the server notices within half a minute."""

import asyncio

import psutil
import pytest
from tests.faults.invariants import settle_and_check
from tests.faults.load import Load
from tests.faults.shop import Shop
from tests.faults.wire import RawSocket, vanish

pytestmark = pytest.mark.anyio

NOTICED_SECONDS = 35
LONG = "这一款我看了很久，" * 500


async def test_a_phone_that_left_the_network_is_noticed(shop: Shop, load: Load) -> None:
    await load.open(buyers=8)
    silent = await asyncio.to_thread(come_in, shop, [])
    listening = await asyncio.to_thread(come_in, shop, list(load.buyers))
    lines = {line.line.getsockname()[1] for line in (silent, listening)}
    assert lines <= open_lines(shop)
    vanish(silent.line)
    vanish(listening.line)
    for place, party in load.buyers.items():
        for number in range(55):
            await party.post(place, f"{number} {LONG}"[:5_000])
    async with load.talk(), asyncio.timeout(NOTICED_SECONDS):
        while lines & open_lines(shop):
            await asyncio.sleep(0.25)
    await settle_and_check(shop.database, load.parties)
    silent.line.close()
    listening.line.close()


def come_in(shop: Shop, conversations: list[str]) -> RawSocket:
    """An agent at a socket of bare TCP, following these conversations."""
    headers = shop.sign_in("luoshan")
    line = RawSocket(shop.server.port, headers["cookie"])
    line.send({"t": "hello", "as": "agent", "csrf": headers["x-csrf-token"]})
    line.receive_until("welcome")
    for conversation in conversations:
        line.send({"t": "sub", "c": conversation, "after": 0})
        line.receive_until("events")
    return line


def open_lines(shop: Shop) -> set[int]:
    """The clients' ports of all connections that the server still holds."""
    assert shop.server.process is not None
    connections = psutil.Process(shop.server.process.pid).net_connections("tcp")
    return {connection.raddr.port for connection in connections if connection.raddr}
