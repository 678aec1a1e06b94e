"""How soon the server is ready, what it takes while idle, how soon the command line answers."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.figures import Figure, at_most, plain
from bench.machine import resident_mib
from bench.servers import free_port, process, wait_until_ready

ROUNDS = 3
REST_SECONDS = 3
COMMANDS: Mapping[str, Sequence[str]] = {
    "jinpai --help": ("--help",),
    "jinpai content check": ("content", "check"),
    "jinpai content try": ("content", "try", "亲，这款今天能发货的"),
}


def measure() -> list[Figure]:
    """Ready time and idle memory of the embedded server, seconds of commands; the best of three rounds each."""
    with tempfile.TemporaryDirectory(prefix="jinpai-") as home:
        environment = {**os.environ, "JINPAI_HOME": home}
        first = _seconds(("init", "--demo"), environment)
        rounds = [_start(environment, Path(home)) for _ in range(ROUNDS)]
        figures = [
            at_most("start: from process start to ready", min(seconds for seconds, _ in rounds), 5, "s"),
            at_most("start: resident memory while idle", max(mib for _, mib in rounds), 250, "MiB"),
            plain("start: first jinpai init --demo", first, "s"),
        ]
        for name, arguments in COMMANDS.items():
            best = min(_seconds(arguments, environment) for _ in range(ROUNDS))
            figures.append(plain(f"start: {name}", best, "s"))
    return figures


def _start(environment: Mapping[str, str], home: Path) -> tuple[float, float]:
    """Seconds until ready, MiB after a rest."""
    port = free_port()
    started = time.perf_counter()
    command = [sys.executable, "-m", "jinpai", "serve", "--port", str(port)]
    with process(command, environment, home / "server.log") as server:
        wait_until_ready(f"http://127.0.0.1:{port}/readyz", server)
        seconds = time.perf_counter() - started
        time.sleep(REST_SECONDS)
        return seconds, resident_mib(server.pid)


def _seconds(arguments: Sequence[str], environment: Mapping[str, str]) -> float:
    started = time.perf_counter()
    command = [sys.executable, "-m", "jinpai", *arguments]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started
