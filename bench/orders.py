"""Importing a real back-office export: rows per second by the command line, and every row accounted for."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.figures import Figure, at_least, at_most, plain

FILE = "tmall_orders.csv"
ROWS = 28_010
ROUNDS = 3


def measure() -> list[Figure]:
    """Whole runs of `jinpai import orders` on SQLite, start of the program included; the best of three rounds each."""
    folder = os.environ.get("JINPAI_BENCH_DATA")
    if not folder or not Path(folder, FILE).is_file():
        print(f"orders: skipped, JINPAI_BENCH_DATA names no folder with {FILE}")
        return []
    rounds = [_round(Path(folder, FILE)) for _ in range(ROUNDS)]
    first, again = ([one[at] for one in rounds] for at in (0, 1))
    lost = max(ROWS - told["created"] - len(told["rejected"]) for told, _, _ in first)
    touched = max(told["created"] + told["updated"] for told, _, _ in again)
    return [
        at_least("orders: rows a second, first import", ROWS / min(seconds for _, seconds, _ in first), 5_000, "/s"),
        plain("orders: rows a CPU-second, first import", ROWS / min(cpu for _, _, cpu in first), "/s"),
        at_most("orders: rows of the file not accounted for", lost, 0),
        at_most("orders: orders a second import changes", touched, 0),
        plain("orders: rows a second, second import", ROWS / min(seconds for _, seconds, _ in again), "/s"),
    ]


Run = tuple[Mapping[str, Any], float, float]
"""What the command told, seconds, and seconds of CPU."""


def _round(file: Path) -> tuple[Run, Run]:
    with tempfile.TemporaryDirectory(prefix="jinpai-") as home:
        environment = {**os.environ, "JINPAI_HOME": home}
        for name in ("JINPAI_DATABASE", "PYTHONDONTWRITEBYTECODE"):
            environment.pop(name, None)
        subprocess.run([sys.executable, "-m", "jinpai", "init"], env=environment, check=True, capture_output=True)
        return _import(file, environment), _import(file, environment)


def _import(file: Path, environment: Mapping[str, str]) -> Run:
    before, started = os.times(), time.perf_counter()
    command = [sys.executable, "-m", "jinpai", "import", "orders", str(file), "--json"]
    done = subprocess.run(command, env=environment, check=False, capture_output=True)
    seconds, after = time.perf_counter() - started, os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return json.loads(done.stdout), seconds, cpu
