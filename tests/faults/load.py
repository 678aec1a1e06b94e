"""Seeded random conversations: buyers and agents who talk until they are told to stop."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.faults.party import Party, colleague, visitor
from tests.faults.shop import Shop

STAFF = ("xiaolin", "zhoulan", "luoshan")
ASKING = (
    "这款还有现货吗",
    "第{n}页那件冲锋衣防水吗",
    "什么时候能发货呀",
    "可以帮我看看尺码吗",
    "好的，我再想想",
    "在吗",
)
ANSWERING = (
    "您好，有现货的，您慢慢挑😊",
    "我帮您看一下，请稍等",
    "好的，尺码这边建议您按平时的选就可以",
    "这款面料轻便透气，周末徒步很合适",
    "不客气，有需要随时叫我",
)


class Load:
    """Parties in conversation; each decides by a random source of its own, so that a seed decides what is said."""

    def __init__(self, shop: Shop, seed: int) -> None:
        self.shop = shop
        self.seed = seed
        self.buyers: dict[str, Party] = {}
        self.agents: list[Party] = []

    @property
    def parties(self) -> list[Party]:
        return [*self.buyers.values(), *self.agents]

    async def open(self, buyers: int = 4, agents: int = 2) -> "Load":
        """Let them come in: every agent follows every conversation."""
        for _ in range(buyers):
            party, conversation = await visitor(self.shop)
            self.buyers[conversation] = party
        for login in STAFF[:agents]:
            self.agents.append(await colleague(self.shop, login, *self.buyers))
        return self

    @asynccontextmanager
    async def talk(self, pause: float = 0.03) -> AsyncIterator[None]:
        """They talk, each about once in `pause` seconds (buyers more slowly), while the body runs."""
        tasks = [
            asyncio.create_task(self._talk(party, self._source(number), [conversation], ASKING, pause * 8))
            for number, (conversation, party) in enumerate(self.buyers.items())
        ]
        tasks += [
            asyncio.create_task(self._talk(party, self._source(100 + number), list(self.buyers), ANSWERING, pause))
            for number, party in enumerate(self.agents)
        ]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, Exception):
                raise outcome

    async def answered(self, more: int, seconds: float = 60.0) -> None:
        """Wait until so many more messages were acknowledged to them altogether."""
        enough = self.acked + more
        async with asyncio.timeout(seconds):
            while self.acked < enough:
                await asyncio.sleep(0.02)

    @property
    def acked(self) -> int:
        return sum(len(party.acked) for party in self.parties)

    @property
    def put_off(self) -> int:
        """How often somebody was told `unavailable` or `too_many`."""
        return sum(party.put_off for party in self.parties)

    def _source(self, number: int) -> random.Random:
        return random.Random(f"{self.seed}:{number}")

    async def _talk(
        self, party: Party, source: random.Random, places: list[str], lines: tuple[str, ...], pause: float
    ) -> None:
        said = 0
        while True:
            await asyncio.sleep(source.expovariate(1 / pause))
            if len(party.waiting) < 50:
                said += 1
                line = source.choice(lines).format(n=said)
                await party.post(source.choice(places), line)
