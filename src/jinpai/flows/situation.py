"""What the guard is told beside the text: what was said before, and what is the shop's own."""

from collections.abc import Sequence
from typing import Any

from jinpai.desk.model import MESSAGE_IN, MESSAGE_OUT, Author
from jinpai.flows.content import ShopContent
from jinpai.guard.model import Said, Situation
from jinpai.journal.model import Row

LOOK_BACK = 8
"""How many of the newest earlier messages the guard sees."""


def situation(content: ShopContent, before: Sequence[Said], now: int | None = None) -> Situation:
    """The situation of a message in this shop after these messages (oldest first), said at `now` (ms)."""
    shop = content.known.shop
    facts = {"names": (shop.name,), "domains": shop.domains} if shop.name else {}
    return Situation(tuple(before), facts, content.known, now)


def said(rows: Sequence[Row]) -> tuple[Said, ...]:
    """The newest messages among these rows of the log, as the guard sees them, not those without words."""
    found = [_said(row) for row in rows if row.entry.kind in (MESSAGE_IN, MESSAGE_OUT) and row.entry.body.get("text")]
    return tuple(found[-LOOK_BACK:])


def _said(row: Row) -> Said:
    role: Any = Author.read(row.entry.author).role
    return Said(role, row.entry.body["text"])
