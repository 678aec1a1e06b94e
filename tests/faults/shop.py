"""The shop under attack, served by one process or several."""

import itertools
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import sqlalchemy as sa
from tests.support.server import Server

from jinpai.bootstrap import build_house, close_house, open_house
from jinpai.flows.ports import House
from jinpai.kit.settings import read_settings


@dataclass
class Shop:
    """One database and home, and the servers in front of it; `doors` are where clients knock, if not at the servers."""

    servers: list[Server]
    doors: list[int] = field(default_factory=list)
    _signed_in: dict[str, dict[str, str]] = field(default_factory=dict)
    _turn: Iterator[int] = field(default_factory=itertools.count)

    @property
    def server(self) -> Server:
        return self.servers[0]

    @property
    def database(self) -> str:
        assert self.server.database is not None
        return self.server.database

    @property
    def ports(self) -> list[int]:
        return self.doors or [server.port for server in self.servers]

    @property
    def ws_urls(self) -> list[str]:
        """Where the next client knocks first, second …; each begins at another door."""
        urls = [f"ws://127.0.0.1:{port}/ws" for port in self.ports]
        start = next(self._turn) % len(urls)
        return urls[start:] + urls[:start]

    def sign_in(self, login: str) -> dict[str, str]:
        """The headers of a signed-in person; signs in once."""
        if login not in self._signed_in:
            self._signed_in[login] = self.server.sign_in(login)
        return self._signed_in[login]

    def start(self) -> "Shop":
        """Start the servers that do not run."""
        for server in self.servers:
            if server.process is None or server.process.poll() is not None:
                server.start()
        return self

    def stop(self) -> None:
        for server in self.servers:
            server.stop()


@contextmanager
def inside(shop: Shop) -> Iterator[House]:
    """The shop's own house, opened in this process while no server serves it."""
    house = build_house(read_settings(shop.server.environment))
    open_house(house)
    try:
        yield house
    finally:
        close_house(house)


def figure(shop: Shop, name: str) -> float:
    """A figure of the shop's server as monitors read it, zero when it does not tell one of this name yet."""
    with urllib.request.urlopen(f"{shop.server.url}/metrics", timeout=20) as answer:
        lines = answer.read().decode().splitlines()
    return float(next((line.rsplit(" ", 1)[1] for line in lines if line.startswith(f"{name} ")), 0))


def run_sql(url: str, *statements: str) -> None:
    """Run statements outside a transaction."""
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()
