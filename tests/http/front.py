"""A front for the tests: two shops, one account per role and shop, a buyer each, and the real writer."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Any, ClassVar

from anyio.from_thread import BlockingPortal
from fastapi import FastAPI
from order_calls import OrderSeeds, seed_orders
from PIL import Image
from pwdlib.hashers.argon2 import Argon2Hasher
from starlette.testclient import TestClient

from jinpai.bootstrap import build_house, close_house, open_house
from jinpai.desk.actions import add_channel, add_shop
from jinpai.desk.companions import open_companion
from jinpai.desk.files import File
from jinpai.desk.model import COMPANION, Author
from jinpai.desk.visits import Chat, open_chat
from jinpai.entrypoints.cli.init import prepare
from jinpai.entrypoints.http.throttle import Throttle
from jinpai.entrypoints.server import create_server
from jinpai.flows.learning.understanding import FOLDER, Understandings
from jinpai.flows.pictures.filing import file_picture
from jinpai.flows.ports import House
from jinpai.journal.writer import Committed
from jinpai.kit.clock import FixedClock
from jinpai.kit.database import metadata
from jinpai.kit.ids import new_secret
from jinpai.kit.settings import read_settings
from jinpai.packs.actions import propose_version
from jinpai.staff.actions import create_account, sign_in
from jinpai.staff.model import Account, Actor, NewAccount, Role
from jinpai.staff.passwords import Passwords
from jinpai.staff.store import get_password_hash

MORNING = 1_795_300_000_000
PASSWORD = "山野里的风很轻啊真好"
OWN, OTHER = "demo", "other"


def picture(colour: str = "teal") -> bytes:
    """A small PNG."""
    out = BytesIO()
    Image.new("RGB", (8, 6), colour).save(out, "PNG")
    return out.getvalue()


def cheap_passwords() -> Passwords:
    """Argon2id with the least parameters, to save the tests' time."""
    return Passwords(Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1))


@dataclass
class People:
    """Who is who in a seeded database."""

    accounts: dict[tuple[str, str], Account] = field(default_factory=dict)
    chats: dict[str, Chat] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    companions: dict[str, str] = field(default_factory=dict)
    """Shop → a conversation of its companion channel."""
    orders: dict[str, OrderSeeds] = field(default_factory=dict)


@dataclass
class Front:
    """The application and the house behind it; `portal` is the event loop that all browsers share."""

    portal: ClassVar[BlockingPortal | None] = None
    app: FastAPI
    house: House
    clock: FixedClock
    people: People
    commits: list[Committed] = field(default_factory=list)

    def enter(self, role: str, shop: str = OWN) -> tuple[str, Actor]:
        """A session of the shop's person with this role: the cookie's value and the actor."""
        account = self.people.accounts[role, shop].id
        secret = new_secret()
        with self.house.database.read() as connection:
            proof = get_password_hash(connection, account)
        assert proof is not None
        return secret, self.house.writer.run(sign_in(account, proof, secret))

    def client(self, role: str | None = None, shop: str = OWN, **options: Any) -> TestClient:
        """A browser: of nobody, or signed in with this role (CSRF header included)."""
        options.setdefault("base_url", "http://jinpai.test")
        client = TestClient(self.app, raise_server_exceptions=False, **options)
        client.portal = self.portal
        if role is not None:
            secret, actor = self.enter(role, shop)
            client.cookies.set("jinpai", secret)
            client.headers["X-CSRF-Token"] = actor.csrf
        return client

    def buyer(self, shop: str = OWN) -> TestClient:
        """A buyer's widget."""
        client = self.client()
        client.headers["Authorization"] = f"Bearer {self.people.chats[shop].token}"
        return client

    def state(self) -> Mapping[str, int]:
        """How many rows every table has, and the log's newest id."""
        newest = "SELECT 'newest', coalesce(max(id), 0) FROM journal"
        counts = (f"SELECT '{name}', count(*) FROM \"{name}\"" for name in metadata.tables)
        with self.house.database.read() as connection:
            return {row[0]: row[1] for row in connection.exec_driver_sql(" UNION ALL ".join([newest, *counts]))}

    def hints(self) -> list[tuple[str, Any]]:
        """Everything told to other processes so far."""
        return [hint for commit in self.commits for hint in commit.hints]


def open_front(
    home: Path, database_url: str, people: People | None = None, app: FastAPI | None = None, **environ: str
) -> Front:
    """A front on this database; without `people` the database is prepared and seeded first. `close_front` ends it.

    An application that served another front before may be given: making one takes longer than everything else.
    """
    settings = read_settings({"JINPAI_HOME": str(home), "JINPAI_DATABASE": database_url, **environ})
    if people is None:
        prepare(settings)
    clock = FixedClock(MORNING)
    house = replace(build_house(settings, clock), understandings=Understandings())
    front = Front(app or create_server(house, cheap_passwords()), house, clock, people or People())
    state = front.app.state
    state.house, state.throttle, state.web = house, Throttle(), home / "no-pages"
    house.writer.listen(front.commits.append)
    open_house(house)
    if people is None:
        seed(house, front.people)
    front.commits.clear()
    return front


def close_front(front: Front) -> None:
    """Give everything back."""
    close_house(front.house)


def copy_home(seeded: Path, home: Path) -> None:
    """A home of one's own, like the seeded one."""
    shutil.copytree(seeded, home, symlinks=True, dirs_exist_ok=True)


def share_learned(home: Path, learned: Path) -> None:
    """Let this home keep what it learns in a folder it shares: the same content teaches every front the same."""
    (home / FOLDER).symlink_to(learned)


def seed(house: House, people: People) -> None:
    """Open the two shops, hire one person per role in each, let a buyer into each, propose a version of each."""
    hashed = cheap_passwords().hash(PASSWORD)
    for shop in (OWN, OTHER):
        house.writer.run(lambda tx, shop=shop: add_shop(tx, shop, f"店铺 {shop}"))
        house.writer.run(lambda tx, shop=shop: add_channel(tx, house.sealer, f"{shop}-web", shop, "widget", "网页"))
        house.writer.run(lambda tx, shop=shop: add_channel(tx, house.sealer, f"{shop}-qn", shop, COMPANION, "千牛"))
        people.companions[shop] = house.writer.run(open_companion(shop, "清风徐来"))
        for role in Role:
            new = NewAccount(f"{role}-{shop}", f"{role} {shop}", role, (shop,))
            people.accounts[role, shop] = house.writer.run(create_account(None, new, hashed))
        people.chats[shop] = house.writer.run(open_chat(house.sealer, f"{shop}-web", None, None))
        chat = people.chats[shop].visitor
        people.files[shop] = file_picture(house, chat.conversation, Author("buyer", chat.id), picture())
        people.orders[shop] = seed_orders(house, shop)
        people.versions[shop] = house.writer.run(propose_version(shop, "system:", "空的", {}, lambda *_: [])).id
