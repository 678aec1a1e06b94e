"""Playing conversations: buyers come in by the widget's door, agents sit at sockets, many at a time."""

import asyncio
import random
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from jinpai.entrypoints.cli.replaying.doors import PATIENCE, Badge, Doors, Window
from jinpai.entrypoints.cli.replaying.talks import Line, Side, Talk
from jinpai.entrypoints.cli.replaying.tally import Tally
from jinpai.entrypoints.cli.replaying.wire import Frame, View, Wire
from jinpai.kit.errors import Refusal


@dataclass(frozen=True, slots=True)
class Plan:
    """How to play. `speed` is messages a second (0: as fast as it goes), rates are shares of the messages."""

    channel: str
    speed: float = 0.0
    concurrency: int = 50
    confirms: bool = True
    retry_rate: float = 0.0
    cut_rate: float = 0.0
    timeout: float = 30.0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """A message the server acknowledged."""

    seq: int
    id: str
    side: Side
    text: str
    sent_at: float


@dataclass(slots=True)
class Played:
    """A conversation that was played: what was acknowledged, and what each side saw."""

    talk: Talk
    window: Window
    views: dict[Side, View]
    said: list[Said] = field(default_factory=list)


class Stage:
    """What the conversations of one replay share."""

    def __init__(self, doors: Doors, plan: Plan, tally: Tally) -> None:
        self.doors, self.plan, self.tally = doors, plan, tally
        self.random = random.Random(plan.seed)  # noqa: S311
        self._next = time.perf_counter()

    async def turn(self) -> None:
        """Wait for the next message's turn at the planned speed."""
        if self.plan.speed:
            self._next = max(self._next + 1 / self.plan.speed, time.perf_counter() - 1)
            await asyncio.sleep(max(0.0, self._next - time.perf_counter()))

    def happens(self, rate: float) -> bool:
        """Whether something of this share of the messages happens now."""
        return self.random.random() < rate

    def retire(self, wire: Wire) -> None:
        """Count what a connection went through."""
        self.tally.cuts += wire.cuts
        self.tally.resent += wire.resent
        self.tally.resyncs += wire.resyncs


async def play(stage: Stage, talks: Sequence[Talk], badges: Sequence[Badge], sockets: int) -> list[Played]:
    """Play all conversations, each with one of the agents' sockets; returns what was played."""
    url = stage.doors.socket_url
    agents = [
        Wire(url, {"t": "hello", "as": "agent", "csrf": badge.csrf}, {"Cookie": badge.cookie})
        for badge in (badges[number % len(badges)] for number in range(sockets))
    ]
    room = asyncio.Semaphore(stage.plan.concurrency)

    async def in_turn(number: int, talk: Talk) -> Played | None:
        async with room:
            return await _play_talk(stage, talk, agents[number % sockets])

    try:
        played = await asyncio.gather(*(in_turn(number, talk) for number, talk in enumerate(talks)))
    finally:
        for agent in agents:
            stage.retire(agent)
            await agent.close()
    return [one for one in played if one is not None]


async def _play_talk(stage: Stage, talk: Talk, agent: Wire) -> Played | None:
    """Play one conversation; None when its window could not be opened."""
    try:
        window = await asyncio.to_thread(stage.doors.open_window, stage.plan.channel)
        buyer = Wire(stage.doors.socket_url, {"t": "hello", "as": "buyer", "token": window.token}, {})
    except Refusal as refusal:
        stage.tally.problems.append(f"会话 {talk.id}：{refusal.message}")
        return None
    played = Played(talk, window, {})
    try:
        async with asyncio.timeout(stage.plan.timeout):
            played.views["buyer"] = await buyer.follow(window.conversation)
            played.views["agent"] = await agent.follow(window.conversation)
        for line in talk.lines:
            await stage.turn()
            await _say(stage, played, line, buyer if line.side == "buyer" else agent)
    except TimeoutError:
        stage.tally.problems.append(f"会话 {talk.id}：等了 {stage.plan.timeout:g} 秒没有等到回应")
    except Refusal as refusal:
        stage.tally.problems.append(f"会话 {talk.id}：{refusal.message}")
    finally:
        stage.retire(buyer)
        await buyer.close()
        await agent.unfollow(window.conversation)
    return played


async def _say(stage: Stage, played: Played, line: Line, wire: Wire) -> None:
    """Send one message as a person would, and wait until the other side has it."""
    plan, tally = stage.plan, stage.tally
    id_ = secrets.token_urlsafe(16)
    frame: Frame = {"t": "send", "id": id_, "c": played.window.conversation, "text": line.text, "confirm": False}
    sent_at, answer = await _insist(stage, wire, frame)
    if answer.get("verdict") == "warn" and plan.confirms:
        frame["confirm"] = True
        sent_at, answer = await _insist(stage, wire, frame)
    if answer["t"] != "ack":
        return
    tally.stored += 1
    tally.ack_ms.append((time.perf_counter() - sent_at) * 1000)
    if line.side == "agent":
        tally.verdicts["confirmed" if frame["confirm"] else "pass"] += 1
    played.said.append(Said(answer["seq"], id_, line.side, line.text, sent_at))
    async with asyncio.timeout(plan.timeout):
        await played.views["agent" if line.side == "buyer" else "buyer"].has(id_)
    if stage.happens(plan.retry_rate):
        await _repeat(stage, wire, frame, answer["seq"])


async def _repeat(stage: Stage, wire: Wire, frame: Frame, seq: int) -> None:
    """Send an acknowledged message once more: it must be recognised."""
    _, again = await _insist(stage, wire, frame)
    if again["t"] == "ack" and again.get("again") and again["seq"] == seq:
        stage.tally.repeated += 1
    else:
        stage.tally.problems.append(f"重发的消息 {frame['id']} 没有被认出：{again}")


async def _insist(stage: Stage, wire: Wire, frame: Frame) -> tuple[float, Frame]:
    """Send until it is no longer too much or not now; every sending and every refusal is counted.

    Returns when it was sent the last time, and the answer.
    """
    for _ in range(PATIENCE):
        sent_at = time.perf_counter()
        stage.tally.sent += 1
        async with asyncio.timeout(stage.plan.timeout):
            answer = await wire.submit(frame, cut=stage.happens(stage.plan.cut_rate))
        if answer["t"] == "ack":
            break
        stage.tally.add_refusal(answer)
        if answer["code"] not in ("too_many", "unavailable"):
            break
        await asyncio.sleep(1)
    return sent_at, answer
