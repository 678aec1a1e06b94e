"""A team's and a person's own quick replies, which are starred, and every use of any: the tables and their queries."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.kit.database import metadata
from jinpai.playbook.replies import QuickReply, Wording

quick_reply = sa.Table(
    "quick_reply",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("person", sa.Text, sa.ForeignKey("account.id")),
    sa.Column("folder", sa.Text, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("created_at", sa.BigInteger, nullable=False),
    sa.Column("changed_at", sa.BigInteger, nullable=False),
    sa.Index("ix_quick_reply_shop_person", "shop", "person"),
)
"""Replies people write themselves; without a `person` the whole team's. Codes may repeat: use decides among them."""

script_star = sa.Table(
    "script_star",
    metadata,
    sa.Column("person", sa.Text, sa.ForeignKey("account.id"), primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), primary_key=True),
    sa.Column("script", sa.Text, primary_key=True),
)
"""The replies a person wants at hand, published ones as well as own ones."""

script_use = sa.Table(
    "script_use",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("shop", sa.Text, nullable=False),
    sa.Column("script", sa.Text, nullable=False),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("conversation", sa.Text, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Index("ix_script_use_shop_id", "shop", "id"),
)
"""One row per message that came from a reply; `id` is the message's in the journal, from which all this follows."""

USE_COLUMNS = ("id", "shop", "script", "person", "conversation", "at")


@dataclass(frozen=True, slots=True)
class OwnReply:
    """A reply people wrote, and where it belongs; `person` None = the team's."""

    id: str
    shop: str
    person: str | None
    wording: Wording


@dataclass(frozen=True, slots=True)
class UseCount:
    """How often a person used a reply, when last (ms), and the newest journal id among these uses."""

    script: str
    person: str
    uses: int
    at: int
    last: int


def list_replies(connection: Connection, shop: str, person: str | None) -> list[QuickReply]:
    """A person's own replies, or without a person the team's, by folder and title."""
    whose = quick_reply.c.person.is_(None) if person is None else quick_reply.c.person == person
    query = sa.select(quick_reply).where(quick_reply.c.shop == shop, whose)
    query = query.order_by(quick_reply.c.folder, quick_reply.c.title, quick_reply.c.id)
    owner = "team" if person is None else "mine"
    return [
        QuickReply(row.id, owner, row.folder, row.code, row.title, row.text, changed_at=row.changed_at)  # type: ignore[arg-type]
        for row in connection.execute(query)
    ]


def get_reply(connection: Connection, reply_id: str) -> OwnReply | None:
    """The reply with this id."""
    row = connection.execute(sa.select(quick_reply).where(quick_reply.c.id == reply_id)).one_or_none()
    if row is None:
        return None
    return OwnReply(row.id, row.shop, row.person, Wording(row.folder, row.code, row.title, row.text))


def count_replies(connection: Connection, shop: str, person: str | None) -> int:
    """How many replies the person, or the team, has."""
    whose = quick_reply.c.person.is_(None) if person is None else quick_reply.c.person == person
    query = sa.select(sa.func.count()).select_from(quick_reply).where(quick_reply.c.shop == shop, whose)
    return int(connection.execute(query).scalar_one())


def list_stars(connection: Connection, shop: str, person: str) -> list[str]:
    """The ids of the replies this person starred."""
    query = sa.select(script_star.c.script).where(script_star.c.shop == shop, script_star.c.person == person)
    return list(connection.execute(query).scalars())


def count_uses(connection: Connection, shop: str, after: int) -> Sequence[UseCount]:
    """The shop's uses with a journal id beyond `after`, by reply and person."""
    use = script_use.c
    query = sa.select(use.script, use.person, sa.func.count(), sa.func.max(use.at), sa.func.max(use.id))
    query = query.where(use.shop == shop, use.id > after).group_by(use.script, use.person)
    return [UseCount(*row) for row in connection.execute(query)]
