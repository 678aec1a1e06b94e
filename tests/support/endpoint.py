"""An HTTP endpoint in the test's own process, which answers as it is told and keeps what it was asked."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar, TypeVar


@dataclass
class FakeEndpoint:
    """Where it listens, and every request it got; `followed` when somebody went where a redirect pointed."""

    path: ClassVar[str] = ""
    port: int = field(default=0, init=False)
    asked: list[Any] = field(default_factory=list, init=False)
    headers: list[dict[str, str]] = field(default_factory=list, init=False)
    followed: bool = field(default=False, init=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.path}"

    def reply(self, body: Any) -> bytes | int | float:
        """What comes back: bytes = the answer, int = a status without one, float = silence (s) and then nothing."""
        raise NotImplementedError


Made = TypeVar("Made", bound=FakeEndpoint)


@contextmanager
def listening(endpoint: Made) -> Iterator[Made]:
    """The endpoint on a free port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.endpoint = endpoint  # type: ignore[attr-defined]
    endpoint.port = server.server_port
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield endpoint
    finally:
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        endpoint: FakeEndpoint = self.server.endpoint  # type: ignore[attr-defined]
        endpoint.headers.append(dict(self.headers))
        told = endpoint.reply(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        if isinstance(told, float):
            time.sleep(told)
            told = b"{}"
        status, content = (told, b"") if isinstance(told, int) else (200, told)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", f"{endpoint.url}/elsewhere")
        self.send_header("Content-Length", str(len(content)))
        with suppress(OSError):  # who asked may have hung up
            self.end_headers()
            self.wfile.write(content)

    def do_GET(self) -> None:
        self.server.endpoint.followed = True  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Nobody reads its log."""
