"""A client that never gives up: it reconnects, resyncs and repeats what was not answered, as docs/protocol.md asks."""

import asyncio
import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tests.faults.shop import Shop
from tests.support.client import Client, Frame, new_client_id
from websockets.exceptions import WebSocketException

FIRST_PAUSE = 0.05
LONGEST_PAUSE = 1.0
RETRY_SECONDS = 0.3
TRY_AGAIN = ("unavailable", "too_many")


@dataclass(slots=True)
class Sent:
    """One message of a party; `seq` once it was acknowledged."""

    id: str
    conversation: str
    text: str
    seq: int = 0


PRESENT: set["Party"] = set()
"""Everybody who came in and has not left."""


class Party(Client):
    """Keeps a socket open to one of the shop's servers until `leave`; `acked` is what it was promised."""

    def __init__(self, urls: Sequence[str], hello: Frame, headers: dict[str, str] | None = None) -> None:
        super().__init__(urls[0], hello, headers)
        self.waiting: dict[str, Sent] = {}
        self.acked: dict[str, Sent] = {}
        self.declined: dict[str, Frame] = {}
        self.problems: list[str] = []
        self.put_off = 0
        self.connections = 0
        self.tail_from: dict[str, int] = {}
        self.heard_at: dict[str, float] = {}
        """Message id → when it first arrived here, in seconds of a steady clock."""
        self.listed: dict[str, Frame] = {}
        """The agent's list: conversation → its line."""
        self._urls = itertools.cycle(urls)
        self._life: asyncio.Task[None] | None = None
        self._retries: set[asyncio.Task[None]] = set()

    @property
    def is_staff(self) -> bool:
        return bool(self.hello["as"] == "agent")

    @property
    def author(self) -> str:
        """This party as the log names it."""
        return f"{self.welcome['as']}:{self.welcome['me']['id']}"

    async def enter(self, *conversations: str) -> "Party":
        """Come in and follow these conversations (a buyer its own)."""
        for conversation in conversations:
            self.watch(conversation)
        PRESENT.add(self)
        self._life = asyncio.create_task(self._stay())
        await self.until(lambda frame: frame["t"] == "welcome", seconds=60)
        return self

    def watch(self, conversation: str, after: int = 0) -> None:
        """Follow the conversation from the next connection on, as one who has everything up to `after`."""
        self.seq.setdefault(conversation, after)
        self.events.setdefault(conversation, [])
        self.tail_from.setdefault(conversation, after)

    async def leave(self) -> None:
        """Go for good."""
        PRESENT.discard(self)
        for task in (self._life, *self._retries):
            if task is not None:
                task.cancel()
                await asyncio.wait([task])
        if self.socket is not None:
            self.cut()

    async def post(self, conversation: str, text: str, client_id: str | None = None) -> Sent:
        """Say something; it is repeated on every new socket until it is answered."""
        sent = Sent(client_id or new_client_id(), conversation, text)
        self.waiting[sent.id] = sent
        await self._transmit(sent)
        return sent

    async def connect(self) -> "Party":
        await super().connect()
        self.connections += 1
        async with self._news:
            self.frames.append(self.welcome)
            self._news.notify_all()
        return self

    async def _stay(self) -> None:
        pause = FIRST_PAUSE
        while True:
            self.url = next(self._urls)
            try:
                await self.connect()
                if self._reader is not None:
                    pause = FIRST_PAUSE
                    if self.is_staff:
                        await self.send_frame({"t": "inbox"})
                    for sent in list(self.waiting.values()):
                        await self._transmit(sent)
                    await asyncio.wait([self._reader])
            except (OSError, WebSocketException, TimeoutError):
                pass
            if self.socket is not None:
                self.socket.transport.abort()
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _transmit(self, sent: Sent) -> None:
        if self.socket is None or self._reader is None or self._reader.done():
            return
        frame = {"t": "send", "id": sent.id, "c": sent.conversation, "text": sent.text}
        try:
            await self.send_frame({**frame, "confirm": True} if self.is_staff else frame)
        except (OSError, WebSocketException):
            return

    async def _take(self, frame: Frame) -> None:
        if frame["t"] == "ack":
            self._settle(frame)
        elif frame["t"] == "refused":
            self._refused(frame)
        elif frame["t"] == "reset":
            self.tail_from[frame["c"]] = frame["seq"]
        elif frame["t"] == "events":
            now = time.monotonic()
            for event in frame["events"]:
                self.heard_at.setdefault(event.get("id", ""), now)
        elif frame["t"] == "inbox":
            self.listed = {line["id"]: line for line in frame["conversations"]}
        elif frame["t"] == "conv":
            self.listed[frame["conversation"]["id"]] = frame["conversation"]
        await super()._take(frame)

    def _settle(self, ack: Frame) -> None:
        sent = self.waiting.pop(ack["id"], None) or self.acked.get(ack["id"])
        if sent is None:
            self.problems.append(f"an ack for something never said: {ack}")
        elif sent.seq not in (0, ack["seq"]):
            self.problems.append(f"first acknowledged as {sent.seq}, now as {ack}")
        else:
            sent.seq = ack["seq"]
            self.acked[sent.id] = sent

    def _refused(self, refusal: Frame) -> None:
        sent = self.waiting.get(refusal["id"])
        if refusal["code"] not in TRY_AGAIN:
            self.declined[refusal["id"]] = refusal
            self.waiting.pop(refusal["id"], None)
            return
        self.put_off += 1
        task = asyncio.create_task(self._retry(sent))
        self._retries.add(task)
        task.add_done_callback(self._retries.discard)

    async def _retry(self, sent: Sent | None) -> None:
        """Say it again a little later; a refused `sub` needs a new connection, which subscribes anew."""
        await asyncio.sleep(RETRY_SECONDS)
        if sent is not None and sent.id in self.waiting:
            await self._transmit(sent)
        elif sent is None and self.socket is not None:
            self.socket.transport.abort()


async def visitor(shop: Shop) -> tuple[Party, str]:
    """A new buyer in the shop, following their own conversation."""
    chat = await asyncio.to_thread(shop.server.open_chat)
    hello = {"t": "hello", "as": "buyer", "token": chat["token"]}
    party = await Party(shop.ws_urls, hello).enter(chat["conversation"])
    return party, chat["conversation"]


async def colleague(shop: Shop, login: str, *conversations: str) -> Party:
    """A signed-in member of staff who follows these conversations."""
    headers = await asyncio.to_thread(shop.sign_in, login)
    hello = {"t": "hello", "as": "agent", "csrf": headers["x-csrf-token"]}
    return await Party(shop.ws_urls, hello, {"cookie": headers["cookie"]}).enter(*conversations)
