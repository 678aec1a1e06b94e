"""What people decided about questions that many buyers ask: the table and its queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.kit.database import Json, metadata
from jinpai.knowledge.model import State

question_decision = sa.Table(
    "question_decision",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("fact", sa.BigInteger, nullable=False),
    sa.Column("conversation", sa.Text, nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("asked", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("draft", Json, nullable=False),
    sa.Column("version", sa.Integer),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("undone_by", sa.Text),
    sa.Column("undone_at", sa.BigInteger),
    sa.Index("ix_question_decision_shop_at", "shop", "at", "id"),
)
"""One row per decision: `fact` is the buyer's question that stood for all, in the journal, where the law can erase it;
`asked` how often it had been asked by then. A draft is free of personal data; `version` is the proposed content."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about a topic; times in ms."""

    id: str
    shop: str
    fact: int
    conversation: str
    seq: int
    asked: int
    state: State
    reason: str
    person: str
    at: int
    draft: Mapping[str, Any] = field(default_factory=dict)
    version: int | None = None
    undone_by: str | None = None
    undone_at: int | None = None


MOST = 500
"""So many decisions of a shop are looked at, the newest."""

_NAMES = tuple(part.name for part in fields(Decision))
_DECISIONS = sa.select(*(question_decision.c[name] for name in _NAMES))


def add_decision(connection: Connection, new: Decision) -> None:
    """Store a decision."""
    values = {name: getattr(new, name) for name in _NAMES}
    connection.execute(sa.insert(question_decision).values({**values, "draft": dict(new.draft)}))


def find_decision(connection: Connection, id_: str) -> Decision | None:
    """The decision with this id."""
    row = connection.execute(_DECISIONS.where(question_decision.c.id == id_)).one_or_none()
    return None if row is None else Decision(*row)


def list_decisions(connection: Connection, shop: str) -> list[Decision]:
    """The shop's decisions that hold, the newest first."""
    table = question_decision.c
    holds = _DECISIONS.where(table.shop == shop, table.undone_at.is_(None))
    found = connection.execute(holds.order_by(table.at.desc(), table.id.desc()).limit(MOST))
    return [Decision(*row) for row in found]


def undo_decisions(connection: Connection, ids: Sequence[str], person: str, now: int) -> None:
    """Note who took them back, and when (ms)."""
    values = {"undone_by": person, "undone_at": now}
    connection.execute(sa.update(question_decision).where(question_decision.c.id.in_(ids)).values(values))
