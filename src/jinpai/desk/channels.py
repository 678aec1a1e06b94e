"""The shop's channels as administrators keep them: their names, the sites they may stand on, and their secrets."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.desk.model import CHANNEL_SECRET
from jinpai.desk.store import channel
from jinpai.journal.model import Entry
from jinpai.journal.writer import Tx
from jinpai.kit.errors import BadInput, NotAllowed, NotFound
from jinpai.kit.ids import new_id, new_secret
from jinpai.kit.sealing import Sealer

MAX_NAME = 40
MAX_DOMAINS = 50
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?::\d{1,5})?")


@dataclass(frozen=True, slots=True)
class ChannelState:
    """A way to buyers; `domains` are the sites whose pages may open the window, none = any."""

    id: str
    shop: str
    kind: str
    name: str
    domains: tuple[str, ...]


def list_channels(connection: Connection, shops: Sequence[str]) -> list[ChannelState]:
    """The channels of these shops, by shop and id."""
    query = sa.select(channel).where(channel.c.shop.in_(shops)).order_by(channel.c.shop, channel.c.id)
    return [_state(row) for row in connection.execute(query)]


def find_channel(connection: Connection, id_: str) -> ChannelState | None:
    """The channel with this id."""
    row = connection.execute(sa.select(channel).where(channel.c.id == id_)).one_or_none()
    return None if row is None else _state(row)


def open_channel(
    sealer: Sealer, by: str, shop: str, kind: str, name: str, domains: Sequence[str]
) -> Callable[[Tx], tuple[ChannelState, str]]:
    """Add a channel to the shop; its secret is told only now."""

    def act(tx: Tx) -> tuple[ChannelState, str]:
        state = ChannelState(new_id("ch"), shop, kind, _name(name), _domains(domains))
        secret = new_secret()
        settings = {"domains": list(state.domains)}
        row = {"id": state.id, "shop": shop, "kind": kind, "name": state.name, "settings": settings}
        tx.connection.execute(sa.insert(channel).values(row | {"secret": sealer.seal(CHANNEL_SECRET, secret)}))
        tx.append(Entry("channel_added", by, shop, data={"channel": state.id, "kind": kind, "name": state.name}))
        return state, secret

    return act


def change_channel(by: str, id_: str, name: str | None, domains: Sequence[str] | None) -> Callable[[Tx], ChannelState]:
    """Rename the channel or say on which sites it may stand; None leaves that as it is."""

    def act(tx: Tx) -> ChannelState:
        row = tx.connection.execute(sa.select(channel).where(channel.c.id == id_)).one_or_none()
        if row is None:
            raise NotFound("没有这个渠道，请刷新列表再试")
        before = _state(row)
        after = ChannelState(
            before.id,
            before.shop,
            before.kind,
            before.name if name is None else _name(name),
            before.domains if domains is None else _domains(domains),
        )
        if after != before:
            values = {"name": after.name, "settings": {**row.settings, "domains": list(after.domains)}}
            tx.connection.execute(sa.update(channel).where(channel.c.id == id_).values(values))
            data = {"channel": id_, "name": after.name, "domains": list(after.domains)}
            tx.append(Entry("channel_changed", by, after.shop, data=data))
        return after

    return act


def rotate_secret(sealer: Sealer, by: str, id_: str) -> Callable[[Tx], str]:
    """Give the channel a new secret, told only now; what was signed with the old one is no longer believed."""

    def act(tx: Tx) -> str:
        found = find_channel(tx.connection, id_)
        if found is None:
            raise NotFound("没有这个渠道，请刷新列表再试")
        secret = new_secret()
        sealed = sealer.seal(CHANNEL_SECRET, secret)
        tx.connection.execute(sa.update(channel).where(channel.c.id == id_).values(secret=sealed))
        tx.append(Entry("channel_secret_rotated", by, found.shop, data={"channel": id_, "name": found.name}))
        return secret

    return act


def check_site(origin: str | None, own_host: str, domains: Sequence[str]) -> None:
    """NotAllowed when a page of another site than these (or a part of them) opens the window; none named = any may.

    A caller that is no browser sends no origin and is let in: it could claim any.
    """
    if origin is None or not domains:
        return
    host = urlsplit(origin).netloc.lower()
    names = {host, host.rpartition(":")[0] or host}
    if host == own_host.lower() or any(_is_part(name, domain) for name in names for domain in domains):
        return
    raise NotAllowed("这个网站没有登记在聊天渠道的域名里，请店主在“渠道”里添加")


def _is_part(name: str, domain: str) -> bool:
    return name == domain or name.endswith(f".{domain}")


def _state(row: Any) -> ChannelState:
    return ChannelState(row.id, row.shop, row.kind, row.name, tuple(row.settings.get("domains", ())))


def _name(text: str) -> str:
    name = text.strip()
    if not 1 <= len(name) <= MAX_NAME or not name.isprintable():
        raise BadInput(f"渠道名称要 1 到 {MAX_NAME} 个字，请改一下")
    return name


def _domains(texts: Sequence[str]) -> tuple[str, ...]:
    found: list[str] = []
    for text in texts:
        host = text.strip().lower()
        host = (urlsplit(host).netloc if "://" in host else host.partition("/")[0]).removeprefix("*.")
        if not _HOST.fullmatch(host):
            raise BadInput(f"“{text}”不像域名，请写成 shop.example 这样，不带 http 和路径")
        found.append(host)
    return tuple(dict.fromkeys(found))
