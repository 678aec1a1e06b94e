"""A client of docs/protocol.md as a browser is one: follows, sends until answered, reconnects and resyncs."""

import asyncio
import random
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import orjson
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from jinpai.kit.errors import Refusal

Frame = dict[str, Any]
PAUSE = 0.5
LONGEST_PAUSE = 15.0
_FINAL = (4001, 4003, 4009)
"""Close codes after which coming back does not help."""


class WireBroken(Refusal):
    """The server ended this socket for good; the message says what it said."""


@dataclass(slots=True)
class View:
    """What a client has of one conversation, and what was wrong with how it came."""

    conversation: str
    seq: int = 0
    events: list[Frame] = field(default_factory=list)
    arrived: dict[str, float] = field(default_factory=dict)
    """Message id → when it came, in seconds of a steady clock."""
    duplicated: int = 0
    out_of_order: int = 0
    is_open: asyncio.Event = field(default_factory=asyncio.Event)
    _waiting: dict[str, asyncio.Event] = field(default_factory=dict)

    def take(self, frame: Frame) -> bool:
        """Take an `events` frame by the client's rule; False when something before it is missing."""
        if frame["after"] != self.seq:
            return bool(frame["seq"] <= self.seq)
        last = self.seq
        for event in frame["events"]:
            self.out_of_order += not last < event["seq"] <= frame["seq"]
            last = event["seq"]
            self._add(event)
        self.seq = frame["seq"]
        self.is_open.set()
        return True

    async def has(self, id_: str) -> None:
        """Wait until the message with this id has come."""
        if id_ not in self.arrived:
            await self._waiting.setdefault(id_, asyncio.Event()).wait()

    def _add(self, event: Frame) -> None:
        self.events.append(event)
        id_ = event.get("id")
        if id_ is None:
            return
        self.duplicated += id_ in self.arrived
        self.arrived.setdefault(id_, time.perf_counter())
        if id_ in self._waiting:
            self._waiting.pop(id_).set()


@dataclass(slots=True)
class _Asked:
    """A message that waits for its answer, and the socket that carried it last."""

    frame: Frame
    answer: asyncio.Future[Frame]
    carrier: ClientConnection | None = None


class Wire:
    """One party's connection to the server; it lives through cuts until it is closed."""

    def __init__(self, url: str, hello: Frame, headers: Mapping[str, str]) -> None:
        self.cuts = 0
        self.resent = 0
        self.resyncs = 0
        self._url, self._hello, self._headers = url, hello, headers
        self._views: dict[str, View] = {}
        self._unanswered: dict[str, _Asked] = {}
        self._socket: ClientConnection | None = None
        self._gate = asyncio.Lock()
        self._broken: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        self._task = asyncio.create_task(self._live())

    async def follow(self, conversation: str) -> View:
        """Follow a conversation from its beginning; returns once the server has confirmed it."""
        view = self._views[conversation] = View(conversation)
        await self._send(_sub(view))
        opened = asyncio.ensure_future(view.is_open.wait())
        await asyncio.wait((opened, self._broken), return_when=asyncio.FIRST_COMPLETED)
        if self._broken.done():
            opened.cancel()
            self._broken.result()
        return view

    async def unfollow(self, conversation: str) -> None:
        """Follow it no longer."""
        self._views.pop(conversation, None)
        await self._send(orjson.dumps({"t": "unsub", "c": conversation}))

    async def submit(self, frame: Frame, *, cut: bool = False) -> Frame:
        """Send a message and keep sending it over reconnects until it is answered; returns the `ack` or `refused`.

        With `cut` the network breaks abruptly right after the first sending.
        """
        asked = self._unanswered[frame["id"]] = _Asked(frame, asyncio.get_running_loop().create_future())
        await self._carry(asked)
        if cut and self._socket is not None:
            self.cuts += 1
            self._socket.transport.abort()
        await asyncio.wait((asked.answer, self._broken), return_when=asyncio.FIRST_COMPLETED)
        return asked.answer.result() if asked.answer.done() else self._broken.result()

    async def close(self) -> None:
        """End the connection."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self._broken.cancel()

    async def _live(self) -> None:
        pause = PAUSE
        while True:
            try:
                async with connect(
                    self._url, additional_headers=self._headers, proxy=None, compression=None, ping_interval=None
                ) as socket:
                    await self._come_back(socket)
                    pause = PAUSE
                    async for text in socket:
                        await self._on_frame(orjson.loads(text))
            except (ConnectionClosed, InvalidHandshake, OSError) as error:
                if isinstance(error, ConnectionClosed) and error.rcvd and error.rcvd.code in _FINAL:
                    self._end(f"服务器断开了连接（{error.rcvd.code}）")
            finally:
                self._socket = None
            if self._broken.done():
                return
            await asyncio.sleep(pause * random.uniform(0.7, 1.3))  # noqa: S311
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _come_back(self, socket: ClientConnection) -> None:
        """Say hello, follow what was followed from where it broke, send again what was not answered."""
        async with self._gate:
            await socket.send(orjson.dumps(self._hello), text=True)
            for view in list(self._views.values()):
                await socket.send(_sub(view), text=True)
            self._socket = socket
        for asked in list(self._unanswered.values()):
            await self._carry(asked)

    async def _carry(self, asked: _Asked) -> None:
        """Send a message, once on each socket."""
        async with self._gate:
            socket = self._socket
            if socket is None or asked.carrier is socket:
                return
            self.resent += asked.carrier is not None
            asked.carrier = socket
            with suppress(ConnectionClosed):
                await socket.send(orjson.dumps(asked.frame), text=True)

    async def _send(self, frame: bytes) -> None:
        async with self._gate:
            if self._socket is not None:
                with suppress(ConnectionClosed):
                    await self._socket.send(frame, text=True)

    async def _on_frame(self, frame: Frame) -> None:
        kind = frame["t"]
        if kind in ("ack", "refused"):
            self._on_answer(frame)
        elif kind == "events":
            view = self._views.get(frame["c"])
            if view is not None and not view.take(frame):
                await self._resync(view)
        elif kind == "reset":
            self._end(f"会话 {frame['c']} 要求重新加载（{frame['why']}），对账无法继续")
        elif kind == "hb":
            for conversation, seq in frame["heads"].items():
                view = self._views.get(conversation)
                if view is not None and seq > view.seq:
                    await self._resync(view)

    def _on_answer(self, frame: Frame) -> None:
        found = self._unanswered.pop(frame["id"], None)
        if found is not None and not found.answer.done():
            found.answer.set_result(frame)
        elif frame["t"] == "refused" and not frame["id"]:
            self._end(f"服务器拒绝了请求：{frame['message']}")

    async def _resync(self, view: View) -> None:
        self.resyncs += 1
        await self._send(_sub(view))

    def _end(self, why: str) -> None:
        if not self._broken.done():
            self._broken.set_exception(WireBroken(why))


def _sub(view: View) -> bytes:
    return orjson.dumps({"t": "sub", "c": view.conversation, "after": view.seq})
