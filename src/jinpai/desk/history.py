"""What was said before, told to the log afterwards: the buyers, and their talks at the times they happened."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.desk.actions import mark_read
from jinpai.desk.model import (
    ASSIGNED,
    CLOSED,
    MESSAGE_IN,
    MESSAGE_OUT,
    NOTE,
    QUEUED,
    RATE,
    RATED,
    TAGGED,
    WAIVED,
    Author,
)
from jinpai.desk.seeds import BuyerSeed, Line, Talk, Voice, line_times
from jinpai.desk.store import buyer, channel
from jinpai.desk.visits import conversation_of, sealed_phone
from jinpai.journal.model import Entry, Receipt
from jinpai.journal.writer import Tx
from jinpai.kit.ids import new_id
from jinpai.kit.sealing import Sealer

Fact = tuple[int, str, Author, dict[str, Any], dict[str, Any]]
"""When, what kind, by whom, data and body of one row to come."""

DAY = 86_400_000
CLOSED_AFTER = 40_000
RATED_AFTER = 50_000
SYSTEM = Author("system")
ASSISTANT = Author("assistant", "auto", "自动回复")
KINDS: Mapping[Voice, str] = {"buyer": MESSAGE_IN, "agent": MESSAGE_OUT, "auto": MESSAGE_OUT, "note": NOTE}


def find_known(connection: Connection, shop: str, external_ids: Sequence[str]) -> dict[str, str]:
    """The ids of the buyers the shop knows by these names of theirs."""
    query = sa.select(buyer.c.external_id, buyer.c.id)
    found = connection.execute(query.where(buyer.c.shop == shop, buyer.c.external_id.in_(external_ids)))
    return {row.external_id: row.id for row in found}


def add_buyer(tx: Tx, sealer: Sealer, shop: str, seed: BuyerSeed) -> str:
    """Add somebody the shop has known for a while; returns the buyer's id."""
    id_ = new_id("b")
    row = {"id": id_, "shop": shop, "name": seed.name, "external_id": seed.id, **sealed_phone(sealer, seed.phone)}
    tx.connection.execute(sa.insert(buyer).values(**row, created_at=tx.now - seed.since_days * DAY))
    return id_


def add_talks(
    tx: Tx, channel_id: str, talks: Sequence[Talk], buyers: Mapping[str, Author], people: Mapping[str, Author]
) -> list[tuple[str, int]]:
    """Log these talks as they happened before now, the oldest first whoever had it, so that the log is in order.

    `buyers` and `people`, the agents, by their ids in the content. Whatever was said, the buyers have read. Returns
    where receptions ended, as (conversation, seq).
    """
    ended = []
    place = tx.connection.execute(sa.select(channel).where(channel.c.id == channel_id)).one()
    for times, talk in sorted(((line_times(talk, tx.now), talk) for talk in talks), key=lambda pair: pair[0]):
        told_by = buyers[talk.buyer]
        chat = conversation_of(tx, place, told_by.id, told_by.name, at=times[0])
        facts = _facts(talk, times, told_by, people)
        receipts = [
            tx.append(Entry(kind, by.key(), chat.shop, conversation=chat.conversation, data=data, body=body, at=at))
            for at, kind, by, data, body in facts
        ]
        mark_read(tx, chat.conversation, "buyer", receipts[-1].seq or _numbered(tx, receipts[-1]))
        ends = (receipt for receipt, fact in zip(receipts, facts, strict=True) if fact[1] == CLOSED)
        ended += [(chat.conversation, receipt.seq) for receipt in ends]
    return ended


def _numbered(tx: Tx, receipt: Receipt) -> int:
    """The seq of what was appended; asking for the connection numbers it."""
    _ = tx.connection
    return receipt.seq


def _facts(talk: Talk, times: Sequence[int], told_by: Author, people: Mapping[str, Author]) -> list[Fact]:
    """What a talk leaves in the log, in order."""
    serving = None if talk.agent is None else people[talk.agent]
    facts: list[Fact] = []
    for at, line in zip(times, talk.lines, strict=True):
        if line.to is not None:
            by, serving = serving or SYSTEM, people[line.to]
            facts.append(_handed(at, by, serving, {"reason": "transferred"}))
            continue
        by = _speaker(line, told_by, serving, people)
        facts.append((at, KINDS[line.voice or "note"], by, {}, {"text": line.text, "name": by.name}))
        if len(facts) == 1:
            facts.append(_routed(at, talk, serving))
    if serving is not None and talk.tags:
        facts.append((times[-1], TAGGED, serving, {"tags": list(talk.tags)}, {"name": serving.name}))
    if serving is not None and not talk.open:
        facts += _ending(talk, times[-1], told_by, serving)
    return facts


def _speaker(line: Line, told_by: Author, serving: Author | None, people: Mapping[str, Author]) -> Author:
    if line.voice == "buyer":
        return told_by
    if line.voice == "auto":
        return ASSISTANT
    return people[line.by] if line.by is not None else serving or SYSTEM


def _routed(at: int, talk: Talk, serving: Author | None) -> Fact:
    """What the first words led to: somebody took them, or they queue."""
    if serving is None:
        return (at, QUEUED, SYSTEM, {"group": talk.group, "offline": False}, {"name": ""})
    return _handed(at, SYSTEM, serving, {"reason": "routed", "group": talk.group})


def _handed(at: int, by: Author, to: Author, why: Mapping[str, str]) -> Fact:
    return (at, ASSIGNED, by, {"agent": to.id, "name": to.name, **why}, {"name": by.name})


def _ending(talk: Talk, at: int, told_by: Author, serving: Author) -> list[Fact]:
    """The end of a reception: an unanswered last word was let stand, the buyer was asked for stars, maybe gave some."""
    end = at + CLOSED_AFTER
    name = {"name": serving.name}
    facts: list[Fact] = [] if talk.lines[-1].voice != "buyer" else [(end, WAIVED, serving, {}, name)]
    facts += [(end, CLOSED, serving, {}, name), (end, RATE, SYSTEM, {}, {})]
    if talk.stars is not None:
        facts.append((end + RATED_AFTER, RATED, told_by, {"stars": talk.stars}, {"name": told_by.name}))
    return facts
