"""Fault 20: SIGTERM, as a deployment does it: what was accepted is answered, then the process ends well."""

import asyncio

import pytest
from tests.faults.invariants import read_truth, settle_and_check
from tests.faults.load import Load
from tests.faults.party import Party
from tests.faults.shop import Shop

pytestmark = pytest.mark.anyio


async def test_a_deployment_in_the_middle_of_talk(shop: Shop, load: Load, is_thorough: bool) -> None:
    await load.open()
    for _ in range(5 if is_thorough else 2):
        async with load.talk(pause=0.01):
            await load.answered(50)
            assert await asyncio.to_thread(shop.server.stop) == 0
        truth = await asyncio.to_thread(read_truth, shop.database)
        promised = {sent.id for party in load.parties for sent in party.acked.values()}
        kept = {
            fact.client_id
            for place in load.buyers
            for fact in truth.talks[place]
            if fact.kind in ("message_in", "message_out") and not fact.author.startswith("assistant:")
        }
        assert kept == promised, "stored, but its sender was not told"
        assert all(goodbye(party) == ("restart", 1012) for party in load.parties)
        await asyncio.to_thread(shop.server.start)
    await settle_and_check(shop.database, load.parties)


def goodbye(party: Party) -> tuple[str, int]:
    """How the last connection ended: the code of the bye frame and of the close frame."""
    bye = next(frame for frame in reversed(party.frames) if frame["t"] == "bye")
    closed = next(frame for frame in reversed(party.frames) if frame["t"] == "closed")
    return bye["code"], closed["code"]
