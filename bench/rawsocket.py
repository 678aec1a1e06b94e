"""A WebSocket client that costs next to nothing, so that what is measured is the server.

It speaks just enough of RFC 6455: text frames in one piece, pings, a close. Frames are masked with zeros, which every
server must undo all the same.
"""

import asyncio
import struct
from collections.abc import Callable, Mapping
from typing import cast
from urllib.parse import urlsplit

OnText = Callable[[bytes], None]
_HEADER = "GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
_KEY = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
_DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
_TEXT, _CLOSE, _PING, _PONG = 0x1, 0x8, 0x9, 0xA


class RawSocket(asyncio.Protocol):
    """One connection; `on_text` gets every text frame's payload."""

    def __init__(self, request: bytes, on_text: OnText) -> None:
        self.on_text = on_text
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._request = request
        self._rest = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the upgrade."""
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(self._request)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell who waits."""
        if not self.opened.done():
            self.opened.set_exception(ConnectionError("closed before the upgrade"))
        self.closed.set_result(None)

    def data_received(self, data: bytes) -> None:
        """Cut the stream into frames."""
        if self._rest:
            data = self._rest + data
        if not self.opened.done():
            head, separator, data = data.partition(b"\r\n\r\n")
            if not separator:
                self._rest = head
                return
            if b" 101 " not in head[:32]:
                self.opened.set_exception(ConnectionError(head.split(b"\r\n")[0].decode()))
                return
            self.opened.set_result(None)
        at = 0
        while (end := self._frame(data, at)) is not None:
            at = end
        self._rest = data[at:]

    def _frame(self, data: bytes, at: int) -> int | None:
        """Handle the frame that begins here; returns where it ends, None when it is not complete."""
        have = len(data) - at
        if have < 2:
            return None
        length, start = data[at + 1], at + 2
        if length >= 126:
            wide = ">H" if length == 126 else ">Q"
            size = struct.calcsize(wide)
            if have < 2 + size:
                return None
            (length,) = struct.unpack_from(wide, data, start)
            start += size
        end = start + length
        if end > len(data):
            return None
        kind = data[at] & 0x0F
        if kind == _TEXT:
            self.on_text(data[start:end])
        elif kind == _PING:
            self._write(_PONG, data[start:end])
        elif kind == _CLOSE and self._transport is not None:
            self._transport.close()
        return end

    def send(self, text: bytes) -> None:
        """Send a text frame."""
        self._write(_TEXT, text)

    def abort(self) -> None:
        """Drop the connection without a word."""
        if self._transport is not None:
            self._transport.abort()

    def _write(self, kind: int, payload: bytes) -> None:
        if self._transport is None:
            return
        length = len(payload)
        short = length < 126
        head = bytes((0x80 | kind, 0x80 | length)) if short else struct.pack(">BBH", 0x80 | kind, 0xFE, length)
        self._transport.write(head + b"\0\0\0\0" + payload)


async def open_socket(
    url: str, on_text: OnText, headers: Mapping[str, str] | None = None, *, offers_deflate: bool = False
) -> RawSocket:
    """Connect to `ws://host:port/path`; ConnectionError when the server does not upgrade."""
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    lines = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
    offer = _DEFLATE if offers_deflate else ""
    request = f"{_HEADER.format(path=path, host=parts.netloc)}{_KEY}{offer}{lines}\r\n"
    host, port = parts.hostname or "", parts.port or 80
    loop = asyncio.get_running_loop()
    _, socket = await loop.create_connection(lambda: RawSocket(request.encode(), on_text), host, port)
    await socket.opened
    return socket
