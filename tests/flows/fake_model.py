"""A language model's endpoint in this process, which answers as it is told and keeps what it was asked."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

Answer = Callable[[dict[str, Any]], str | bytes | int | float]
"""What was asked (the data of the prompt) → the reply; bytes = the raw answer, int = a status, float = silence (s)."""


@dataclass
class FakeModel:
    """Where it listens, how it answers, and every request it got: headers and body."""

    port: int
    answer: Answer
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"


def says(reply: str) -> bytes:
    """The endpoint's answer in which the model says this."""
    content = json.dumps({"reply": reply}, ensure_ascii=False)
    usage = {"prompt_tokens": 300, "completion_tokens": 60}
    return json.dumps({"choices": [{"message": {"content": content}}], "usage": usage}).encode()


@contextmanager
def fake_model(answer: Answer) -> Iterator[FakeModel]:
    """The endpoint while the test runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.model = FakeModel(server.server_port, answer)  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.model  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        model: FakeModel = self.server.model  # type: ignore[attr-defined]
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        model.asked.append(body)
        model.headers.append(dict(self.headers))
        told = model.answer(json.loads(body["messages"][1]["content"]))
        if isinstance(told, float):
            time.sleep(told)
            told = 200
        status, answer = (told, b"") if isinstance(told, int) else (200, says(told) if isinstance(told, str) else told)
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        with suppress(OSError):  # who asked may have hung up
            self.end_headers()
            self.wfile.write(answer)

    def log_message(self, format: str, *args: Any) -> None:
        """Nobody reads its log."""
