"""Fault 1: the process is killed with -9 while people talk."""

import asyncio
import random

import pytest
from tests.faults.invariants import settle_and_check
from tests.faults.load import Load
from tests.faults.shop import Shop

pytestmark = pytest.mark.anyio


async def test_people_keep_talking_while_the_server_dies_again_and_again(
    shop: Shop, load: Load, source: random.Random, is_thorough: bool
) -> None:
    await load.open()
    kills = 8 if is_thorough else 2
    async with load.talk():
        for _ in range(kills):
            await load.answered(30)
            await asyncio.sleep(source.uniform(0, 0.3))
            await asyncio.to_thread(shop.server.kill)
            await asyncio.to_thread(shop.server.start)
        await load.answered(30)
    truth = await settle_and_check(shop.database, load.parties)
    assert all(party.connections >= 2 for party in load.parties)
    assert sum(len(facts) for facts in truth.talks.values()) > load.acked
