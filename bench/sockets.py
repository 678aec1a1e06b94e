"""Thousands of sockets on one process: what an idle one costs, and how soon all are back after a cut."""

import asyncio
import time
from collections.abc import Sequence

import uvloop

from bench.chats import sign_in_agents
from bench.clients import Client, JinpaiClient, Join, jinpai_door, join_all
from bench.figures import Figure, at_most
from bench.machine import allow_many_files, resident_mib
from bench.servers import Server, jinpai

SOCKETS = 5_000
MISSED = 200
"""How many of the buyers were written to while they were away."""


def measure() -> list[Figure]:
    """Memory of an idle socket whose client offers compression, and the storm after a cut."""
    allow_many_files()
    with jinpai("sqlite", SOCKETS) as server:
        badges = sign_in_agents(server.url, server.home)
        return uvloop.run(_measure(server, jinpai_door(server, badges, offers_deflate=True)))


async def _measure(server: Server, join: Join) -> list[Figure]:
    await join_all(join, server.chats[:50], "buyer")
    before = resident_mib(server.pids[0])
    buyers = await join_all(join, server.chats[50:], "buyer")
    kib = (resident_mib(server.pids[0]) - before) * 1024 / len(buyers)
    seconds = await _storm(join, buyers)
    note = f"{len(buyers):,} at once, {MISSED} had missed a message"
    return [
        at_most(f"memory of an idle socket, {len(buyers):,} open", kib, 40, "KiB", "client offers compression"),
        at_most("all sockets cut: reconnected and resynced after", seconds, 20, "s", note),
    ]


async def _storm(join: Join, buyers: Sequence[Client]) -> float:
    """Cut all buyers, write to some, let all come back with what they have; seconds until the last is up to date."""
    for buyer in buyers:
        buyer.socket.abort()
    await asyncio.gather(*(buyer.socket.closed for buyer in buyers))
    await asyncio.gather(*(_write_to(join, buyer) for buyer in buyers[:MISSED]))
    news: list[str] = []
    for buyer in buyers:
        buyer.on_message = news.append
    started = time.perf_counter()
    await asyncio.gather(*(buyer.enter() for buyer in buyers if isinstance(buyer, JinpaiClient)))
    seconds = time.perf_counter() - started
    if len(news) != MISSED:
        raise RuntimeError(f"{len(news)} of {MISSED} missed messages arrived")
    return seconds


async def _write_to(join: Join, buyer: Client) -> None:
    agent = await join(buyer.chat, "agent")
    stored = asyncio.Event()
    agent.on_ack = lambda id_: stored.set()
    agent.say(f"news-{buyer.chat.conversation}", "您要的尺码今天到货了，给您留着呢")
    await asyncio.wait_for(stored.wait(), 30)
    agent.socket.abort()
