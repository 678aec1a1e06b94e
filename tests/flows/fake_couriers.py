"""Somebody who asks couriers, in this process: answers as told, and keeps what it was asked."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

Answer = Callable[[list[dict[str, str]]], Any]
"""Parcels asked for → what comes back: bytes as they are, int a status, float silence (s), else JSON."""


@dataclass
class FakeCouriers:
    """Where it listens, how it answers, and every request it got."""

    port: int
    answer: Answer
    asked: list[list[dict[str, str]]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/tracking"


@contextmanager
def fake_couriers(answer: Answer) -> Iterator[FakeCouriers]:
    """The endpoint while the test runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.fake = FakeCouriers(server.server_port, answer)  # type: ignore[attr-defined]
    Thread(target=server.serve_forever, daemon=True).start()
    yield server.fake  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        fake: FakeCouriers = self.server.fake  # type: ignore[attr-defined]
        parcels = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["parcels"]
        fake.asked.append(parcels)
        fake.headers.append(dict(self.headers))
        told = fake.answer(parcels)
        if isinstance(told, float):
            time.sleep(told)
            told = {}
        is_status = isinstance(told, int)
        content = b"" if is_status else told if isinstance(told, bytes) else json.dumps(told).encode()
        self.send_response(told if is_status else 200)
        if is_status and told == 302:
            self.send_header("Location", f"{fake.url}/elsewhere")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        try:
            self.wfile.write(content)
        except OSError:
            """Who asked has had enough."""

    def do_GET(self) -> None:
        self.server.fake.asked.append([{"number": "redirected"}])  # type: ignore[attr-defined]
        self.send_error(404)

    def log_message(self, format: str, *args: Any) -> None:
        """Nobody reads its log."""
