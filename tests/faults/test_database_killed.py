"""Fault 2: PostgreSQL is killed with -9 while people talk; the process stays up, refuses, and recovers by itself."""

import asyncio
from collections.abc import Iterator

import pytest
from tests.faults.cluster import Cluster
from tests.faults.invariants import settle_and_check
from tests.faults.load import Load
from tests.faults.shop import Shop
from tests.support.client import Client, agent, new_client_id

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("shop", ["postgres"], indirect=True)]


@pytest.fixture(autouse=True)
def revived(shop: Shop, cluster: Cluster) -> Iterator[None]:
    """However the test ends, the next one finds the database running."""
    yield
    cluster.start()


async def test_people_keep_talking_while_the_database_dies(
    shop: Shop, cluster: Cluster, load: Load, is_thorough: bool
) -> None:
    assert shop.server.process is not None
    process = shop.server.process.pid
    await load.open()
    async with load.talk():
        for _ in range(5 if is_thorough else 2):
            await load.answered(30)
            refused = load.put_off
            cluster.kill()
            await wait_for(lambda seen=refused: load.put_off > seen)
            acked = load.acked
            await asyncio.sleep(1)
            assert load.acked == acked, "something was acknowledged without a database"
            await asyncio.to_thread(cluster.start)
        await load.answered(30)
    await settle_and_check(shop.database, load.parties)
    assert shop.server.process.poll() is None
    assert shop.server.process.pid == process


async def test_without_a_database_the_server_says_so_and_comes_back(shop: Shop, cluster: Cluster, load: Load) -> None:
    await load.open(buyers=1, agents=0)
    (conversation,) = load.buyers
    answering = await agent(shop.server)
    await answering.follow(conversation)
    cluster.kill()
    refused = await answering.say(conversation, "您好，我在的", new_client_id())
    assert (refused["t"], refused["code"]) == ("refused", "unavailable")
    assert shop.server.request("GET", "/healthz").status == 200
    assert shop.server.request("GET", "/readyz").status == 503
    answer = shop.server.request("POST", "/api/v1/widget/session", {"channel": "demo-web"})
    assert (answer.status, answer.json()["code"]) == (503, "unavailable")
    await asyncio.to_thread(cluster.start)
    await asyncio.to_thread(shop.server.wait_ready)
    said = await answering.say(conversation, "您好，我在的", new_client_id())
    assert said["t"] == "ack"
    await load.buyers[conversation].until_texts(conversation, ["您好，我在的"])
    await settle_and_check(shop.database, load.parties)
    await answering.close()


async def test_who_comes_while_the_database_is_gone_is_asked_to_come_back(
    shop: Shop, cluster: Cluster, load: Load
) -> None:
    await load.open(buyers=1, agents=1)
    (asking,) = load.buyers.values()
    logged = len(log(shop))
    cluster.kill()
    turned_away = await Client(shop.ws_urls[0], asking.hello).connect()
    assert turned_away.welcome["t"] == "bye"
    assert turned_away.welcome["code"] == "restart"
    for party in load.parties:
        party.cut()
    await asyncio.sleep(2)
    await asyncio.to_thread(cluster.start)
    await settle_and_check(shop.database, load.parties)
    assert "Traceback" not in log(shop)[logged:]
    await turned_away.close()


async def test_the_list_shows_what_was_said_just_before_the_database_died(
    shop: Shop, cluster: Cluster, load: Load
) -> None:
    await load.open(buyers=1, agents=1)
    ((conversation, asking),) = load.buyers.items()
    for number in range(3):
        sent = await asking.post(conversation, f"第{number}句")
        await asking.until(lambda frame, id_=sent.id: frame["t"] == "ack" and frame["id"] == id_)
        cluster.kill()
        await asyncio.sleep(0.5)
        await asyncio.to_thread(cluster.start)
        await settle_and_check(shop.database, load.parties)


def log(shop: Shop) -> str:
    return (shop.server.home / "server.log").read_text()


async def wait_for(happened: object, seconds: float = 30.0) -> None:
    async with asyncio.timeout(seconds):
        while not happened():  # type: ignore[operator]
            await asyncio.sleep(0.05)
