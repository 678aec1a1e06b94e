"""`jinpai channel`: the ways to buyers, the line for the shop's pages, and the secret that signs identities."""

import json

import sqlalchemy as sa

from jinpai.bootstrap import build_house, close_house
from jinpai.desk.model import CHANNEL_SECRET
from jinpai.desk.store import channel
from jinpai.entrypoints.cli.arguments import Arguments
from jinpai.flows.ports import House
from jinpai.kit.errors import NotFound
from jinpai.kit.settings import read_settings

SIGNING = "hex(HMAC-SHA256(secret, id + '\\n' + name + '\\n' + phone + '\\n' + expires))"


def run(args: list[str]) -> int:
    """Show the channels, or one of them."""
    parser = Arguments(prog="jinpai channel", description=__doc__)
    parser.add_argument("id", nargs="?", help="渠道编号；不写则列出全部")
    parser.add_argument("--secret", action="store_true", help="同时显示签名密钥，只应放在网站的服务器上")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")
    options = parser.parse_args(args)
    house = build_house(read_settings())
    try:
        found = _read(house, options.id, with_secret=options.secret)
    finally:
        close_house(house)
    if options.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        print("\n\n".join(_words(one) for one in found))
    return 0


def _read(house: House, id_: str | None, *, with_secret: bool) -> list[dict[str, str]]:
    query = sa.select(channel).order_by(channel.c.id)
    if id_ is not None:
        query = query.where(channel.c.id == id_)
    with house.database.read() as connection:
        rows = connection.execute(query).all()
    if id_ is not None and not rows:
        raise NotFound(f"没有渠道“{id_}”，运行 jinpai channel 可以看到全部")
    found = [{"id": row.id, "shop": row.shop, "kind": row.kind, "name": row.name} for row in rows]
    if with_secret:
        for one, row in zip(found, rows, strict=True):
            one["secret"] = house.sealer.open(CHANNEL_SECRET, row.secret)
    return found


def _words(one: dict[str, str]) -> str:
    lines = [f"{one['id']}  {one['name']}（店铺 {one['shop']}，{one['kind']}）"]
    if one["kind"] == "widget":
        lines.append(f'  网页代码  <script src="https://您的域名/widget.js" data-channel="{one["id"]}" async></script>')
        lines.append('  已登录的买家  加上 data-identity=\'{"id":…,"name":…,"phone":…,"expires":…,"signature":…}\'')
        lines.append(f"  signature = {SIGNING}，由网站的服务器计算，expires 为秒")
    if "secret" in one:
        lines.append(f"  签名密钥  {one['secret']}")
    return "\n".join(lines)
