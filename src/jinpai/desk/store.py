"""Shops, their channels, buyers and conversations: the present state beside the log, and how to read it."""

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.desk.model import Conversation
from jinpai.kit.bulk import select_in, update_many
from jinpai.kit.database import Json, metadata

shop = sa.Table(
    "shop",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("created_at", sa.BigInteger, nullable=False),
)

channel = sa.Table(
    "channel",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("secret", sa.LargeBinary, nullable=False),
    sa.Column("settings", Json, nullable=False),
)
"""A way to buyers; `secret` (sealed) signs identities and webhooks."""

buyer = sa.Table(
    "buyer",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("external_id", sa.Text),
    sa.Column("phone", sa.LargeBinary),
    sa.Column("phone_index", sa.LargeBinary, index=True),
    sa.Column("phone_tail_index", sa.LargeBinary, index=True),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sa.UniqueConstraint("shop", "external_id"),
)
"""Who writes to the shop; the phone is sealed and found through blind indexes (whole, last four digits)."""

visitor_token = sa.Table(
    "visitor_token",
    metadata,
    sa.Column("token_hash", sa.LargeBinary, primary_key=True),
    sa.Column("buyer", sa.Text, sa.ForeignKey("buyer.id"), nullable=False, index=True),
    sa.Column("channel", sa.Text, sa.ForeignKey("channel.id"), nullable=False),
    sa.Column("created_at", sa.BigInteger, nullable=False),
)
"""The unguessable tokens by which browsers prove to be this buyer; only their SHA-256 is kept."""

