"""Fault 19: a backup while everybody talks holds one moment, whole; restored, talk goes on from there."""

import asyncio
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import fresh_postgres
from tests.faults.cluster import Cluster
from tests.faults.invariants import Fact, Truth, check, read_truth, settle_and_check
from tests.faults.load import Load
from tests.faults.party import colleague, visitor
from tests.faults.shop import Shop
from tests.support import nursery
from tests.support.server import COMMAND, Server

pytestmark = pytest.mark.anyio


@pytest.fixture(params=["sqlite", "postgres"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path, shop: Shop) -> Iterator[Server]:
    """An empty place on each kind of database, with the shop's key laid ready."""
    home = tmp_path / "elsewhere"
    home.mkdir()
    (home / "secret.key").write_text((shop.server.home / "secret.key").read_text())
    if request.param == "sqlite":
        yield Server(home, f"sqlite:///{home / 'jinpai.db'}", accounts=dict(shop.server.accounts))
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    with fresh_postgres(cluster.url) as url:
        yield Server(home, url, accounts=dict(shop.server.accounts))


async def test_backup_under_load_is_one_moment_and_can_be_lived_in(
    shop: Shop, load: Load, elsewhere: Server, tmp_path: Path
) -> None:
    await load.open()
    async with load.talk(pause=0.01):
        await load.answered(100)
        promised = [sent for party in load.parties for sent in party.acked.values()]
        told = await asyncio.to_thread(run, shop.server, "backup", str(tmp_path / "kept.tar"), "--json")
        await load.answered(50)
    now = await settle_and_check(shop.database, load.parties)
    await asyncio.to_thread(run, elsewhere, "restore", str(tmp_path / "kept.tar"))
    then = await asyncio.to_thread(read_truth, elsewhere.database or "")
    assert facts(then) == {id_: fact for id_, fact in facts(now).items() if id_ <= told["journal"]}
    assert len(facts(then)) < len(facts(now)), "nobody spoke while or after the backup was made"
    kept = {fact.client_id for fact in facts(then).values()}
    assert not [sent for sent in promised if sent.id not in kept], "acknowledged before the backup, not in it"
    check(then, ())
    await live_in(Shop([elsewhere]))


async def live_in(restored: Shop) -> None:
    """Open the restored shop: new people talk in it, and everything holds."""
    await asyncio.to_thread(restored.start)
    try:
        party, place = await visitor(restored)
        agent = await colleague(restored, "xiaolin", place)
        await party.post(place, "换了机器还在吗")
        await agent.post(place, "在的，请说😊")
        await settle_and_check(restored.database, [party, agent])
        await asyncio.gather(party.leave(), agent.leave())
    finally:
        await asyncio.to_thread(restored.stop)


async def test_a_restore_that_is_killed_leaves_nothing_half(
    shop: Shop, load: Load, elsewhere: Server, tmp_path: Path
) -> None:
    await load.open()
    async with load.talk(pause=0.01):
        await load.answered(50)
    await asyncio.to_thread(run, shop.server, "backup", str(tmp_path / "kept.tar"), "--json")
    for seconds in (0.6, 0.9, 1.2, 1.5):
        killed = subprocess.Popen(
            [*COMMAND, "restore", str(tmp_path / "kept.tar")], env=elsewhere.environment, stdout=subprocess.DEVNULL
        )
        await asyncio.sleep(seconds)
        killed.kill()
        if killed.wait(10) == 0:
            break
    else:
        await asyncio.to_thread(run, elsewhere, "restore", str(tmp_path / "kept.tar"))
    now, then = (read_truth(url) for url in (shop.database, elsewhere.database or ""))
    assert facts(then).items() <= facts(now).items()
    check(then, ())


def run(server: Server, *args: str) -> dict[str, Any]:
    done = nursery.run(list(args), server.environment)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout) if "--json" in args else {}
    return told


def facts(truth: Truth) -> dict[int, Fact]:
    """Every row of the log that belongs to a conversation, by id."""
    return {fact.id: fact for talk in truth.talks.values() for fact in talk}
