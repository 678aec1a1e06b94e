"""Finding what was said: the index proposes, the log decides, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass

import orjson
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from jinpai.desk.model import Conversation
from jinpai.desk.search.index import find_ids
from jinpai.desk.search.model import Sought, find_ranges, query_groups
from jinpai.desk.store import conversation, get_conversations, shop
from jinpai.journal.model import Row
from jinpai.journal.reader import read_rows

AT_ONCE = 40
LOOKED_AT = 1_000
"""How many proposed messages one call reads at most; what lies beyond is for the next page."""

_LEAD = 24
_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of a text around what was found; `ranges` are code points of `text`."""

    text: str
    ranges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A message that is what was sought, with its conversation as it is now."""

    row: Row
    conversation: Conversation
    snippet: Snippet


@dataclass(frozen=True, slots=True)
class FoundPage:
    """Messages, newest first; ask `before` = `next` for those told before them, None when there are none.

    Pages follow the log; history told to it afterwards comes where it was told, on its page where it happened.
    """

    items: list[Found]
    next: int | None


def find_messages(connection: Connection, sought: Sought, before: int, limit: int) -> FoundPage:
    """The newest messages below the id `before` that are what is sought, at most `limit`.

    Reads a bounded number of messages: a page can hold fewer than `limit`, even none, and still have a next one.
    """
    if not sought.shops:
        return FoundPage([], None)
    tagged = () if sought.tag is None else _tagged(connection, sought)
    if sought.tag is not None and not tagged:
        return FoundPage([], None)
    groups = query_groups(sought, tagged, every_shop=_are_all(connection, sought.shops))
    items: list[Found] = []
    for _ in range(LOOKED_AT // AT_ONCE):
        ids = find_ids(connection, groups, before, AT_ONCE)
        for found in _read(connection, sought, ids):
            items.append(found)
            if len(items) == limit:
                return FoundPage(_newest_first(items), found.row.id)
        if len(ids) < AT_ONCE:
            return FoundPage(_newest_first(items), None)
        before = ids[-1]
    return FoundPage(_newest_first(items), before)


def _newest_first(items: Sequence[Found]) -> list[Found]:
    return sorted(items, key=lambda found: (found.row.at, found.row.id), reverse=True)


def make_snippet(text: str, ranges: Sequence[tuple[int, int]]) -> Snippet:
    """At most 120 code points of the text, beginning shortly before what was found first."""
    first = ranges[0][0] if ranges else 0
    start = max(0, min(first - _LEAD, len(text) - _LENGTH)) if len(text) > _LENGTH else 0
    end = start + _LENGTH
    lead, tail = "…" if start else "", "…" if end < len(text) else ""
    shift = len(lead) - start
    inside = tuple((at + shift, min(to, end) + shift) for at, to in ranges if at < end)
    line = "".join(" " if character in "\r\n\t" else character for character in text[start:end])
    return Snippet(lead + line + tail, inside)


def _are_all(connection: Connection, shops: Sequence[str]) -> bool:
    """Whether there are no other shops than these."""
    return connection.execute(sa.select(shop.c.id).where(shop.c.id.not_in(shops)).limit(1)).first() is None


def _tagged(connection: Connection, sought: Sought) -> Sequence[str]:
    """The conversations of these shops that carry the tag now."""
    written = sa.type_coerce(conversation.c.tags, sa.Text)
    query = sa.select(conversation.c.id).where(conversation.c.shop.in_(sought.shops))
    query = query.where(written.contains(orjson.dumps(sought.tag).decode(), autoescape=True))
    return connection.execute(query).scalars().all()


def _read(connection: Connection, sought: Sought, ids: Sequence[int]) -> list[Found]:
    """Those of the proposed messages that are what is sought, in the same order."""
    rows = [row for row in read_rows(connection, ids) if _is_in_time(sought, row.at)]
    states = get_conversations(connection, sorted({row.entry.conversation or "" for row in rows}))
    found: list[Found] = []
    for row in rows:
        state = states.get(row.entry.conversation or "")
        text = row.entry.body.get("text", "")
        ranges = find_ranges(sought.words, text)
        if state is None or ranges is None or not text or row.entry.shop not in sought.shops:
            continue
        if sought.tag is None or sought.tag in state.tags:
            found.append(Found(row, state, make_snippet(text, ranges)))
    return found


def _is_in_time(sought: Sought, at: int) -> bool:
    return (sought.since is None or at >= sought.since) and (sought.until is None or at < sought.until)