conversation = sa.Table(
    "conversation",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("channel", sa.Text, sa.ForeignKey("channel.id"), nullable=False),
    sa.Column("buyer", sa.Text, sa.ForeignKey("buyer.id"), nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("agent", sa.Text),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("opened_at", sa.BigInteger, nullable=False),
    sa.Column("last_at", sa.BigInteger, nullable=False),
    sa.Column("last_from", sa.Text, nullable=False),
    sa.Column("last_text", sa.Text, nullable=False),
    sa.Column("waiting_since", sa.BigInteger),
    sa.Column("unread", sa.Integer, nullable=False),
    sa.Column("skill", sa.Text),
    sa.Column("queued_at", sa.BigInteger),
    sa.Column("knows", sa.Text),
    sa.Column("asked_wait_at", sa.BigInteger),
    sa.Column("waived", sa.Boolean, nullable=False),
    sa.Column("offline", sa.Boolean, nullable=False),
    sa.Column("rating", sa.Integer),
    sa.Column("alarmed_at", sa.BigInteger),
    sa.Column("tags", Json, nullable=False),
    sa.UniqueConstraint("buyer", "channel"),
)
"""`skill` is the group asked for, `alarmed_at` since when the buyer has been taken to be unhappy."""

_QUEUES = conversation.c.queued_at.is_not(None)
_SERVED = sa.and_(conversation.c.status == "open", conversation.c.agent.is_not(None))
sa.Index(
    "ix_conversation_queue",
    conversation.c.shop,
    conversation.c.queued_at,
    sqlite_where=_QUEUES,
    postgresql_where=_QUEUES,
)
sa.Index("ix_conversation_served_agent", conversation.c.agent, sqlite_where=_SERVED, postgresql_where=_SERVED)
sa.Index("ix_conversation_shop_status_last_at", conversation.c.shop, conversation.c.status, conversation.c.last_at)

read_mark = sa.Table(
    "read_mark",
    metadata,
    sa.Column("conversation", sa.Text, sa.ForeignKey("conversation.id"), primary_key=True),
    sa.Column("side", sa.Text, primary_key=True),
    sa.Column("seq", sa.Integer, nullable=False),
)
"""How far each side (`buyer`, `agent`) has read; the larger wins."""

file = sa.Table(
    "file",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("conversation", sa.Text, sa.ForeignKey("conversation.id"), nullable=False, index=True),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("bytes", sa.BigInteger, nullable=False),
    sa.Column("width", sa.Integer, nullable=False),
    sa.Column("height", sa.Integer, nullable=False),
    sa.Column("digest", sa.Text, nullable=False, index=True),
    sa.Column("thumb", sa.Text, nullable=False),
    sa.Column("created_at", sa.BigInteger, nullable=False),
)
"""Pictures put into conversations; `digest` and `thumb` name their bytes, which several rows may share."""

presence = sa.Table(
    "presence",
    metadata,
    sa.Column("account", sa.Text, sa.ForeignKey("account.id"), primary_key=True),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("line", sa.Text, nullable=False),
    sa.Column("since", sa.BigInteger, nullable=False),
    sa.Column("active_at", sa.BigInteger, nullable=False),
    sa.Column("served_at", sa.BigInteger, nullable=False),
    sa.Column("gone_at", sa.BigInteger),
)
"""Who is there for buyers: `line` is their own words, `active_at` when they last did something at the desk, `served_at`
when they last got a conversation, `gone_at` when their last socket ended (null while they have one)."""

desk_process = sa.Table(
    "desk_process",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("until", sa.BigInteger, nullable=False),
)
"""The running processes, each with a lease it renews; one that was killed is known by its lease having run out."""

desk_socket = sa.Table(
    "desk_socket",
    metadata,
    sa.Column("process", sa.Text, sa.ForeignKey("desk_process.id"), primary_key=True),
    sa.Column("account", sa.Text, sa.ForeignKey("account.id"), primary_key=True, index=True),
)
"""Which process holds sockets of which account."""

_MARKS = sa.select(read_mark.c.side, read_mark.c.seq).where(read_mark.c.conversation == sa.bindparam("of"))

CHANGING = ("status", "agent", "seq", "last_at", "last_from", "last_text", "waiting_since", "unread")
"""The columns of a conversation that nearly every journal row changes."""

SELDOM = ("skill", "queued_at", "knows", "asked_wait_at", "waived", "offline", "rating", "alarmed_at", "tags")
"""Those that few rows change; written only then."""

_CHANGED = attrgetter("id", *CHANGING)
_SELDOM = attrgetter("group", *SELDOM[1:])

_STATE = """SELECT c.id, c.shop, h.kind, c.buyer, b.name, c.status, c.agent, c.seq, c.opened_at, c.last_at, c.last_from,
c.last_text, c.waiting_since, c.unread, c.channel, a.name, c.skill, c.queued_at, c.knows, c.asked_wait_at, c.waived,
c.offline, c.rating, c.alarmed_at, c.tags FROM conversation c JOIN buyer b ON b.id = c.buyer
JOIN channel h ON h.id = c.channel LEFT JOIN account a ON a.id = c.agent """


CONVERSATIONS = _STATE + "WHERE c.id IN :values"
"""The present state of these conversations, for `read_conversations`."""


def when_opened(connection: Connection, shop_id: str) -> int | None:
    """When the shop was set up, in ms; None where there is no such shop."""
    return connection.execute(sa.select(shop.c.created_at).where(shop.c.id == shop_id)).scalar()


def get_conversations(connection: Connection, ids: Sequence[str]) -> dict[str, Conversation]:
    """The present state of these conversations, by id."""
    return read_conversations(select_in(connection, CONVERSATIONS, ids))


def read_conversations(rows: Sequence[Sequence[Any]]) -> dict[str, Conversation]:
    """What `CONVERSATIONS` found, by id."""
    return {row[0]: _conversation(row) for row in rows}


def put_conversations(connection: Connection, changes: Sequence[tuple[Conversation, Conversation]]) -> None:
    """Store the changed columns of these conversations, given as (before, after)."""
    update_many(connection, conversation, "id", CHANGING, [_CHANGED(state) for _, state in changes])
    seldom = [(state.id, *_SELDOM(state)) for before, state in changes if _SELDOM(before) != _SELDOM(state)]
    update_many(connection, conversation, "id", SELDOM, [(*row[:-1], orjson.dumps(row[-1]).decode()) for row in seldom])


def _conversation(row: Sequence[Any]) -> Conversation:
    tags = row[-1]
    return Conversation(*(*row[:-1], () if tags == "[]" else tuple(orjson.loads(tags))))


def list_conversations(
    connection: Connection, shops: Sequence[str], where: Mapping[str, Any], cursor: tuple[int, str] | None, limit: int
) -> list[Conversation]:
    """Conversations of these shops, newest movement first; `where` has equal-conditions, `cursor` the last (at, id)."""
    query = sa.select(conversation.c.id).where(conversation.c.shop.in_(shops), conversation.c.status != "new")
    for name, value in where.items():
        query = query.where(conversation.c[name] == value)
    if cursor is not None:
        query = query.where(sa.tuple_(conversation.c.last_at, conversation.c.id) < cursor)
    query = query.order_by(conversation.c.last_at.desc(), conversation.c.id.desc()).limit(limit)
    ids = list(connection.execute(query).scalars())
    found = get_conversations(connection, ids)
    return [found[id_] for id_ in ids]


def list_inbox(connection: Connection, shops: Sequence[str], limit: int) -> list[Conversation]:
    """The open conversations of these shops, those that wait longest first, then those that moved last."""
    query = sa.select(conversation.c.id).where(conversation.c.shop.in_(shops), conversation.c.status == "open")
    waits = conversation.c.waiting_since
    query = query.order_by(waits.is_(None), waits, conversation.c.last_at.desc()).limit(limit)
    ids = list(connection.execute(query).scalars())
    found = get_conversations(connection, ids)
    return [found[id_] for id_ in ids]


def list_alarmed(connection: Connection, shops: Sequence[str], limit: int) -> list[Conversation]:
    """The open conversations of these shops whose buyers seem unhappy, those since last first."""
    query = sa.select(conversation.c.id).where(conversation.c.shop.in_(shops), conversation.c.status == "open")
    since = conversation.c.alarmed_at
    ids = list(connection.execute(query.where(since.is_not(None)).order_by(since.desc()).limit(limit)).scalars())
    found = get_conversations(connection, ids)
    return [found[id_] for id_ in ids]


def get_read_marks(connection: Connection, conversation_id: str) -> dict[str, int]:
    """How far each side has read."""
    return {row.side: row.seq for row in connection.execute(_MARKS, {"of": conversation_id})}
