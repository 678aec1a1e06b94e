"""Search among a million messages: how fast the index follows the log, how fast ten questions are answered."""

import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout

from bench.chats import open_chats, sentences
from bench.figures import Figure, at_most, percentile, plain
from bench.servers import postgres
from jinpai.bootstrap import build_house, close_house, open_house
from jinpai.desk.search.messages import find_messages
from jinpai.desk.search.model import Sought, split_query
from jinpai.entrypoints.cli.init import run as init
from jinpai.flows.ports import House
from jinpai.flows.searching.indexing import catch_up
from jinpai.journal.model import Entry
from jinpai.journal.reader import NEWEST
from jinpai.journal.writer import Tx
from jinpai.kit.clock import FixedClock
from jinpai.kit.settings import Settings, read_settings

MESSAGES = int(os.environ.get("JINPAI_BENCH_MESSAGES", "1000000"))
CHATS = 2_000
AGENTS = 20
AT_ONCE = 500
ROUNDS = 20
PAGE = 20
FIRST_DAY = 1_767_225_600_000
DAY = 86_400_000
YEAR = 300 * DAY
MARCH = FIRST_DAY + 59 * DAY

QUESTIONS: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "two characters, common": ("发货", {}),
    "two characters, rare": ("配送", {}),
    "four characters": ("工作日内", {}),
    "two words": ("您好 物流", {}),
    "one character": ("货", {}),
    "traditional": ("配送時間", {}),
    "an order number": ("4123456789", {}),
    "its last four digits": ("6789", {}),
    "one agent, one month": ("您好", {"author": "agent:a_7", "since": MARCH, "until": MARCH + 31 * DAY}),
    "not there": ("鹦鹉螺号", {}),
}


def measure() -> list[Figure]:
    """Both databases, one after the other."""
    with tempfile.TemporaryDirectory(prefix="jinpai-") as home:
        figures = _measure("sqlite", {"JINPAI_HOME": home})
    with tempfile.TemporaryDirectory(prefix="jinpai-") as home, postgres() as server:
        figures += _measure("postgres", {"JINPAI_HOME": home, "JINPAI_DATABASE": server.url})
    return figures


def _measure(kind: str, environment: Mapping[str, str]) -> list[Figure]:
    with _changed(environment):
        with redirect_stdout(None):
            init(["--demo", "--json"])
        settings = read_settings()
        places = [chat.conversation for chat in open_chats(environment, CHATS)]
        return [*_fill_and_follow(kind, settings, places), *_ask(kind, settings)]


def _fill_and_follow(kind: str, settings: Settings, places: Sequence[str]) -> Iterator[Figure]:
    clock = FixedClock(FIRST_DAY)
    with _house(settings, clock) as house:
        started = time.perf_counter()
        _talk(house, clock, places)
        written = time.perf_counter()
        catch_up(house)
        took = time.perf_counter() - written
    told = f"{MESSAGES:,} messages"
    yield plain(f"{kind}: into the log, messages a second", MESSAGES / (written - started), note=told)
    yield plain(f"{kind}: into the index, messages a second", MESSAGES / took)


def _talk(house: House, clock: FixedClock, places: Sequence[str]) -> None:
    """A million messages over three hundred days: real sentences, every tenth with an order number."""
    source, lines = random.Random(5), sentences()

    def entry() -> Entry:
        text, is_agent = source.choice(lines), source.random() < 0.5
        if source.random() < 0.1:
            text += f"，订单 {source.randrange(10**17, 10**18)}"
        author = f"agent:a_{source.randrange(AGENTS)}" if is_agent else "buyer:b_1"
        body = {"text": text, "name": "小林"}
        return Entry("message_out" if is_agent else "message_in", author, "demo", source.choice(places), body=body)

    for _ in range(MESSAGES // AT_ONCE):
        entries = [entry() for _ in range(AT_ONCE)]
        house.writer.run(_append(entries), timeout=120)
        clock.advance(YEAR * AT_ONCE // MESSAGES)


def _append(entries: Sequence[Entry]) -> Callable[[Tx], None]:
    def act(tx: Tx) -> None:
        for entry in entries:
            tx.append(entry)

    return act


def _ask(kind: str, settings: Settings) -> Iterator[Figure]:
    every: list[float] = []
    with _house(settings, FixedClock(FIRST_DAY + YEAR)) as house:
        for name, (text, where) in QUESTIONS.items():
            sought = Sought(split_query(text), ("demo",), **where)  # type: ignore[arg-type]
            times, count = _times(house, sought)
            every += times
            half, most = percentile(times, 0.5) * 1000, percentile(times, 0.95) * 1000
            yield plain(f"{kind}: {name}", half, "ms", f"“{text}”, p95 {most:.1f} ms, {count} on the first page")
    yield plain(f"{kind}: all ten, p50", percentile(every, 0.5) * 1000, "ms")
    yield at_most(f"{kind}: all ten, p95", percentile(every, 0.95) * 1000, 300, "ms", "as for any page of reports")


def _times(house: House, sought: Sought) -> tuple[list[float], int]:
    times: list[float] = []
    count = 0
    for _ in range(ROUNDS):
        started = time.perf_counter()
        with house.database.read() as connection:
            count = len(find_messages(connection, sought, NEWEST, PAGE).items)
        times.append(time.perf_counter() - started)
    return times, count


@contextmanager
def _house(settings: Settings, clock: FixedClock) -> Iterator[House]:
    house = build_house(settings, clock)
    open_house(house)
    try:
        yield house
    finally:
        close_house(house)


@contextmanager
def _changed(environment: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in environment}
    os.environ.update(environment)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
