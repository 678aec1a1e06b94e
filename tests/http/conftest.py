import io
import logging
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import front as fronts
import pytest
import sqlalchemy as sa
import structlog
from anyio.from_thread import start_blocking_portal
from front import Front
from tests.support.prepared import common_folder

from jinpai.entrypoints.http.logs import configure_logging
from jinpai.entrypoints.http.throttle import Throttle


@pytest.fixture(autouse=True)
def log() -> Iterator[io.StringIO]:
    """What this process logs, as operators get it."""
    root, client = logging.getLogger(), logging.getLogger("httpx2")
    handlers, level = root.handlers, root.level
    stream = io.StringIO()
    configure_logging(stream)
    client.disabled = True
    yield stream
    structlog.reset_defaults()
    root.handlers, client.disabled = handlers, False
    root.setLevel(level)


@pytest.fixture(scope="session", autouse=True)
def portal() -> Iterator[None]:
    """One event loop for all requests: starting one for each takes longer than most answers."""
    with start_blocking_portal() as Front.portal:
        yield


@pytest.fixture(scope="session")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where every front of this run, whichever worker's, keeps what it learned."""
    folder = common_folder(tmp_path_factory) / "learned"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory, learned: Path) -> tuple[Path, Front]:
    """A home with a seeded SQLite database, to be copied, and the closed front that was there."""
    home = tmp_path_factory.mktemp("seeded")
    fronts.share_learned(home, learned)
    front = fronts.open_front(home, f"sqlite:///{home / 'jinpai.db'}")
    fronts.close_front(front)
    return home, front


@pytest.fixture
def open_front(seeded: tuple[Path, Front], tmp_path: Path) -> Iterator[Callable[..., Front]]:
    """Opens a front of one's own on SQLite; environment variables may be given."""
    opened: list[Front] = []

    def open_(**environ: str) -> Front:
        seeds, before = seeded
        home = tmp_path / f"home-{len(opened)}"
        fronts.copy_home(seeds, home)
        app = None if environ else before.app
        opened.append(fronts.open_front(home, f"sqlite:///{home / 'jinpai.db'}", before.people, app, **environ))
        return opened[-1]

    yield open_
    for front in opened:
        fronts.close_front(front)


@pytest.fixture
def front(open_front: Callable[..., Front]) -> Front:
    """A front of one's own with the default settings."""
    return open_front()


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def standing_front(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, learned: Path
) -> Iterator[Front]:
    """A front on each kind of database that lives through a module, for tests that leave nothing behind."""
    home = tmp_path_factory.mktemp("standing")
    fronts.share_learned(home, learned)
    url = f"sqlite:///{home / 'jinpai.db'}"
    if request.param == "postgres":
        server = sa.engine.make_url(request.getfixturevalue("postgres_server"))
        name = f"t_{uuid.uuid4().hex[:12]}"
        admin = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        with admin.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        url = server.set(database=name).render_as_string(hide_password=False)
    front = fronts.open_front(home, url)
    yield front
    fronts.close_front(front)


@pytest.fixture
def standing(standing_front: Front) -> Front:
    """The standing front, with nobody throttled yet."""
    standing_front.app.state.throttle = Throttle()
    return standing_front
