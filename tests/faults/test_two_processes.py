"""Two processes on one PostgreSQL: a buyer at one, an agent at the other, and one of them dies."""

import asyncio
import random

import pytest
from tests.faults.cluster import Cluster
from tests.faults.invariants import settle_and_check, stored
from tests.faults.load import Load
from tests.faults.party import Party, colleague, visitor
from tests.faults.shop import Shop
from tests.support.client import new_client_id

pytestmark = pytest.mark.anyio


async def test_buyer_and_agent_at_different_processes(two_processes: Shop) -> None:
    here, there = (Shop([server]) for server in two_processes.servers)
    asking, conversation = await visitor(here)
    answering = await colleague(there, "xiaolin", conversation)
    for number in range(20):
        await asking.post(conversation, f"第{number}个问题")
        await asking.until_texts(conversation, [f"第{number}个问题"])
        await answering.post(conversation, f"好的，这是第{number}个回答")
        await asking.until_texts(conversation, [f"好的，这是第{number}个回答"])
    await settle_and_check(here.database, [asking, answering])


async def test_the_same_message_at_once_at_both_processes(two_processes: Shop) -> None:
    here, there = (Shop([server]) for server in two_processes.servers)
    first, conversation = await visitor(here)
    second = await Party(there.ws_urls, first.hello).enter(conversation)
    ids = [new_client_id() for _ in range(40)]
    for id_ in ids:
        await asyncio.gather(first.post(conversation, "在吗", id_), second.post(conversation, "在吗", id_))
    truth = await settle_and_check(here.database, [first, second])
    assert all(len(stored(truth, id_)) == 1 for id_ in ids)
    answers = [frame for party in (first, second) for frame in party.frames if frame["t"] == "ack"]
    assert sorted(answer.get("again", False) for answer in answers) == [False] * 40 + [True] * 40


async def test_one_process_dies_and_its_clients_go_to_the_other(
    two_processes: Shop, seed: int, source: random.Random, is_thorough: bool
) -> None:
    load = await Load(two_processes, seed).open(buyers=4, agents=3)
    async with load.talk():
        for _ in range(4 if is_thorough else 2):
            await load.answered(40)
            victim = source.choice(two_processes.servers)
            await asyncio.to_thread(victim.kill)
            await load.answered(40)
            await asyncio.to_thread(victim.start)
    await settle_and_check(two_processes.database, load.parties)


async def test_the_database_dies_under_both(
    two_processes: Shop, cluster: Cluster, seed: int, is_thorough: bool
) -> None:
    load = await Load(two_processes, seed).open(buyers=4, agents=3)
    async with load.talk():
        for _ in range(4 if is_thorough else 2):
            await load.answered(40)
            cluster.kill()
            await asyncio.sleep(1)
            await asyncio.to_thread(cluster.start)
    await settle_and_check(two_processes.database, load.parties)


async def test_nobody_speaks_after_the_database_died_under_both(
    two_processes: Shop, cluster: Cluster, seed: int, is_thorough: bool
) -> None:
    load = await Load(two_processes, seed).open(buyers=12, agents=3)
    for _ in range(4 if is_thorough else 2):
        async with load.talk():
            await load.answered(40)
            await asyncio.to_thread(cluster.kill)
        await asyncio.sleep(1)
        await asyncio.to_thread(cluster.start)
        await settle_and_check(two_processes.database, load.parties)
