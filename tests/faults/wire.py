"""Bad networks: a wire between client and server that can be muted or cut, and sockets that vanish or stop half-way."""

import asyncio
import base64
import contextlib
import ctypes
import json
import os
import socket
import struct
from types import TracebackType
from typing import Any

SO_ATTACH_FILTER = 26


class Wire:
    """A TCP wire to a port; `muted` swallows what the server says, `cut` breaks every connection."""

    def __init__(self, port: int) -> None:
        self.to = port
        self.port = 0
        self.muted = False
        self.swallowed = 0
        self._server: asyncio.Server | None = None
        self._lines: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> "Wire":
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: Any, trace: TracebackType | None) -> None:
        assert self._server is not None
        self._server.close()
        self.cut()

    def cut(self) -> None:
        """Break every connection at once, without a goodbye to either side."""
        for line in list(self._lines):
            line.transport.abort()
        self.muted = False

    async def _connect(self, client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        try:
            server, to_server = await asyncio.open_connection("127.0.0.1", self.to)
        except OSError:
            to_client.transport.abort()
            return
        self._lines |= {to_client, to_server}
        ways = [
            asyncio.create_task(self._carry(client, to_server, may_mute=False)),
            asyncio.create_task(self._carry(server, to_client, may_mute=True)),
        ]
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for way in ways:
            way.cancel()
        for line in (to_client, to_server):
            line.transport.abort()
            self._lines.discard(line)

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, *, may_mute: bool) -> None:
        with contextlib.suppress(OSError):
            while data := await source.read(65_536):
                if may_mute and self.muted:
                    self.swallowed += len(data)
                    continue
                target.write(data)
                await target.drain()


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("program", ctypes.c_void_p))


def vanish(line: socket.socket) -> None:
    """Let this end of a TCP connection vanish: the kernel drops every packet for it unseen, so nothing is answered.

    A packet filter on the socket ("return 0") needs no rights and, unlike closing, sends neither FIN nor RST.
    """
    drop_all = ctypes.create_string_buffer(struct.pack("HBBI", 0x06, 0, 0, 0))
    program = _Filter(1, ctypes.addressof(drop_all))
    line.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, bytes(program))


class RawSocket:
    """A client made of a plain TCP socket, which can stop in the middle of a WebSocket frame."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self.line = socket.create_connection(("127.0.0.1", port), timeout=20)
        key = base64.b64encode(os.urandom(16)).decode()
        self.line.sendall(
            f"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nCookie: {cookie}\r\n\r\n".encode()
        )
        self._rest = b""
        while b"\r\n\r\n" not in self._rest:
            self._rest += self._receive()
        head, _, self._rest = self._rest.partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 101"), head

    def send(self, frame: dict[str, Any]) -> None:
        """Send a whole frame."""
        self.line.sendall(pack(frame))

    def receive(self) -> dict[str, Any]:
        """The next text frame; pings are left unanswered."""
        while True:
            opcode, payload = self._unpack()
            if opcode == 1:
                frame: dict[str, Any] = json.loads(payload)
                return frame

    def receive_until(self, kind: str) -> dict[str, Any]:
        """The next frame of this type."""
        while (frame := self.receive())["t"] != kind:
            pass
        return frame

    def cut(self) -> None:
        """End the connection with a reset."""
        self.line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.line.close()

    def _unpack(self) -> tuple[int, bytes]:
        head = self._take(2)
        length = head[1] & 0x7F
        if length == 126:
            length = struct.unpack("!H", self._take(2))[0]
        elif length == 127:
            length = struct.unpack("!Q", self._take(8))[0]
        return head[0] & 0x0F, self._take(length)

    def _take(self, count: int) -> bytes:
        while len(self._rest) < count:
            self._rest += self._receive()
        taken, self._rest = self._rest[:count], self._rest[count:]
        return taken

    def _receive(self) -> bytes:
        data = self.line.recv(65_536)
        if not data:
            raise ConnectionError("the server closed the connection")
        return data


def pack(frame: dict[str, Any]) -> bytes:
    """A client's text frame as bytes, masked as the standard demands."""
    payload = json.dumps(frame).encode()
    mask = os.urandom(4)
    size = bytes([0x80 | len(payload)]) if len(payload) < 126 else b"\xfe" + struct.pack("!H", len(payload))
    return b"\x81" + size + mask + bytes(byte ^ mask[at % 4] for at, byte in enumerate(payload))
