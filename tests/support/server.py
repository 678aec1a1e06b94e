"""A real server in a process of its own, for tests that speak to it through its front doors or kill it."""

import json
import os
import random
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from tests.support.nursery import Child, run

COMMAND = [sys.executable, "-m", "jinpai"]


@dataclass
class Server:
    """A prepared home and, once started, the process that serves it."""

    home: Path
    database: str | None = None
    port: int = 0
    extra: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    process: Child | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def ws_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws"

    @property
    def environment(self) -> dict[str, str]:
        chosen = {"JINPAI_HOME": str(self.home), **self.extra}
        if self.database is not None:
            chosen["JINPAI_DATABASE"] = self.database
        return {**os.environ, **chosen}

    def init(self, at: int | None = None) -> "Server":
        done = run(["init", "--demo", "--without-history", "--json"], self.environment, at=at)
        assert done.returncode == 0, done.stderr[-2_000:]
        made = json.loads(done.stdout)["accounts"]
        self.accounts = {account["login"]: account["password"] for account in made}
        return self

    def learn(self) -> None:
        """Learn the intents ahead, as a server would in its first minute."""
        run(["content", "build", "--shop", "demo"], self.environment).check_returncode()

    def start(self) -> "Server":
        self.port = self.port or free_port()
        self.process = Child(["serve", "--port", str(self.port)], self.environment, self.home / "server.log")
        self.wait_ready()
        return self

    def wait_ready(self, seconds: float = 120.0) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                with urllib.request.urlopen(f"{self.url}/readyz", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                if self.process is not None and self.process.poll() is not None:
                    break
            time.sleep(0.05)
        if self.process is not None and self.process.poll() is None:
            self.kill()
        raise AssertionError("server not ready:\n" + (self.home / "server.log").read_text()[-3_000:])

    def kill(self) -> None:
        """kill -9: nothing is flushed, nobody is told."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> int:
        """SIGTERM, as a deployment does it."""
        if self.process is None or self.process.poll() is not None:
            return 0
        self.process.terminate()
        return self.process.wait(30)

    def request(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> "Answer":
        """Ask from an address of one's own, as callers do in life: the throttle counts by address."""
        sent = {"content-type": "application/json", **(headers or {})}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20, source_address=(some_address(), 0))
        try:
            content = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
            connection.request(method, path, content, sent)
            answer = connection.getresponse()
            return Answer(answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()})
        finally:
            connection.close()

    def sign_in(self, login: str) -> dict[str, str]:
        """The headers of a signed-in person: cookie and CSRF."""
        answer = self.request("POST", "/api/v1/session", {"login": login, "password": self.accounts[login]})
        assert answer.status == 200, answer.body
        morsel = next(iter(SimpleCookie(answer.headers["set-cookie"]).values()))
        return {"cookie": f"{morsel.key}={morsel.value}", "x-csrf-token": answer.json()["csrf"]}

    def open_chat(self, **more: Any) -> dict[str, Any]:
        answer = self.request("POST", "/api/v1/widget/session", {"channel": "demo-web", **more})
        assert answer.status == 200, answer.body
        opened: dict[str, Any] = answer.json()
        return opened


@dataclass
class Answer:
    status: int
    body: bytes
    headers: dict[str, str]

    def json(self) -> Any:
        return json.loads(self.body)


def some_address() -> str:
    """One of the sixteen million addresses of this machine's loopback."""
    return "127." + ".".join(str(random.randrange(1, 255)) for _ in range(3))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
