"""One live socket: who it is, what it follows, and the bounded buffer on its way out."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from prometheus_client import Counter

from jinpai.desk.model import Author
from jinpai.entrypoints.ws.frames import encode
from jinpai.staff.model import Actor, BuyerParty

MAX_FRAMES = 256
MAX_BYTES = 1 << 20
MAX_FOLLOWS = 500
PATIENCE_SECONDS = 10.0
"""For how long a socket may leave no room for the page it waits for."""

NOT_SIGNED_IN = 4001
SIGNED_OUT = 4003
TOO_SLOW = 4008
BAD_FRAME = 4009
RESTART = 1012

FORGETTING = (SIGNED_OUT, TOO_SLOW)
"""Endings after which the socket is not told what is still queued for it."""

ENDED = Counter("jinpai_sockets_ended_total", "Sockets this process ended, by the reason told to them", ("reason",))


@dataclass(frozen=True, slots=True)
class Ending:
    """Why a socket ends; `code` is the close code, `name` and `message` go into the bye frame."""

    code: int
    name: str
    message: str

    @classmethod
    def too_slow(cls) -> "Ending":
        """The socket does not read what it is told."""
        return cls(TOO_SLOW, "too_slow", "接收太慢，连接已断开，请重新连接")


class Session:
    """A connected party; `push` never waits, `drain` sends."""

    def __init__(self, party: Actor | BuyerParty, author: Author) -> None:
        self.party = party
        self.author = author
        self.is_staff = isinstance(party, Actor)
        self.side = "agent" if self.is_staff else "buyer"
        self.told: dict[str, int] = {}
        """Conversation → the last seq this socket was told."""
        self.catching_up: set[str] = set()
        self.beaten: dict[str, int] = {}
        """Conversation → the head named in the last heartbeat."""
        self.tokens = 0.0
        self.tokens_at = 0.0
        self.typed_at = 0.0
        self.agent: str | None = None
        """For a buyer: the name of who serves them; `service` and `place` are the frames last told."""
        self.service: str | None = None
        self.place: str | None = None
        self.ended: asyncio.Future[Ending] = asyncio.get_running_loop().create_future()
        self._frames: list[str] = []
        self._bytes = 0
        self._crowded_since = 0.0
        """When a page first found no room, in seconds of a steady clock; 0 while there is room."""
        self._rest: asyncio.Future[None] | None = None
        """What `drain` waits on while nothing is queued; thousands of idle sockets are kept small."""

    def push(self, frame: str) -> None:
        """Queue a frame; a socket that does not read is ended."""
        if self.ended.done():
            return
        self._bytes += len(frame)
        self._frames.append(frame)
        if len(self._frames) > MAX_FRAMES or self._bytes > MAX_BYTES:
            self.end(Ending.too_slow())
        self._wake()

    def end(self, ending: Ending) -> None:
        """Let this socket end for the reason given: nothing more is queued, `drain` says goodbye and returns."""
        if not self.ended.done():
            self.ended.set_result(ending)
            ENDED.labels(ending.name).inc()
            if ending.code in FORGETTING:
                self._frames.clear()
            self._frames.append(encode({"t": "bye", "code": ending.name, "message": ending.message}))
            self._wake()

    def has_room(self) -> bool:
        """Whether a page of events may be pushed now without crowding the buffer; one that never has any is ended."""
        if len(self._frames) < MAX_FRAMES // 8 and self._bytes < MAX_BYTES // 4:
            self._crowded_since = 0.0
            return True
        now = time.monotonic()
        self._crowded_since = self._crowded_since or now
        if now - self._crowded_since > PATIENCE_SECONDS:
            self.end(Ending.too_slow())
        return False

    async def drain(self, send: Callable[[str], Awaitable[None]]) -> None:
        """Send what is queued, until the socket has ended."""
        frames = self._frames
        while True:
            while frames:
                frame = frames.pop(0)
                self._bytes -= len(frame)
                await send(frame)
            if self.ended.done():
                return
            self._rest = asyncio.get_running_loop().create_future()
            await self._rest

    def _wake(self) -> None:
        if self._rest is not None and not self._rest.done():
            self._rest.set_result(None)

    def may_send(self, now: float, per_second: float, burst: float) -> bool:
        """Whether one more message is within this socket's rate; `now` in seconds of a steady clock."""
        self.tokens = min(burst, self.tokens + (now - self.tokens_at) * per_second) if self.tokens_at else burst
        self.tokens_at = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True
