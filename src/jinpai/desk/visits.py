"""How a buyer comes in: visitor tokens, signed customers, and the one conversation each of them has."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.desk.identity import Identity, is_genuine
from jinpai.desk.model import CHANNEL_SECRET, COMPANION, HISTORY, OPENED, PAST_PREFIX, PHONE
from jinpai.desk.store import buyer, channel, conversation, shop, visitor_token
from jinpai.journal.model import Entry
from jinpai.journal.writer import Tx
from jinpai.kit.errors import NotFound, NotSignedIn
from jinpai.kit.ids import new_id, new_secret
from jinpai.kit.sealing import Sealer, fingerprint


@dataclass(frozen=True, slots=True)
class Visitor:
    """A buyer at the door: may see and write exactly one conversation."""

    id: str
    name: str
    conversation: str
    shop: str
    shop_name: str


@dataclass(frozen=True, slots=True)
class Chat:
    """An opened chat window; the token is shown once and kept by the browser."""

    token: str
    visitor: Visitor
    known: bool


_CHAT = sa.and_(conversation.c.buyer == buyer.c.id, conversation.c.channel == visitor_token.c.channel)
_CHANNEL = sa.bindparam("channel", type_=sa.Text)
_VISITOR = (
    sa.select(buyer.c.id, buyer.c.name, conversation.c.id, shop.c.id, shop.c.name)
    .select_from(visitor_token)
    .join(buyer, buyer.c.id == visitor_token.c.buyer)
    .join(shop, shop.c.id == buyer.c.shop)
    .join(conversation, _CHAT)
    .where(visitor_token.c.token_hash == sa.bindparam("token"))
    .where(sa.or_(_CHANNEL.is_(None), visitor_token.c.channel == _CHANNEL))
)
"""Whose token it is; with a channel, only if it was given out there."""


def open_chat(sealer: Sealer, channel_id: str, token: str | None, identity: Identity | None) -> Callable[[Tx], Chat]:
    """Open the chat window: the same visitor comes back to the same conversation.

    A genuine identity leads to that customer's conversation; without one the browser is an anonymous visitor, even
    where a customer chatted before and signed out. NotFound for an unknown channel.
    """

    def act(tx: Tx) -> Chat:
        place = tx.connection.execute(sa.select(channel).where(channel.c.id == channel_id)).one_or_none()
        if place is None or place.kind in (COMPANION, HISTORY):
            raise NotFound("没有这个聊天渠道，请检查网页代码里的 data-channel")
        signed = identity
        if signed is not None and not is_genuine(signed, sealer.open(CHANNEL_SECRET, place.secret), tx.now):
            signed = None
        visitor = None if token is None else _visitor(tx.connection, token, channel_id)
        if signed is not None:
            visitor = _customer(tx, sealer, place, signed, visitor)
        elif visitor is None or not _is_anonymous(tx, visitor.id):
            visitor = _stranger(tx, place)
        if token is None or _visitor(tx.connection, token, channel_id) != visitor:
            token_ = new_secret()
            row = {"token_hash": fingerprint(token_), "buyer": visitor.id, "channel": channel_id, "created_at": tx.now}
            tx.connection.execute(sa.insert(visitor_token).values(row))
        else:
            token_ = token
        return Chat(token_, visitor, signed is not None)

    return act


def meet(tx: Tx, place: sa.Row[tuple[object, ...]], external_id: str, name: str) -> Visitor:
    """The buyer the shop knows by this id, with their one conversation on the channel `place`; a newcomer is added."""
    mine = sa.and_(buyer.c.shop == place.shop, buyer.c.external_id == external_id)
    known = tx.connection.execute(sa.select(buyer.c.id).where(mine)).scalar_one_or_none()
    if known is None:
        return _newcomer(tx, place, {"id": new_id("b"), "external_id": external_id, "name": name})
    return conversation_of(tx, place, known, name)


def find_buyer(connection: Connection, token: str) -> Visitor:
    """The buyer with this token; NotSignedIn when there is none."""
    visitor = _visitor(connection, token, None)
    if visitor is None:
        raise NotSignedIn("聊天凭证已失效，请刷新页面重新打开聊天窗口")
    return visitor


def _visitor(connection: Connection, token: str, channel_id: str | None) -> Visitor | None:
    row = connection.execute(_VISITOR, {"token": fingerprint(token), "channel": channel_id}).one_or_none()
    return None if row is None else Visitor(*row)


def _stranger(tx: Tx, place: sa.Row[tuple[object, ...]]) -> Visitor:
    id_ = new_id("b")
    return _newcomer(tx, place, {"id": id_, "name": f"访客 {id_[-4:]}"})


def _customer(
    tx: Tx, sealer: Sealer, place: sa.Row[tuple[object, ...]], identity: Identity, visitor: Visitor | None
) -> Visitor:
    mine = sa.and_(buyer.c.shop == place.shop, buyer.c.external_id == identity.id)
    row = tx.connection.execute(sa.select(buyer.c.id).where(mine)).one_or_none()
    details = {"name": identity.name, **sealed_phone(sealer, identity.phone)}
    if row is not None:
        tx.connection.execute(sa.update(buyer).where(buyer.c.id == row.id).values(details))
        return conversation_of(tx, place, row.id, identity.name)
    if visitor is not None and _is_anonymous(tx, visitor.id):
        values = {"external_id": identity.id, **details}
        tx.connection.execute(sa.update(buyer).where(buyer.c.id == visitor.id).values(values))
        return Visitor(visitor.id, identity.name, visitor.conversation, visitor.shop, visitor.shop_name)
    return _newcomer(tx, place, {"id": new_id("b"), "external_id": identity.id, **details})


def _is_anonymous(tx: Tx, buyer_id: str) -> bool:
    return tx.connection.execute(sa.select(buyer.c.external_id).where(buyer.c.id == buyer_id)).scalar_one() is None


def _newcomer(tx: Tx, place: sa.Row[tuple[object, ...]], values: dict[str, object]) -> Visitor:
    tx.connection.execute(sa.insert(buyer).values(shop=place.shop, created_at=tx.now, **values))
    return conversation_of(tx, place, str(values["id"]), str(values["name"]))


def conversation_of(
    tx: Tx, place: sa.Row[tuple[object, ...]], buyer_id: str, name: str, at: int | None = None
) -> Visitor:
    """The buyer's one conversation on the channel `place`; a new one is opened, at `at` (ms) where it is history."""
    mine = sa.and_(conversation.c.buyer == buyer_id, conversation.c.channel == place.id)
    found = tx.connection.execute(sa.select(conversation.c.id).where(mine)).scalar_one_or_none()
    if found is None:
        (found,) = open_conversations(tx, [(place, buyer_id, at)])
    shop_name = tx.connection.execute(sa.select(shop.c.name).where(shop.c.id == place.shop)).scalar_one()
    return Visitor(buyer_id, name, found, place.shop, shop_name)


