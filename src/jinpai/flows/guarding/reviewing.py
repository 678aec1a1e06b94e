"""After the fact: when a conversation ends, what only its whole shows is looked for and kept with it.

closed ──planned_reviews──▶ due row ──review──▶ `talk_reviewed` in the log ──kept_hits──▶ the list of remarks

A past that was told afterwards went through no door: there every message of an agent is judged as well.
"""

from collections.abc import Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any

from sqlalchemy.engine import Connection

from jinpai.desk.model import CLOSED, COMPANION, MESSAGE_IN, MESSAGE_OUT, WAIVED, Author
from jinpai.desk.projection import Change
from jinpai.desk.store import get_conversations
from jinpai.flows.content.shop import ShopContent
from jinpai.flows.guarding.situation import said
from jinpai.flows.ports import House
from jinpai.guard.engine import Guard
from jinpai.guard.model import Hit, Situation
from jinpai.guard.talks import line_of
from jinpai.journal.due import Due, finish, is_open, schedule
from jinpai.journal.model import Entry, Row
from jinpai.journal.reader import read_before
from jinpai.journal.writer import Action, Tx
from jinpai.kit.clock import SHOP_TIME
from jinpai.quality.model import REVIEWED

REVIEW = "review"
LONGEST = 1_000
"""So many rows of a reception are looked at, the newest."""


def planned_reviews(connection: Connection, changes: Sequence[Change]) -> None:
    """The hook that plans a review for every reception that ends."""
    works = [
        Due(row.entry.shop, REVIEW, change.after.id, f"review:{change.after.id}:{row.seq}", row.at, {"seq": row.seq})
        for change in changes
        for row in change.rows
        if row.entry.kind == CLOSED
    ]
    if works:
        schedule(connection, works, works[0].due_at)


def plan_past_reviews(tx: Tx, shop: str, ended: Sequence[tuple[str, int]]) -> None:
    """Plan a review for each of these receptions of a past told afterwards, as (conversation, seq of its end)."""
    works = [
        Due(shop, REVIEW, conversation, f"review:{conversation}:{seq}", tx.now, {"seq": seq, "past": True})
        for conversation, seq in ended
    ]
    schedule(tx.connection, works, tx.now)


def review(house: House, work: Due) -> Action[None]:
    """The action that keeps what the whole of the ended reception shows; nothing is written where it shows nothing."""

    def act(tx: Tx) -> None:
        if not is_open(tx.connection, work):
            return
        rows = _reception(read_before(tx.connection, work.subject, work.data["seq"] + 1, LONGEST))
        state = get_conversations(tx.connection, [work.subject])[work.subject]
        content = house.content.shop(work.shop)
        found = _remarks(content.guard, content.known, rows, is_timed=state.channel != COMPANION)
        if work.data.get("past"):
            found = sorted([*_unheard(content, rows), *found], key=itemgetter("seq"))
        if found:
            data = {"until": work.data["seq"], "hits": found}
            tx.append(Entry(REVIEWED, "system:", work.shop, conversation=work.subject, data=data))
        finish(tx.connection, work, "done", "", tx.now)

    return act


def _reception(rows: Sequence[Row]) -> list[Row]:
    """The rows of the reception that ends with the last one."""
    begins = max((at for at, row in enumerate(rows[:-1]) if row.entry.kind == CLOSED), default=-1)
    return list(rows[begins + 1 :])


def _remarks(guard: Guard, known: Any, rows: Sequence[Row], *, is_timed: bool) -> list[dict[str, Any]]:
    """What the conversation rules remark on, each with the message and the agent it is about."""
    spoken = [row for row in rows if row.entry.kind in (MESSAGE_IN, MESSAGE_OUT) and row.entry.body.get("text")]
    lines = [
        line_of(
            Author.read(row.entry.author).role,
            row.entry.body["text"],
            datetime.fromtimestamp(row.at / 1000, SHOP_TIME) if is_timed else None,
        )
        for row in spoken
    ]
    closer = Author.read(rows[-1].entry.author) if rows else Author("system")
    is_waived = any(row.entry.kind == WAIVED for row in rows)
    left_open = {rule.id for _, rule, _ in guard.talks if rule.shape == "last_word"} if is_waived else set()
    return [
        {
            **_remark(spoken[at], hit, _answerable(spoken, at) or (closer.id if closer.role == "agent" else "")),
            "start": 0,
            "end": len(spoken[at].entry.body["text"]),
        }
        for at, hit in guard.overlook(lines, known)
        if hit.rule not in left_open
    ]


def _unheard(content: ShopContent, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """What the guard would have remarked on each message of an agent, had it gone through the door.

    What the shop has and asks today tells nothing about what was true then, so only the words are judged.
    """
    shop, found = content.known.shop, []
    for at, row in enumerate(rows):
        author = Author.read(row.entry.author)
        if row.entry.kind == MESSAGE_OUT and author.role == "agent" and (text := row.entry.body.get("text")):
            around = Situation(said(rows[:at]), {"names": (shop.name,), "domains": shop.domains}, now=row.at)
            hits = content.guard.check(text, around)
            found += [{**_remark(row, hit, author.id), "start": hit.start, "end": hit.end} for hit in hits]
    return found


def _remark(row: Row, hit: Hit, agent: str) -> dict[str, Any]:
    told = {name: getattr(hit, name) for name in ("rule", "family", "severity", "why", "points")}
    return {"message": row.id, "seq": row.seq, "at": row.at, "agent": agent, **told}


def _answerable(spoken: Sequence[Row], at: int) -> str:
    """The agent who said this, or who was serving when the buyer did."""
    for row in reversed(spoken[: at + 1]):
        author = Author.read(row.entry.author)
        if author.role == "agent":
            return author.id
    return ""
