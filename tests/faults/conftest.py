"""Faults: `--faults=quick` (the default) or `--faults=all`; JINPAI_FAULT_SEED repeats a run that failed.

The shop stays open from test to test, on each database: what one fault left behind must not trouble the next.
"""

import asyncio
import os
import random
import resource
import secrets
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.faults.cluster import Cluster
from tests.faults.load import Load
from tests.faults.party import PRESENT
from tests.faults.shop import Shop
from tests.support.prepared import Prepared, prepare_homes
from tests.support.server import Server
from tests.support.sms_gateway import Gateway

QUICK = {
    "test_app_killed.py",
    "test_ack_lost.py",
    "test_database_killed.py",
    "test_slow_reader.py",
    "test_disk_full.py",
    "test_two_schedulers.py",
}
"""The files that run in `make test`; all of them run in `make faults`."""

HERE = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--faults", choices=("quick", "all"), default="quick", help="which faults to bring about")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    ours = [item for item in items if item.path.parent == HERE]
    for item in ours:
        item.add_marker(pytest.mark.faults)
    if config.getoption("faults", "quick") == "quick":
        slow = [item for item in ours if item.path.name not in QUICK]
        items[:] = [item for item in items if item not in slow]
        config.hook.pytest_deselected(items=slow)


@pytest.fixture(scope="session")
def is_thorough(pytestconfig: pytest.Config) -> bool:
    """Whether every fault was asked for, and often."""
    return bool(pytestconfig.getoption("faults", "quick") == "all")


@pytest.fixture(scope="session", autouse=True)
def many_files() -> None:
    """As many open files as the system allows, for the sockets of the storm and of what we start."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


@pytest.fixture
def seed() -> int:
    """The seed of this test, printed so that a failure can be repeated."""
    chosen = int(os.environ.get("JINPAI_FAULT_SEED") or secrets.randbelow(1 << 32))
    print(f"JINPAI_FAULT_SEED={chosen}")
    return chosen


@pytest.fixture
def source(seed: int) -> random.Random:
    """Random decisions of the test itself."""
    return random.Random(seed)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL that may be killed, outside pytest's folder (see tests/conftest.py)."""
    with tempfile.TemporaryDirectory(prefix="jinpai-pg-") as folder:
        made = Cluster(Path(folder, "data"))
        yield made
        made.stop()


@pytest.fixture(scope="session")
def prepared_here(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """The demo shop on our own PostgreSQL, to copy from."""
    return prepare_homes(tmp_path_factory)


@pytest.fixture(scope="session")
def open_sqlite(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """The shop on SQLite that stays open."""
    folder = tmp_path_factory.mktemp("sqlite")
    shop = Shop([prepared.copy(folder / "home", f"sqlite:///{folder / 'jinpai.db'}")])
    yield shop
    shop.stop()


@pytest.fixture(scope="session")
def open_postgres(
    prepared_here: Prepared, cluster: Cluster, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Shop]:
    """The shop on PostgreSQL that stays open."""
    home = tmp_path_factory.mktemp("postgres") / "home"
    shop = Shop([prepared_here.copy(home, cluster.create("shop"))])
    yield shop
    shop.stop()


@pytest.fixture(params=["sqlite", "postgres"])
def shop(request: pytest.FixtureRequest) -> Shop:
    """The shop on each kind of database, served by one process that runs."""
    found: Shop = request.getfixturevalue(f"open_{request.param}")
    return Shop(found.servers).start()


@pytest.fixture
def two_processes(open_postgres: Shop) -> Iterator[Shop]:
    """The shop on PostgreSQL, served by two processes."""
    first = open_postgres.server
    second = Server(first.home, first.database, accounts=first.accounts)
    yield Shop([first, second]).start()
    second.stop()


@pytest.fixture
def texting(gateway: Gateway, database_url: str, prepared: Prepared, tmp_path: Path) -> Iterator[Shop]:
    """A shop of its own whose short messages go by this gateway; nobody serves it yet."""
    server = prepared.copy(tmp_path / "home", database_url)
    made = Shop([replace(server, extra={"JINPAI_SMS_URL": gateway.url})])
    yield made
    made.stop()


@pytest.fixture
def load(shop: Shop, seed: int) -> Load:
    """People who will come into the shop and talk."""
    return Load(shop, seed)


@pytest.fixture(autouse=True)
async def closing_time(anyio_backend: str) -> AsyncIterator[None]:
    """However a test ends, everybody leaves."""
    yield
    await asyncio.gather(*(party.leave() for party in list(PRESENT)))
