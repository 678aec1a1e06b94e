"""Setting a shop's language model, and taking that back; both are facts of the audit log, the key is in neither."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from jinpai.copilot.llm.model import USES, Setting
from jinpai.copilot.llm.store import KEY, drop_setting, find_setting, put_setting
from jinpai.journal.model import Entry
from jinpai.journal.writer import Action, Tx
from jinpai.kit.errors import BadInput
from jinpai.kit.sealing import Sealer
from jinpai.kit.urls import check_key, check_same_host, check_url

SET: Final = "model_set"
DROPPED: Final = "model_dropped"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody sets; `key` None leaves it as it is, "" takes it away; prices in fen for a million tokens."""

    shop: str
    is_on: bool
    url: str
    model: str
    key: str | None = field(repr=False)
    is_near: bool
    uses: Sequence[str]
    daily_tokens: int | None
    monthly_tokens: int | None
    limit_ms: int
    price_read: int
    price_written: int


def set_model(sealer: Sealer, wanted: Wanted, author: str) -> Action[Setting]:
    """The action that sets it; BadInput where the URL is unfit, or another host would be told the old one's key."""
    base = wanted.url.strip().rstrip("/").removesuffix("/chat/completions")
    url, name = check_url(base, "https://example.com/v1"), wanted.model.strip()
    if not name or not name.isprintable():
        raise BadInput("请填上模型名，和接口那边叫的名字一样")
    if not set(wanted.uses) <= set(USES):
        raise BadInput("没有这种用途，请刷新页面再试")
    check_key(wanted.key)

    def act(tx: Tx) -> Setting:
        known = find_setting(tx.connection, wanted.shop)
        if wanted.key is None and known is not None and known.key:
            check_same_host(known.url, url)
        kept = None if known is None else known.key
        key = kept if wanted.key is None else sealer.seal(KEY, wanted.key) if wanted.key else None
        new = Setting(
            wanted.shop, wanted.is_on, url, name, key, wanted.is_near,
            tuple(use for use in USES if use in wanted.uses), wanted.daily_tokens, wanted.monthly_tokens,
            wanted.limit_ms, wanted.price_read, wanted.price_written, author, tx.now,
        )  # fmt: skip
        put_setting(tx.connection, new)
        data = {"url": url, "model": name, "on": new.is_on, "near": new.is_near, "new_key": wanted.key is not None}
        tx.append(Entry(SET, author, wanted.shop, data=data))
        return new

    return act


def drop_model(shop: str, author: str) -> Action[None]:
    """The action that lets the shop's own setting go, so that what the operator has set holds again."""

    def act(tx: Tx) -> None:
        if find_setting(tx.connection, shop) is not None:
            drop_setting(tx.connection, shop)
            tx.append(Entry(DROPPED, author, shop))

    return act
