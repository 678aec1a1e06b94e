"""An SMS provider one can make slow or failing: it keeps what it took by key, as providers that honour keys do."""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ELSEWHERE = "/elsewhere"


class Gateway:
    """What was asked, how often by key, and what took effect; while `stuck` nobody gets an answer.

    With another `status` than 200 nothing takes effect; a redirect leads to a place that counts who `followed`.
    """

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()
        self.effects: dict[str, str] = {}
        self.takes = True
        self.status = 200
        self.followed = 0
        self.stuck = threading.Event()
        self.port = 0

    def take(self, body: bytes) -> int:
        """Take this message, or not; the status that answers it."""
        message, status = json.loads(body), self.status
        if self.takes and status == 200:
            self.effects.setdefault(message["key"], message["text"])
        self.asked[message["key"]] += 1
        return status


@contextmanager
def open_gateway() -> Iterator[Gateway]:
    """A gateway on a free port."""
    gateway = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            if self.path == ELSEWHERE:
                self.do_GET()
                return
            status = gateway.take(body)
            while gateway.stuck.is_set():
                threading.Event().wait(0.05)
            self.send_response(status)
            if status == 302:
                self.send_header("location", ELSEWHERE)
            self.end_headers()

        def do_GET(self) -> None:
            gateway.followed += 1
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
