"""Durable chat: messages per core-second, and delivery latency beside thousands of open sockets.

Agents talk, so the guard judges every message; each conversation has an agent's and a buyer's socket. What counts as
cost is the CPU of the server process and, where there is one, of all PostgreSQL processes; the load has its own.
"""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import uvloop

from bench.chats import Chat, sentences, sign_in_agents
from bench.clients import Join, bare_door, jinpai_door, join_all, socketio_door
from bench.figures import Figure, at_least, at_most, percentile, plain
from bench.load import Outcome, Room, at_pace, saturate
from bench.machine import CpuMeter, allow_many_files
from bench.peers import node
from bench.servers import Server, bare, jinpai

ROOMS = 100
WINDOW = 4
WARM_UP, MESSAGES, ROUNDS = 4_000, 20_000, 3
IDLE = 5_000
PACES = ((200, 10), (1_000, 10))
"""Messages a second, for so many seconds."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A server to be measured and how parties join a chat there."""

    server: Server
    join: Join
    chats: Sequence[Chat]


@contextmanager
def subject(name: str, chats: int) -> Iterator[Subject]:
    """The server of this name with so many chats: `bare`, `sqlite`, `postgres` or `socketio`."""
    if name in ("sqlite", "postgres"):
        with jinpai(name, chats) as server:
            badges = sign_in_agents(server.url, server.home)
            yield Subject(server, jinpai_door(server, badges), server.chats)
        return
    plain_chats = [Chat(f"c_{number}", "") for number in range(chats)]
    if name == "bare":
        with bare() as server:
            yield Subject(server, bare_door(server), plain_chats)
    else:
        folder, why_not = node.install_socketio()
        if folder is None:
            raise RuntimeError(why_not)
        with node.socketio(folder) as server:
            yield Subject(server, socketio_door(server), plain_chats)


with_peers = True
"""Whether Socket.IO is measured beside it."""


def measure() -> list[Figure]:
    """The limit first, then both databases and the peer, as messages per core-second and as latencies."""
    allow_many_files()
    texts = sentences()
    limit = throughput("bare", texts)
    how = f"{ROOMS} chats, {WINDOW} unanswered each, best of {ROUNDS} × {MESSAGES:,}"
    figures = [plain("limit: bare server, messages per core-second", limit, note=f"no guard, no log; {how}")]
    for name, least in (("sqlite", 5_500), ("postgres", 4_500)):
        found = throughput(name, texts)
        note = "CPU of PostgreSQL counted" if name == "postgres" else "one process"
        figures.append(at_least(f"{name}: durable messages per core-second", found, least, note=note))
        figures.append(at_least(f"{name}: share of the limit", found / limit, 0.20))
    for name in ("sqlite", "postgres"):
        figures += latency_figures(name, latencies(name, texts))
    return figures + (peer_figures(texts) if with_peers else [])


def peer_figures(texts: Sequence[str]) -> list[Figure]:
    """Socket.IO with one INSERT per message, measured by the same load; or the sentence why not."""
    folder, why_not = node.install_socketio()
    if folder is None:
        return [Figure("peer: Socket.IO + PostgreSQL", "—", note=why_not)]
    found = throughput("socketio", texts)
    figures = [plain("peer: Socket.IO + PostgreSQL, messages per core-second", found, note="no guard; CPU of both")]
    return figures + latency_figures("socketio", latencies("socketio", texts))


def latency_figures(name: str, found: Mapping[int, Outcome]) -> list[Figure]:
    """p50 and p99 of the delivery at each pace; the aims are ours, a peer has none."""
    figures = []
    for pace, outcome in found.items():
        for share, most in ((0.50, 3.0 if pace == 200 else None), (0.99, 10.0 if pace == 200 else 20.0)):
            what = f"{name}: delivery at {pace:,}/s beside {IDLE:,} sockets, p{share * 100:.0f}"
            value = percentile(outcome.delivery_ms, share)
            aimless = most is None or name == "socketio"
            figures.append(plain(what, value, "ms") if aimless else at_most(what, value, most or 0, "ms"))
    return figures


def throughput(name: str, texts: Sequence[str]) -> float:
    """Messages per core-second of this server, the best of three rounds: neighbours on the machine only add cost."""
    with subject(name, ROOMS) as one:
        return uvloop.run(_throughput(one, texts))


def latencies(name: str, texts: Sequence[str]) -> dict[int, Outcome]:
    """What happened at each pace beside the idle sockets, by messages a second."""
    with subject(name, ROOMS + IDLE) as one:
        return uvloop.run(_latencies(one, texts))


async def _throughput(one: Subject, texts: Sequence[str]) -> float:
    rooms = await _rooms(one)
    await saturate(rooms, texts, WARM_UP, WINDOW)
    found = []
    for _ in range(ROUNDS):
        meter = CpuMeter(one.server.pids)
        outcome = _checked(await saturate(rooms, texts, MESSAGES, WINDOW))
        found.append(outcome.acked / meter.read())
    return max(found)


async def _latencies(one: Subject, texts: Sequence[str]) -> dict[int, Outcome]:
    idle = await join_all(one.join, one.chats[ROOMS:], "buyer")
    rooms = await _rooms(one)
    await at_pace(rooms, texts, 200, 3)
    gc.collect()
    gc.freeze()
    found = {pace: _checked(await at_pace(rooms, texts, pace, seconds)) for pace, seconds in PACES}
    dropped = sum(client.socket.closed.done() for client in idle)
    if dropped:
        raise RuntimeError(f"{dropped} of {len(idle)} idle sockets were dropped")
    return found


async def _rooms(one: Subject) -> list[Room]:
    agents = await join_all(one.join, one.chats[:ROOMS], "agent")
    buyers = await join_all(one.join, one.chats[:ROOMS], "buyer")
    return [Room(agent, buyer) for agent, buyer in zip(agents, buyers, strict=True)]


def _checked(outcome: Outcome) -> Outcome:
    """The outcome, unless so many messages were refused that it is another measurement."""
    if outcome.refused > outcome.sent / 50:
        raise RuntimeError(f"{outcome.refused} of {outcome.sent} messages were refused")
    return outcome