def open_conversations(tx: Tx, wanted: Sequence[tuple[sa.Row[tuple[object, ...]], str, int | None]]) -> list[str]:
    """Open a conversation on each channel with each buyer, at a time (ms) where it is history; the new ids in order.

    On a channel of history nobody came in: the first row is the first message.
    """
    rows = [
        {
            "id": new_id(PAST_PREFIX if place.kind == HISTORY else "c"), "shop": place.shop, "channel": place.id,
            "buyer": buyer_id, "status": "new", "seq": 0, "opened_at": at or tx.now, "last_at": at or tx.now,
            "last_from": "", "last_text": "", "unread": 0, "waived": False, "offline": False, "tags": [],
        }
        for place, buyer_id, at in wanted
    ]  # fmt: skip
    if rows:
        tx.connection.execute(sa.insert(conversation), rows)
    for row, (place, buyer_id, at) in zip(rows, wanted, strict=True):
        if place.kind != HISTORY:
            tx.append(Entry(OPENED, f"buyer:{buyer_id}", place.shop, conversation=str(row["id"]), at=at))
    return [str(row["id"]) for row in rows]


def sealed_phone(sealer: Sealer, phone: str) -> dict[str, bytes]:
    """The columns of a buyer that keep this phone, sealed and findable; none without digits."""
    digits = "".join(character for character in phone if character.isdigit())
    if not digits:
        return {}
    return {
        "phone": sealer.seal(PHONE, digits),
        "phone_index": sealer.blind(PHONE, digits),
        "phone_tail_index": sealer.blind(PHONE + ".tail", digits[-4:]),
    }
