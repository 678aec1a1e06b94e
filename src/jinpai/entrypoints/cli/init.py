"""`jinpai init`: prepares JINPAI_HOME, the key, the database, and who can sign in; safe to run again."""

import json
import logging
import os
import secrets
from dataclasses import asdict
from pathlib import Path

import sqlalchemy as sa

from jinpai.bootstrap import KEY_SAMPLE, build_house, check_key, close_house, open_house
from jinpai.desk.actions import add_channel, add_shop
from jinpai.desk.model import COMPANION
from jinpai.desk.store import shop as shop_table
from jinpai.entrypoints.cli.arguments import Arguments
from jinpai.entrypoints.http.logs import configure_logging
from jinpai.flows.content.shop import DEMO_SHOP
from jinpai.flows.ports import House
from jinpai.flows.seeding.planting import Planted, plant
from jinpai.journal.store import installation
from jinpai.journal.writer import Tx
from jinpai.kit.database import Database, check_reachable, open_database
from jinpai.kit.errors import BadInput
from jinpai.kit.migrate import migrate
from jinpai.kit.sealing import Sealer, load_master_key, make_sealer
from jinpai.kit.settings import Settings, read_settings
from jinpai.staff.actions import create_account
from jinpai.staff.model import NewAccount, Role
from jinpai.staff.passwords import Passwords

ACCOUNTS_FILE = "accounts.txt"
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def run(args: list[str]) -> int:
    """Prepare, and tell who can sign in."""
    parser = Arguments(prog="jinpai init", description=__doc__)
    parser.add_argument("--demo", action="store_true", help="附带示例店铺“山野集”和它的员工")
    parser.add_argument("--shop", default="shop", help="店铺编号（小写字母、数字、短横线），默认 shop")
    parser.add_argument("--name", default="我的店铺", help="店铺名称")
    parser.add_argument("--without-history", action="store_true", help="不放入内容包里的往日客户、会话和订单")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    options = parser.parse_args(args)
    configure_logging(level=logging.WARNING)
    settings = read_settings()
    prepare(settings)
    shop = DEMO_SHOP if options.demo else options.shop
    made, planted = _furnish(settings, shop, options.name, history=not options.without_history)
    if options.json:
        print(
            json.dumps({"home": str(settings.home), "accounts": made, "planted": asdict(planted)}, ensure_ascii=False)
        )
        return 0
    if made:
        print(f"已准备好：{settings.home}\n首次登录的账号（也写在 {settings.home / ACCOUNTS_FILE}）：")
        for account in made:
            print(f"  {account['login']:<12}{account['password']}  {account['name']}（{account['role']}）")
    if planted != Planted():
        counts = f"{planted.buyers} 位客户、{planted.conversations} 段会话、{planted.orders} 个订单"
        print(f"店里已有{counts}，可以直接看。")
    elif not made:
        print(f"已经准备好了，没有改动：{settings.home}")
    return 0


def prepare(settings: Settings) -> None:
    """Home folder, key and tables; nothing that is there is changed."""
    settings.home.mkdir(parents=True, exist_ok=True)
    sealer = make_sealer(load_master_key(settings.home, settings.secret, create=True))
    database = open_database(settings.database)
    check_reachable(database)
    try:
        migrate(database)
        _keep_sample(database, sealer)
        check_key(database, sealer)
    finally:
        database.close()


def _keep_sample(database: Database, sealer: Sealer) -> None:
    with database.writing.begin() as connection:
        known = connection.execute(sa.select(installation.c.key).where(installation.c.key == KEY_SAMPLE)).first()
        if known is None:
            sample = sealer.seal(KEY_SAMPLE, secrets.token_hex(8))
            connection.execute(sa.insert(installation).values(key=KEY_SAMPLE, value=sample))


def _furnish(settings: Settings, shop: str, name: str, *, history: bool) -> tuple[list[dict[str, str]], Planted]:
    """The shop with its channel and first accounts, unless it is there already, and the past its pack tells of."""
    house = build_house(settings)
    open_house(house)
    try:
        with house.database.read() as connection:
            there = connection.execute(sa.select(shop_table.c.id).where(shop_table.c.id == shop)).first()
        made = [] if there else _open_shop(house, shop, name)
        return made, plant(house, shop, web_channel(shop)) if history else Planted()
    finally:
        close_house(house)


def _open_shop(house: House, shop: str, name: str) -> list[dict[str, str]]:
    content = house.content.shop(shop)
    staff = content.staff
    people = [NewAccount(seed.login, seed.name, Role(seed.role), (shop,)) for seed in staff]
    people = people or [NewAccount("owner", "店主", Role.OWNER, (shop,))]
    passwords = {person.login: "-".join(_word() for _ in range(3)) for person in people}
    hasher = Passwords()
    hashes = {login: hasher.hash(password) for login, password in passwords.items()}

    def act(tx: Tx) -> None:
        add_shop(tx, shop, content.shop.name if content.shop else name)
        add_channel(tx, house.sealer, web_channel(shop), shop, "widget", "网页聊天窗")
        add_channel(tx, house.sealer, f"{shop}-companion", shop, COMPANION, "千牛（伴侣窗口）")
        for person in people:
            create_account(None, person, hashes[person.login])(tx)

    house.writer.run(act)
    made = [
        {"login": person.login, "password": passwords[person.login], "name": person.name, "role": person.role.value}
        for person in people
    ]
    _write_accounts(house.settings.home, made)
    return made


def web_channel(shop: str) -> str:
    """The channel of the shop's own chat window."""
    return f"{shop}-web"


def _word() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(4))


def _write_accounts(home: Path, made: list[dict[str, str]]) -> None:
    path = home / ACCOUNTS_FILE
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a") as file:
        for account in made:
            file.write(f"{account['login']}\t{account['password']}\t{account['name']}\t{account['role']}\n")


def read_accounts(home: Path) -> list[list[str]]:
    """The first passwords as they were announced: login, password, name, role."""
    try:
        return [line.split("\t") for line in (home / ACCOUNTS_FILE).read_text().splitlines()]
    except OSError as error:
        raise BadInput(f"读不到 {home / ACCOUNTS_FILE}：{error.strerror}") from None
