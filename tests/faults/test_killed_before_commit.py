"""Fault 4: the process dies between receiving a message and committing it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from tests.faults.invariants import read_truth, settle_and_check, stored
from tests.faults.load import Load
from tests.faults.shop import Shop, figure

from jinpai.journal.writer import LOCK
from jinpai.kit.database import open_database

pytestmark = pytest.mark.anyio


async def test_what_was_received_but_not_committed_is_said_again(shop: Shop, load: Load) -> None:
    await load.open()
    with writing_blocked(shop.database):
        said = [await party.post(place, "在吗？") for place, party in load.buyers.items()]
        await asyncio.sleep(0.5)
        said += [await load.agents[0].post(place, "您好，我在的") for place in load.buyers for _ in range(10)]
        await until_received(shop, 40)
        await asyncio.to_thread(shop.server.kill)
    truth = await asyncio.to_thread(read_truth, shop.database)
    assert not any(stored(truth, sent.id) for sent in said)
    assert load.acked == 0
    await asyncio.to_thread(shop.server.start)
    truth = await settle_and_check(shop.database, load.parties)
    assert all(len(stored(truth, sent.id)) == 1 for sent in said)


@contextmanager
def writing_blocked(url: str) -> Iterator[None]:
    """Somebody else holds the right to write, so that whatever the server receives waits."""
    if url.startswith("sqlite"):
        database = open_database(url)
        with database.writing.begin():
            yield
        database.close()
        return
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        connection.execute(LOCK)
        yield


async def until_received(shop: Shop, waiting: int) -> None:
    """Wait until so many actions wait for the writer."""
    async with asyncio.timeout(10):
        while await asyncio.to_thread(figure, shop, "jinpai_writer_queue") < waiting:
            await asyncio.sleep(0.02)
