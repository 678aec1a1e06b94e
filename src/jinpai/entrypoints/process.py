"""The process around the application: how it listens, and how it ends without leaving anybody unanswered."""

import gc
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from jinpai.entrypoints.ws.live import part
from jinpai.kit.errors import BadInput

PING_SECONDS, ANSWER_SECONDS = 15, 12
"""A ping after so long, and so long to answer it: together under half a minute, as seldom as that allows."""
SILENT_SECONDS = 20
"""How long what was sent to a peer may stay unconfirmed, where TCP can be told so."""
TURN_SECONDS = 0.0005
"""How long a thread may keep the interpreter from the talk; Python's own five milliseconds are felt as delay."""


def open_door(host: str, port: int, fd: int | None) -> socket.socket:
    """Take this address, or the listening socket `fd`; BadInput where something else has it."""
    try:
        door = uvicorn.Config("", host=host, port=port, fd=fd, log_config=None).bind_socket()
    except SystemExit:
        hint = f"请先关掉占用它的程序，或换一个端口再启动，例如 PORT={port + 1} make run"
        raise BadInput(f"打不开端口 {port}，多半是别的程序正在用它。{hint}") from None
    if hasattr(socket, "TCP_USER_TIMEOUT") and door.family in (socket.AF_INET, socket.AF_INET6):
        door.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, SILENT_SECONDS * 1000)
    return door


def serve_until_told(app: FastAPI, door: socket.socket) -> None:
    """Serve at this door until SIGTERM or SIGINT."""
    config = uvicorn.Config(
        app,
        ws="websockets-sansio",
        ws_ping_interval=PING_SECONDS,
        ws_ping_timeout=ANSWER_SECONDS,
        ws_max_size=64 * 1024,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=10,
        access_log=False,
        log_config=None,
        server_header=False,
    )
    _calm_collector()
    sys.setswitchinterval(TURN_SECONDS)
    _Server(config, app).run([door])


def _calm_collector() -> None:
    """Keep garbage collection short: with thousands of sockets a full one would hold everybody up for half a second.

    What is loaded by now stays and is not looked at again; young objects are given time to die by themselves.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 50, 50)


class _Server(uvicorn.Server):
    """Parts from its clients before it closes their sockets; being told to stop is a good end."""

    def __init__(self, config: uvicorn.Config, app: FastAPI) -> None:
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let nobody in, part from those inside, then close."""
        for server in self.servers:
            server.close()
        await part(self._app)
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Unlike uvicorn's own, does not raise the signal again in the end: the exit code is 0."""
        before = {name: signal.signal(name, self.handle_exit) for name in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)
