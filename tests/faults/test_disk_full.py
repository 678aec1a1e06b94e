"""Fault 13: the disk is full; nothing is acknowledged, reading works, and with space it goes on by itself."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from tests.faults.cluster import Cluster
from tests.faults.disk import Disk, mount_small_disk
from tests.faults.invariants import read_truth, settle_and_check
from tests.faults.load import Load
from tests.faults.party import colleague
from tests.faults.shop import Shop, run_sql
from tests.support.prepared import Prepared

pytestmark = pytest.mark.anyio


@pytest.fixture
def disk() -> Iterator[Disk]:
    with mount_small_disk(64) as made:
        yield made


@pytest.fixture(params=["sqlite", "postgres"])
def shop(request: pytest.FixtureRequest, disk: Disk, tmp_path: Path) -> Iterator[Shop]:
    """The shop whose database, and nothing else, is on the small disk."""
    with ExitStack() as undo:
        if request.param == "sqlite":
            prepared: Prepared = request.getfixturevalue("prepared")
            made = Shop([prepared.copy(tmp_path / "home", f"sqlite:///{disk.folder / 'jinpai.db'}")])
        else:
            prepared = request.getfixturevalue("prepared_here")
            cluster: Cluster = request.getfixturevalue("cluster")
            made = Shop([prepared.copy(tmp_path / "home", cluster.create("small"))])
            move_tables(cluster, "small", disk, undo)
        undo.callback(made.stop)
        undo.callback(disk.free)
        yield made.start()


def move_tables(cluster: Cluster, database: str, disk: Disk, undo: ExitStack) -> None:
    """Put a database's tables on the small disk; PostgreSQL's own log stays where there is room."""
    folder = disk.folder / "tables"
    folder.mkdir()
    cluster.own(folder)
    run_sql(cluster.url, f"CREATE TABLESPACE small LOCATION '{folder}'")
    undo.callback(run_sql, cluster.url, f"DROP DATABASE {database} WITH (FORCE)", "DROP TABLESPACE small")
    run_sql(cluster.url, f"ALTER DATABASE {database} SET TABLESPACE small")


async def test_the_disk_is_full_and_then_it_is_not(shop: Shop, disk: Disk, load: Load) -> None:
    await load.open()
    shop.sign_in("chenmo")
    async with load.talk():
        await load.answered(30)
        disk.fill()
        await until_nothing_is_stored(load)
        before = await asyncio.to_thread(read_truth, shop.database)
        acked, refused = load.acked, load.put_off
        latecomer = await colleague(shop, "chenmo", *load.buyers)
        assert await asyncio.to_thread(history, shop, next(iter(load.buyers)))
        await asyncio.sleep(1)
        assert load.put_off > refused
        assert load.acked == acked, "something was acknowledged on a full disk"
        assert await asyncio.to_thread(read_truth, shop.database) == before
        assert shop.server.request("GET", "/healthz").status == 200
        disk.free()
        await load.answered(30)
    await settle_and_check(shop.database, [*load.parties, latecomer])


async def until_nothing_is_stored(load: Load) -> None:
    """Wait for a second of refusals only: some messages still fit into pages that the database has already."""
    async with asyncio.timeout(60):
        while True:
            acked, refused = load.acked, load.put_off
            await asyncio.sleep(1)
            if load.put_off > refused and load.acked == acked:
                return


def history(shop: Shop, conversation: str) -> list[object]:
    headers = shop.sign_in("xiaolin")
    answer = shop.server.request("GET", f"/api/v1/conversations/{conversation}/events", headers=headers)
    assert answer.status == 200, answer.body
    events: list[object] = answer.json()["events"]
    return events
