"""Parties of a chat for the load: one protocol each, all with the same four verbs."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import orjson

from bench.chats import Chat
from bench.rawsocket import RawSocket, open_socket
from bench.servers import Server
from jinpai.entrypoints.cli.replaying.doors import Badge

Side = Literal["agent", "buyer"]
JOIN_SECONDS = 60
AT_ONCE = 100
"""How many clients join at the same time."""


def _ignore(id_: str) -> None:
    """Nobody waits for this."""


class Client:
    """A connected party of one chat; the callbacks get a message's id."""

    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        self.on_ack: Callable[[str], None] = _ignore
        self.on_message: Callable[[str], None] = _ignore
        self.on_refused: Callable[[str], None] = _ignore
        self.joined = asyncio.Event()
        self.socket: RawSocket

    def say(self, id_: str, text: str) -> None:
        """Send a message."""
        raise NotImplementedError

    def read(self, text: bytes) -> None:
        """Take in a frame."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Address:
    """Where a client connects and how it introduces itself."""

    url: str
    hello: Mapping[str, str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    offers_deflate: bool = False


class JinpaiClient(Client):
    """Speaks docs/protocol.md; the bare server understands it too."""

    def __init__(self, chat: Chat, address: Address) -> None:
        super().__init__(chat)
        self.address = address
        self.seq = 0
        """How far this client has read."""

    async def enter(self) -> None:
        """Connect, introduce oneself and follow the conversation from where one is; may be done again after a cut."""
        address = self.address
        self.joined.clear()
        self.socket = await open_socket(address.url, self.read, address.headers, offers_deflate=address.offers_deflate)
        if address.hello is not None:
            self.socket.send(orjson.dumps(address.hello))
        self.socket.send(orjson.dumps({"t": "sub", "c": self.chat.conversation, "after": self.seq}))
        await _joined(self)

    def say(self, id_: str, text: str) -> None:
        """Send a message."""
        self.socket.send(orjson.dumps({"t": "send", "id": id_, "c": self.chat.conversation, "text": text}))

    def read(self, text: bytes) -> None:
        """Take in a frame."""
        frame = orjson.loads(text)
        kind = frame["t"]
        if kind == "events":
            self.seq = frame.get("seq", 0)
            self.joined.set()
            for event in frame["events"]:
                if event["kind"] == "message":
                    self.on_message(event["id"])
        elif kind == "ack":
            self.on_ack(frame["id"])
        elif kind == "refused":
            self.on_refused(frame["id"])


class SocketIoClient(Client):
    """Speaks Socket.IO over its WebSocket transport, to bench/peers/socketio."""

    def __init__(self, chat: Chat) -> None:
        super().__init__(chat)
        self._calls: list[str] = []
        """Message ids by the number of their call."""

    def say(self, id_: str, text: str) -> None:
        """Send a message."""
        self._calls.append(id_)
        call = orjson.dumps(["send", self.chat.conversation, id_, text])
        self.socket.send(b"42%d" % len(self._calls) + call)

    def read(self, text: bytes) -> None:
        """Take in a packet."""
        kind = text[:2]
        if kind == b"42":
            self.on_message(orjson.loads(text[2:])[1]["id"])
        elif kind == b"43":
            number = int(text[2 : text.index(b"[")])
            if number:
                self.on_ack(self._calls[number - 1])
            else:
                self.joined.set()
        elif kind == b"40":
            self.socket.send(b"420" + orjson.dumps(["sub", self.chat.conversation]))
        elif kind[:1] == b"2":
            self.socket.send(b"3")


Join = Callable[[Chat, Side], Awaitable[Client]]


def jinpai_door(server: Server, badges: Sequence[Badge], *, offers_deflate: bool = False) -> Join:
    """How parties join a chat at Jinpai; agents share the signed-in accounts."""
    url = f"ws{server.url.removeprefix('http')}/ws"
    turns = itertools.cycle(badges)

    async def join(chat: Chat, side: Side) -> Client:
        if side == "agent":
            badge = next(turns)
            hello = {"t": "hello", "as": "agent", "csrf": badge.csrf}
            address = Address(url, hello, {"Cookie": badge.cookie}, offers_deflate)
        else:
            hello = {"t": "hello", "as": "buyer", "token": chat.token}
            address = Address(url, hello, offers_deflate=offers_deflate)
        client = JinpaiClient(chat, address)
        await client.enter()
        return client

    return join


def bare_door(server: Server) -> Join:
    """How parties join a chat at the bare server."""
    address = Address(f"ws{server.url.removeprefix('http')}/ws")

    async def join(chat: Chat, side: Side) -> Client:
        client = JinpaiClient(chat, address)
        await client.enter()
        return client

    return join


def socketio_door(server: Server) -> Join:
    """How parties join a chat at the Socket.IO server."""
    url = f"ws{server.url.removeprefix('http')}/socket.io/?EIO=4&transport=websocket"

    async def join(chat: Chat, side: Side) -> Client:
        client = SocketIoClient(chat)
        client.socket = await open_socket(url, client.read)
        client.socket.send(b"40")
        await _joined(client)
        return client

    return join


async def join_all(join: Join, chats: Sequence[Chat], side: Side) -> list[Client]:
    """Let one party of every chat join, many at a time."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(chat: Chat) -> Client:
        async with gate:
            return await join(chat, side)

    return list(await asyncio.gather(*(one(chat) for chat in chats)))


async def _joined(client: Client) -> None:
    async with asyncio.timeout(JOIN_SECONDS):
        await client.joined.wait()
