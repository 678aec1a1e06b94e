"""Advice that was shown, with what came of it, and intents people put right: the tables and their queries."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from operator import attrgetter

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.copilot.feedback import Outcome, Tally
from jinpai.kit.bulk import insert_many, select_in
from jinpai.kit.database import metadata

suggestion = sa.Table(
    "suggestion",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("advice", sa.Text, nullable=False, index=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("conversation", sa.Text, nullable=False),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("message", sa.BigInteger),
    sa.Index("ix_suggestion_shop_at", "shop", "at"),
)
"""One row per reply that was shown to a person: where it came from and a digest of its words, not the words. `seq` is
the buyer's message it answers, `message` the journal row of the answer that decided what came of it."""

intent_correction = sa.Table(
    "intent_correction",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("conversation", sa.Text, nullable=False),
    sa.Column("seq", sa.Integer, nullable=False),
    sa.Column("fact", sa.BigInteger, nullable=False),
    sa.Column("heard", sa.Text, nullable=False),
    sa.Column("meant", sa.Text, nullable=False),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("undone_by", sa.Text),
    sa.Column("undone_at", sa.BigInteger),
    sa.Index("ix_intent_correction_shop_at", "shop", "at", "id"),
)
"""An intent that was understood wrongly, and the right one. The buyer's words lie in the body of the journal row
`fact`, so that what the law erases there is learned from no more."""

recommendation = sa.Table(
    "recommendation",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("conversation", sa.Text, nullable=False, index=True),
    sa.Column("buyer", sa.Text, nullable=False, index=True),
    sa.Column("person", sa.Text, nullable=False),
    sa.Column("product", sa.Text, nullable=False),
    sa.Column("sku", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("wording", sa.Text, nullable=False),
    sa.Column("at", sa.BigInteger, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("message", sa.BigInteger),
    sa.Index("ix_recommendation_shop_at", "shop", "at"),
)
"""One row per product recommended to a buyer, once a day for one reason in one talk, and who saw it first. `message` is
the journal row of the answer that took it along, or of the refusal. What was bought later is read from the orders."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A suggestion as it was shown; `at` in ms."""

    id: str
    advice: str
    shop: str
    conversation: str
    person: str
    seq: int
    place: int
    source: str
    kind: str
    digest: str
    at: int
    outcome: Outcome
    message: int | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """An intent put right by a person; times in ms, `heard` is empty where nothing had been understood.

    Without a conversation it is about an example, no buyer's words: one moved from `heard`, or a new one.
    """

    id: str
    shop: str
    conversation: str
    seq: int
    fact: int
    heard: str
    meant: str
    person: str
    at: int
    undone_by: str | None = None
    undone_at: int | None = None


def is_example(one: Correction) -> bool:
    """Whether this is about an example, not about what a buyer said."""
    return not one.conversation


SHOWN = tuple(part.name for part in fields(Shown))
_SHOWN_VALUES = attrgetter(*SHOWN)
_OF_ADVICE = f"SELECT {', '.join(SHOWN)} FROM suggestion WHERE advice IN :values"
_CORRECTION = tuple(part.name for part in fields(Correction))
_CORRECTIONS = sa.select(*(intent_correction.c[name] for name in _CORRECTION))
_PLACE = sa.tuple_(intent_correction.c.at, intent_correction.c.id)
_NEWEST = (intent_correction.c.at.desc(), intent_correction.c.id.desc())


def find_shown(connection: Connection, advice: Sequence[str]) -> list[Shown]:
    """The suggestions of these pieces of advice."""
    return [Shown(*row) for row in select_in(connection, _OF_ADVICE, advice)]


def add_shown(connection: Connection, new: Sequence[Shown]) -> None:
    """Store suggestions that were shown."""
    insert_many(connection, suggestion, SHOWN, [_SHOWN_VALUES(one) for one in new])


def count_outcomes(connection: Connection, shop: str, since: int) -> list[Tally]:
    """What came of each source's suggestions shown since then (ms), those shown most first."""
    ended = {name: _count(name) for name in ("sent", "edited", "ignored")}
    shown, table = sa.func.count(), suggestion.c
    query = (
        sa.select(table.source, sa.func.max(table.kind), shown, *ended.values())
        .where(table.shop == shop, table.at >= since)
        .group_by(table.source)
        .order_by(shown.desc(), table.source)
    )
    return [Tally(*row) for row in connection.execute(query)]


def add_correction(connection: Connection, new: Correction) -> None:
    """Store a correction."""
    connection.execute(sa.insert(intent_correction).values({name: getattr(new, name) for name in _CORRECTION}))


def find_correction(connection: Connection, id_: str) -> Correction | None:
    """The correction with this id."""
    row = connection.execute(_CORRECTIONS.where(intent_correction.c.id == id_)).one_or_none()
    return None if row is None else Correction(*row)


def undo_correction(connection: Connection, id_: str, person: str, now: int) -> None:
    """Note who took it back, and when (ms)."""
    values = {"undone_by": person, "undone_at": now}
    connection.execute(sa.update(intent_correction).where(intent_correction.c.id == id_).values(values))


def list_corrections(
    connection: Connection, shops: Sequence[str], after: tuple[int, str] | None, limit: int
) -> list[Correction]:
    """The corrections of these shops, the newest first, from behind the one at `after`."""
    query = _CORRECTIONS.where(intent_correction.c.shop.in_(shops))
    if after is not None:
        query = query.where(sa.tuple_(*map(sa.literal, after)) > _PLACE)
    return [Correction(*row) for row in connection.execute(query.order_by(*_NEWEST).limit(limit))]


def list_valid(connection: Connection, shop: str, limit: int) -> list[Correction]:
    """The shop's corrections that hold, the newest first."""
    holds = _CORRECTIONS.where(intent_correction.c.shop == shop, intent_correction.c.undone_at.is_(None))
    return [Correction(*row) for row in connection.execute(holds.order_by(*_NEWEST).limit(limit))]


def _count(outcome: str) -> sa.ColumnElement[int]:
    return sa.func.count(sa.case((suggestion.c.outcome == outcome, 1)))
