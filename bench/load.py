"""Load on a chat server: as much as it takes, or so much a second; every message is followed to both its ends."""

import asyncio
import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from bench.clients import Client

DRAIN_SECONDS = 30
_numbers = itertools.count()


@dataclass(frozen=True, slots=True)
class Room:
    """A chat with both its parties present; the agent talks."""

    agent: Client
    buyer: Client


@dataclass(slots=True)
class Outcome:
    """What became of the messages of one run; times in seconds."""

    sent: int = 0
    acked: int = 0
    refused: int = 0
    delivered: int = 0
    """To the agent's and to the buyer's socket: twice the acknowledged ones when nothing is lost."""
    seconds: float = 0.0
    ack_ms: list[float] = field(default_factory=list)
    delivery_ms: list[float] = field(default_factory=list)
    """From the agent's sending to the buyer's receiving."""

    @property
    def is_complete(self) -> bool:
        """Whether every message was answered, and every acknowledged one came to both sockets."""
        return self.acked + self.refused == self.sent and self.delivered == 2 * self.acked


class Run:
    """One run over the rooms."""

    def __init__(self, rooms: Sequence[Room], texts: Sequence[str]) -> None:
        self.outcome = Outcome()
        self._rooms = rooms
        self._texts: Iterator[str] = itertools.cycle(texts)
        self._sent_at: dict[str, float] = {}
        self._moved = asyncio.Event()
        self.on_answer: Callable[[Room], None] = lambda room: None
        """Called whenever a room's agent got an answer."""
        for room in rooms:
            room.agent.on_ack = partial(self._on_ack, room)
            room.agent.on_refused = partial(self._on_refused, room)
            room.agent.on_message = self._on_echo
            room.buyer.on_message = self._on_delivery

    def say(self, room: Room) -> None:
        """Let the agent of this room say the next sentence."""
        id_ = f"bench{next(_numbers):012d}"
        self.outcome.sent += 1
        self._sent_at[id_] = time.perf_counter()
        room.agent.say(id_, next(self._texts))

    async def settle(self) -> Outcome:
        """Wait until everything has arrived; RuntimeError when it does not."""
        try:
            async with asyncio.timeout(DRAIN_SECONDS):
                while not self.outcome.is_complete:
                    self._moved.clear()
                    await self._moved.wait()
        except TimeoutError:
            raise RuntimeError(f"messages did not arrive: {self._summary()}") from None
        return self.outcome

    def _on_ack(self, room: Room, id_: str) -> None:
        self.outcome.acked += 1
        self.outcome.ack_ms.append((time.perf_counter() - self._sent_at[id_]) * 1000)
        self.on_answer(room)
        self._moved.set()

    def _on_refused(self, room: Room, id_: str) -> None:
        self.outcome.refused += 1
        self.on_answer(room)
        self._moved.set()

    def _on_echo(self, id_: str) -> None:
        self.outcome.delivered += 1
        self._moved.set()

    def _on_delivery(self, id_: str) -> None:
        self.outcome.delivered += 1
        self.outcome.delivery_ms.append((time.perf_counter() - self._sent_at[id_]) * 1000)
        self._moved.set()

    def _summary(self) -> str:
        found = self.outcome
        return f"{found.sent} sent, {found.acked} acked, {found.refused} refused, {found.delivered} delivered"


async def saturate(rooms: Sequence[Room], texts: Sequence[str], messages: int, window: int) -> Outcome:
    """Send so many messages as fast as they are answered, each agent with `window` unanswered ones at a time."""
    run = Run(rooms, texts)

    def go_on(room: Room) -> None:
        if run.outcome.sent < messages:
            run.say(room)

    run.on_answer = go_on
    started = time.perf_counter()
    for _ in range(window):
        for room in rooms:
            go_on(room)
    outcome = await run.settle()
    outcome.seconds = time.perf_counter() - started
    return outcome


async def at_pace(rooms: Sequence[Room], texts: Sequence[str], per_second: float, seconds: float) -> Outcome:
    """Send so many messages a second, evenly spread over time and rooms, whatever the server does."""
    run = Run(rooms, texts)
    started = time.perf_counter()
    for number, room in zip(range(round(per_second * seconds)), itertools.cycle(rooms), strict=False):
        wait = started + number / per_second - time.perf_counter()
        if wait > 0:
            await asyncio.sleep(wait)
        run.say(room)
    outcome = await run.settle()
    outcome.seconds = time.perf_counter() - started
    return outcome
