"""Peers that run on Node.js, installed from npm into a temporary folder for the time of the measurement."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from bench.servers import Server, free_port, postgres, process, wait_until_ready

SOURCE = Path(__file__).parent / "socketio"
INSTALL_SECONDS = 120


@lru_cache
def install_socketio() -> tuple[Path | None, str]:
    """The folder with Socket.IO installed, or None and the sentence why it could not be."""
    if shutil.which("npm") is None:
        return None, "skipped: no npm on this machine"
    folder = Path(tempfile.mkdtemp(prefix="socketio-"))
    shutil.copytree(SOURCE, folder, dirs_exist_ok=True)
    try:
        command = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=INSTALL_SECONDS)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return None, "skipped: npm could not install it (no network?)"
    return folder, ""


@contextmanager
def socketio(folder: Path) -> Iterator[Server]:
    """Socket.IO with its own PostgreSQL; both count as its cost."""
    with postgres() as database:
        port = free_port()
        command = ["node", str(folder / "server.js"), str(port), str(database.folder)]
        with process(command, {**os.environ, "NODE_ENV": "production"}, folder / "server.log") as server:
            url = f"http://127.0.0.1:{port}"
            wait_until_ready(url, server)
            yield Server(url, (server.pid, database.pid), folder)
