"""An SMS provider one can make slow: it keeps what it took by key, as providers do that honour idempotency keys."""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Gateway:
    """What was asked, how often by key, and what took effect; while `stuck` nobody gets an answer."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.effects: dict[str, str] = {}
        self.takes = True
        self.stuck = threading.Event()
        self.port = 0

    def take(self, body: bytes) -> None:
        message = json.loads(body)
        self.asked[message["key"]] += 1
        if self.takes:
            self.effects.setdefault(message["key"], message["text"])


@contextmanager
def open_gateway() -> Iterator[Gateway]:
    """A gateway on a free port."""
    gateway = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            gateway.take(self.rfile.read(int(self.headers["content-length"])))
            while gateway.stuck.is_set():
                threading.Event().wait(0.05)
            self.send_response(200)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Nothing to say."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    gateway.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield gateway
    finally:
        gateway.stuck.clear()
        server.shutdown()
        server.server_close()
