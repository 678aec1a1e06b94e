"""Requests for approval: their table and how to read it."""

from collections.abc import Sequence
from dataclasses import fields
from operator import attrgetter

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.bargaining.model import Request
from jinpai.desk.store import conversation
from jinpai.kit.bulk import insert_many, update_many
from jinpai.kit.database import metadata

bargain_request = sa.Table(
    "bargain_request",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("conversation", sa.Text, sa.ForeignKey("conversation.id"), nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("product", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("pieces", sa.Integer, nullable=False),
    sa.Column("price", sa.BigInteger, nullable=False),
    sa.Column("off", sa.BigInteger, nullable=False),
    sa.Column("told", sa.Integer),
    sa.Column("agent", sa.Text, nullable=False),
    sa.Column("asked_at", sa.BigInteger, nullable=False),
    sa.Column("closes_at", sa.BigInteger, nullable=False),
    sa.Column("fact", sa.BigInteger, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("granted", sa.BigInteger),
    sa.Column("answered_by", sa.Text, nullable=False),
    sa.Column("answered_at", sa.BigInteger),
    sa.Column("ends_at", sa.BigInteger),
    sa.Column("answer", sa.BigInteger),
    sa.Column("order_id", sa.Text),
)
"""One row per request; the reason and the answer's words are in the bodies of the journal rows `fact` and `answer`."""
sa.Index("ix_bargain_request_conversation", bargain_request.c.conversation, bargain_request.c.asked_at)
sa.Index("ix_bargain_request_shop", bargain_request.c.shop, bargain_request.c.asked_at)

COLUMNS = tuple(part.name for part in fields(Request))
_VALUES = attrgetter(*COLUMNS)
_CHANGING = ("state", "granted", "answered_by", "answered_at", "ends_at", "answer", "order_id")
_CHANGED = attrgetter("id", *_CHANGING)
_READ = sa.select(*(bargain_request.c[name] for name in COLUMNS))


def add_request(connection: Connection, new: Request) -> None:
    """Store a new request."""
    insert_many(connection, bargain_request, COLUMNS, [_VALUES(new)])


def put_request(connection: Connection, changed: Request) -> None:
    """Store how it stands now."""
    update_many(connection, bargain_request, "id", _CHANGING, [_CHANGED(changed)])


def find_request(connection: Connection, id_: str) -> Request | None:
    """The request with this id."""
    row = connection.execute(_READ.where(bargain_request.c.id == id_)).one_or_none()
    return None if row is None else Request(*row)


def list_of_talk(connection: Connection, conversation_id: str, since: int) -> list[Request]:
    """The requests of this conversation asked at or after `since` (ms), the oldest first."""
    query = _READ.where(bargain_request.c.conversation == conversation_id, bargain_request.c.asked_at >= since)
    return [Request(*row) for row in connection.execute(query.order_by(bargain_request.c.asked_at))]


def list_requests(connection: Connection, shops: Sequence[str], since: int, limit: int) -> list[Request]:
    """The requests of these shops asked at or after `since` (ms), the newest first."""
    query = _READ.where(bargain_request.c.shop.in_(shops), bargain_request.c.asked_at >= since)
    query = query.order_by(bargain_request.c.asked_at.desc(), bargain_request.c.id.desc()).limit(limit)
    return [Request(*row) for row in connection.execute(query)]


def list_grants(connection: Connection, conversation_id: str, since: int) -> list[Request]:
    """What was approved in this conversation and ends after `since` (ms), the newest first."""
    query = _READ.where(bargain_request.c.conversation == conversation_id, bargain_request.c.ends_at > since)
    return [Request(*row) for row in connection.execute(query.order_by(bargain_request.c.answered_at.desc()))]


def list_shop_grants(connection: Connection, shop: str, since: int) -> list[tuple[Request, str]]:
    """What was approved in this shop and ends after `since` (ms), the newest first, each with its buyer."""
    columns = (*(bargain_request.c[name] for name in COLUMNS), conversation.c.buyer)
    query = sa.select(*columns).join(conversation, conversation.c.id == bargain_request.c.conversation)
    query = query.where(bargain_request.c.shop == shop, bargain_request.c.ends_at > since)
    found = connection.execute(query.order_by(bargain_request.c.answered_at.desc()))
    return [(Request(*row[:-1]), row[-1]) for row in found]
