"""Which replies are used, by whom, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.desk.model import MESSAGE_OUT, Author
from jinpai.desk.projection import Change
from jinpai.desk.store import conversation
from jinpai.kit.bulk import insert_many
from jinpai.orders.store import orders
from jinpai.playbook.store import USE_COLUMNS, script_use

ORDERED_WITHIN = 3 * 86_400_000
"""How long after a reply an order of the same buyer counts as having followed it (ms)."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a reply did in a stretch of time: messages, people who used it, conversations, those with an order after.

    `at` is its last use (ms).
    """

    script: str
    uses: int
    people: int
    conversations: int
    ordered: int
    at: int


def counted_uses(connection: Connection, changes: Sequence[Change]) -> None:
    """The hook that counts every message a person sent from a reply, in the transaction that logs it."""
    rows = [
        (row.id, row.entry.shop, row.entry.data["source"], Author.read(row.entry.author).id, change.after.id, row.at)
        for change in changes
        for row in change.rows
        if row.entry.kind == MESSAGE_OUT and "source" in row.entry.data and row.entry.author.startswith("agent:")
    ]
    insert_many(connection, script_use, USE_COLUMNS, rows)


def read_usage(connection: Connection, shop: str, since: int, person: str | None = None) -> list[Usage]:
    """The use of each reply since then, most used first; of one person only, when named."""
    use = script_use.c
    theirs = [use.shop == shop, use.at >= since, *([use.person == person] if person else [])]
    ordered = (
        sa.exists()
        .where(
            orders.c.shop == use.shop,
            orders.c.buyer == conversation.c.buyer,
            orders.c.listed_at > use.at,
            orders.c.listed_at <= use.at + ORDERED_WITHIN,
        )
        .correlate(script_use, conversation)
    )
    query = (
        sa.select(
            use.script,
            sa.func.count(),
            sa.func.count(use.person.distinct()),
            sa.func.count(use.conversation.distinct()),
            sa.func.count(sa.case((ordered, use.conversation)).distinct()),
            sa.func.max(use.at),
        )
        .join_from(script_use, conversation, conversation.c.id == use.conversation)
        .where(*theirs)
        .group_by(use.script)
        .order_by(sa.func.count().desc(), use.script)
    )
    return [Usage(*row) for row in connection.execute(query)]
