"""Finding buyers: by a part of their name however it is written, their member id, or the number they call from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.desk.model import PHONE
from jinpai.desk.store import buyer, channel, conversation
from jinpai.kit.sealing import Sealer
from jinpai.kit.text import spell_all

_TAIL = 4


@dataclass(frozen=True, slots=True)
class FoundBuyer:
    """A buyer with the conversation that moved last; `status` is that of the conversation."""

    id: str
    name: str
    shop: str
    conversation: str
    channel: str
    status: str
    last_at: int
    last_text: str
    agent: str | None


def find_buyers(
    connection: Connection,
    sealer: Sealer,
    words: Sequence[str],
    shops: Sequence[str],
    limit: int,
    *,
    channel_id: str | None = None,
) -> list[FoundBuyer]:
    """The buyers of these shops whom all words fit, those who moved last first, each once."""
    if not words or not shops:
        return []
    query = (
        sa.select(buyer.c.id, buyer.c.name, buyer.c.shop, conversation, channel.c.kind)
        .join(conversation, conversation.c.buyer == buyer.c.id)
        .join(channel, channel.c.id == conversation.c.channel)
        .where(buyer.c.shop.in_(shops), conversation.c.status != "new")
        .order_by(conversation.c.last_at.desc())
        .limit(limit * 3)
    )
    is_sqlite = connection.dialect.name == "sqlite"
    query = query.where(*(fits(word, sealer, is_sqlite=is_sqlite) for word in words))
    if channel_id is not None:
        query = query.where(conversation.c.channel == channel_id)
    found: dict[str, FoundBuyer] = {}
    for row in connection.execute(query):
        found.setdefault(row[0], _found(row))
    return list(found.values())[:limit]


def contains(column: sa.ColumnElement[str], word: str, *, is_sqlite: bool) -> sa.ColumnElement[bool]:
    """Whether the column's text holds this folded word, however it is written there."""
    classes = "".join(f"[{''.join(letters)}]" for letters in spell_all(word))
    if is_sqlite:
        return column.op("GLOB")(f"*{classes}*")
    return column.op("~")(classes)


def fits(word: str, sealer: Sealer, *, is_sqlite: bool) -> sa.ColumnElement[bool]:
    """Whether a buyer's name or member id holds this folded word, or it is their number or its last four digits."""
    fits = [contains(buyer.c.name, word, is_sqlite=is_sqlite), contains(buyer.c.external_id, word, is_sqlite=is_sqlite)]
    if word.isdecimal() and word.isascii() and len(word) >= _TAIL:
        fits.append(buyer.c.phone_index == sealer.blind(PHONE, word))
        if len(word) == _TAIL:
            fits.append(buyer.c.phone_tail_index == sealer.blind(PHONE + ".tail", word))
    return sa.or_(*fits)


def _found(row: Any) -> FoundBuyer:
    return FoundBuyer(
        id=row[0],
        name=row[1],
        shop=row[2],
        conversation=row._mapping[conversation.c.id],
        channel=row.kind,
        status=row.status,
        last_at=row.last_at,
        last_text=row.last_text,
        agent=row.agent,
    )
