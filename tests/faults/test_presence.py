"""A process is killed with -9: who sat at it is gone for routing when its lease is over, and no buyer is lost."""

import asyncio

import pytest
import sqlalchemy as sa
from tests.faults.invariants import settle_and_check
from tests.faults.party import colleague, visitor
from tests.faults.shop import Shop, run_sql

from jinpai.desk.presence import LEASE_MS
from jinpai.entrypoints.ws.live import BEAT_SECONDS
from jinpai.kit.database import open_database

pytestmark = pytest.mark.anyio

PATIENCE = 3 * (LEASE_MS / 1_000 + BEAT_SECONDS)
"""Seconds within which a killed process must have been noticed, however busy the machine."""


async def test_the_buyers_of_a_killed_process_go_on_to_who_is_at_the_other(two_processes: Shop) -> None:
    here, there = (Shop([server]) for server in two_processes.servers)
    gone = await colleague(there, "suhe")
    buyer, conversation = await visitor(here)
    gone.watch(conversation)
    await buyer.post(conversation, "在吗，这顶帐篷还有货吗")
    await _until(two_processes, conversation, gone.author)
    stays = await colleague(here, "xiaoman", conversation)
    await asyncio.to_thread(there.server.kill)
    await gone.leave()
    await buyer.post(conversation, "人呢")
    await _until_left(two_processes, gone.author)
    run_sql(here.database, "UPDATE due SET due_at = 0 WHERE kind = 'grace' AND state = 'waiting'")
    await _until(two_processes, conversation, stays.author)
    await stays.post(conversation, "在的，让您久等了，现在有货，今天拍下就能发")
    await buyer.until_texts(conversation, ["在的，让您久等了，现在有货，今天拍下就能发"])
    await settle_and_check(here.database, [buyer, stays])


async def _until(shop: Shop, conversation: str, agent: str) -> None:
    """Wait until this agent serves the conversation."""
    await _until_is(shop, "SELECT 'agent:' || agent FROM conversation WHERE id = :one", conversation, agent)


async def _until_left(shop: Shop, agent: str) -> None:
    """Wait until no running process holds a socket of this agent."""
    count = "SELECT count(*) FROM desk_socket WHERE account = :one"
    await _until_is(shop, count, agent.removeprefix("agent:"), 0)


async def _until_is(shop: Shop, query: str, one: str, wanted: object) -> None:
    database = open_database(shop.database)
    try:
        async with asyncio.timeout(PATIENCE):
            while True:
                with database.read() as connection:
                    if connection.execute(sa.text(query), {"one": one}).scalar_one_or_none() == wanted:
                        return
                await asyncio.sleep(0.1)
    finally:
        database.close()
