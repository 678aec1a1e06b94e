"""What the guard is told beside the text: what was said before, and what is known around it."""

from collections.abc import Callable, Sequence
from typing import Any

from jinpai.desk.model import MESSAGE_IN, MESSAGE_OUT, Author
from jinpai.flows.content.shop import ShopContent
from jinpai.guard.context import Context
from jinpai.guard.model import Said, Situation
from jinpai.journal.model import Row

LOOK_BACK = 8
"""How many of the newest earlier messages the guard sees."""

Look = Callable[[ShopContent, str, int], Context]
"""What is known around a text said at this time (ms), found by the shop's content of this moment."""


def situation(
    content: ShopContent, before: Sequence[Said], now: int, text: str = "", look: Look | None = None
) -> Situation:
    """The situation of this text in this shop after these messages (oldest first), said at `now` (ms).

    Without `look` only what holds for the whole shop is known.
    """
    if look is not None:
        return Situation(tuple(before), context=content.known, now=now, look=lambda: look(content, text, now))
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
