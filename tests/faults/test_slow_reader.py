"""Fault 12: somebody does not read; the buffer is bounded, the others do not feel it, the slow one catches up later."""

import asyncio
import socket
import time

import pytest
from tests.faults.invariants import settle_and_check
from tests.faults.party import Party, colleague, visitor
from tests.faults.shop import Shop, figure
from websockets.asyncio.client import ClientConnection

pytestmark = pytest.mark.anyio

FLOODERS = 12
MESSAGES = 60
LONG = "这一款我看了很久，" * 500
FLOOR = 5.0
"""Seconds; below this a difference says more about the machine than about a server that waits for somebody."""


class Sleeper(Party):
    """A party that does not read its socket until it is woken."""

    def __init__(self, urls: list[str], hello: dict[str, str], headers: dict[str, str]) -> None:
        super().__init__(urls, hello, headers)
        self.awake = asyncio.Event()

    async def connect(self) -> "Sleeper":
        """With a small receive buffer: how much the machine would keep for it has nothing to do with the server."""
        await super().connect()
        assert self.socket is not None
        wire = self.socket.transport.get_extra_info("socket")
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
        return self

    async def _read(self, socket: ClientConnection) -> None:
        await self.awake.wait()
        await super()._read(socket)


class Probe:
    """Measures how long an agent's words take to a buyer, fifty times a second."""

    def __init__(self, asking: Party, answering: Party, conversation: str) -> None:
        self.asking = asking
        self.answering = answering
        self.conversation = conversation
        self.said_at: dict[str, float] = {}

    async def run(self) -> None:
        while True:
            said_at = time.monotonic()
            sent = await self.answering.post(self.conversation, "在的，您请说")
            self.said_at[sent.id] = said_at
            await asyncio.sleep(0.02)

    async def p99(self) -> float:
        """Seconds, once everything said has arrived."""
        async with asyncio.timeout(60):
            while not self.said_at.keys() <= self.asking.heard_at.keys():
                await asyncio.sleep(0.05)
        took = sorted(self.asking.heard_at[id_] - said_at for id_, said_at in self.said_at.items())
        assert len(took) > 20, "too little was said to measure anything"
        return took[int(len(took) * 0.99)]


async def test_a_slow_reader_is_dropped_and_the_others_do_not_feel_it(shop: Shop) -> None:
    asking, conversation = await visitor(shop)
    answering = await colleague(shop, "xiaolin", conversation)
    undisturbed, parties = await flood(shop, Probe(asking, answering, conversation), None)
    sleeper = await asleep(shop)
    waking = asyncio.create_task(wake_when_dropped(shop, sleeper))
    disturbed, more = await flood(shop, Probe(asking, answering, conversation), sleeper)
    await asyncio.wait_for(waking, 60)
    everybody = [asking, answering, sleeper, *parties, *more]
    await settle_and_check(shop.database, everybody)
    assert [frame["code"] for frame in sleeper.frames if frame["t"] == "bye"] == ["too_slow"]
    assert [frame["code"] for frame in sleeper.frames if frame["t"] == "closed"] == [4008]
    assert sleeper.connections == 2
    print(f"p99 undisturbed {undisturbed * 1000:.0f} ms, beside a slow reader {disturbed * 1000:.0f} ms")
    assert disturbed <= max(2 * undisturbed, FLOOR)


async def wake_when_dropped(shop: Shop, sleeper: Sleeper) -> None:
    """A socket that is ended has fifteen seconds to read why; a loaded machine floods for longer."""
    while not await asyncio.to_thread(figure, shop, 'jinpai_sockets_ended_total{reason="too_slow"}'):
        await asyncio.sleep(0.2)
    sleeper.awake.set()


async def asleep(shop: Shop) -> Sleeper:
    headers = await asyncio.to_thread(shop.sign_in, "luoshan")
    hello = {"t": "hello", "as": "agent", "csrf": headers["x-csrf-token"]}
    return Sleeper(shop.ws_urls, hello, {"cookie": headers["cookie"]})


async def flood(shop: Shop, probe: Probe, sleeper: Sleeper | None) -> tuple[float, list[Party]]:
    """Buyers flood conversations that an agent (and the sleeper) follow; the p99 beside it, and who took part."""
    buyers = [await visitor(shop) for _ in range(FLOODERS)]
    places = [place for _, place in buyers]
    reader = await colleague(shop, "zhoulan", *places)
    if sleeper is not None:
        await sleeper.enter(*places)
    probing = asyncio.create_task(probe.run())
    for number in range(MESSAGES):
        for party, place in buyers:
            await party.post(place, f"{number} {LONG}"[:5_000])
            await asyncio.sleep(0.005)
    async with asyncio.timeout(60):
        while any(party.waiting for party, _ in buyers):
            await asyncio.sleep(0.05)
    probing.cancel()
    return await probe.p99(), [reader, *(party for party, _ in buyers)]
