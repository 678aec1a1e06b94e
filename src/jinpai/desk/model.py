"""Conversations: the plain types and the rules that need no database.

A buyer has one conversation per channel for as long as both exist; receptions are its stretches between `opened` or
`reopened` and `closed`. Everything durable that happens in it is one row of the journal.
"""

from dataclasses import dataclass, replace
from typing import Any, Literal

from jinpai.desk.attach import Attachment

MESSAGE_IN = "message_in"
MESSAGE_OUT = "message_out"
NOTE = "note"
OPENED = "opened"
CLOSED = "closed"
REOPENED = "reopened"
ASSIGNED = "assigned"

PUBLIC_KINDS = frozenset({MESSAGE_IN, MESSAGE_OUT, OPENED, CLOSED, REOPENED})
"""The kinds a buyer may see; everything else is for staff."""

MAX_TEXT = 5_000
"""The longest message, in Unicode code points."""

SUMMARY_LENGTH = 80
"""How much of the last line a list shows, in code points."""

PHONE = "buyer.phone"
CHANNEL_SECRET = "channel.secret"
"""The sealed columns: part of what the encryption binds."""

Role = Literal["buyer", "agent", "assistant", "system"]


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote an entry: `agent` is a person, `assistant` the automatic one, `system` nobody."""

    role: Role
    id: str = ""
    name: str = ""

    @classmethod
    def read(cls, key: str, name: str = "") -> "Author":
        """The author from the form the journal keeps."""
        role, _, id_ = key.partition(":")
        return cls(role, id_, name)  # type: ignore[arg-type]

    def key(self) -> str:
        """The author as the journal keeps it, e.g. `agent:a_01k…`."""
        return f"{self.role}:{self.id}"


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to say to a buyer; only the guard can turn it into a cleared message.

    `source` is the id of the script or automatic reply the words come from, if any.
    """

    shop: str
    conversation: str
    author: Author
    text: str
    client_id: str
    channel: str = "widget"
    source: str = ""
    confirmed: bool = False
    may_approve: bool = False
    attach: Attachment | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """The present state of a conversation, folded from its journal rows; times in milliseconds."""

    id: str
    shop: str
    channel: str
    buyer: str
    buyer_name: str
    status: Literal["new", "open", "closed"]
    agent: str | None
    seq: int
    opened_at: int
    last_at: int
    last_from: str
    last_text: str
    waiting_since: int | None
    unread: int
    channel_id: str
    agent_name: str | None


def after(
    state: Conversation, *, seq: int, at: int, kind: str, author: Author, text: str, agent: str | None
) -> Conversation:
    """The conversation after one more journal row; `agent` is the new holder in an `assigned` row.

    While a buyer waits for a person, lists keep showing the buyer's words: an automatic reply does not cover them.
    """
    changes: dict[str, Any] = {"seq": seq}
    if kind in (MESSAGE_IN, MESSAGE_OUT) and not (author.role == "assistant" and state.waiting_since is not None):
        line = " ".join(text.split())
        changes |= {"last_at": at, "last_from": author.role, "last_text": line[:SUMMARY_LENGTH]}
    if kind == MESSAGE_IN:
        changes |= {"status": "open", "waiting_since": state.waiting_since or at, "unread": state.unread + 1}
    elif kind == MESSAGE_OUT and author.role == "agent":
        changes |= {"status": "open", "waiting_since": None, "unread": 0, "agent": state.agent or author.id}
    elif kind == ASSIGNED:
        changes["agent"] = agent
    elif kind == CLOSED:
        changes |= {"status": "closed", "waiting_since": None, "unread": 0}
    elif kind == REOPENED:
        changes["status"] = "open"
    return replace(state, **changes)
