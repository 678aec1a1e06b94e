"""Importing products and chat logs: lines per second by the command line, and a second import that changes nothing."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from bench.figures import Figure, at_most, plain

PRODUCTS, SHADES, SIZES = 1_000, ("墨绿", "卡其", "黑"), ("S", "M", "L")
CHAT_LINES, BUYERS = 20_000, 1_000
ROUNDS = 3


def measure() -> list[Figure]:
    """Whole runs of `jinpai import` on SQLite, start of the program included; the best of three rounds each."""
    return [*_kind("products", _products()), *_kind("chats", _chats())]


def _products() -> str:
    lines = ["商品标题,商品编码,规格编码,颜色,尺码,价格,库存,卖点,材质"]
    for at in range(PRODUCTS):
        for shade in SHADES:
            for size in SIZES:
                code = f"P-{at:05},P-{at:05}-{SHADES.index(shade)}{size}"
                lines.append(f"山野样品 {at} 号,{code},{shade},{size},{at % 300 + 10}.50,{at % 50},轻便;耐磨,锦纶")
    return "\n".join(lines)


def _chats() -> str:
    lines = ["时间,发送人,接收人,内容"]
    for at in range(CHAT_LINES):
        when = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(1_767_225_600 + at * 20))
        buyer, agent = f"tb{at * 7 % BUYERS:06}", "山野集:小林"
        sender, receiver = (buyer, agent) if at // BUYERS % 2 == 0 else (agent, buyer)
        lines.append(f"{when},{sender},{receiver},第 {at} 句 这款帐篷防雨吗，什么时候能发货呢")
    return "\n".join(lines)


def _kind(kind: str, text: str) -> list[Figure]:
    rows = text.count("\n")
    rounds = [_round(kind, text) for _ in range(ROUNDS)]
    first, again = (min(one[at] for one in rounds) for at in (0, 1))
    touched = max(one[2] for one in rounds)
    return [
        plain(f"{kind}: lines a second, first import", rows / first, "/s"),
        plain(f"{kind}: lines a second, second import", rows / again, "/s"),
        at_most(f"{kind}: lines not accounted for, or changed by a second import", touched, 0),
    ]


def _round(kind: str, text: str) -> tuple[float, float, int]:
    """Seconds of the first and of the second import, and how many lines went wrong."""
    with tempfile.TemporaryDirectory(prefix="jinpai-") as home:
        environment = {**os.environ, "JINPAI_HOME": home}
        environment.pop("JINPAI_DATABASE", None)
        subprocess.run([sys.executable, "-m", "jinpai", "init"], env=environment, check=True, capture_output=True)
        file = Path(home, f"{kind}.csv")
        file.write_text(text)
        (first, created), (again, unchanged) = (_import(kind, file, environment) for _ in range(2))
        rows = text.count("\n")
        return first, again, abs(rows - created["created"]) + abs(rows - unchanged["unchanged"])


def _import(kind: str, file: Path, environment: Mapping[str, str]) -> tuple[float, Mapping[str, int]]:
    started = time.perf_counter()
    command = [sys.executable, "-m", "jinpai", "import", kind, str(file), "--json"]
    done = subprocess.run(command, env=environment, check=False, capture_output=True)
    return time.perf_counter() - started, json.loads(done.stdout)
