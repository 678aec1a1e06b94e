"""The remarks on what was said: the table beside the log, and how to read it."""

from collections.abc import Sequence
from dataclasses import fields

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.kit.database import metadata
from jinpai.quality.model import HitRecord, Wanted

guard_hit = sa.Table(
    "guard_hit",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("conversation", sa.Text, sa.ForeignKey("conversation.id"), nullable=False),
    sa.Column("message", sa.BigInteger, nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("agent", sa.Text, nullable=False),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("family", sa.Text, nullable=False),
    sa.Column("severity", sa.Text, nullable=False),
    sa.Column("begins", sa.Integer, nullable=False),
    sa.Column("ends", sa.Integer, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("points", sa.Integer, nullable=False),
    sa.Column("confirmed", sa.Boolean, nullable=False),
    sa.Column("after", sa.Boolean, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("appeal", sa.BigInteger),
    sa.Column("decision", sa.BigInteger),
)
"""One row per remark; the words of appeals and decisions lie in the bodies of the journal rows named here."""
sa.Index("ix_guard_hit_shop_at", guard_hit.c.shop, guard_hit.c.at, guard_hit.c.id)
sa.Index("ix_guard_hit_agent_at", guard_hit.c.agent, guard_hit.c.at, guard_hit.c.id)

COLUMNS = tuple(field.name for field in fields(HitRecord))
"""The columns in the order of the record, as plain text: those of the table are not quite that."""


def find_hits(connection: Connection, wanted: Wanted, cursor: tuple[int, str] | None, limit: int) -> list[HitRecord]:
    """The remarks that fit, the newest first; `cursor` is the last (at, id) seen."""
    query = sa.select(guard_hit).where(*_conditions(wanted))
    if wanted.state:
        query = query.where(guard_hit.c.state == wanted.state)
    if cursor is not None:
        query = query.where(sa.tuple_(guard_hit.c.at, guard_hit.c.id) < cursor)
    query = query.order_by(guard_hit.c.at.desc(), guard_hit.c.id.desc()).limit(limit)
    return [HitRecord(*row) for row in connection.execute(query)]


def count_hits(connection: Connection, wanted: Wanted) -> dict[str, int]:
    """How many of the remarks that fit are in each state; a state without any is absent."""
    query = sa.select(guard_hit.c.state, sa.func.count()).where(*_conditions(wanted)).group_by(guard_hit.c.state)
    return {row[0]: row[1] for row in connection.execute(query)}


def get_hit(connection: Connection, id_: str) -> HitRecord | None:
    """The remark with this id."""
    row = connection.execute(sa.select(guard_hit).where(guard_hit.c.id == id_)).one_or_none()
    return None if row is None else HitRecord(*row)


def list_overturned(connection: Connection, shops: Sequence[str]) -> list[HitRecord]:
    """The overturned remarks on single messages in these shops, by rule, the oldest first."""
    query = sa.select(guard_hit).where(
        guard_hit.c.shop.in_(shops), guard_hit.c.state == "overturned", guard_hit.c.after.is_(False)
    )
    return [HitRecord(*row) for row in connection.execute(query.order_by(guard_hit.c.rule, guard_hit.c.at))]


def _conditions(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = [guard_hit.c.shop.in_(wanted.shops)]
    for column, value in ((guard_hit.c.agent, wanted.agent), (guard_hit.c.family, wanted.family)):
        if value:
            found.append(column == value)
    if wanted.since is not None:
        found.append(guard_hit.c.at >= wanted.since)
    if wanted.until is not None:
        found.append(guard_hit.c.at < wanted.until)
    return found
