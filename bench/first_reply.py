"""From `git clone` to the first reply a buyer sees, with nothing prepared and cold caches."""

import asyncio
import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from bench.chats import CHANNEL, Chat
from bench.clients import Address, JinpaiClient
from bench.figures import Figure, at_most
from bench.servers import ROOT, free_port, wait_until_ready
from jinpai.entrypoints.cli.replaying.doors import Doors

PATIENCE_SECONDS = 600
OURS = "bench-first-question"
NOT_INHERITED = ("VIRTUAL_ENV", "JINPAI_HOME", "JINPAI_DATABASE", "MAKEFLAGS", "MAKELEVEL")


def measure() -> list[Figure]:
    """Clone the last commit, `make run`, ask as a buyer, wait for the greeting."""
    with tempfile.TemporaryDirectory(prefix="clone-") as place:
        started = time.perf_counter()
        clone = Path(place) / "jinpai"
        subprocess.run(["git", "clone", "-q", f"file://{ROOT}", str(clone)], check=True)
        port = free_port()
        with (Path(place) / "run.log").open("wb") as log:
            run = subprocess.Popen(
                ["make", "run"],
                cwd=clone,
                env=_fresh_environment(place, port),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                url = f"http://127.0.0.1:{port}"
                wait_until_ready(f"{url}/readyz", run, PATIENCE_SECONDS)
                ready = time.perf_counter() - started
                asyncio.run(_ask(url))
                seconds = time.perf_counter() - started
            finally:
                os.killpg(run.pid, signal.SIGTERM)
                run.wait(30)
    note = f"server ready after {ready:.0f} s; own caches of uv, pip and npm"
    return [at_most("from git clone to the first reply (make run)", seconds, 180, "s", note)]


async def _ask(url: str) -> None:
    """Ask something as a new visitor and wait until somebody else has answered."""
    window = Doors(url).open_window(CHANNEL)
    address = Address(f"ws{url.removeprefix('http')}/ws", {"t": "hello", "as": "buyer", "token": window.token})
    buyer = JinpaiClient(Chat(window.conversation, window.token), address)
    answered = asyncio.Event()
    buyer.on_message = lambda id_: None if id_ == OURS else answered.set()
    await buyer.enter()
    buyer.say(OURS, "在吗？这款还有货吗")
    await asyncio.wait_for(answered.wait(), 60)


def _fresh_environment(place: str, port: int) -> dict[str, str]:
    caches = {
        "UV_CACHE_DIR": f"{place}/uv",
        "PIP_CACHE_DIR": f"{place}/pip",
        "npm_config_cache": f"{place}/npm",
        "PORT": str(port),
    }
    return {**{name: value for name, value in os.environ.items() if name not in NOT_INHERITED}, **caches}
