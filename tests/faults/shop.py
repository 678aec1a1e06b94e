"""The shop under attack: prepared once, copied for every test, served by one process or several."""

import http.client
import itertools
import json
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

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

    def open_chat(self) -> dict[str, Any]:
        """A new visitor opens the chat window."""
        opened = self._post("/api/v1/widget/session", {"channel": "demo-web"})
        assert opened["status"] == 200, opened
        chat: dict[str, Any] = opened["body"]
        return chat

    def sign_in(self, login: str) -> dict[str, str]:
        """The headers of a signed-in person; signs in once."""
        if login not in self._signed_in:
            body = {"login": login, "password": self.server.accounts[login]}
            answer = self._post("/api/v1/session", body)
            assert answer["status"] == 200, answer
            morsel = next(iter(SimpleCookie(answer["cookie"]).values()))
            headers = {"cookie": f"{morsel.key}={morsel.value}", "x-csrf-token": answer["body"]["csrf"]}
            self._signed_in[login] = headers
        return self._signed_in[login]

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Each caller comes from an address of their own, as in life; the throttle counts by address."""
        address = f"127.{random.randint(1, 250)}.{random.randint(0, 250)}.{random.randint(1, 250)}"
        line = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30, source_address=(address, 0))
        try:
            line.request("POST", path, json.dumps(body), {"content-type": "application/json"})
            answer = line.getresponse()
            return {
                "status": answer.status,
                "cookie": answer.headers.get("set-cookie", ""),
                "body": json.loads(answer.read()),
            }
        finally:
            line.close()

    def start(self) -> "Shop":
        """Start the servers that do not run."""
        for server in self.servers:
            if server.process is None or server.process.poll() is not None:
                server.start()
        return self

    def stop(self) -> None:
        for server in self.servers:
            server.stop()


@dataclass(frozen=True)
class Prepared:
    """A home with the demo shop and its database (a file in it, or the URL of one on PostgreSQL), to copy from."""

    home: Path
    database: str | None
    accounts: dict[str, str]

    def copy(self, home: Path, database: str, tablespace: str = "") -> Shop:
        """The same shop in another home; `database` names a SQLite file or a PostgreSQL database yet to be made."""
        shutil.copytree(self.home, home)
        if self.database is None:
            path = sa.engine.make_url(database).database
            assert path is not None
            shutil.move(home / "jinpai.db", path)
        else:
            clone(self.database, database, tablespace)
        return Shop([Server(home, database, accounts=self.accounts)])


def prepare(home: Path, database: str | None) -> Prepared:
    """Prepare the demo shop in this home and database."""
    server = Server(home, database).init()
    return Prepared(home, database, server.accounts)


@contextmanager
def inside(shop: Shop) -> Iterator[House]:
    """The shop's own house, opened in this process while no server serves it."""
    house = build_house(read_settings(shop.server.environment))
    open_house(house)
    try:
        yield house
    finally:
        close_house(house)


def clone(template: str, database: str, tablespace: str) -> None:
    """Make a PostgreSQL database that equals `template`, which nobody may be using, in this tablespace (or none)."""
    target = sa.engine.make_url(database)
    source = sa.engine.make_url(template)
    place = f" TABLESPACE {tablespace}" if tablespace else ""
    admin = source.set(database="postgres")
    run_sql(admin, f"CREATE DATABASE {target.database} TEMPLATE {source.database}{place}")


def run_sql(url: str | sa.URL, *statements: str) -> None:
    """Run statements outside a transaction."""
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()
