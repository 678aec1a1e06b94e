"""Conversations: the plain types and the rules that need no database.

A buyer has one conversation per channel for as long as both exist; receptions are its stretches between `opened` or
`reopened` and `closed`. Everything durable that happens in it is one row of the journal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, get_args

from jinpai.desk.attach import Attachment

MESSAGE_IN = "message_in"
MESSAGE_OUT = "message_out"
NOTE = "note"
OPENED = "opened"
CLOSED = "closed"
REOPENED = "reopened"
ASSIGNED = "assigned"
QUEUED = "queued"
WAIVED = "waived"
TAGGED = "tagged"
RATE = "rate"
RATED = "rated"
WHISPER = "whisper"
OFFERED = "offered"
ALARMED = "alarmed"
CALMED = "calmed"
"""queued: nobody was free · waived: no answer is needed · rate: the buyer is asked, rated: has answered · whisper: a
supervisor's hint · offered: a draft made ready for the agent · alarmed: the buyer seems unhappy, calmed: no more."""

PAST_IN = "past_in"
PAST_OUT = "past_out"
"""What was said in another program before this one: read and found like messages, and nothing else asks for it."""

PUBLIC_KINDS = frozenset({MESSAGE_IN, MESSAGE_OUT, OPENED, CLOSED, REOPENED, RATE, RATED})
"""The kinds a buyer may see; everything else is for staff."""

MAX_TEXT = 5_000
"""The longest message, in Unicode code points."""

SUMMARY_LENGTH = 80
"""How much of the last line a list shows, in code points."""

PHONE = "buyer.phone"
CHANNEL_SECRET = "channel.secret"
"""The sealed columns: part of what the encryption binds."""

COMPANION = "companion"
"""The channel kind whose words an agent carries to and from another client by hand: nothing is said there by itself."""

HISTORY = "history"
"""The channel kind of talks brought in from another program's export."""

PAST_PREFIX = "h"
"""Ids of conversations on such a channel begin so: they are known without asking the database."""

Group = Literal["presale", "insale", "aftersale"]
"""What a buyer needs help with: before buying, on the way, after it arrived."""

GROUPS: tuple[Group, ...] = get_args(Group)

Role = Literal["buyer", "agent", "assistant", "system"]


def is_answer(data: Mapping[str, Any]) -> bool:
    """Whether an automatic message with this data answered what the buyer asked, so that nobody is waited for."""
    return bool(data.get("because", {}).get("does") == "answer")


def is_past(conversation: str) -> bool:
    """Whether the conversation with this id only holds what was said elsewhere: nobody can write in it."""
    return conversation.startswith(f"{PAST_PREFIX}_")


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


class Draft(NamedTuple):
    """What somebody wants to say to a buyer; only the guard can turn it into a cleared message.

    `source` is the id of the script or automatic reply the words come from, if any; `asks_wait` says that the words
    ask the buyer to wait; `reason` is why a confirmed one is said all the same; `advice` names the advice that lay
    before the agent, and the place of the reply taken from it; `rung` is the rung of the bargaining ladder it takes,
    `conceded` what it takes off the price, in fen; `because` is why the assistant says it, for the staff.
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
    asks_wait: bool = False
    attach: Attachment | None = None
    reason: str = ""
    advice: Mapping[str, Any] | None = None
    rung: int = 0
    conceded: int = 0
    because: Mapping[str, Any] | None = None


class Conversation(NamedTuple):
    """The present state of a conversation, folded from its journal rows; times in milliseconds.

    `queued_at` places it in the queue while nobody serves it, `knows` is who served the buyer before, `asked_wait_at`
    when the agent asked for patience, `offline` that nobody was on duty when the buyer wrote,
    `alarmed_at` since when they have seemed unhappy.
    """

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
    group: Group | None = None
    queued_at: int | None = None
    knows: str | None = None
    asked_wait_at: int | None = None
    waived: bool = False
    offline: bool = False
    rating: int | None = None
    alarmed_at: int | None = None
    tags: tuple[str, ...] = ()
