"""Faults: `--faults=quick` (the default) or `--faults=all`; JINPAI_FAULT_SEED repeats a run that failed."""

import os
import random
import secrets
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.faults.load import Load
from tests.faults.shop import Prepared, Shop, admin_url, prepare, run_sql

QUICK = {
    "test_app_killed.py",
    "test_ack_lost.py",
    "test_database_killed.py",
    "test_slow_reader.py",
    "test_disk_full.py",
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


@pytest.fixture
def seed() -> int:
    """The seed of this run, printed so that a failure can be repeated."""
    chosen = int(os.environ.get("JINPAI_FAULT_SEED") or secrets.randbelow(1 << 32))
    print(f"JINPAI_FAULT_SEED={chosen}")
    return chosen


@pytest.fixture
def source(seed: int) -> random.Random:
    """Random decisions of the test itself."""
    return random.Random(seed)


@pytest.fixture(scope="session")
def prepared_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    return prepare(tmp_path_factory.mktemp("prepared") / "home", None)


@pytest.fixture(scope="session")
def prepared_postgres(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    url = _fresh(postgres_server)
    run_sql(admin_url(url), f"CREATE DATABASE {sa.engine.make_url(url).database}")
    yield prepare(tmp_path_factory.mktemp("prepared") / "home", url)
    _drop(url)


@pytest.fixture(params=["sqlite", "postgres"])
def shop(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shop]:
    """The demo shop on each kind of database, with a server that runs."""
    yield from _serve(request, tmp_path, request.param, 1)


@pytest.fixture
def two_processes(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shop]:
    """The demo shop on PostgreSQL, served by two processes."""
    yield from _serve(request, tmp_path, "postgres", 2)


@pytest.fixture
async def load(shop: Shop, seed: int) -> AsyncIterator[Load]:
    """People in the shop, not yet talking."""
    made = Load(shop, seed)
    yield made
    await made.close()


def _serve(request: pytest.FixtureRequest, tmp_path: Path, kind: str, servers: int) -> Iterator[Shop]:
    prepared: Prepared = request.getfixturevalue(f"prepared_{kind}")
    url = f"sqlite:///{tmp_path / 'jinpai.db'}"
    if kind == "postgres":
        url = _fresh(request.getfixturevalue("postgres_server"))
    shop = prepared.copy(tmp_path / "home", url, servers)
    try:
        yield shop.start()
    finally:
        shop.stop()
        if kind == "postgres":
            _drop(url)


def _fresh(postgres: str) -> str:
    name = f"f_{uuid.uuid4().hex[:12]}"
    return sa.engine.make_url(postgres).set(database=name).render_as_string(hide_password=False)


def _drop(url: str) -> None:
    run_sql(admin_url(url), f"DROP DATABASE {sa.engine.make_url(url).database} WITH (FORCE)")
