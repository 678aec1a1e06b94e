"""A client of docs/protocol.md for tests: it keeps what it was told and obeys the rule of section 2."""

import asyncio
import contextlib
import json
import secrets
from typing import Any

from tests.support.server import Server
from websockets.asyncio.client import ClientConnection, connect

Frame = dict[str, Any]


class Client:
    """One party with one socket at a time; `events` is its copy of each conversation."""

    def __init__(self, url: str, hello: Frame, headers: dict[str, str] | None = None) -> None:
        self.url = url
        self.hello = hello
        self.headers = headers or {}
        self.seq: dict[str, int] = {}
        self.events: dict[str, list[Frame]] = {}
        self.frames: list[Frame] = []
        self.resets = 0
        self.doubles = 0
        self.socket: ClientConnection | None = None
        self.welcome: Frame = {}
        self._news = asyncio.Condition()
        self._reader: asyncio.Task[None] | None = None

    async def connect(self) -> "Client":
        self.socket = await connect(
            self.url, additional_headers=self.headers, compression=None, max_size=None, open_timeout=20
        )
        await self.send_frame(self.hello)
        self.welcome = json.loads(await self.socket.recv())
        if self.welcome["t"] == "welcome":
            self._reader = asyncio.create_task(self._read(self.socket))
            for conversation, seq in self.seq.items():
                await self.send_frame({"t": "sub", "c": conversation, "after": seq})
        return self

    async def close(self) -> None:
        if self.socket is not None:
            await self.socket.close()
        if self._reader is not None:
            self._reader.cancel()

    def cut(self) -> None:
        """The wire is cut: no close frame, no goodbye."""
        assert self.socket is not None
        if self._reader is not None:
            self._reader.cancel()
        self.socket.transport.abort()

    async def send_frame(self, frame: Frame) -> None:
        assert self.socket is not None
        await self.socket.send(json.dumps(frame))

    async def follow(self, conversation: str, after: int = 0) -> None:
        self.seq[conversation] = after
        self.events.setdefault(conversation, [])
        await self.send_frame({"t": "sub", "c": conversation, "after": after})
        await self.until(lambda f: f["t"] == "events" and f["c"] == conversation)

    async def say(self, conversation: str, text: str, client_id: str | None = None, **more: Any) -> Frame:
        """Send and return the answer (ack or refused)."""
        client_id = client_id or new_client_id()
        start = len(self.frames)
        await self.send_frame({"t": "send", "id": client_id, "c": conversation, "text": text, **more})
        return await self.until(lambda f: f["t"] in ("ack", "refused") and f["id"] == client_id, start)

    async def until(self, wanted: Any, start: int = 0, seconds: float = 20.0) -> Frame:
        """The first frame since `start` that is wanted, waiting for it."""

        def found() -> Frame | None:
            return next((frame for frame in self.frames[start:] if wanted(frame)), None)

        async with self._news:
            await asyncio.wait_for(self._news.wait_for(lambda: found() is not None), seconds)
        frame = found()
        assert frame is not None
        return frame

    async def until_texts(self, conversation: str, texts: list[str], seconds: float = 20.0) -> None:
        """Wait until the conversation's messages end with these texts."""
        async with self._news:
            await asyncio.wait_for(
                self._news.wait_for(lambda: self.texts(conversation)[-len(texts) :] == texts), seconds
            )

    def texts(self, conversation: str) -> list[str]:
        return [event["text"] for event in self.events.get(conversation, []) if event["kind"] == "message"]

    async def _read(self, socket: ClientConnection) -> None:
        with contextlib.suppress(Exception):
            async for text in socket:
                frame = json.loads(text)
                await self._take(frame)
                async with self._news:
                    self.frames.append(frame)
                    self._news.notify_all()
        async with self._news:
            self.frames.append({"t": "closed", "code": socket.close_code})
            self._news.notify_all()

    async def _take(self, frame: Frame) -> None:
        if frame["t"] == "reset":
            self.resets += 1
            self.events[frame["c"]] = []
            self.seq[frame["c"]] = frame["seq"]
        elif frame["t"] == "events":
            have = self.seq[frame["c"]]
            if frame["after"] == have:
                self.events[frame["c"]] += frame["events"]
                self.seq[frame["c"]] = frame["seq"]
            elif frame["seq"] > have:
                await self.send_frame({"t": "sub", "c": frame["c"], "after": have})
        elif frame["t"] == "hb":
            for conversation, head in frame["heads"].items():
                if head > self.seq.get(conversation, head):
                    await self.send_frame({"t": "sub", "c": conversation, "after": self.seq[conversation]})


def new_client_id() -> str:
    return secrets.token_urlsafe(12)


async def buyer(server: Server, **more: Any) -> tuple[Client, str]:
    """A connected buyer following their conversation."""
    chat = await asyncio.to_thread(server.open_chat, **more)
    client = Client(server.ws_url, {"t": "hello", "as": "buyer", "token": chat["token"]})
    await client.connect()
    await client.follow(chat["conversation"])
    return client, chat["conversation"]


async def agent(server: Server, login: str = "xiaolin") -> Client:
    """A connected, signed-in member of staff."""
    headers = await asyncio.to_thread(server.sign_in, login)
    hello = {"t": "hello", "as": "agent", "csrf": headers["x-csrf-token"]}
    return await Client(server.ws_url, hello, {"cookie": headers["cookie"]}).connect()
