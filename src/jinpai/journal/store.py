"""The log's tables. Nothing in `journal` is ever updated or deleted; `body` may be emptied by law."""

import sqlalchemy as sa

from jinpai.kit.database import Json, metadata

journal = sa.Table(
    "journal",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("shop", sa.Text, nullable=False),
    sa.Column("conversation", sa.Text),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("client_id", sa.Text),
    sa.Column("client_key", sa.Text),
    sa.Column("digest", sa.Text),
    sa.Column("data", Json),
)
"""One row per fact; `client_key` fingerprints author and client id, `digest` the content it came with."""

sa.Index(
    "uq_journal_conversation_seq",
    journal.c.conversation,
    journal.c.seq,
    unique=True,
    sqlite_where=journal.c.conversation.is_not(None),
    postgresql_where=journal.c.conversation.is_not(None),
)
sa.Index(
    "uq_journal_client_key",
    journal.c.client_key,
    unique=True,
    sqlite_where=journal.c.client_key.is_not(None),
    postgresql_where=journal.c.client_key.is_not(None),
)
sa.Index(
    "ix_journal_outside",
    journal.c.id,
    sqlite_where=journal.c.conversation.is_(None),
    postgresql_where=journal.c.conversation.is_(None),
)

body = sa.Table(
    "body",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("content", Json),
)
"""What the law lets a person erase, keyed by the journal row's id; erased = content is null."""

head = sa.Table(
    "head",
    metadata,
    sa.Column("conversation", sa.Text, primary_key=True),
    sa.Column("seq", sa.Integer, nullable=False),
)
"""The last seq of each conversation."""

bookmark = sa.Table(
    "bookmark",
    metadata,
    sa.Column("reader", sa.Text, primary_key=True),
    sa.Column("id", sa.BigInteger, nullable=False),
)
"""How far each follower of the log has read; it moves in the transaction that stores what the follower made of it."""

due = sa.Table(
    "due",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("due_at", sa.BigInteger, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("attempt", sa.Integer, nullable=False),
    sa.Column("claimed_until", sa.BigInteger),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("data", Json, nullable=False),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sa.Column("ended_at", sa.BigInteger),
)
"""Work with a time: `waiting` → `running` (while an outside call is under way) → `done`, `cancelled` or `failed`."""

_OPEN = due.c.state.in_(("waiting", "running"))
sa.Index("ix_due_open_due_at", due.c.due_at, due.c.id, sqlite_where=_OPEN, postgresql_where=_OPEN)
sa.Index("ix_due_open_subject", due.c.subject, sqlite_where=_OPEN, postgresql_where=_OPEN)

installation = sa.Table(
    "installation",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.LargeBinary, nullable=False),
)
"""Facts of the installation: its id, and a sealed sample that proves the key is the right one."""

COLUMNS = (
    "id",
    "at",
    "shop",
    "conversation",
    "seq",
    "kind",
    "author",
    "client_id",
    "client_key",
    "digest",
    "data",
)
