"""The points a platform took: their table, how to read it, and what the remarks of a time add up to."""

from collections.abc import Sequence
from dataclasses import fields
from operator import attrgetter

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.kit.bulk import insert_many
from jinpai.kit.database import metadata
from jinpai.quality.penalties import Penalty, Remarks
from jinpai.quality.store import guard_hit

penalty = sa.Table(
    "penalty",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("shop", sa.Text, sa.ForeignKey("shop.id"), nullable=False),
    sa.Column("violation", sa.Text, nullable=False),
    sa.Column("grade", sa.Text, nullable=False),
    sa.Column("points", sa.Integer, nullable=False),
    sa.Column("day_at", sa.BigInteger, nullable=False),
    sa.Column("agent", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("recorded_by", sa.Text, nullable=False),
    sa.Column("recorded_at", sa.BigInteger, nullable=False),
    sa.Column("withdrawn_by", sa.Text),
    sa.Column("withdrawn_at", sa.BigInteger),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Index("ix_penalty_shop_day_at", "shop", "day_at", "id"),
)
"""One row per penalty, kept for good; what was withdrawn stays to be seen and counts no more."""

_COLUMNS = tuple(part.name for part in fields(Penalty))
_VALUES = attrgetter(*_COLUMNS)
_READ = sa.select(*(penalty.c[name] for name in _COLUMNS))


def add_penalty(connection: Connection, new: Penalty) -> None:
    """Keep a new penalty."""
    insert_many(connection, penalty, _COLUMNS, [_VALUES(new)])


def put_penalty(connection: Connection, changed: Penalty) -> None:
    """Keep how it stands now."""
    values = dict(zip(_COLUMNS, _VALUES(changed), strict=True))
    connection.execute(sa.update(penalty).where(penalty.c.id == changed.id).values(values))


def get_penalty(connection: Connection, id_: str, *, lock: bool = False) -> Penalty | None:
    """The penalty with this id; with `lock` no other process changes it until the transaction ends."""
    query = _READ.where(penalty.c.id == id_)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return None if row is None else Penalty(*row)


def list_penalties(connection: Connection, shop: str, since: int, until: int) -> list[Penalty]:
    """The shop's penalties from `since` to before `until` (ms), the newest first, withdrawn ones too."""
    query = _READ.where(penalty.c.shop == shop, penalty.c.day_at >= since, penalty.c.day_at < until)
    return [Penalty(*row) for row in connection.execute(query.order_by(penalty.c.day_at.desc(), penalty.c.id.desc()))]


def sum_remarks(connection: Connection, shop: str, since: int, until: int) -> Sequence[Remarks]:
    """The remarks with points on sent words of this time, by agent and family; overturned ones do not count."""
    confirmed = sa.func.sum(sa.case((guard_hit.c.confirmed, 1), else_=0))
    columns = (guard_hit.c.agent, guard_hit.c.family, sa.func.count(), confirmed, sa.func.sum(guard_hit.c.points))
    query = sa.select(*columns).where(
        guard_hit.c.shop == shop, guard_hit.c.at >= since, guard_hit.c.at < until,
        guard_hit.c.points > 0, guard_hit.c.state != "overturned",
    )  # fmt: skip
    query = query.group_by(guard_hit.c.agent, guard_hit.c.family)
    return [Remarks(row[0], row[1], *map(int, row[2:])) for row in connection.execute(query)]
